"""The arithmetic of terms: properties that hold for all, and examples counted by hand on a paper calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.lib.test_workingdays import COSTA_RICA, MADRID, MOMENTS, calendars
from ventanilla.lib.workingdays import from_dates
from ventanilla.lib.workingtime import (
    HOURS,
    Calendar,
    Outage,
    Pause,
    Remaining,
    Term,
    Unit,
    add_months,
    due_at,
    elapsed_fraction,
    halved,
    paused_at,
    remaining,
)

TERMS = st.builds(Term, st.integers(1, 90), st.sampled_from(Unit))
DAY_TERMS = st.builds(Term, st.integers(1, 90), st.sampled_from([u for u in Unit if u not in HOURS]))
LENGTHS = st.timedeltas(timedelta(), timedelta(days=120))


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    made = []
    for _ in range(draw(st.integers(0, 3))):
        starts = draw(MOMENTS)
        made.append(Pause(starts, starts + draw(LENGTHS), maximum=draw(st.none() | DAY_TERMS)))
    return made


# Properties


@given(calendars(), TERMS, MOMENTS, LENGTHS, pauses())
def test_who_starts_later_is_never_due_earlier(
    calendar: Calendar, term: Term, start: datetime, later: timedelta, stops: list[Pause]
) -> None:
    assert due_at(term, start, calendar, stops) <= due_at(term, start + later, calendar, stops)


@given(calendars(), TERMS, MOMENTS, pauses(), st.integers(0, 200))
def test_one_more_holiday_never_brings_the_end_forward(
    calendar: Calendar, term: Term, start: datetime, stops: list[Pause], offset: int
) -> None:
    holiday = calendar.day_of(start) + timedelta(days=offset)

    def more(year: int) -> dict[date, bool]:
        return {**calendar.exceptions(year), holiday: False}

    with_holiday = Calendar(calendar.zone, calendar.weekdays, more, calendar.hours)
    assert due_at(term, start, with_holiday, stops) >= due_at(term, start, calendar, stops)


@given(calendars(), TERMS, MOMENTS, pauses(), MOMENTS, LENGTHS)
def test_one_more_pause_never_brings_the_end_forward(
    calendar: Calendar, term: Term, start: datetime, stops: list[Pause], begins: datetime, length: timedelta
) -> None:
    paused = due_at(term, start, calendar, [*stops, Pause(begins, begins + length)])
    assert paused >= due_at(term, start, calendar, stops)


@given(calendars(), DAY_TERMS, MOMENTS, pauses())
def test_a_term_in_days_or_months_ends_with_the_last_instant_of_a_working_day(
    calendar: Calendar, term: Term, start: datetime, stops: list[Pause]
) -> None:
    due = due_at(term, start, calendar, stops)
    assert calendar.is_working(calendar.day_of(due))
    assert due == calendar.end_of(calendar.day_of(due))
    assert due.tzinfo is UTC


@given(calendars(), MOMENTS, st.integers(1, 90))
def test_a_term_in_working_days_has_exactly_that_many(calendar: Calendar, start: datetime, days: int) -> None:
    due = due_at(Term(days, Unit.WORKING_DAY), start, calendar)
    first = calendar.next_working(calendar.day_of(start))
    assert calendar.count(first, calendar.day_of(due)) == days


@given(calendars(), MOMENTS, st.integers(1, 60), st.integers(0, 90), st.integers(0, 90))
def test_a_pause_inside_a_term_adds_exactly_its_working_days(
    calendar: Calendar, start: datetime, days: int, wait: int, length: int
) -> None:
    term, first = Term(days, Unit.WORKING_DAY), calendar.next_working(calendar.day_of(start))
    begins = first + timedelta(days=wait + 1)
    assume(calendar.start_of(begins) <= due_at(term, start, calendar))
    ends = begins + timedelta(days=length)
    due = due_at(term, start, calendar, [Pause(calendar.start_of(begins), calendar.start_of(ends))])
    running = calendar.count(first, begins - timedelta(days=1))
    resumed = calendar.count(ends - timedelta(days=1), calendar.day_of(due))
    assert running + resumed == days


@given(calendars(), TERMS, MOMENTS, LENGTHS)
def test_after_a_pause_there_is_always_time_left_to_act(
    calendar: Calendar, term: Term, start: datetime, length: timedelta
) -> None:
    """What is stopped while it runs is never already overdue in the moment it resumes."""
    due = due_at(term, start, calendar)
    begins = start + (due - start) / 2
    assert due_at(term, start, calendar, [Pause(begins, begins + length)]) >= begins + length


@given(calendars(), TERMS, MOMENTS, pauses())
def test_urgency_never_lengthens_and_extension_never_shortens(
    calendar: Calendar, term: Term, start: datetime, stops: list[Pause]
) -> None:
    plain = due_at(term, start, calendar, stops)
    assert due_at(term, start, calendar, stops, urgent=True) <= plain
    assert due_at(term, start, calendar, stops, term) >= plain


@given(calendars(), TERMS, MOMENTS, MOMENTS, LENGTHS, st.dates(date(2021, 1, 1), date(2029, 12, 31)))
def test_an_outage_never_brings_the_end_forward(
    calendar: Calendar, term: Term, start: datetime, begins: datetime, length: timedelta, until: date
) -> None:
    outage = Outage(begins, begins + length, until)
    assert due_at(term, start, calendar, outages=[outage]) >= due_at(term, start, calendar)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_months_go_from_date_to_date_or_to_the_last_of_the_month(day: date, months: int) -> None:
    reached = add_months(day, months)
    assert (reached.year * 12 + reached.month) - (day.year * 12 + day.month) == months
    assert reached.day == day.day or (reached.day < day.day and (reached + timedelta(days=1)).day == 1)


@given(calendars(), TERMS, MOMENTS, LENGTHS, LENGTHS, pauses())
def test_the_bar_runs_from_nothing_to_one_and_never_back(
    calendar: Calendar, term: Term, start: datetime, sooner: timedelta, later: timedelta, stops: list[Pause]
) -> None:
    due = due_at(term, start, calendar, stops)
    first = elapsed_fraction(start, due, start + sooner, calendar, stops, unit=term.unit)
    second = elapsed_fraction(start, due, start + sooner + later, calendar, stops, unit=term.unit)
    assert 0 <= first <= second <= 1
    assert elapsed_fraction(start, due, due, calendar, stops, unit=term.unit) == 1


@given(calendars(), TERMS, MOMENTS, LENGTHS)
def test_what_remains_says_late_exactly_when_it_is(
    calendar: Calendar, term: Term, start: datetime, passed: timedelta
) -> None:
    due = due_at(term, start, calendar)
    left = remaining(due, start + passed, calendar, term.unit)
    assert left.is_late == (start + passed > due)
    assert left.amount >= 0


# Ley 39/2015, arts. 30-33, by hand. National holidays in Spain between November 2026 and January 2027: Tuesday
# 8 December, Friday 25 December, Friday 1 January, Wednesday 6 January (Sunday 6 December falls on a weekend).

SPAIN = Calendar(
    MADRID,
    exceptions=from_dates(
        dict.fromkeys([date(2026, 12, 8), date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 6)], False)
    ),
)


def spain(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=MADRID)


def last_day(term: Term, start: datetime, *stops: Pause, **also: object) -> date:
    return SPAIN.day_of(due_at(term, start, SPAIN, stops, **also))  # type: ignore[arg-type]


TEN_DAYS = Term(10, Unit.WORKING_DAY)
THREE_MONTHS = Term(3, Unit.MONTH)


def test_es_30_2_ten_days_leave_out_weekends_and_holidays() -> None:
    # Wednesday 25 November: 26 27 | 30 1 2 3 4 | 7 (8 holiday) 9 10.
    assert due_at(TEN_DAYS, spain(2026, 11, 25), SPAIN) == datetime(2026, 12, 10, 22, 59, 59, 999999, UTC)


@pytest.mark.parametrize("filed", [spain(2026, 11, 21, 0, 1), spain(2026, 11, 22, 23), spain(2026, 11, 23, 8)])
def test_es_31_2_b_filed_on_a_weekend_is_filed_on_monday(filed: datetime) -> None:
    # Monday 23 November does not count: 24 25 26 27 | 30 1 2 3 4 | 7.
    assert last_day(TEN_DAYS, filed) == date(2026, 12, 7)


def test_es_31_2_b_is_about_terms_in_working_days_only() -> None:
    # A month filed on Saturday 14 November ends on Monday 14 December, not on the 16th.
    assert last_day(Term(1, Unit.MONTH), spain(2026, 11, 14)) == date(2026, 12, 14)


def test_es_30_1_hours_run_in_working_days_from_minute_to_minute() -> None:
    assert due_at(Term(24, Unit.WORKING_HOUR), spain(2026, 11, 27, 10, 15), SPAIN) == spain(2026, 11, 30, 10, 15)
    assert due_at(Term(24, Unit.WORKING_HOUR), spain(2026, 11, 28, 10, 15), SPAIN) == spain(2026, 12, 1) - timedelta(
        hours=9
    )


@pytest.mark.parametrize(
    ("filed", "months", "due"),
    [
        (spain(2026, 11, 10), 3, date(2027, 2, 10)),  # Wednesday to Wednesday
        (spain(2026, 11, 30), 3, date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (spain(2027, 11, 30), 3, date(2028, 2, 29)),  # a leap year, a Tuesday
        (spain(2026, 1, 31), 1, date(2026, 3, 2)),  # 28 February 2026 is a Saturday
        (spain(2026, 10, 25), 2, date(2026, 12, 28)),  # Christmas is a Friday
        (spain(2026, 7, 6), 6, date(2027, 1, 7)),  # Epiphany
    ],
)
def test_es_30_4_and_5_months_from_date_to_date_and_past_holidays(filed: datetime, months: int, due: date) -> None:
    assert last_day(Term(months, Unit.MONTH), filed) == due


def test_es_30_2_calendar_days_where_the_law_says_so() -> None:
    # Art. 43.2: ten calendar days from Saturday 28 November end on Tuesday 8 December, a holiday.
    assert last_day(Term(10, Unit.CALENDAR_DAY), spain(2026, 11, 28)) == date(2026, 12, 9)


def test_es_22_1_a_the_term_stands_still_while_the_person_is_asked() -> None:
    # Three months from Monday 12 January 2026 end on Sunday 12 April, so on Monday 13. Asked on 2 February and
    # answered on the 12th: ten days more, Wednesday 22 April.
    asked = Pause(spain(2026, 2, 2), spain(2026, 2, 12, 17), "subsanacion")
    assert last_day(THREE_MONTHS, spain(2026, 1, 12)) == date(2026, 4, 13)
    assert last_day(THREE_MONTHS, spain(2026, 1, 12), asked) == date(2026, 4, 22)


def test_es_22_1_a_paused_working_days_lengthen_a_term_in_working_days() -> None:
    # Without pause Thursday 10 December. Asked on Friday 27 November, answered on Wednesday 2 December: 27, 30 and
    # 1 are paused. Counted: 26 | 2 3 4 | 7 9 10 11 | 14 15.
    asked = Pause(spain(2026, 11, 27), spain(2026, 12, 2))
    assert last_day(TEN_DAYS, spain(2026, 11, 25), asked) == date(2026, 12, 15)


def test_es_22_1_d_a_mandatory_report_stops_the_term_three_months_at_most() -> None:
    # Asked for on 2 February, received on 20 July: only up to 2 May counts, 26 + 31 + 30 + 2 = 89 days. From 12 April
    # (18 + 31 + 30 + 10) that is 10 July, a Friday.
    report = Pause(spain(2026, 2, 2), spain(2026, 7, 20), "informe", maximum=THREE_MONTHS)
    assert last_day(THREE_MONTHS, spain(2026, 1, 12), report) == date(2026, 7, 10)


def test_overlapping_pauses_count_once() -> None:
    first = Pause(spain(2026, 2, 2), spain(2026, 2, 12))
    second = Pause(spain(2026, 2, 5), spain(2026, 2, 12))
    assert last_day(THREE_MONTHS, spain(2026, 1, 12), first, second) == date(2026, 4, 22)


def test_a_pause_from_before_counts_from_the_first_day_of_the_term() -> None:
    # Filed on Wednesday 25 November; paused from the 16th to Monday 30: only 26 and 27 are lost.
    earlier = Pause(spain(2026, 11, 16), spain(2026, 11, 30))
    assert last_day(TEN_DAYS, spain(2026, 11, 25), earlier) == date(2026, 12, 14)
    assert last_day(TEN_DAYS, spain(2026, 11, 25), Pause(spain(2026, 11, 16), spain(2026, 11, 20))) == date(
        2026, 12, 10
    )


def test_pauses_that_meet_on_a_day_count_that_day_once() -> None:
    # 27 (Friday) and 30 are lost to the first, which ends on 1 December; the second loses the 1st alone.
    first = Pause(spain(2026, 11, 27), spain(2026, 12, 1, 9))
    second = Pause(spain(2026, 12, 1, 12), spain(2026, 12, 2, 9))
    assert last_day(TEN_DAYS, spain(2026, 11, 25), second, first) == date(2026, 12, 15)


def test_what_is_stopped_on_its_last_day_still_has_that_day() -> None:
    # Due on Thursday 10 December, asked on that morning, answered on Monday 14: due on that Monday.
    asked = Pause(spain(2026, 12, 10, 9), spain(2026, 12, 14, 13))
    assert last_day(TEN_DAYS, spain(2026, 11, 25), asked) == date(2026, 12, 14)


def test_what_is_stopped_while_it_waits_for_the_next_working_day_resumes_there() -> None:
    # Three months from 12 January end on Sunday 12 April, so on Monday 13; stopped from that Monday to Thursday 16.
    asked = Pause(spain(2026, 4, 13, 9), spain(2026, 4, 16, 9))
    assert last_day(THREE_MONTHS, spain(2026, 1, 12), asked) == date(2026, 4, 16)


def test_es_23_an_extension_runs_from_date_to_date() -> None:
    # 30 November + 3 + 3 months is 30 May 2027, a Sunday: not 28 February + 3 months.
    assert last_day(THREE_MONTHS, spain(2026, 11, 30), extension=THREE_MONTHS) == date(2027, 5, 31)
    assert last_day(Term(1, Unit.MONTH), spain(2026, 11, 10), extension=TEN_DAYS) == date(2026, 12, 24)


def test_es_32_4_an_outage_moves_what_was_alive_and_nothing_else() -> None:
    outage = Outage(spain(2026, 12, 9), spain(2026, 12, 10), until=date(2026, 12, 12))
    assert last_day(TEN_DAYS, spain(2026, 11, 25), outages=[outage]) == date(2026, 12, 14)  # the 12th is a Saturday
    assert last_day(TEN_DAYS, spain(2026, 11, 20), outages=[outage]) == date(2026, 12, 4)  # it was over
    assert last_day(TEN_DAYS, spain(2026, 12, 3), outages=[outage]) == date(2026, 12, 18)  # it ends later
    assert last_day(Term(1, Unit.WORKING_DAY), spain(2026, 12, 10, 10), outages=[outage]) == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("term", "half"),
    [
        (Term(10, Unit.WORKING_DAY), Term(5, Unit.WORKING_DAY)),
        (Term(15, Unit.WORKING_DAY), Term(8, Unit.WORKING_DAY)),
        (Term(1, Unit.CALENDAR_DAY), Term(1, Unit.CALENDAR_DAY)),
        (Term(6, Unit.MONTH), Term(3, Unit.MONTH)),
        (Term(3, Unit.MONTH), Term(1, Unit.MONTH, 15)),
        (Term(1, Unit.MONTH), Term(0, Unit.MONTH, 15)),
        (Term(1, Unit.MONTH, 15), Term(0, Unit.MONTH, 23)),
    ],
)
def test_es_33_urgency_halves_and_rounds_up(term: Term, half: Term) -> None:
    assert halved(term) == half


def test_es_33_an_urgent_procedure_of_three_months_takes_one_and_a_half() -> None:
    assert last_day(THREE_MONTHS, spain(2026, 11, 10), urgent=True) == date(2026, 12, 28)  # Christmas + weekend


def test_es_30_6_a_holiday_at_the_persons_seat_counts_too() -> None:
    catalonia = Calendar(MADRID, exceptions=from_dates({date(2026, 12, 4): False}))
    assert SPAIN.day_of(due_at(TEN_DAYS, spain(2026, 11, 25), SPAIN.also(catalonia))) == date(2026, 12, 11)


# Zones that change their clocks


@pytest.mark.parametrize("zone", ["America/Santiago", "Europe/Madrid", "America/Costa_Rica", "America/Havana"])
@pytest.mark.parametrize("start", [date(2026, 3, 20), date(2026, 8, 28), date(2026, 10, 16)])
def test_a_change_of_clocks_moves_no_day(zone: str, start: date) -> None:
    calendar = Calendar(ZoneInfo(zone))
    filed = datetime(start.year, start.month, start.day, 23, 30, tzinfo=ZoneInfo(zone))
    assert calendar.day_of(due_at(TEN_DAYS, filed, calendar)) == start + timedelta(days=14)


def test_clock_hours_are_real_hours() -> None:
    friday = datetime(2026, 3, 27, 12, tzinfo=MADRID)  # in the night to Sunday an hour is skipped
    assert due_at(Term(48, Unit.CLOCK_HOUR), friday, SPAIN) == datetime(2026, 3, 29, 13, tzinfo=MADRID)
    asked = Pause(friday + timedelta(hours=1), friday + timedelta(hours=3))
    assert due_at(Term(48, Unit.CLOCK_HOUR), friday, SPAIN, [asked]) == datetime(2026, 3, 29, 15, tzinfo=MADRID)


# Pauses that last


def test_a_pause_that_lasts_counts_up_to_now_or_to_its_maximum() -> None:
    start, asked = spain(2026, 11, 25), spain(2026, 11, 30)
    lasting = Pause(asked, maximum=Term(5, Unit.WORKING_DAY))
    assert last_day(TEN_DAYS, start, lasting, now=spain(2026, 12, 2)) == date(2026, 12, 14)
    assert last_day(TEN_DAYS, start, lasting) == last_day(TEN_DAYS, start, lasting, now=spain(2027, 5, 1))
    assert last_day(TEN_DAYS, start, lasting) == date(2026, 12, 17)
    with pytest.raises(ValueError, match="without maximum"):
        last_day(TEN_DAYS, start, Pause(asked))


def test_a_pause_is_in_force_from_its_start_to_its_end_or_maximum() -> None:
    asked = spain(2026, 11, 30)
    closed = Pause(asked, spain(2026, 12, 2), "a")
    lasting = Pause(asked, cause="b", maximum=Term(5, Unit.WORKING_DAY))
    assert paused_at([closed, lasting], asked, SPAIN) == closed
    assert paused_at([closed, lasting], spain(2026, 12, 3), SPAIN) == lasting
    assert paused_at([closed, lasting], spain(2026, 11, 29), SPAIN) is None
    assert paused_at([closed, lasting], spain(2026, 12, 9, 9), SPAIN) is None


# What is left


@pytest.mark.parametrize(
    ("now", "unit", "left"),
    [
        (spain(2026, 11, 25), Unit.WORKING_DAY, Remaining(10, Unit.WORKING_DAY, False)),
        (spain(2026, 12, 6), Unit.WORKING_DAY, Remaining(3, Unit.WORKING_DAY, False)),
        (spain(2026, 12, 10, 23, 59), Unit.WORKING_DAY, Remaining(0, Unit.WORKING_DAY, False)),
        (spain(2026, 12, 11, 0, 0), Unit.WORKING_DAY, Remaining(1, Unit.WORKING_DAY, True)),
        (spain(2026, 12, 13), Unit.WORKING_DAY, Remaining(1, Unit.WORKING_DAY, True)),
        (spain(2026, 12, 14), Unit.MONTH, Remaining(4, Unit.CALENDAR_DAY, True)),
        (spain(2026, 12, 10, 20, 30), Unit.CLOCK_HOUR, Remaining(4, Unit.CLOCK_HOUR, False)),
        (spain(2026, 12, 12, 20, 30), Unit.WORKING_HOUR, Remaining(24, Unit.WORKING_HOUR, True)),
    ],
)
def test_what_is_left_of_a_term_due_on_10_december(now: datetime, unit: Unit, left: Remaining) -> None:
    assert remaining(SPAIN.end_of(date(2026, 12, 10)), now, SPAIN, unit) == left


def test_the_bar_stands_still_during_a_pause() -> None:
    start, asked = spain(2026, 11, 25), Pause(spain(2026, 11, 30), spain(2026, 12, 9))
    due = due_at(TEN_DAYS, start, SPAIN, [asked])
    before = elapsed_fraction(start, due, spain(2026, 11, 30), SPAIN, [asked])
    assert elapsed_fraction(start, due, spain(2026, 12, 7), SPAIN, [asked]) == before
    assert elapsed_fraction(start, due, spain(2026, 12, 11), SPAIN, [asked]) > before


# What is refused


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        Term(0, Unit.MONTH)
    with pytest.raises(ValueError, match="months only"):
        Term(1, Unit.WORKING_DAY, 15)
    with pytest.raises(ValueError, match="after it starts"):
        Pause(spain(2026, 2, 2), spain(2026, 2, 1))
    with pytest.raises(ValueError, match="extend"):
        due_at(TEN_DAYS, spain(2026, 2, 2), SPAIN, extension=Term(1, Unit.CLOCK_HOUR))
    with pytest.raises(ValueError, match="aware"):
        due_at(Term(1, Unit.CLOCK_HOUR), datetime(2026, 2, 2), SPAIN)  # noqa: DTZ001


def test_costa_rica_in_holy_week() -> None:
    # Monday 30 March 2026: 31 1 | (2 and 3 are holidays) | 6 7 8 9 10 | 13 14 15.
    easter = Calendar(COSTA_RICA, exceptions=from_dates({date(2026, 4, 2): False, date(2026, 4, 3): False}))
    due = due_at(TEN_DAYS, datetime(2026, 3, 30, 10, tzinfo=COSTA_RICA), easter)
    assert easter.day_of(due) == date(2026, 4, 15)
