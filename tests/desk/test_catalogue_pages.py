"""Services, types and their questions at the desk: who sets them, and what people find and are asked then."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.cases.laws import under
from tests.cast import Cast
from tests.desk.settings_pages import AJUSTES, errors_of, opens_for, refuses, signed_in, text_of
from tests.sql import Freeze
from ventanilla.audit.models import TrailEntry
from ventanilla.calendars.enums import LegalNature
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure, Service

CATALOGUE, TYPES = f"{AJUSTES}catalogo/", f"{AJUSTES}tipos/"
LAMP = f"{TYPES}bombillo-quemado/"
SAID = {
    "name": "Poste caído",
    "description": "Un poste en el suelo.",
    "words": "poste, palo de luz\ncable caído, poste",
    "kind": "service_request",
    "nature": "service_notice",
    "place_need": "required",
    "unit": "team:cuadrilla-1",
    "process_key": "report",
    "target_quantity": "2",
    "target_unit": "working_day",
    "weight": "5",
    "reopen_days": "30",
    "is_public": "on",
    "is_active": "on",
}


@pytest.fixture
def coro(cast: Cast) -> Client:
    """Signed in as the coordinator."""
    return signed_in(cast, "coro")


def lamp() -> Procedure:
    return Procedure.objects.select_related("form").get(key="bombillo-quemado")


def test_who_opens_these_pages(cast: Cast) -> None:
    services = ["catalogo/", "catalogo/nuevo/", "catalogo/atencion/", "catalogo/atencion/nuevo/"]
    types = ["tipos/bombillo-quemado/", "tipos/bombillo-quemado/preguntas/"]
    opens_for(cast, [*services, *types], {"coro"})
    refuses(cast, [*services[1:], *types, "tipos/bombillo-quemado/apagar/"], {"coro"})


# Services -----------------------------------------------------------------------------------------------------------


def test_a_service_is_added_with_a_type_and_people_find_it(cast: Cast, coro: Client) -> None:
    coro.post(f"{CATALOGUE}nuevo/", {"name": "Cementerio", "icon": "plant-2", "is_active": "on"})
    assert Service.objects.get(key="cementerio").icon == "plant-2"
    coro.post(f"{CATALOGUE}cementerio/nuevo/", SAID)
    made = Procedure.objects.get(key="poste_caido")
    assert (made.service.key, made.department, made.team) == ("cementerio", cast.lighting, cast.crew_team)
    assert made.words == ["poste", "palo de luz", "cable caído"]
    assert str(made.target and made.target.quantity) == "2"
    published.forget()
    assert published.current().find("palo de luz")[0] == made
    case = cast.file(procedure=published.current().by_key["poste_caido"], answers={})
    assert (case.department, case.team) == (cast.lighting, cast.crew_team)


def test_a_service_switched_off_is_not_offered(cast: Cast, coro: Client) -> None:
    assert "Bombillo quemado" in text_of(Client().get("/reportar/?q=bombillo"))
    coro.post(f"{CATALOGUE}alumbrado-publico/", {"name": "Alumbrado", "icon": "bulb"})
    assert "Bombillo quemado" not in text_of(Client().get("/reportar/?q=bombillo"))
    assert "Apagado" in text_of(coro.get(CATALOGUE))
    assert TrailEntry.objects.get(verb="service.changed").data["is_active"] is False


@pytest.mark.parametrize("wrong", [{"name": ""}, {"icon": "dragon"}])
def test_a_service_that_is_wrong_is_told(cast: Cast, coro: Client, wrong: dict[str, str]) -> None:
    before = Service.objects.count()
    assert coro.post(f"{CATALOGUE}nuevo/", {"name": "Cementerio", "icon": "tool", **wrong}).status_code == 422
    assert Service.objects.count() == before


# Types --------------------------------------------------------------------------------------------------------------


def test_what_is_said_of_a_type_holds_for_what_is_filed_then(cast: Cast, coro: Client) -> None:
    before = cast.file()
    coro.post(LAMP, {**SAID, "unit": "department:calles", "target_quantity": "9", "weight": "7"})
    after = cast.file(procedure=lamp())
    assert (before.department, after.department) == (cast.lighting, cast.streets)
    assert before.target_due_at
    assert after.target_due_at
    assert after.target_due_at > before.target_due_at
    entry = TrailEntry.objects.filter(verb="procedure.changed").get()
    assert (entry.by, entry.data["department"], entry.data["weight"]) == (f"user:{cast.coro.uuid}", "calles", 7)
    assert "kind" not in entry.data


def test_saying_the_same_again_leaves_no_trace(cast: Cast, coro: Client) -> None:
    coro.post(LAMP, SAID)
    coro.post(LAMP, SAID)
    assert TrailEntry.objects.filter(verb="procedure.changed").count() == 1


def test_a_type_is_switched_off_and_on_from_its_service(cast: Cast, coro: Client) -> None:
    coro.post(f"{LAMP}apagar/")
    assert "bombillo-quemado" not in published.current().by_key
    coro.post(f"{LAMP}usar/")
    assert "bombillo-quemado" in published.current().by_key


def test_an_emergency_stops_the_form_and_shows_whom_to_call(cast: Cast, coro: Client) -> None:
    said = {"is_emergency": "on", "emergency_phone": "9-1-1", "emergency_advice": "No toque los cables."}
    coro.post(LAMP, {**SAID, **said})
    page = text_of(Client().get("/reportar/bombillo-quemado/", follow=True))
    assert "9-1-1" in page
    assert "No toque los cables." in page


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"name": ""}, "Escriba el nombre"),
        ({"unit": ""}, "Elija a quién"),
        ({"unit": "person:x:y"}, "Elija a quién"),
        ({"weight": "99"}, "de 0 a 10"),
        ({"target_unit": ""}, "cuánto y de qué"),
        ({"target_quantity": ""}, "cuánto y de qué"),
        ({"words": "x" * 61}, "letras cada una"),
        ({"process_key": "magia"}, ""),
        ({"emergency_phone": "llame"}, "teléfono"),
        ({"needs_document": "on"}, "Ninguna norma pide identificarse para esto: aviso de servicio"),
    ],
)
def test_a_type_that_is_wrong_is_told_and_kept(cast: Cast, coro: Client, changes: dict[str, str], about: str) -> None:
    answer = coro.post(LAMP, {**SAID, **changes})
    assert answer.status_code == 422
    assert about in errors_of(answer)
    assert "Un poste en el suelo." in answer.content.decode()
    assert lamp().name == "Bombillo quemado"


ASKS, BY_LAW = {"needs_document": "on"}, "Solo donde hay que saber quién lo pide: solicitud, petición (Ley 9097"


@pytest.mark.parametrize("nature", LegalNature)
def test_a_document_is_asked_for_only_where_the_law_needs_to_know_who_files(
    cast: Cast, coro: Client, nature: LegalNature
) -> None:
    answer = coro.post(LAMP, {**SAID, **ASKS, "nature": nature})
    taken = nature in {LegalNature.PETITION, LegalNature.APPLICATION}
    assert (answer.status_code, lamp().needs_document) == ((302, True) if taken else (422, False))


def test_it_says_by_which_law_and_offers_it_only_there(cast: Cast, coro: Client) -> None:
    answer = coro.get(LAMP)
    assert BY_LAW in text_of(answer)
    offered = 'data-when="nature" data-when-values="["application", "petition"]"'
    assert offered in unescape(answer.content.decode())


def test_where_it_was_refused_it_stays_in_sight_to_be_unticked(cast: Cast, coro: Client) -> None:
    answer = coro.post(LAMP, {**SAID, **ASKS})
    assert "data-when=" not in answer.content.decode()
    assert answer.context["form"]["needs_document"].value()


def test_in_a_country_whose_law_does_not_say_so_a_petition_asks_for_none(cast: Cast, coro: Client) -> None:
    under("UY")
    assert coro.post(LAMP, {**SAID, **ASKS, "nature": "petition"}).status_code == 422
    assert coro.post(LAMP, {**SAID, **ASKS, "nature": "application"}).status_code == 302


# Questions ----------------------------------------------------------------------------------------------------------

HOW_MANY = {
    "orden": ["0"],
    "q0-field": "how_many",
    "q0-text": "¿Cuántas luces están apagadas?",
    "q0-answer": "choice",
    "q0-options": "Una\nVarias\nToda la cuadra",
    "q0-when": "",
    "q0-is_required": "on",
    "q0-is_essential": "on",
}
SINCE = {
    "orden": ["0", "1"],
    "q1-text": "¿Desde cuándo?",
    "q1-answer": "date",
    "q1-when": "how_many=all",
}


def ask(client: Client, deed: str = "guardar", **said: Any) -> Any:
    return client.post(f"{LAMP}preguntas/", {**HOW_MANY, "hacer": deed, **said})


def asked() -> list[str]:
    form = lamp().form
    return [question.text for question in form.paper.questions] if form else []


def test_saved_as_it_is_the_form_stays_the_same_version(cast: Cast, coro: Client) -> None:
    assert ask(coro, **{"q0-script": "Pregunte si es una o toda la cuadra."}).status_code == 302
    form = lamp().form
    assert form is not None
    assert (form.version, form.paper.by_field["how_many"].options[1]) == (1, ("several", "Varias"))


def test_a_question_is_added_under_a_condition_and_asked(cast: Cast, coro: Client) -> None:
    page = ask(coro, "agregar").content.decode()
    assert "Pregunta 2" in text_of(ask(coro, "agregar"))
    assert "Si a «¿Cuántas luces están apagadas?» responde «Toda la cuadra»" in page
    assert "ds-validation-message" not in page
    ask(coro, **SINCE)
    form = lamp().form
    assert form is not None
    since = form.paper.by_field["desde_cuando"]
    assert (form.version, since.when and since.when.values) == (2, ("all",))
    case = cast.file(procedure=lamp(), answers={"how_many": "all", "desde_cuando": "2026-11-20"})
    assert case.form_version == 2


def test_the_words_of_an_answer_change_and_its_value_stays(cast: Cast, coro: Client) -> None:
    ask(coro, **{"q0-options": "Una sola\nVarias\nToda la cuadra\nNo sé"})
    form = lamp().form
    assert form is not None
    options = dict(form.paper.by_field["how_many"].options)
    assert options["several"] == "Varias"
    assert "No sé" in options.values()
    ask(coro, **{"q0-options": "Una lámpara\nVarias\nToda la cuadra\nNo sé"})
    form = lamp().form
    assert form is not None
    assert list(dict(form.paper.by_field["how_many"].options)) == list(options)


def test_questions_are_moved_and_taken_away_before_anything_is_saved(cast: Cast, coro: Client) -> None:
    page = text_of(ask(coro, "subir-1", **SINCE))
    html = ask(coro, "subir-1", **SINCE).content.decode()
    assert html.index("¿Desde cuándo?") < html.index('value="how_many"')
    assert "Pregunta 2" in page
    assert "¿Desde cuándo?" not in ask(coro, "quitar-1", **SINCE).content.decode()
    assert asked() == ["¿Cuántas luces están apagadas?"]


def test_where_no_question_is_left_the_type_asks_nothing(cast: Cast, coro: Client) -> None:
    coro.post(f"{LAMP}preguntas/", {"hacer": "guardar"})
    assert lamp().form is None
    assert "Nada: solo qué pasa" in text_of(coro.get(LAMP))


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"q0-text": ""}, "Escriba la pregunta"),
        ({"q0-options": "Una"}, "al menos dos respuestas"),
        ({"q0-options": "Una\nUna"}, "al menos dos respuestas"),
        ({"q0-answer": "dibujo"}, "dibujo"),
    ],
)
def test_a_question_that_is_wrong_is_told_and_kept(
    cast: Cast, coro: Client, changes: dict[str, str], about: str
) -> None:
    answer = ask(coro, **{"q0-hint": "Mire bien", **changes})
    assert answer.status_code == 422
    assert about in errors_of(answer)
    assert "Mire bien" in answer.content.decode()
    assert asked() == ["¿Cuántas luces están apagadas?"]


def test_a_condition_on_a_question_that_comes_later_is_refused_in_words(cast: Cast, coro: Client) -> None:
    ask(coro, **SINCE)
    answer = ask(coro, **{**SINCE, "orden": ["1", "0"], "q1-field": "desde_cuando"})
    assert "la condición tiene que hablar de una pregunta anterior" in answer.content.decode()


def test_a_form_of_many_conditions_is_kept(cast: Cast, coro: Client) -> None:
    """A condition of several answers can't be picked, and stays."""
    from ventanilla.catalog import actions

    form = lamp().form
    assert form is not None
    late = {
        "field": "late",
        "question": "¿Hay alguien herido?",
        "when": {"field": "how_many", "in": ["all", "several"]},
    }
    schema = {**form.schema, "properties": {**form.schema["properties"], "late": {"type": "boolean"}}}
    actions.ask(lamp(), schema=schema, layout={"questions": [*form.layout["questions"], late]}, by="system")
    assert "Como ahora: solo con ciertas respuestas" in coro.get(f"{LAMP}preguntas/").content.decode()
    more = {"q1-field": "late", "q1-text": "¿Hay heridos?", "q1-answer": "yesno", "q1-when": "igual"}
    ask(coro, **{"orden": ["0", "1"], **more})
    again = lamp().form
    assert again is not None
    when = again.paper.by_field["late"].when
    assert when is not None
    assert when.values == ("all", "several")


@pytest.mark.parametrize("page", ["catalogo/", "catalogo/alumbrado-publico/", "tipos/bombillo-quemado/"])
def test_the_pages_ask_the_same_whatever_there_is(cast: Cast, coro: Client, page: str, frozen_sql: Freeze) -> None:
    coro.get(AJUSTES + page)
    with frozen_sql(most=9):
        coro.get(AJUSTES + page)
