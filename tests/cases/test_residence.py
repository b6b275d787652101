"""ES 30.6: a holiday where the person lives counts in their terms too.

Worked by hand for a municipality of Madrid and 2026, when Sant Joan, Wednesday 24 June, is a holiday in Catalonia and a
working day in Madrid.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cases.laws import application, under
from tests.cast import Cast, actor
from ventanilla.audit.models import TrailEntry
from ventanilla.calendars import actions as calendars
from ventanilla.cases import actions
from ventanilla.cases.enums import DeadlineKind
from ventanilla.cases.models import Case, CorrectionRequest
from ventanilla.design.dates import day_of
from ventanilla.lib import clock
from ventanilla.organization.models import Municipality
from ventanilla.people import actions as people

SANT_JOAN, DAY_AFTER = date(2026, 6, 24), date(2026, 6, 25)


def at(month: int, day: int) -> clock.at:
    """A morning in Madrid."""
    return clock.at(datetime(2026, month, day, 9, tzinfo=ZoneInfo("Europe/Madrid")))


@pytest.fixture
def madrid(cast: Cast) -> Cast:
    Municipality.objects.update(time_zone="Europe/Madrid")
    under("ES")
    calendars.set_region(region="MD", by=cast.coro)
    return cast


def lives_in(cast: Cast, region: str) -> None:
    people.note_residence(person=cast.rosa, region=region, by="system")


def due(case: Case) -> date:
    return day_of(Case.objects.get(pk=case.pk).response_due_at)


@pytest.mark.parametrize(("region", "day"), [("", SANT_JOAN), ("MD", SANT_JOAN), ("CT", DAY_AFTER)])
def test_three_months_that_end_on_a_holiday_where_the_person_lives_end_the_day_after(
    madrid: Cast, region: str, day: date
) -> None:
    """Filed on Tuesday 24 March: three months from date to date end on 24 June."""
    lives_in(madrid, region)
    with at(3, 24):
        case = application(madrid)
    assert due(case) == day
    assert day_of(case.deadlines.get(kind=DeadlineKind.RESPONSE).due_at) == day


@pytest.mark.parametrize(("region", "day"), [("", date(2026, 6, 29)), ("CT", date(2026, 6, 30))])
def test_the_ten_days_to_correct_leave_out_that_holiday(madrid: Cast, region: str, day: date) -> None:
    """Asked on Monday 15 June: ten working days are 16-19, 22, 23, [24], 25, 26 and 29, or else up to 30."""
    lives_in(madrid, region)
    with at(5, 4):
        case = application(madrid)
    with at(6, 15):
        actions.request_correction(case, text="Falta el plano.", by=actor(madrid.otilia))
    assert day_of(CorrectionRequest.objects.get(case=case).due_at) == day


def test_what_is_counted_again_heeds_it_too(madrid: Cast) -> None:
    """Urgency halves three months: one month and fifteen days from Saturday 9 May, then back again."""
    lives_in(madrid, "CT")
    with at(3, 24):
        case = application(madrid)
        case = actions.mark_urgent(case, urgent=True, by=actor(madrid.coro))
        case = actions.mark_urgent(case, urgent=False, by=actor(madrid.coro))
    assert due(case) == DAY_AFTER


def test_the_charter_s_date_is_of_this_house_alone(madrid: Cast) -> None:
    """Five working days from Thursday 18 June are 19, 22, 23, 24 and 25."""
    lives_in(madrid, "CT")
    with at(6, 18):
        case = madrid.file()
    assert day_of(case.target_due_at) == DAY_AFTER


def test_who_is_nobody_lives_nowhere(madrid: Cast) -> None:
    lives_in(madrid, "CT")
    with at(3, 24):
        case = application(madrid, applicant=None, identity="anonymous")
    assert due(case) == SANT_JOAN


def test_elsewhere_the_law_heeds_no_other_calendar_and_no_region_is_taken(cast: Cast) -> None:
    with pytest.raises(ValueError, match="CT"):
        lives_in(cast, "CT")
    assert cast.rosa.residence == ""  # type: ignore[union-attr]


def test_a_region_that_nobody_knows_is_refused(madrid: Cast) -> None:
    with pytest.raises(ValueError, match="XX"):
        lives_in(madrid, "XX")


def test_it_is_written_in_their_trail_without_saying_where(madrid: Cast) -> None:
    lives_in(madrid, "CT")
    lives_in(madrid, "CT")
    found: Any = TrailEntry.objects.filter(verb="person.residence_noted")
    assert [entry.data for entry in found] == [{}]
