"""Every page of Ajustes in a real browser, as wide as a phone and as a desk, by day and by night."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import PageAt, axe, no_sideways_scroll
from tests.cast import Cast, make_cast
from ventanilla.catalog import actions as catalog

pytestmark = pytest.mark.django_db(transaction=True)
SIGHTS = [(360, False), (1280, True)] + [(360, True), (1280, False)] * bool(os.environ.get("SCREENSHOTS"))
"""Each width and each light once; all of them where pictures are asked for."""
BY = "user:coro"


def look(page: Page, name: str, *, dark: bool) -> None:
    """Nothing that axe finds, nothing too wide; a picture where one is asked for."""
    if folder := os.environ.get("SCREENSHOTS"):
        width = (page.viewport_size or {})["width"]
        shot = Path(folder) / f"{name}-{width}{'-dark' if dark else ''}.png"
        page.screenshot(path=shot, full_page=True)
    axe(page)
    no_sideways_scroll(page)


def sign_in(page: Page, live_server: LiveServer, name: str) -> None:
    page.goto(live_server.url + "/mesa/entrar/")
    page.get_by_label("Usuario").fill(name)
    page.get_by_label("Contraseña").fill("clave-de-prueba")
    page.get_by_role("button", name="Entrar", exact=True).click()


@pytest.fixture
def town(settings: Any) -> Cast:
    """The cast, with some rules."""
    settings.NOTIFICATIONS = {"folder": {"enabled": True}}
    made = make_cast()
    team = catalog.Target(made.lighting, made.crew_team)
    picked = 'type == "bombillo-quemado" && district == "d1" && channel in ["phone", "counter"] && !office_open'
    catalog.add_rule(name="Focos del centro, de noche", condition=picked, target=team, by=BY)
    written = 'urgent && (hour < 5 || answers.how_many == "all")'
    catalog.add_rule(name="Apagón de madrugada", condition=written, target=team, by=BY)
    off = catalog.add_rule(name="Todo a obras", condition="true", target=catalog.Target(made.streets), by=BY)
    catalog.switch_rule(off, on=False, by=BY)
    gone = catalog.add_rule(name="Quejas por teléfono", condition="true", target=catalog.Target(made.streets), by=BY)
    catalog.remove_rule(gone, by=BY)
    return made


PLAIN = {
    "coro": {
        "inicio": "",
        "urgencia": "urgencia/",
        "reparto": "reparto/",
        "regla-nueva": "reparto/nueva/",
        "municipio": "municipio/",
        "areas": "areas/",
        "catalogo": "catalogo/",
        "servicio": "catalogo/alumbrado-publico/",
        "servicio-nuevo": "catalogo/nuevo/",
        "tipo-nuevo": "catalogo/alumbrado-publico/nuevo/",
        "tipo": "tipos/bombillo-quemado/",
        "preguntas": "tipos/bombillo-quemado/preguntas/",
        "calendario": "calendario/",
        "plazos": "plazos/",
        "plazo": "plazos/cr-ley-9158/",
    },
    "admin": {"papeles": "papeles/", "papel": "papeles/crew/", "papel-nuevo": "papeles/nuevo/"},
}
"""Pages that are only looked at, by who opens them and by the name of their picture."""


def test_a_type_is_offered_to_ask_for_a_document_only_where_the_law_needs_it(
    town: Cast, page_at: PageAt, live_server: LiveServer
) -> None:
    page = page_at(360)
    sign_in(page, live_server, "coro")
    page.goto(f"{live_server.url}/mesa/ajustes/tipos/bombillo-quemado/")
    box, nature = page.get_by_label("Pide documento de identidad"), page.get_by_label("Qué es ante la ley")
    expect(box).to_be_hidden()
    nature.select_option("petition")
    expect(box).to_be_visible()
    axe(page)
    box.check()
    nature.select_option("service_notice")
    expect(box).to_be_hidden()
    page.get_by_role("button", name="Guardar").click()
    expect(box).to_be_visible()
    expect(page.get_by_text("Ninguna norma pide identificarse para esto: aviso de servicio").first).to_be_visible()
    box.uncheck()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado. Vale para lo que se presente desde ahora.")).to_be_visible()


@pytest.mark.parametrize("who", sorted(PLAIN))
@pytest.mark.parametrize(("width", "dark"), SIGHTS)
def test_the_pages(page_at: PageAt, live_server: LiveServer, town: Cast, who: str, width: int, dark: bool) -> None:
    page = page_at(width, dark=dark)
    sign_in(page, live_server, who)
    for name, path in PLAIN[who].items():
        page.goto(f"{live_server.url}/mesa/ajustes/{path}")
        look(page, name, dark=dark)


@pytest.mark.parametrize(("width", "dark"), SIGHTS)
def test_a_rule_of_routing(page_at: PageAt, live_server: LiveServer, town: Cast, width: int, dark: bool) -> None:
    page = page_at(width, dark=dark)
    sign_in(page, live_server, "coro")
    page.goto(f"{live_server.url}/mesa/ajustes/reparto/nueva/")
    page.get_by_role("button", name="Guardar la regla").click()
    look(page, "regla-mal", dark=dark)
    page.goto(f"{live_server.url}/mesa/ajustes/reparto/")
    page.get_by_role("link", name="Focos del centro").click()
    page.get_by_label("Tipo", exact=True).select_option("bombillo-quemado")
    page.locator("#id_prueba-zone").select_option("d1|b1")
    page.get_by_role("button", name="¿A quién le llegaría?").click()
    look(page, "regla", dark=dark)
    page.get_by_role("button", name="Escribirla como texto").click()
    look(page, "regla-texto", dark=dark)


@pytest.mark.parametrize(("width", "dark"), SIGHTS)
def test_an_area_and_what_goes_wrong(
    page_at: PageAt, live_server: LiveServer, town: Cast, width: int, dark: bool
) -> None:
    page = page_at(width, dark=dark)
    sign_in(page, live_server, "admin")
    page.goto(f"{live_server.url}/mesa/ajustes/areas/{town.lighting.uuid}/")
    page.get_by_role("button", name="Cerrar el área").click()
    look(page, "area", dark=dark)
    page.goto(f"{live_server.url}/mesa/ajustes/equipos/{town.crew_team.uuid}/")
    look(page, "equipo", dark=dark)
    page.goto(f"{live_server.url}/mesa/ajustes/municipio/")
    page.get_by_label("Nombre", exact=True).fill("")
    page.get_by_role("button", name="Guardar").last.click()
    look(page, "municipio-mal", dark=dark)


def test_erasing(page_at: PageAt, live_server: LiveServer, town: Cast) -> None:
    case, page, dark = town.file(), page_at(360), False
    sign_in(page, live_server, "admin")
    page.goto(f"{live_server.url}/mesa/borrado/")
    look(page, "borrado", dark=dark)
    page.goto(f"{live_server.url}/mesa/borrado/caso/{case.uuid}/")
    look(page, "borrado-orden", dark=dark)
    page.locator("[name=number]").fill("2026-000045")
    page.locator("[name=authority]").fill("Juzgado de Villa")
    page.locator("[name=reason][value=court]").check()
    page.locator("main form button").last.click()
    page.locator("[name=again]").wait_for()
    look(page, "borrado-confirmar", dark=dark)
