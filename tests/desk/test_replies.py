"""Replying with a template, without a script and with one; and the pages where templates are kept."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from tests.cast import Cast, actor
from tests.cast import standing as cast
from tests.desk.case_page import Page, signed_in
from ventanilla.cases.actions import templates
from ventanilla.cases.models import Case, ReplyTemplate
from ventanilla.organization.models import Municipality

__all__ = ["cast"]

LIST = "/mesa/ajustes/plantillas/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def shipped(cast: Cast) -> dict[str, ReplyTemplate]:
    templates.start(Municipality.objects.get())
    return {row.key: row for row in ReplyTemplate.objects.all()}


def put(page: Page, act: str, template: ReplyTemplate, text: str = "", **headers: Any) -> str:
    told = {"plantilla": str(template.uuid), "text": text}
    answer = page.client.post(f"{page.path}plantilla/{act}/", told, **headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


# In the reply ---------------------------------------------------------------------------------------------------------


def test_a_template_is_put_into_the_message_filled(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    said = put(Page(cast, "olga", cast.file()), "responder", shipped["visit-day"])
    assert "Hola, Rosa:" in said
    assert "La cuadrilla va a Frente a la iglesia el [día]" in said
    assert "Olga Mora Solís, Alumbrado público" in said


def test_what_was_typed_stays_before_it(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    said = put(Page(cast, "olga", cast.file()), "responder", shipped["we-have-it"], "Buenas tardes.")
    assert said.index("Buenas tardes.") < said.index("Hola, Rosa:")


def test_put_in_twice_it_is_there_once(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    page = Page(cast, "olga", cast.file())
    text = templates.filled(shipped["we-have-it"], page.case, who=cast.olga.name)
    assert put(page, "responder", shipped["we-have-it"], text).count("Hola, Rosa:") == 1


def test_with_a_script_only_the_message_changes(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    said = put(Page(cast, "olga", cast.file()), "responder", shipped["we-have-it"], headers=HTMX)
    assert "Hola, Rosa:" in said
    assert "<html" not in said


def test_putting_one_in_writes_nothing(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    page = Page(cast, "olga", cast.file())
    put(page, "responder", shipped["we-have-it"])
    assert page.case.events.count() == 1


def test_each_action_offers_its_own(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    page = Page(cast, "coro", cast.file())
    assert "Pedir una foto" in page.shows("?hacer=preguntar")
    assert "Pedir una foto" not in page.shows("?hacer=responder")
    assert "No nos toca a nosotros" in page.shows("?hacer=no-procede")


def test_one_of_another_use_is_not_put_in(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    assert "Para encontrarlo a la primera" not in put(Page(cast, "olga", cast.file()), "responder", shipped["photo"])


def test_what_is_left_to_fill_in_is_not_sent(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    page = Page(cast, "olga", cast.file())
    answer = page.do("responder", text="Vamos el [día], a las [hora].")
    assert answer.status_code == 422
    assert "Complete lo que va entre corchetes: [día], [hora]." in answer.content.decode()
    page.did("responder", text="Vamos el martes, a las 9.")


def test_who_may_not_reply_gets_no_template(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    page = Page(cast, "fede", cast.file())
    told = {"plantilla": str(shipped["we-have-it"].uuid)}
    assert page.client.post(f"{page.path}plantilla/responder/", told).status_code == 404


# Kept -----------------------------------------------------------------------------------------------------------------

GOOD = {
    "name": "Gracias",
    "use": "reply",
    "department": "",
    "kind": "",
    "text": "Gracias, {{ name }}.",
    "is_active": "on",
}


def test_who_may_come_in(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    allowed = {name for name in cast.users if signed_in(cast, name).get(LIST).status_code == 200}
    assert allowed == {"olga", "carlos", "otilia", "coro"}


def test_a_template_is_kept_and_offered(cast: Cast) -> None:
    assert signed_in(cast, "coro").post(f"{LIST}nueva/", GOOD).status_code == 302
    assert ReplyTemplate.objects.get().department is None
    assert "Gracias" in Page(cast, "olga", cast.file()).shows("?hacer=responder")


def test_an_unknown_variable_is_refused_with_its_name_and_what_was_typed_stays(cast: Cast) -> None:
    answer = signed_in(cast, "coro").post(f"{LIST}nueva/", {**GOOD, "text": "Su {{ cedula }}."})
    said = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "No existe la variable «cedula»." in said
    assert "Su {{ cedula }}." in said
    assert not ReplyTemplate.objects.exists()


@pytest.mark.parametrize("missing", ["name", "text", "use"])
def test_without_what_it_needs_it_is_not_kept(cast: Cast, missing: str) -> None:
    assert signed_in(cast, "coro").post(f"{LIST}nueva/", {**GOOD, missing: ""}).status_code == 422
    assert not ReplyTemplate.objects.exists()


def test_it_is_seen_filled_before_it_is_kept(cast: Cast) -> None:
    answer = signed_in(cast, "coro").post(f"{LIST}nueva/", {**GOOD, "ver": "1"})
    assert "Gracias, Rosa." in answer.content.decode()
    assert not ReplyTemplate.objects.exists()


def test_who_manages_a_department_keeps_its_own(cast: Cast) -> None:
    client = signed_in(cast, "olga")
    own = {**GOOD, "department": str(cast.lighting.pk)}
    assert client.post(f"{LIST}nueva/", own).status_code == 302
    assert client.post(f"{LIST}nueva/", GOOD).status_code == 422, "not for all"
    assert client.post(f"{LIST}nueva/", {**GOOD, "department": str(cast.streets.pk)}).status_code == 422
    assert ReplyTemplate.objects.get().department == cast.lighting


def test_another_department_s_and_the_whole_house_s_are_not_opened(
    cast: Cast, shipped: dict[str, ReplyTemplate]
) -> None:
    of_streets = ReplyTemplate.objects.create(name="De calles", text="Hola.", department=cast.streets)
    client = signed_in(cast, "olga")
    for row in (of_streets, shipped["delay"]):
        assert client.get(f"{LIST}{row.uuid}/").status_code == 404
        assert client.post(f"{LIST}{row.uuid}/borrar/").status_code == 404
    assert "De calles" in client.get(LIST).content.decode(), "to read, it is"


def test_one_that_came_along_gets_one_s_own_words(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    row = shipped["delay"]
    client = signed_in(cast, "coro")
    assert "Vamos con retraso en su caso" in client.get(f"{LIST}{row.uuid}/").content.decode()
    client.post(f"{LIST}{row.uuid}/", {**GOOD, "name": row.name, "text": "Nos atrasamos, {{ name }}."})
    row.refresh_from_db()
    assert row.text == "Nos atrasamos, {{ name }}."


def test_one_is_put_away(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    row = shipped["delay"]
    signed_in(cast, "coro").post(f"{LIST}{row.uuid}/borrar/")
    row.refresh_from_db()
    assert not row.is_active
    assert "Vamos con retraso" not in Page(cast, "olga", cast.file()).shows("?hacer=responder")


def test_looking_changes_nothing(cast: Cast, shipped: dict[str, ReplyTemplate]) -> None:
    before = list(ReplyTemplate.objects.values_list("text", "is_active"))
    client = signed_in(cast, "coro")
    client.get(LIST)
    client.get(f"{LIST}{shipped['delay'].uuid}/")
    assert list(ReplyTemplate.objects.values_list("text", "is_active")) == before
    assert not Case.objects.exists()
    assert actor(cast.coro).is_staff
