"""Which days are working, and moving along them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.lib.workingdays import Calendar, from_dates

MADRID, COSTA_RICA, SANTIAGO, HAVANA = (
    ZoneInfo(name) for name in ("Europe/Madrid", "America/Costa_Rica", "America/Santiago", "America/Havana")
)
ZONES = st.sampled_from([MADRID, COSTA_RICA, SANTIAGO, HAVANA, ZoneInfo("Asia/Kathmandu")])
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
HOURS = dict.fromkeys(range(5), ((time(8), time(12)), (time(13), time(16))))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any week, a few dozen exceptions in both directions, any zone, office hours."""
    exceptions = draw(st.dictionaries(DAYS, st.booleans(), max_size=40))
    weekdays = draw(WEEKDAYS)
    return Calendar(draw(ZONES), weekdays, from_dates(exceptions), dict.fromkeys(weekdays, HOURS[0]))


def one_by_one(calendar: Calendar, after: date, until: date) -> list[date]:
    """The working days in a stretch, found the slow way."""
    days = (after + timedelta(days=n + 1) for n in range((until - after).days))
    return [day for day in days if calendar.exceptions(day.year).get(day, day.weekday() in calendar.weekdays)]


@given(calendars(), DAYS, st.integers(0, 900))
def test_counting_agrees_with_going_day_by_day(calendar: Calendar, day: date, length: int) -> None:
    until = day + timedelta(days=length)
    assert calendar.count(day, until) == len(one_by_one(calendar, day, until))


@given(calendars(), DAYS, st.integers(1, 400))
def test_adding_and_counting_undo_each_other(calendar: Calendar, day: date, days: int) -> None:
    end = calendar.add_working_days(day, days)
    assert calendar.is_working(end)
    assert calendar.count(day, end) == days
    assert calendar.count(day, end - timedelta(days=1)) == days - 1


@given(calendars(), DAYS)
def test_the_next_working_day_is_the_first_that_works(calendar: Calendar, day: date) -> None:
    found = calendar.next_working(day)
    assert one_by_one(calendar, day - timedelta(days=1), found) == [found]


@given(calendars(), calendars(), DAYS)
def test_with_two_seats_a_day_works_only_where_both_do(one: Calendar, other: Calendar, day: date) -> None:
    try:
        both = one.also(other).is_working(day)
    except ValueError:  # two weeks that have no day in common leave no working day at all
        return
    assert both == (one.is_working(day) and other.is_working(day))


def test_nothing_runs_backwards() -> None:
    calendar = Calendar(MADRID)
    assert calendar.count(date(2026, 5, 8), date(2026, 5, 4)) == 0
    assert calendar.add_working_days(date(2026, 5, 9), 0) == date(2026, 5, 9)
    with pytest.raises(ValueError, match="forwards"):
        calendar.add_working_days(date(2026, 5, 9), -1)


def test_an_exception_can_make_a_saturday_working() -> None:
    calendar = Calendar(MADRID, exceptions=from_dates({date(2026, 5, 9): True}))
    assert calendar.is_working(date(2026, 5, 9))
    assert not calendar.is_working(date(2026, 5, 16))


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7})])
def test_a_week_without_working_days_is_refused(weekdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="weekday"):
        Calendar(MADRID, weekdays)


def test_a_year_without_working_days_is_refused() -> None:
    calendar = Calendar(MADRID, frozenset({0}), lambda year: dict.fromkeys(all_days(year), False))
    with pytest.raises(ValueError, match="no working day in 2026"):
        calendar.next_working(date(2026, 1, 1))


def all_days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365)]


# Moments


