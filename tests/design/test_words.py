"""Dates and terms as a neighbour says them, in the municipality's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import WEDNESDAY_MORNING
from ventanilla.design import dates
from ventanilla.design.components import Term
from ventanilla.design.enums import TermState, Unit
from ventanilla.lib import clock

pytestmark = pytest.mark.usefixtures("still_clock")
NOW = WEDNESDAY_MORNING


def test_a_moment_is_said_in_the_municipalitys_zone() -> None:
    late_in_utc = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
    assert dates.moment(late_in_utc) == "martes 24 de noviembre, 21:30"
    assert dates.day_of(late_in_utc) == date(2026, 11, 24)


def test_the_year_is_said_where_it_is_another() -> None:
    assert dates.day(date(2025, 3, 4)) == "martes 4 de marzo de 2025"
    assert dates.day(date(2026, 3, 4)) == "miércoles 4 de marzo"


def test_a_receipt_says_the_second() -> None:
    moment = datetime(2026, 11, 24, 2, 41, 7, tzinfo=UTC)
    assert dates.official(moment) == "lunes 23 de noviembre de 2026, 20:41:07"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (NOW, "hoy, 10:24"),
        (NOW - timedelta(days=1), "ayer, 10:24"),
        (NOW + timedelta(days=1), "mañana, 10:24"),
        (NOW - timedelta(days=2), "lunes 23, 10:24"),
        (NOW - timedelta(days=60), "26 de septiembre, 10:24"),
        (NOW - timedelta(days=400), "21 de octubre de 2025, 10:24"),
        (date(2026, 11, 25), "hoy"),
    ],
)
def test_the_desk_says_what_is_near(value: datetime, said: str) -> None:
    assert dates.when(value) == said


def test_dates_are_said_in_english_too() -> None:
    with translation.override("en"):
        assert dates.moment(NOW).startswith("Wednesday 25")


@pytest.mark.parametrize(
    ("term", "headline"),
    [
        (Term(NOW + timedelta(days=12), left=8, used=2), "Quedan 8 días hábiles"),
        (Term(NOW + timedelta(days=4), left=2, used=2, unit=Unit.CALENDAR_DAY), "Quedan 2 días"),
        (Term(NOW + timedelta(days=5), left=1, used=2), "Queda 1 día hábil"),
        (Term(NOW + timedelta(days=1), left=1, used=9), "Vence mañana"),
        (Term(NOW + timedelta(hours=3), left=0, used=3, precise=True), "Vence hoy, 13:24"),
        (Term(date(2026, 11, 25), left=0, used=3), "Vence hoy"),
        (Term(NOW, left=0, used=5, late_by=2, state=TermState.LATE), "Venció hace 2 días hábiles"),
        (Term(NOW, left=7, used=3, state=TermState.PAUSED), "En pausa, quedan 7 días hábiles"),
        (Term(NOW, left=4, used=6, state=TermState.MET), "Respondido en 6 días hábiles"),
        (Term(NOW, left=0, used=12, state=TermState.MISSED), "Respondido fuera de plazo"),
    ],
)
def test_a_term_says_first_what_is_left(term: Term, headline: str) -> None:
    assert term.headline == headline


def test_a_term_includes_its_last_day() -> None:
    term = Term(datetime(2026, 12, 7, 22, 0, tzinfo=UTC), left=8, used=2)
    assert term.words == "a más tardar el lunes 7 de diciembre (quedan 8 días hábiles)"
    assert term.sentence == "A más tardar el lunes 7 de diciembre."


def test_a_paused_or_answered_term_promises_no_date() -> None:
    for state in (TermState.PAUSED, TermState.MET, TermState.MISSED):
        assert Term(NOW, left=1, used=1, state=state).sentence == ""
    assert (
        Term(NOW - timedelta(days=2), left=0, used=1, state=TermState.LATE).sentence
        == "Venció el lunes 23 de noviembre."
    )


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_bar_turns_teja_in_the_last_fifth(left: int, used: int) -> None:
    with clock.at(NOW):
        term = Term(NOW + timedelta(days=30), left=left, used=used)
        assert 0 <= term.spent <= 100
        assert term.tone == ("soon" if term.spent >= 80 else "ink")
