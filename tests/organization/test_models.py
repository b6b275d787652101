"""What the tables themselves refuse, on either database."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from ventanilla.organization.models import Membership


@pytest.mark.django_db
def test_nobody_holds_a_role_twice_in_one_place(cast: Cast) -> None:
    held = Membership.objects.all()[:50]
    assert {seat.department for seat in held} > {None}, "with a department and without"
    for seat in held:
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(user=seat.user, role=seat.role, department=seat.department, team=seat.team)
