"""The clock of this municipality: worked examples by hand, words for people, and what it costs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ventanilla.accounts.models import User
from ventanilla.calendars import actions, clocks, official
from ventanilla.calendars.enums import Act, LegalNature, Silence
from ventanilla.calendars.rules import NotAllowed
from ventanilla.lib.workingtime import Remaining, Term, Unit
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

CR_TIME, MADRID = ZoneInfo("America/Costa_Rica"), ZoneInfo("Europe/Madrid")
PETITION, NOTICE, APPLICATION = LegalNature.PETITION, LegalNature.SERVICE_NOTICE, LegalNature.APPLICATION


def answer_day(nature: str, filed: datetime, *, identified: bool = True, scope: str = "general") -> date | None:
    """The day to answer by, None where law sets none."""
    term = clocks.response_term(nature, identified=identified, scope=scope)
    return term and clocks.working_calendar().day_of(clocks.due(term, filed))


# National holidays, checked by hand against each country's law

CR_2026 = ["0101", "0402", "0403", "0411", "0501", "0725", "0802", "0815", "0831", "0915", "1201", "1225"]
ES_2026 = ["0101", "0106", "0403", "0501", "0815", "1012", "1208", "1225"]
CL_2026 = ["0101", "0403", "0404", "0501", "0521", "0621", "0629", "0716", "0815", "0918", "0919", "1012", "1031"]
MX_2026 = ["0101", "0202", "0316", "0501", "0916", "1116", "1225"]


@pytest.mark.parametrize(
    ("country", "days"),
    [("CR", CR_2026), ("ES", ES_2026), ("CL", [*CL_2026, "1101", "1208", "1225"]), ("MX", MX_2026)],
)
def test_the_holidays_of_2026_are_those_of_the_law(country: str, days: list[str]) -> None:
    assert [day.strftime("%m%d") for day in official.national_holidays(country, "", 2026)] == days


def test_holidays_have_spanish_names() -> None:
    assert official.national_holidays("CR", "", 2026)[date(2026, 12, 1)] == "Día de la Abolición del Ejército"


def test_a_region_unknown_to_the_library_is_refused() -> None:
    with pytest.raises(ValueError, match="region"):
        official.national_holidays("ES", "ZZ", 2026)


# A pothole in Costa Rica, in both natures


def test_a_pothole_told_as_a_service_notice_has_no_term_in_law(costa_rica: Municipality, clara: User) -> None:
    """Told by someone who wants it mended: only the service charter's target, confirmed law or not."""
    filed = datetime(2026, 11, 25, 10, 24, tzinfo=CR_TIME)
    actions.confirm_rule(key="cr-ley-9097-answer", by=clara)
    assert answer_day(NOTICE, filed) is None
    assert answer_day(NOTICE, filed, identified=False) is None


def test_a_pothole_petitioned_by_an_identified_person_is_answered_in_ten_working_days(
    costa_rica: Municipality, clara: User
) -> None:
    """Filed on Wednesday 25 November 2026: 26 27 | 30 (1 December is a holiday) 2 3 4 | 7 8 9 10."""
    filed = datetime(2026, 11, 25, 10, 24, tzinfo=CR_TIME)
    term = clocks.response_term(PETITION, identified=True)
    assert term is not None
    assert term.citation == "Ley 7135 (Jurisdicción Constitucional), art. 32"
    assert clocks.due(term, filed) == datetime(2026, 12, 11, 5, 59, 59, 999999, UTC)

    actions.confirm_rule(key="cr-ley-9097-answer", by=clara)
    confirmed = clocks.response_term(PETITION, identified=True)
    assert confirmed is not None
    assert (confirmed.law, confirmed.cure) == ("Ley 9097", Term(5, Unit.WORKING_DAY))
    assert clocks.due(confirmed, filed) == datetime(2026, 12, 11, 5, 59, 59, 999999, UTC)
    with pytest.raises(NotAllowed):
        clocks.due(confirmed, filed, extension=Term(5, Unit.WORKING_DAY))


def test_a_pothole_petitioned_by_nobody_known_is_owed_no_answer(costa_rica: Municipality) -> None:
    assert answer_day(PETITION, datetime(2026, 11, 25, 10, 24, tzinfo=CR_TIME), identified=False) is None


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        # Monday of Holy Week: 31 1 (2 and 3) | 6 7 8 9 10 (Saturday 11 is a holiday too) | 13 14 15.
        (datetime(2026, 3, 30, 15, tzinfo=CR_TIME), date(2026, 4, 15)),
        # Sunday 13 September counts as Monday 14: (15) 16 17 18 | 21 22 23 24 25 | 28 29.
        (datetime(2026, 9, 13, 9, tzinfo=CR_TIME), date(2026, 9, 29)),
        # 22:00 on Monday 14 December is the 15th in UTC, and still Monday here: 15 16 17 18 | 21 22 23 24 | 28 29.
        (datetime(2026, 12, 14, 22, tzinfo=CR_TIME), date(2026, 12, 29)),
        # Over the year's end: 22 23 24 | 28 29 30 31 | 4 5 6 (1 January is a Friday).
        (datetime(2026, 12, 21, 9, tzinfo=CR_TIME), date(2027, 1, 6)),
    ],
)
def test_ten_working_days_in_costa_rica(costa_rica: Municipality, filed: datetime, due: date) -> None:
    assert answer_day(PETITION, filed) == due


