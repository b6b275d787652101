"""Who may set the routing, and what the page does with what they pick."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import MEMBERS, Cast, place
from tests.sql import Freeze
from ventanilla.audit.models import TrailEntry
from ventanilla.catalog import published
from ventanilla.catalog.models import RoutingRule

LIST, NEW = "/mesa/ajustes/reparto/", "/mesa/ajustes/reparto/nueva/"
PICKED = {
    "hacer": "guardar",
    "modo": "listas",
    "name": "Focos del centro",
    "target": "team:cuadrilla-1",
    "types": ["bombillo-quemado"],
    "districts": ["d1"],
    "when": "any",
}


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def coro(cast: Cast) -> Client:
    """Signed in as the coordinator."""
    return signed_in(cast, "coro")


def saved(client: Client, **changes: Any) -> RoutingRule:
    """A rule saved from the page."""
    answer = client.post(NEW, {**PICKED, **changes})
    assert answer.status_code == 302, re.findall(r"ds-validation-message.*?</p>", answer.content.decode(), re.S)
    return RoutingRule.objects.order_by("pk").last()  # type: ignore[return-value]


@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_only_who_keeps_the_catalogue_sets_the_routing(cast: Cast, name: str) -> None:
    rule = saved(signed_in(cast, "coro"))
    client, own = signed_in(cast, name), f"{LIST}{rule.uuid}/"
    may = name == "coro"
    assert [client.get(path).status_code for path in (LIST, NEW, own)] == [200 if may else 403] * 3
    if not may:
        ways = (NEW, own, f"{own}mover/arriba/", f"{own}poner/apagar/", f"{own}quitar/", f"{own}recuperar/")
        assert {client.post(way, PICKED).status_code for way in ways} == {403}
        assert list(RoutingRule.objects.kept().filter(is_active=True)) == [rule]
    assert (LIST in client.get("/mesa/ajustes/").content.decode()) == may


def test_a_stranger_is_sent_to_sign_in(cast: Cast) -> None:
    assert Client().get(LIST).url.startswith("/mesa/entrar/")  # type: ignore[attr-defined]


def test_what_is_picked_becomes_a_rule_that_routes(cast: Cast, coro: Client) -> None:
    rule = saved(coro, channels=["web"], urgent="no", weekdays=["1", "2", "3", "4", "5", "6", "7"])
    assert rule.condition == (
        'type == "bombillo-quemado" && district == "d1" && channel == "web"'
        " && weekday in [1, 2, 3, 4, 5, 6, 7] && !urgent"
    )
    case = cast.file()
    assert (case.team, case.routing) == (cast.crew_team, "10: Focos del centro")
    assert cast.file(place=place(-84.13)).routing == case.routing
    assert cast.file(place=None).routing == ""


def test_a_rule_sends_to_somebody_in_person(cast: Cast, coro: Client) -> None:
    saved(coro, target=f"person:{cast.carlos.uuid}:alumbrado")
    case = cast.file()
    assert (case.assignee, case.department) == (cast.carlos, cast.lighting)


def test_an_answer_of_the_one_type_picked_can_be_asked_for(cast: Cast, coro: Client) -> None:
    asked = coro.post(NEW, {**PICKED, "hacer": "preguntas"}).content.decode()
    assert "¿Cuántas luces están apagadas?" in asked
    assert "ds-validation-message" not in asked
    saved(coro, **{"respuesta-how_many": "all"})
    assert cast.file(answers={"how_many": "all"}).routing
    assert not cast.file().routing


def test_what_was_picked_is_shown_again(cast: Cast, coro: Client) -> None:
    rule = saved(coro, when="between", from_hour="22", until_hour="6", **{"respuesta-how_many": "all"})
    page = coro.get(f"{LIST}{rule.uuid}/").content.decode()
    for picked in (
        'value="bombillo-quemado" checked',
        'value="d1" checked',
        'value="all" selected',
        'value="22" selected',
    ):
        assert picked in page


def test_the_list_says_in_words_what_a_rule_asks(cast: Cast, coro: Client) -> None:
    saved(coro, when="closed", channels=["phone", "counter"])
    page = coro.get(LIST).content.decode()
    said = "Bombillo quemado · en Distrito Central · fuera del horario de oficina · llega por teléfono o mostrador"
    assert said in page
    assert "Alumbrado público, Cuadrilla 1" in page


def test_the_list_says_answers_as_the_form_asks_them(cast: Cast, coro: Client) -> None:
    saved(coro, **{"respuesta-how_many": "all"})
    assert "¿Cuántas luces están apagadas? Toda la cuadra" in coro.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("text", "about"),
    [("hour >", "línea 1, carácter 7"), ('typo == "x"', "«typo»"), ("", "Escriba la condición"), ("hour", "sí o no")],
)
def test_a_text_that_is_wrong_is_told_and_kept(cast: Cast, coro: Client, text: str, about: str) -> None:
    sent = {**PICKED, "modo": "texto", "text": text}
    answer = coro.post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert about in page
    assert "Focos del centro" in page
    assert text.replace(">", "&gt;").replace('"', "&quot;") in page
    assert not RoutingRule.objects.exists()


def test_a_rule_without_a_name_keeps_what_was_picked(cast: Cast, coro: Client) -> None:
    page = coro.post(NEW, {**PICKED, "name": ""}).content.decode()
    assert "Póngale un nombre" in page
    assert 'value="d1" checked' in page


def test_a_rule_goes_from_lists_to_text_and_back(cast: Cast, coro: Client) -> None:
    text = coro.post(NEW, {**PICKED, "hacer": "como-texto"}).content.decode()
    assert "type == &quot;bombillo-quemado&quot; &amp;&amp; district == &quot;d1&quot;" in text
    sent = {**PICKED, "modo": "texto", "hacer": "como-listas", "text": 'district == "d1"'}
    assert 'value="d1" checked' in coro.post(NEW, sent).content.decode()
    assert "dice más de lo que se puede elegir" in coro.post(NEW, {**sent, "text": "hour > 3"}).content.decode()


def test_a_rule_as_text_stays_text(cast: Cast, coro: Client) -> None:
    rule = saved(coro, modo="texto", text="hour > 3 && hour < 30")
    assert "hour &gt; 3 &amp;&amp; hour &lt; 30" in coro.get(f"{LIST}{rule.uuid}/").content.decode()
    assert "hour &gt; 3" in coro.get(LIST).content.decode()


TRIED = {"prueba-type": "bombillo-quemado", "prueba-channel": "web", "prueba-day": "2026-11-25", "prueba-hour": "10"}


@pytest.mark.parametrize(
    ("changes", "who"),
    [
        ({"prueba-zone": "d1|b1"}, "Alumbrado público, Cuadrilla 1"),
        ({"prueba-zone": "d1|"}, "Alumbrado público, Cuadrilla 1"),
        ({"prueba-zone": ""}, "Ninguna regla lo toma"),
        ({"prueba-zone": "d1|", "prueba-type": "queja-por-la-atencion"}, "Ninguna regla lo toma"),
    ],
)
def test_a_case_is_tried_against_the_rules(cast: Cast, coro: Client, changes: dict[str, str], who: str) -> None:
    saved(coro)
    assert who in coro.get(LIST, {**TRIED, **changes}).content.decode()


def test_a_rule_is_tried_before_it_is_saved(cast: Cast, coro: Client) -> None:
    sent = {**PICKED, **TRIED, "hacer": "probar", "prueba-zone": "d1|", "when": "closed"}
    assert "Ninguna regla lo toma" in coro.post(NEW, sent).content.decode()
    at_night = coro.post(NEW, {**sent, "prueba-hour": "22"}).content.decode()
    on_sunday = coro.post(NEW, {**sent, "prueba-day": "2026-11-29"}).content.decode()
    assert "Alumbrado público, Cuadrilla 1" in at_night
    assert "Alumbrado público, Cuadrilla 1" in on_sunday
    assert not RoutingRule.objects.exists()


def test_trying_a_changed_rule_asks_it_in_its_place(cast: Cast, coro: Client) -> None:
    first = saved(coro)
    saved(coro, name="Otra", target="department:calles")
    sent = {**PICKED, **TRIED, "hacer": "probar", "prueba-zone": "d1|", "channels": ["phone"]}
    tried = coro.post(f"{LIST}{first.uuid}/", sent).content.decode()
    assert "Por la regla 20: Otra" in tried


def test_a_removed_rule_can_be_put_back(cast: Cast, coro: Client) -> None:
    rule = saved(coro)
    gone = coro.post(f"{LIST}{rule.uuid}/quitar/", follow=True).content.decode()
    assert "Deshacer" in gone
    assert not cast.file().routing
    coro.post(f"{LIST}{rule.uuid}/recuperar/")
    assert cast.file().routing == "10: Focos del centro"


def test_rules_are_moved_and_switched_off(cast: Cast, coro: Client) -> None:
    first, second = saved(coro), saved(coro, name="Otra", target="department:calles")
    coro.post(f"{LIST}{second.uuid}/mover/arriba/")
    assert cast.file().routing == "10: Otra"
    coro.post(f"{LIST}{second.uuid}/poner/apagar/")
    assert cast.file().routing == "20: Focos del centro"
    assert "Apagada" in coro.get(LIST).content.decode()
    verbs = list(TrailEntry.objects.filter(chain="catalog").order_by("seq").values_list("verb", flat=True))[-4:]
    assert verbs == [f"routing_rule.{what}" for what in ("added", "added", "moved", "switched_off")]
    assert TrailEntry.objects.filter(verb="routing_rule.moved", by=f"user:{cast.coro.uuid}").exists()
    assert first.order == 10


def test_a_rule_that_is_no_longer_understood_says_so(cast: Cast, coro: Client) -> None:
    rule = saved(coro)
    RoutingRule.objects.filter(pk=rule.pk).update(condition="hour >")
    page = coro.get(LIST).content.decode()
    assert "No se puede usar" in page
    assert "línea 1, carácter 7" in page


def test_a_rule_of_nobody_here_is_not_found(cast: Cast, coro: Client) -> None:
    assert coro.get(f"{LIST}{cast.coro.uuid}/").status_code == 404
    assert coro.post(f"{LIST}{cast.coro.uuid}/recuperar/").status_code == 404


def test_the_list_asks_the_same_whatever_rules_there_are(cast: Cast, coro: Client, frozen_sql: Freeze) -> None:
    for number in range(5):
        saved(coro, name=f"Regla {number}")
    published.current()
    coro.get(LIST)
    with frozen_sql(most=8):
        coro.get(LIST)


def test_the_page_of_a_rule_asks_the_same(cast: Cast, coro: Client, frozen_sql: Freeze) -> None:
    rule = saved(coro)
    published.current()
    coro.get(LIST)
    with frozen_sql(most=9):
        coro.get(f"{LIST}{rule.uuid}/")
