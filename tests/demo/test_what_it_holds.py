"""What the demo holds, on a thinner half year: lived as the whole one is, with fewer cases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import forget_everything
from tests.demo.conftest import UNTIL, found
from ventanilla.accounts.models import User
from ventanilla.audit import anchors
from ventanilla.audit.actions import verify_all
from ventanilla.cases.enums import CaseState
from ventanilla.cases.models import Attachment, Case, Deadline, Receipt
from ventanilla.demo import actions, album, cast, neighbours, pictures, progress
from ventanilla.demo.progress import Progress
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock
from ventanilla.organization.models import Department, Membership, Role, Team
from ventanilla.people.models import ContactPoint

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
THIN = 180
"""Cases: one where the demo has sixteen."""


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Half a year with few cases, one picture for all photos."""
    picture = pictures.draw(next(iter(pictures.MOTIFS)), 1)
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(album.pictures, "draw_all", lambda keys: [picture for _key in keys])
        with override_settings(DEMO=True, NOTIFICATIONS={"folder": {"enabled": True}}), clock.at(UNTIL):
            found()
            progress.write(Progress(UNTIL, THIN, actions.DAYS))
            actions.fill(say=lambda _text: None)
            yield
        transaction.set_rollback(True)
    shutil.rmtree(anchors.folder(), ignore_errors=True)
    forget_everything()


def test_it_is_whole_and_its_trail_verifies(lived: None) -> None:
    held = progress.read()
    assert held
    assert held.is_complete
    assert Case.objects.count() == THIN
    assert verify_all().is_clean


def test_cases_are_in_many_states_and_some_are_late(lived: None) -> None:
    states = set(Case.objects.values_list("state", flat=True))
    assert {CaseState.RECEIVED, CaseState.IN_PROGRESS, CaseState.RESOLVED, CaseState.REFUSED} <= states
    assert len(states) >= 6, states
    late = Deadline.objects.filter(met_at=None, due_at__lt=UNTIL, case__in=Case.objects.open())
    assert late.exists()
    assert Case.objects.overdue().exists()


def test_photos_are_kept_and_papers_wait_until_somebody_asks(lived: None) -> None:
    assert Attachment.objects.filter(file__width__isnull=False).count() > THIN / 8
    assert not Receipt.objects.exists()
    assert not StoredFile.objects.filter(media_type="application/pdf").exists()


def test_every_role_has_somebody_who_is_shown(lived: None) -> None:
    shown = {name for name, password, _purpose in cast.accounts() if password}
    of_these = Membership.objects.filter(user__username__in=shown).values_list("role__key", flat=True)
    asked = {"front_desk", "service_manager", "crew", "coordinator", "oversight", "systems", "mayor", "contractor"}
    assert asked <= set(of_these) <= set(Role.objects.values_list("key", flat=True))
    assert not User.objects.filter(username__in=shown, needs_second_factor=True).exists()
    assert ContactPoint.objects.filter(value=neighbours.account()[0], person__cases__isnull=False).exists()


def test_a_dozen_departments_each_with_who_answers_for_it(lived: None) -> None:
    assert Department.objects.count() >= 12
    assert Team.objects.count() >= 12
    for department in Department.objects.filter(cases__isnull=False).distinct():
        roles = set(Membership.objects.filter(department=department).values_list("role__key", flat=True))
        assert roles & {"service_manager", "oversight"}, department.key