# Spain


def test_in_spain_an_application_takes_three_months_and_its_silence_grants(spain: Municipality) -> None:
    filed = datetime(2026, 9, 8, 9, tzinfo=MADRID)  # three months end on Tuesday 8 December, a holiday
    term = clocks.response_term(APPLICATION, identified=True)
    assert term is not None
    assert (term.citation, term.silence) == ("Ley 39/2015, art. 21.3", Silence.POSITIVE)
    assert answer_day(APPLICATION, filed) == date(2026, 12, 9)
    liability = clocks.response_term(APPLICATION, identified=True, scope="liability")
    assert liability is not None
    assert (liability.silence, liability.silence_article) == (Silence.NEGATIVE, "24.1")


def test_in_spain_the_clock_stands_still_for_a_listed_cause(spain: Municipality) -> None:
    term = clocks.response_term(APPLICATION, identified=True)
    assert term is not None
    asked, answered = datetime(2026, 9, 21, 9, tzinfo=MADRID), datetime(2026, 9, 28, 9, tzinfo=MADRID)
    pause = term.pause("correction", asked, answered)
    due = clocks.due(term, datetime(2026, 9, 8, 9, tzinfo=MADRID), pauses=[pause])
    assert clocks.working_calendar().day_of(due) == date(2026, 12, 15)  # 8 December and seven days
    with pytest.raises(NotAllowed):
        term.pause("budget", asked)


def test_in_spain_urgency_and_extension_follow_the_law(spain: Municipality) -> None:
    filed, here = datetime(2026, 9, 8, 9, tzinfo=MADRID), clocks.working_calendar()
    term = clocks.response_term(APPLICATION, identified=True)
    assert term is not None
    assert here.day_of(clocks.due(term, filed, urgent=True)) == date(2026, 10, 23)
    assert here.day_of(clocks.due(term, filed, extension=Term(2, Unit.MONTH))) == date(2027, 2, 8)
    with pytest.raises(NotAllowed):
        clocks.due(term, filed, extension=Term(4, Unit.MONTH))


def test_in_spain_a_holiday_where_the_person_lives_counts_too(started: Callable[..., Municipality]) -> None:
    """Ten working days from Monday 15 June 2026: Sant Joan, Wednesday 24, is a holiday in Catalonia alone."""
    started("ES", holiday_region="MD")
    filed, term = datetime(2026, 6, 15, 9, tzinfo=MADRID), Term(10, Unit.WORKING_DAY)
    here = clocks.working_calendar()
    assert here.day_of(clocks.due(term, filed)) == date(2026, 6, 29)
    assert here.day_of(clocks.due(term, filed, residence="CT")) == date(2026, 6, 30)
    assert clocks.working_calendar(residence="MD") is here


def test_where_the_law_does_not_say_so_the_persons_seat_does_not_count(costa_rica: Municipality) -> None:
    assert clocks.working_calendar(residence="CT") is clocks.working_calendar()


def test_the_regions_holidays_are_the_municipalitys(started: Callable[..., Municipality]) -> None:
    started("ES", holiday_region="CT")
    assert not clocks.working_calendar().is_working(date(2026, 6, 24))


def test_other_acts_have_their_own_terms(spain: Municipality) -> None:
    hearing, nobody = clocks.term_for(Act.HEARING), clocks.term_for(Act.ROUTING)
    assert hearing is not None
    assert (hearing.article, hearing.term) == ("82", Term(10, Unit.WORKING_DAY))
    assert nobody is None


# Words


@pytest.fixture
def filed(costa_rica: Municipality, still_clock: datetime) -> datetime:
    """Wednesday 25 November 2026, 10:24, in Costa Rica."""
    return still_clock


def end_of(year: int, month: int, day: int) -> datetime:
    return clocks.working_calendar().end_of(date(year, month, day))


