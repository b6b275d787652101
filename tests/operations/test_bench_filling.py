"""What the benchmark fills and asks for, on a small town: every filter has something to find."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import pytest
from django.db.models import Count
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import lasting_of
from ventanilla.audit.models import TrailEntry
from ventanilla.cases.enums import OPEN_STATES
from ventanilla.cases.inbox import NAMES
from ventanilla.cases.models import Case, WorkItem
from ventanilla.operations.bench import deeds, filling, filters
from ventanilla.operations.bench.filling import Loaded
from ventanilla.operations.trouble import Trouble

pytestmark = pytest.mark.django_db
CASES = 600


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """A town with 36 open cases, for all the tests of this file."""
    yield from lasting_of(lambda: filling.ensure(CASES, reuse=False), django_db_blocker)


def test_what_is_filled_has_every_state_mark_and_team(filled: Loaded) -> None:
    still_open = Case.objects.open()
    assert set(still_open.values_list("state", flat=True)) == set(OPEN_STATES)
    for marks in ({"is_urgent": True}, {"is_incomplete": True}, {"assignee__isnull": False}):
        assert 0 < still_open.filter(**marks).count() < still_open.count(), marks
    assert still_open.filter(team__isnull=False).exists()
    assert WorkItem.objects.filter(kind="complete").count() == still_open.filter(is_incomplete=True).count()
    for verb in ("case.urgent", "case.asked", "case.scheduled"):
        assert TrailEntry.objects.filter(verb=verb).exists(), verb


def test_no_department_has_more_than_a_quarter_of_the_open_cases(filled: Loaded) -> None:
    by_department = Case.objects.open().order_by().values("department").annotate(many=Count("pk"))
    assert max(row["many"] for row in by_department) == Case.objects.open().count() / 4


def test_more_in_one_department_is_refused(filled: Loaded) -> None:
    Case.objects.open().update(department=Case.objects.open()[0].department_id)
    with pytest.raises(RuntimeError):
        filling._check_largest()


def test_every_filter_of_the_inbox_is_drawn_with_something_to_choose(filled: Loaded) -> None:
    asked = {name for one in islice(filters.combinations(random.Random(1)), 200) for name in one}
    assert asked == set(NAMES.values()) - {"desde", "hasta"}
    assert [name for name, values in filters.options().items() if not values] == []


def test_deep_pages_are_of_several_depths_and_reports_of_several_people(filled: Loaded) -> None:
    pages = list(islice(deeds._deep("cerrados")(), 6))
    assert len({page.path for page in pages}) == len(deeds.DEPTHS)
    bodies = [request.body or "" for request in islice(deeds._filings(), 6)]
    assert ["medida-" in body for body in bodies] == [True, False, False] * 2
    assert ["email" in body for body in bodies] == [True, True, False] * 2
    assert bodies[0].split("email=")[1] != bodies[3].split("email=")[1]


def test_what_is_there_already_is_measured_only_if_that_is_asked(filled: Loaded) -> None:
    with pytest.raises(Trouble, match=str(CASES)):
        filling.ensure(None, reuse=False)
    with pytest.raises(Trouble, match="Pidió 5"):
        filling.ensure(5, reuse=True)
    assert filling.ensure(None, reuse=True).cases == CASES
    assert filling.ensure(CASES, reuse=True).cases == CASES
