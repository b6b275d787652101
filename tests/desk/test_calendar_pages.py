"""The official calendar and the legal terms at the desk: who sets them, and what comes of it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.cast import standing as cast
from tests.desk.settings_pages import AJUSTES, errors_of, opens_for, refuses, signed_in, text_of
from tests.sql import Freeze
from ventanilla.audit.models import TrailEntry
from ventanilla.calendars import official
from ventanilla.calendars.clocks import response_term, working_calendar
from ventanilla.calendars.enums import Source
from ventanilla.calendars.models import NonWorkingDay, OfficeHours, TermRule
from ventanilla.lib.workingtime import Unit
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

__all__ = ["cast"]

CALENDAR, TERMS = f"{AJUSTES}calendario/", f"{AJUSTES}plazos/"
FRIDAY = {"dia-day": "2026-11-27", "dia-name": "Fiesta patronal", "dia-kind": "local"}
pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def coro(cast: Cast) -> Client:
    """Signed in as the coordinator."""
    official.forget()
    return signed_in(cast, "coro")


def test_who_opens_these_pages(cast: Cast) -> None:
    opens_for(cast, ["calendario/"], {"coro"})
    opens_for(cast, ["plazos/", "plazos/cr-ley-9097-answer/"], {"coro"})
    ways = ["calendario/", "calendario/2026-11-27/quitar/", "calendario/horario/", "calendario/region/"]
    own = [f"plazos/cr-ley-9097-answer/{way}" for way in ("", "confirmar/", "dejar/")]
    refuses(cast, [*ways, *own], {"coro"})


# Days ---------------------------------------------------------------------------------------------------------------


def test_a_year_shows_the_holidays_and_ones_own_days(cast: Cast, coro: Client) -> None:
    coro.post(CALENDAR, FRIDAY)
    page = text_of(coro.get(CALENDAR))
    assert "Viernes 25 de diciembre Navidad feriado nacional Inhábil" in page
    assert "Viernes 27 de noviembre Fiesta patronal feriado local Inhábil" in page
    assert "Fiesta patronal feriado" not in text_of(coro.get(f"{CALENDAR}?anio=2027"))


def test_a_day_declared_is_no_working_day_and_the_trail_says_who(cast: Cast, coro: Client) -> None:
    coro.post(CALENDAR, FRIDAY)
    assert not working_calendar().is_working(date(2026, 11, 27))
    entry = TrailEntry.objects.get(verb="calendar.day_declared")
    assert (entry.by, entry.data["date"]) == (f"user:{cast.coro.uuid}", "2026-11-27")


def test_a_holiday_may_be_worked_after_all(cast: Cast, coro: Client) -> None:
    coro.post(CALENDAR, {**FRIDAY, "dia-day": "2026-12-25", "dia-is_working": "on"})
    assert working_calendar().is_working(date(2026, 12, 25))
    assert "Se trabaja" in text_of(coro.get(CALENDAR))


def test_what_was_said_of_a_day_is_taken_back(cast: Cast, coro: Client) -> None:
    coro.post(CALENDAR, FRIDAY)
    coro.post(f"{CALENDAR}2026-11-27/quitar/")
    assert working_calendar().is_working(date(2026, 11, 27))
    assert coro.post(f"{CALENDAR}2026-11-27/quitar/").status_code == 302
    assert coro.post(f"{CALENDAR}ayer/quitar/").status_code == 302


def test_it_says_which_terms_a_day_touches_before_it_is_declared(cast: Cast, coro: Client) -> None:
    looking = {**FRIDAY, "hacer": "ver"}
    assert "Ningún plazo en curso" in text_of(coro.post(CALENDAR, looking))
    cast.file()
    assert "1 plazo en curso pasa por ese día" in text_of(coro.post(CALENDAR, looking))
    assert "ya se contaba así" in text_of(coro.post(CALENDAR, {**looking, "dia-day": "2026-11-28"}))
    assert not NonWorkingDay.objects.exists()
    assert "1 plazo en curso pasa por ese día" in text_of(coro.post(CALENDAR, FRIDAY, follow=True))


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"dia-day": ""}, "Elija el día"),
        ({"dia-day": "2026-02-30"}, "un día que exista"),
        ({"dia-day": "1026-02-03"}, "de estos años"),
        ({"dia-name": ""}, "Diga por qué"),
    ],
)
def test_a_day_that_is_wrong_is_told(cast: Cast, coro: Client, changes: dict[str, str], about: str) -> None:
    answer = coro.post(CALENDAR, {**FRIDAY, **changes})
    assert answer.status_code == 422
    assert about in errors_of(answer)


# Hours and region ---------------------------------------------------------------------------------------------------


def test_office_hours_are_set_in_words(cast: Cast, coro: Client) -> None:
    coro.post(f"{CALENDAR}horario/", {"horas-day_0": "8:00-12:00, 13-16:30", "horas-day_1": "7 a 15"})
    rows = list(OfficeHours.objects.order_by("weekday", "opens").values_list("weekday", "opens", "closes"))
    assert rows == [(0, time(8), time(12)), (0, time(13), time(16, 30)), (1, time(7), time(15))]
    page = coro.get(CALENDAR).content.decode()
    assert 'value="8:00-12:00, 13:00-16:30"' in page


@pytest.mark.parametrize(
    ("said", "about"),
    [("de mañana", "Escriba las horas así"), ("25-26", "Escriba las horas así"), ("9-8", "de menos a más")],
)
def test_hours_that_are_none_are_told_and_kept(cast: Cast, coro: Client, said: str, about: str) -> None:
    before = OfficeHours.objects.count()
    answer = coro.post(f"{CALENDAR}horario/", {"horas-day_0": said})
    assert about in answer.content.decode()
    assert f'value="{said}"' in answer.content.decode()
    assert OfficeHours.objects.count() == before


def test_the_holidays_of_a_region_count_where_it_has_its_own(cast: Cast, coro: Client) -> None:
    assert "Feriados de la región" not in text_of(coro.get(CALENDAR))
    Municipality.objects.update(country="ES", time_zone="Europe/Madrid")
    municipality.forget()
    official.forget()
    assert "Cataluña" in text_of(coro.get(CALENDAR)) or "Catalunya" in text_of(coro.get(CALENDAR))
    assert working_calendar().is_working(date(2026, 9, 11))
    coro.post(f"{CALENDAR}region/", {"region": "CT"})
    assert not working_calendar().is_working(date(2026, 9, 11))
    assert coro.post(f"{CALENDAR}region/", {"region": "ZZ"}).status_code == 422


# Terms --------------------------------------------------------------------------------------------------------------


def petition() -> Any:
    official.forget()
    found = response_term("petition", identified=True)
    return found and (found.key, found.term.quantity)


def test_terms_of_secondary_sources_wait_for_somebody(cast: Cast, coro: Client) -> None:
    page = text_of(coro.get(TERMS)).partition("conserva su plazo.")[2]
    assert page.index("Esperan que alguien los confirme") < page.index("fuente secundaria") < page.index("En vigor")
    assert "leído en la norma" in page
    waiting = {rule.key for rule in TermRule.objects.all() if rule.is_awaiting}
    assert waiting == set(TermRule.objects.awaiting_confirmation().values_list("key", flat=True))


def test_a_term_is_confirmed_and_counts(cast: Cast, coro: Client) -> None:
    assert petition() == ("cr-ljc-7135-32", 10)
    coro.post(f"{TERMS}cr-ley-9097-answer/confirmar/")
    assert petition() == ("cr-ley-9097-answer", 10)
    rule = TermRule.objects.get(key="cr-ley-9097-answer")
    assert (rule.confirmed_by, rule.is_awaiting) == (cast.coro, False)
    assert TrailEntry.objects.get(verb="calendar.term_confirmed").by == f"user:{cast.coro.uuid}"


def test_a_term_without_length_is_completed_before(cast: Cast, coro: Client) -> None:
    page = text_of(coro.post(f"{TERMS}cr-ley-9158/confirmar/", follow=True))
    assert "le falta cuánto dura" in page
    said = {"quantity": "5", "unit": Unit.WORKING_DAY, "law": "Ley 9158", "article": "43", "silence": "none"}
    coro.post(f"{TERMS}cr-ley-9158/", said)
    rule = TermRule.objects.get(key="cr-ley-9158")
    assert (rule.quantity, rule.article, rule.source, rule.enabled) == (5, "43", Source.OWN, True)
    found = response_term("complaint", identified=True)
    assert found is not None
    assert found.key == "cr-ley-9158"


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"quantity": ""}, "cuánto dura"),
        ({"article": ""}, "el artículo"),
        ({"quantity": "0"}, ""),
        ({"unit": "siglos"}, ""),
    ],
)
def test_a_term_that_is_wrong_stays_as_it_is(cast: Cast, coro: Client, changes: dict[str, str], about: str) -> None:
    said = {"quantity": "5", "unit": Unit.WORKING_DAY, "law": "Ley 9158", "article": "43", "silence": "none"}
    answer = coro.post(f"{TERMS}cr-ley-9158/", {**said, **changes})
    assert answer.status_code == 422
    assert about in errors_of(answer)
    assert not TermRule.objects.get(key="cr-ley-9158").enabled


def test_a_term_is_taken_out_of_force_for_what_comes(cast: Cast, coro: Client) -> None:
    before = cast.file(procedure=cast.complaint, place=None, answers={})
    assert before.response_due_at is not None
    coro.post(f"{TERMS}cr-ljc-7135-32/dejar/")
    assert petition() is None
    assert cast.file(procedure=cast.complaint, place=None, answers={}).response_due_at is None
    before.refresh_from_db()
    assert before.response_due_at is not None


def test_a_term_of_another_country_is_not_found(cast: Cast, coro: Client) -> None:
    assert coro.get(f"{TERMS}es-21-3/").status_code == 404
    assert coro.post(f"{TERMS}es-21-3/confirmar/").status_code == 404


@pytest.mark.parametrize("page", ["calendario/", "plazos/"])
def test_the_pages_ask_the_same_whatever_there_is(cast: Cast, coro: Client, page: str, frozen_sql: Freeze) -> None:
    coro.get(AJUSTES + page)
    with frozen_sql(most=5):
        coro.get(AJUSTES + page)
