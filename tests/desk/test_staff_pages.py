"""The pages of signing in, of one's account and of the staff, in a real browser, as wide as a phone and as a desk."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.accounts.cast import PASSWORD, Cast, code_now, person, with_app
from tests.accounts.conftest import _addresses, people
from tests.browser import PageAt, axe, no_sideways_scroll
from ventanilla.accounts import actions, password_links
from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import User
from ventanilla.accounts.registry import DemoAccount, demo_accounts

__all__ = ["_addresses", "people"]
pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = [360, 1280]
OPEN = ["entrar/", "entrar/clave-olvidada/", "entrar/clave-olvidada/enviada/", "entrar/clave-nueva/0/0-0/"]
OWN = ["", "correo/", "clave/", "segundo-factor/app/", "segundo-factor/llave/"]
STAFF = ["personal/", "personal/?cerradas=1", "personal/?q=nadie", "personal/nueva/", "claves/"]


def look(page: Page, name: str) -> None:
    axe(page)
    no_sideways_scroll(page)
    if folder := os.environ.get("SCREENSHOTS"):
        flat = name.replace("/", "-").replace("?", "-").strip("-")
        page.screenshot(path=Path(folder) / f"{flat}-{page.viewport_size['width']}.png", full_page=True)


def sign_in(page: Page, live_server: LiveServer, name: str) -> None:
    page.goto(live_server.url + "/mesa/entrar/")
    page.get_by_label("Usuario").fill(name)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_door(
    page_at: PageAt,
    live_server: LiveServer,
    people: Cast,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    settings.DEMO = True
    shown = {
        name: DemoAccount(name, PASSWORD, does)
        for name, does in {
            "marta": "Atiende en ventanilla y por teléfono",
            "mario": "Responde por el alumbrado",
        }.items()
    }
    monkeypatch.setattr(demo_accounts, "_items", shown)
    page = page_at(width)
    for path in OPEN:
        page.goto(f"{live_server.url}/mesa/{path}")
        look(page, path)
    page.goto(live_server.url + password_links.path_for(people["marta"]))
    page.get_by_label("Contraseña nueva").fill("corta")
    page.get_by_label("Otra vez, igual").fill("otra")
    page.get_by_role("button", name="Guardar la contraseña").click()
    look(page, "entrar/clave-nueva/mal")
    page.goto(f"{live_server.url}/mesa/entrar/")
    page.get_by_role("button", name="Entrar", exact=True).click()
    look(page, "entrar/mal")
    page.get_by_role("button", name="Entrar como mario").click()
    assert page.inner_text("body") == "la mesa"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_lock_out(page_at: PageAt, live_server: LiveServer, people: Cast, width: int) -> None:
    page = page_at(width)
    for _try in range(5):
        page.goto(live_server.url + "/mesa/entrar/")
        page.get_by_label("Usuario").fill("marta")
        page.get_by_label("Contraseña").fill("no es esta")
        page.get_by_role("button", name="Entrar", exact=True).click()
    expect(page).to_have_title(re.compile("Espere un momento"))
    look(page, "entrar/cerrado")


@pytest.mark.parametrize("width", WIDTHS)
def test_ones_own_pages_with_an_app(page_at: PageAt, live_server: LiveServer, people: Cast, width: int) -> None:
    page = page_at(width)
    sign_in(page, live_server, "marta")
    for path in OWN:
        page.goto(f"{live_server.url}/mesa/cuenta/{path}")
        look(page, "cuenta/" + path)
    with_app(people["marta"])
    page.context.clear_cookies()
    sign_in(page, live_server, "marta")
    look(page, "segundo-paso-app")
    page.get_by_label("Código", exact=True).fill("123")
    page.get_by_role("button", name="Entrar", exact=True).click()
    look(page, "segundo-paso-mal")
    page.get_by_label("Código", exact=True).fill(code_now())
    page.get_by_role("button", name="Entrar", exact=True).click()
    page.wait_for_url("**/mesa/")
    for path in ("segundo-factor/codigos/", "segundo-factor/codigos/nuevos/", "segundo-factor/app/quitar/"):
        page.goto(f"{live_server.url}/mesa/cuenta/{path}")
        look(page, "cuenta/" + path)
    for path in ("confirmar/", "confirmar/codigo/"):
        page.goto(f"{live_server.url}/mesa/cuenta/{path}?next=/mesa/cuenta/correo/")
        look(page, "cuenta/" + path)
    page.emulate_media(media="print")
    page.goto(f"{live_server.url}/mesa/cuenta/segundo-factor/codigos/")
    expect(page.get_by_text("Villa Esperanza · marta")).to_be_visible()
    expect(page.get_by_role("button", name="Imprimir")).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_systems(page_at: PageAt, live_server: LiveServer, people: Cast, width: int) -> None:
    actions.issue_api_key(name="Sensores de ruido", scopes=[Scope.CASE_FILE, Scope.OPEN311_POST])
    revoked, _secret = actions.issue_api_key(name="Aplicación vieja", scopes=[Scope.CASE_READ], user=people["mario"])
    actions.revoke_api_key(revoked, by="system")
    with_app(people["ada"])
    person("rosa", needs_second_factor=True)
    page = page_at(width)
    sign_in(page, live_server, "sonia")
    for path in STAFF:
        page.goto(f"{live_server.url}/mesa/ajustes/{path}")
        look(page, "ajustes/" + path)
    for name in ("ada", "nadia", "sonia", "zoe"):
        page.goto(f"{live_server.url}/mesa/ajustes/personal/{people[name].uuid}/")
        if name == "ada":
            page.get_by_text("Quitárselo").click()
        look(page, f"ajustes/personal/{name}")
    page.goto(f"{live_server.url}/mesa/ajustes/personal/{User.objects.get(username='rosa').uuid}/")
    page.get_by_role("button", name="Dar este papel").click()
    look(page, "ajustes/personal/mal")
    page.get_by_role("button", name="Imprimir").click()
    look(page, "ajustes/personal/enlace")
    page.goto(f"{live_server.url}/mesa/ajustes/claves/")
    page.get_by_role("button", name="Hacer la clave").click()
    look(page, "ajustes/claves/mal")
    page.get_by_label("Para qué programa").fill("Sensores")
    page.get_by_label("API: presentar", exact=True).check()
    page.get_by_role("button", name="Hacer la clave").click()
    look(page, "ajustes/claves/hecha")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copiar").click()
    page.get_by_text("Copiada").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#clave")


def test_the_desks_own_pages_in_the_dark(page_at: PageAt, live_server: LiveServer, people: Cast) -> None:
    page = page_at(1280, dark=True)
    sign_in(page, live_server, "sonia")
    for path in ("cuenta/", "ajustes/personal/", "ajustes/claves/"):
        page.goto(f"{live_server.url}/mesa/{path}")
        axe(page)
