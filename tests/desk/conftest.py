"""What tests of the desk's lists share: a municipality made once for a whole file, taken back at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.cast import Cast, forget_everything, make_cast


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast, for all tests of a file that only look at it; what one of them changes is taken back after it."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.NOTIFICATIONS", {"folder": {"enabled": True}})
        yield make_cast()
        transaction.set_rollback(True)
    forget_everything()