@pytest.mark.parametrize(
    ("day", "unit", "words"),
    [
        ((2026, 12, 7), Unit.WORKING_DAY, "a más tardar el lunes 7 de diciembre (quedan 7 días hábiles)"),
        ((2026, 11, 26), Unit.WORKING_DAY, "a más tardar el jueves 26 de noviembre (queda 1 día hábil)"),
        ((2027, 2, 25), Unit.MONTH, "a más tardar el jueves 25 de febrero de 2027 (quedan 92 días)"),
        ((2026, 11, 28), Unit.CALENDAR_DAY, "a más tardar el sábado 28 de noviembre (quedan 3 días)"),
        ((2026, 11, 25), Unit.WORKING_DAY, "vence hoy"),
        ((2026, 11, 24), Unit.WORKING_DAY, "venció hace 1 día hábil"),
        ((2026, 11, 20), Unit.WORKING_DAY, "venció hace 3 días hábiles"),
        ((2026, 11, 20), Unit.CALENDAR_DAY, "venció hace 5 días"),
    ],
)
def test_a_due_day_is_said_with_its_weekday_and_what_is_left(
    filed: datetime, day: tuple[int, int, int], unit: Unit, words: str
) -> None:
    assert clocks.describe_due(end_of(*day), filed, unit=unit) == words


def test_overdue_on_a_weekend_is_told_in_days(costa_rica: Municipality) -> None:
    saturday = datetime(2026, 11, 28, 9, tzinfo=CR_TIME)
    assert clocks.describe_due(end_of(2026, 11, 27), saturday) == "venció hace 1 día"


@pytest.mark.parametrize(
    ("hours", "unit", "words"),
    [
        (2, Unit.CLOCK_HOUR, "vence hoy a las 12:24"),
        (-2, Unit.CLOCK_HOUR, "venció hoy a las 8:24"),
        (48, Unit.CLOCK_HOUR, "a más tardar el viernes 27 de noviembre a las 10:24 (quedan 48 horas)"),
        (48, Unit.OFFICE_HOUR, "a más tardar el viernes 27 de noviembre a las 10:24 (quedan 16 horas hábiles)"),
        (-48, Unit.CLOCK_HOUR, "venció hace 48 horas"),
    ],
)
def test_a_due_hour_is_said_with_its_hour(filed: datetime, clara: User, hours: int, unit: Unit, words: str) -> None:
    actions.set_office_hours(hours={weekday: [(time(8), time(16))] for weekday in range(5)}, by=clara)
    assert clocks.describe_due(filed + timedelta(hours=hours), filed, unit=unit) == words


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Term(10, Unit.WORKING_DAY), "10 días hábiles"),
        (Term(1, Unit.MONTH), "1 mes"),
        (Term(1, Unit.MONTH, 15), "1 mes y 15 días"),
        (Term(0, Unit.MONTH, 15), "15 días"),
        (Term(24, Unit.WORKING_HOUR), "24 horas hábiles"),
    ],
)
def test_a_length_is_said_in_words(term: Term, words: str) -> None:
    assert clocks.describe_term(term) == words


def test_what_is_left_and_how_much_has_run_for_the_bar(filed: datetime) -> None:
    term = clocks.response_term(PETITION, identified=True)
    assert term is not None
    due = clocks.due(term, filed)
    friday_week = datetime(2026, 12, 4, 9, tzinfo=CR_TIME)
    assert clocks.remaining(due, friday_week) == Remaining(4, Unit.WORKING_DAY, False)
    assert clocks.elapsed_fraction(filed, due, friday_week) == pytest.approx(0.6)


# What it costs


def test_once_warm_the_doors_ask_the_database_nothing(costa_rica: Municipality, still_clock: datetime) -> None:
    def ask() -> Any:
        term = clocks.response_term(PETITION, identified=True)
        assert term is not None
        due = clocks.due(term, still_clock)
        return clocks.describe_due(due, still_clock), clocks.elapsed_fraction(still_clock, due, still_clock)

    first = ask()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert ask() == first
    assert not queries.captured_queries


def test_reading_again_costs_four_queries_and_keeps_the_calendar_if_nothing_changed(costa_rica: Municipality) -> None:
    before = clocks.working_calendar()
    municipality.forget()
    municipality.current()
    with CaptureQueriesContext(connection) as queries:
        assert clocks.working_calendar() is before
    assert len(queries.captured_queries) == 4


def test_a_change_of_country_or_zone_is_noticed(costa_rica: Municipality) -> None:
    before = clocks.working_calendar()
    Municipality.objects.update(time_zone="America/Santiago")
    municipality.forget()
    after = clocks.working_calendar()
    assert (before.zone.key, after.zone.key) == ("America/Costa_Rica", "America/Santiago")


def test_what_another_thread_read_before_the_commit_is_forgotten_with_it(
    costa_rica: Municipality,
    clara: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    day, stale = date(2026, 11, 27), official.current()
    with django_capture_on_commit_callbacks(execute=True):
        actions.declare_day(day=day, name="Cierre", by=clara)
        monkeypatch.setattr(official, "_held", stale)
        assert clocks.working_calendar().is_working(day)
    assert not clocks.working_calendar().is_working(day)