@pytest.mark.parametrize(
    ("zone", "day", "ends"),
    [
        (COSTA_RICA, date(2026, 12, 10), datetime(2026, 12, 11, 5, 59, 59, 999999, UTC)),
        (MADRID, date(2026, 7, 1), datetime(2026, 7, 1, 21, 59, 59, 999999, UTC)),
        (MADRID, date(2026, 12, 10), datetime(2026, 12, 10, 22, 59, 59, 999999, UTC)),
        # Chile goes back at midnight between 4 and 5 April 2026: Saturday has two hours from 23:00, the end is in
        # the second, at UTC-4.
        (SANTIAGO, date(2026, 4, 4), datetime(2026, 4, 5, 3, 59, 59, 999999, UTC)),
        # And forward at midnight between 5 and 6 September 2026: Sunday begins at 1:00, UTC-3.
        (SANTIAGO, date(2026, 9, 5), datetime(2026, 9, 6, 3, 59, 59, 999999, UTC)),
    ],
)
def test_a_day_ends_with_its_last_instant(zone: ZoneInfo, day: date, ends: datetime) -> None:
    assert Calendar(zone).end_of(day) == ends


@given(ZONES, DAYS)
def test_days_follow_each_other_without_gap(zone: ZoneInfo, day: date) -> None:
    calendar = Calendar(zone)
    ends, begins = calendar.end_of(day), calendar.start_of(day + timedelta(days=1))
    assert begins - ends == timedelta(microseconds=1)
    assert calendar.day_of(ends) == day
    assert calendar.day_of(begins) == day + timedelta(days=1)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Calendar(MADRID).day_of(datetime(2026, 1, 1))  # noqa: DTZ001


# Hours


def test_office_hours_skip_lunch_night_and_weekend() -> None:
    calendar = Calendar(COSTA_RICA, hours=HOURS)
    friday_at_15 = datetime(2026, 11, 27, 15, tzinfo=COSTA_RICA)
    reached = calendar.add_hours(friday_at_15, timedelta(hours=6), office=True)
    assert reached == datetime(2026, 11, 30, 14, tzinfo=COSTA_RICA)  # 1 on Friday, 4 before lunch, 1 after


def test_working_hours_are_the_real_hours_of_the_night_the_clocks_change() -> None:
    calendar = Calendar(MADRID, frozenset(range(7)))
    saturday_noon = datetime(2026, 10, 24, 12, tzinfo=MADRID)  # the night has 25 hours
    reached = calendar.add_hours(saturday_noon, timedelta(hours=24), office=False)
    assert reached == datetime(2026, 10, 25, 11, tzinfo=MADRID)


MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(calendars(), MOMENTS, st.integers(1, 60 * 100), st.booleans())
def test_hours_added_are_the_hours_between(calendar: Calendar, start: datetime, minutes: int, office: bool) -> None:
    amount = timedelta(minutes=minutes)
    reached = calendar.add_hours(start, amount, office=office)
    assert calendar.hours_between(start, reached, office=office) == amount


def test_without_office_hours_there_is_nothing_to_count() -> None:
    with pytest.raises(ValueError, match="office hours"):
        Calendar(MADRID).add_hours(datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=1), office=True)


@pytest.mark.parametrize(
    ("day", "at", "is_open"),
    [(25, "08:00", True), (25, "15:59", True), (25, "16:00", False), (28, "10:00", False), (26, "10:00", False)],
)
def test_an_office_is_open_in_its_hours_of_working_days(day: int, at: str, is_open: bool) -> None:
    hours = dict.fromkeys(range(5), ((time(8), time(16)),))
    office = Calendar(ZoneInfo("America/Costa_Rica"), exceptions=from_dates({date(2026, 11, 26): False}), hours=hours)
    moment = datetime.fromisoformat(f"2026-11-{day}T{at}").replace(tzinfo=ZoneInfo("America/Costa_Rica"))
    assert office.is_open(moment) == is_open


def test_an_office_without_known_hours_is_open_all_its_working_days() -> None:
    office = Calendar(ZoneInfo("UTC"))
    assert office.is_open(datetime(2026, 11, 25, 3, tzinfo=UTC))
    assert not office.is_open(datetime(2026, 11, 28, 12, tzinfo=UTC))
