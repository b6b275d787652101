"""A security key, in a real browser with a virtual one: added, used to sign in, refused when it is another's."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.accounts.cast import PASSWORD, Cast
from tests.browser import PageAt, axe, no_sideways_scroll
from ventanilla.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


def plug_in(page: Page) -> None:
    """Give the browser a security key that is touched at once."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": False,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, live_server: LiveServer, name: str) -> None:
    page.goto(live_server.url + "/mesa/entrar/")
    page.get_by_label("Usuario").fill(name)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()


@pytest.fixture
def needing(people: Cast) -> Callable[[str], User]:
    def make(name: str) -> User:
        people[name].needs_second_factor = True
        people[name].save()
        return people[name]

    return make


@pytest.mark.parametrize("width", [360, 1280])
def test_a_key_is_added_at_the_first_sign_in_and_opens_the_next(
    page_at: PageAt, live_server: LiveServer, needing: Callable[[str], User], width: int
) -> None:
    needing("marta")
    page = page_at(width)
    plug_in(page)
    sign_in(page, live_server, "marta")
    expect(page).to_have_title(re.compile("Ponga un segundo factor"))
    axe(page)
    no_sideways_scroll(page)
    shot(page, "elegir")
    page.get_by_role("link", name="Usar una llave").click()
    axe(page)
    shot(page, "llave")
    page.get_by_label("Cómo la llamará").fill("La del llavero")
    page.get_by_role("button", name="Agregar la llave").click()
    page.wait_for_url("**/codigos/")
    axe(page)
    no_sideways_scroll(page)
    shot(page, "codigos")
    page.get_by_role("link", name="Ya los guardé: seguir").click()
    expect(page.locator("body")).to_have_text("la mesa")
    page.goto(live_server.url + "/mesa/cuenta/")
    expect(page.get_by_text("La del llavero").first).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
    shot(page, "cuenta")
    page.context.clear_cookies()
    sign_in(page, live_server, "marta")
    expect(page).to_have_title(re.compile("Su segundo factor"))
    axe(page)
    no_sideways_scroll(page)
    shot(page, "segundo-paso")
    page.get_by_role("button", name="Usar la llave").click()
    page.wait_for_url("**/mesa/")
    expect(page.locator("body")).to_have_text("la mesa")


def add_key(page: Page, live_server: LiveServer, name: str) -> None:
    sign_in(page, live_server, name)
    page.get_by_role("link", name="Usar una llave").click()
    page.get_by_role("button", name="Agregar la llave").click()
    page.wait_for_url("**/codigos/")


def test_the_key_of_another_opens_nothing(
    page_at: PageAt, live_server: LiveServer, needing: Callable[[str], User]
) -> None:
    page, allowed = page_at(1280), {}
    plug_in(page)
    for name in ("ada", "marta"):
        needing(name)
        add_key(page, live_server, name)
        page.context.clear_cookies()
        sign_in(page, live_server, name)
        options = json.loads(page.text_content("#key-options") or "")
        allowed[name] = options["request_options"]["publicKey"]["allowCredentials"]
        if name == "ada":
            page.context.clear_cookies()
    options["request_options"]["publicKey"]["allowCredentials"] = allowed["ada"]
    page.evaluate("said => { document.getElementById('key-options').textContent = said }", json.dumps(options))
    page.get_by_role("button", name="Usar la llave").click()
    page.get_by_text("La llave no se pudo comprobar").first.wait_for()
    page.goto(live_server.url + "/mesa/")
    expect(page).to_have_url(re.compile("/mesa/entrar/"))


def test_a_delicate_change_is_confirmed_with_the_key(
    page_at: PageAt, live_server: LiveServer, needing: Callable[[str], User]
) -> None:
    needing("marta")
    page = page_at(1280)
    plug_in(page)
    add_key(page, live_server, "marta")
    page.goto(live_server.url + "/mesa/cuenta/confirmar/llave/?next=/mesa/cuenta/correo/")
    axe(page)
    page.get_by_role("button", name="Usar la llave").click()
    page.wait_for_url("**/mesa/cuenta/correo/")
    page.wait_for_load_state("networkidle")
    axe(page)


def test_without_javascript_the_page_says_what_to_do(
    page_at: PageAt, live_server: LiveServer, needing: Callable[[str], User]
) -> None:
    needing("marta")
    page = page_at(360, javascript=False)
    sign_in(page, live_server, "marta")
    page.get_by_role("link", name="Usar una llave").click()
    expect(page.locator("noscript p:visible")).to_contain_text("necesita JavaScript")
    expect(page.get_by_role("button", name="Agregar la llave")).to_be_hidden()
