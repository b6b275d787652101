"""Every page of the portal, on a phone and on a desk: axe finds nothing, nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser import HEIGHTS, axe, no_sideways_scroll
from tests.portal.conftest import ANONYMOUS, DETAILS, LAMP, LUIS, WHERE, Lived, fill
from ventanilla.cases import numbers
from ventanilla.cases.actions import receipts
from ventanilla.cases.models import Deadline
from ventanilla.lib import clock
from ventanilla.notifications import opting

pytestmark = pytest.mark.django_db


@pytest.fixture
def _django_db_helper() -> None:
    """The town is made once for the module: no transaction or flush of its own for each test."""


NUMBERS = count(1)
Open = Callable[[Page, Lived], None]


def at(path: str) -> Open:
    return lambda page, served: go(page, served, path)


def go(page: Page, served: Lived, path: str) -> None:
    response = page.goto(served.url + path)
    assert response
    assert response.status < 400, f"{response.status} {path}"


def case(key: str, tail: str = "") -> Open:
    return lambda page, served: go(served.as_rosa(page), served, served.path(key, tail))


def public(key: str) -> Open:
    return lambda page, served: go(page, served, f"/reporte/{served.cases[key].uuid}/")


def step(name: str, *, key: str = LAMP) -> Open:
    """A step of a report that is near others and waits for its code."""

    def opened(page: Page, served: Lived) -> None:
        client = Client()
        beside = {"said": "200 m al sur de Iglesia de San Jacinto"}
        who = {**LUIS, "contact": f"luis{next(NUMBERS)}@correo.example"}  # a contact is sent few codes an hour
        fill(client, key, donde=beside, detalles=DETAILS, fotos={}, quien=who)
        go(served.lend(page, client=client), served, f"/reportar/{key}/{name}/")

    return opened


def check(page: Page, served: Lived) -> None:
    client = Client()
    fill(client, LAMP, donde=WHERE, detalles=DETAILS, fotos={}, quien=ANONYMOUS)
    go(served.lend(page, client=client), served, f"/reportar/{LAMP}/revise/")


def notices_path() -> str:
    return str(reverse("portal:notices", args=[opting.token("rosa@correo.example", "case")]))


def half_done(page: Page, served: Lived) -> None:
    client = Client()
    fill(client, LAMP, donde=WHERE)
    go(served.lend(page, client=client), served, "/")


def sent(path: str, button: str = "main form button.ds-button", *, rosa: bool = False) -> Open:
    """A form sent with nothing in it."""

    def opened(page: Page, served: Lived) -> None:
        if rosa:
            served.as_rosa(page)
        go(page, served, path)
        page.locator(button).first.click()
        page.wait_for_selector("[data-error-summary]")

    return opened


def case_sent(key: str, tail: str, button: str = "main form button.ds-button") -> Open:
    return lambda page, served: sent(served.path(key, tail), button, rosa=True)(page, served)


def checked_receipt(matches: bool) -> Open:
    def opened(page: Page, served: Lived) -> None:
        held = served.cases["received"]
        code = receipts.receipt_of(held, build=str).code if matches else "AAAAAAAA"
        go(page, served, f"/comprobar/{held.reference}/{code}/")
        page.click("main button[type=submit]")
        page.wait_for_selector(".v-proof")

    return opened


def code_asked(page: Page, served: Lived) -> None:
    go(page, served, "/entrar/")
    page.fill("[name=contact]", f"persona{next(NUMBERS)}@correo.example")
    page.click("main button[type=submit]")
    page.wait_for_selector("[name=code]")


def document_waited_for(page: Page, served: Lived) -> None:
    case("taken", "constancia/documento/")(page, served)
    if page.locator("main form").count():
        page.click("main button[type=submit]")
    page.wait_for_selector("[data-waiting]")


PAGES: dict[str, Open] = {
    "home": at("/"),
    "home with a report half done": half_done,
    "search": at("/buscar/?q=foco"),
    "search in vain": at("/buscar/?q=zzzzz"),
    "types": at("/reportar/"),
    "types found": at("/reportar/?q=hueco"),
    "types in vain": at("/reportar/?q=zzzzz"),
    "emergency": at("/reportar/cable-caido/"),
    "technical": at("/reportar/ampliar-la-red/"),
    "where": at(f"/reportar/{LAMP}/donde/"),
    "where, nothing said": sent(f"/reportar/{LAMP}/donde/", "main .v-go .ds-button"),
    "where, optional": at("/reportar/sugerencia/donde/"),
    "near by": step("parecidos"),
    "details": step("detalles"),
    "details, nothing said": sent(f"/reportar/{LAMP}/detalles/", "main .v-go .ds-button"),
    "photos": step("fotos"),
    "who": step("quien"),
    "who, nothing said": sent(f"/reportar/{LAMP}/quien/", "main .v-go .ds-button"),
    "code": step("codigo"),
    "check": check,
    "saved": at("/reportar/guardado/"),
    "find": at("/caso/"),
    "find, nothing said": sent("/caso/"),
    "case just filed": case("received"),
    "case taken": case("taken"),
    "case that asks": case("asked"),
    "case scheduled": case("scheduled"),
    "case overdue": case("overdue"),
    "case resolved, with its survey": case("resolved"),
    "survey, nothing said": case_sent("resolved", "", ".v-asked button.ds-button"),
    "case refused": case("refused"),
    "case withdrawn": case("withdrawn"),
    "complaint": case("complaint"),
    "denuncia": case("breach"),
    "answer, nothing said": case_sent("asked", "", ".v-asked button.ds-button"),
    "withdraw": case("taken", "retirar/"),
    "reopen": case("resolved", "reabrir/"),
    "reopen, nothing said": case_sent("resolved", "reabrir/"),
    "receipt": case("received", "constancia/"),
    "receipt of an anonymous report": case("anonymous", "constancia/"),
    "receipt with a term in law": case("complaint", "constancia/"),
    "document": case("received", "constancia/documento/"),
    "document awaited": document_waited_for,
    "notices to a contact": lambda page, served: go(page, served, notices_path()),
    "everything of mine": lambda page, served: go(served.as_rosa(page), served, "/lo-mio/"),
    "town": at("/mapa/"),
    "town, nothing found": at("/mapa/?where=zzzzz"),
    "public report": public("taken"),
    "public report closed": public("resolved"),
    "join": lambda page, served: go(page, served, f"/entrar/seguir/{served.cases['taken'].uuid}/"),
    "verify": at("/comprobar/"),
    "verify, a match": checked_receipt(matches=True),
    "verify, no match": checked_receipt(matches=False),
    "sign in": at("/entrar/"),
    "sign in, nothing said": sent("/entrar/"),
    "sign in, code": code_asked,
    "numbers": at("/en-cuanto-respondemos/"),
    "language": at("/idioma/"),
    "accessibility": at("/accesibilidad/"),
    "privacy": at("/datos-personales/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(served: Lived, window: Page, name: str) -> None:
    """Opened once and looked at in both widths."""
    PAGES[name](window, served)
    for width, height in HEIGHTS.items():
        window.set_viewport_size({"width": width, "height": height})
        axe(window)
        no_sideways_scroll(window)
    expect(window.locator("h1")).to_have_count(1)


def test_the_chart_is_for_everybody(served: Lived, window: Page) -> None:
    Deadline.objects.filter(case=served.cases["overdue"]).update(due_at=clock.now() - timedelta(days=31))
    numbers.count_months()
    go(window, served, "/en-cuanto-respondemos/")
    expect(window.locator(".v-chart svg")).to_have_count(1)
    axe(window)
    no_sideways_scroll(window)
