"""The inbox, the search, the map and a person's page in a real browser: keys, preview, marks, refresh, axe."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import HEIGHTS, PageAt, axe, no_sideways_scroll
from tests.cast import Cast, forget_everything, make_cast, place
from tests.desk.attending import sign_in
from ventanilla.accounts.models import User
from ventanilla.cases.models import Case

pytestmark = pytest.mark.django_db(transaction=True)

INBOX = "/mesa/"


@pytest.fixture
def town(settings: Any) -> Cast:
    settings.NOTIFICATIONS = {"folder": {"enabled": True}}
    made = make_cast()
    for number in range(5):
        made.file(place=place(label=f"Calle {number}"))
    forget_everything()
    return made


class Desk:
    """Somebody at the desk with a browser."""

    def __init__(self, page: Page, server: LiveServer, user: User) -> None:
        self.page, self.server = page, server
        sign_in(page, user, server.url)

    def open(self, path: str) -> Page:
        self.page.goto(self.server.url + path)
        return self.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def row(self, at: int) -> Any:
        return self.page.locator("[data-row]").nth(at)

    def in_hand(self, at: int) -> None:
        expect(self.row(at)).to_have_attribute("aria-selected", "true")
        expect(self.page.locator("[data-row][aria-selected=true]")).to_have_count(1)

    def is_at(self, path: str) -> None:
        expect(self.page).to_have_url(self.server.url + path)

    def shown(self, case: Case) -> None:
        """The preview is of this case and within reach."""
        expect(self.page.locator("#vista:not([inert])")).to_contain_text(case.reference)


@pytest.fixture
def desk(town: Cast, window: Page, live_server: LiveServer) -> Desk:
    window.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})
    return Desk(window, live_server, town.olga)


def ordered() -> list[Case]:
    return list(Case.objects.open().order_by("order_at", "pk"))


def test_the_list_is_worked_with_single_keys(town: Cast, desk: Desk) -> None:
    cases, page = ordered(), desk.open(INBOX)
    desk.in_hand(0)
    desk.shown(cases[0])
    desk.press("j", "j", "k")
    desk.in_hand(1)
    expect(desk.row(1).locator("[data-row-link]")).to_be_focused()
    desk.shown(cases[1])
    desk.press("k", "x")
    desk.in_hand(0)
    expect(desk.row(0).locator("[name=caso]")).to_be_checked()
    desk.press("x", "/")
    expect(page.locator("#buscar")).to_be_focused()
    desk.press("j")
    expect(page.locator("#buscar")).to_have_value("j")
    desk.press("Tab", "?")
    expect(page.locator("dialog[data-keys-help]")).to_be_visible()
    desk.press("Escape")
    expect(page.locator("dialog[data-keys-help]")).to_be_hidden()


@pytest.mark.parametrize(("key", "path"), [("a", "?hacer=asignar"), ("r", "?hacer=responder")])
def test_a_key_opens_what_it_does_for_the_case_in_hand(town: Cast, desk: Desk, key: str, path: str) -> None:
    case = ordered()[2]
    desk.open(INBOX)
    desk.press("j", "j", key)
    desk.is_at(f"/mesa/caso/{case.uuid}/{path}")


def test_a_key_pressed_in_haste_takes_the_case_in_hand_and_no_other(town: Cast, desk: Desk) -> None:
    """The preview is still of the first when the key is pressed."""
    cases, page = ordered(), desk.open(INBOX)
    desk.shown(cases[0])
    desk.press("j", "e")
    expect(page.locator(".v-messages")).to_contain_text("Listo: 1 expediente.")
    taken = list(Case.objects.exclude(assignee=None))
    assert [case.pk for case in taken] == [cases[1].pk]
    desk.in_hand(1)
    desk.shown(cases[1])
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".v-messages")).to_contain_text("Deshecho")
    assert not Case.objects.exclude(assignee=None).exists()
    desk.in_hand(1)


def test_without_single_keys_nothing_happens_by_a_key(town: Cast, desk: Desk) -> None:
    User.objects.filter(pk=town.olga.pk).update(single_key_shortcuts=False)
    page = desk.open(INBOX)
    desk.shown(ordered()[0])
    page.locator("h1").click()
    desk.press("j", "j", "x", "e", "?")
    page.wait_for_timeout(300)
    desk.in_hand(0)
    expect(page.locator("#lista input:checked")).to_have_count(0)
    expect(page.locator("dialog[data-keys-help]")).to_be_hidden()
    assert not Case.objects.exclude(assignee=None).exists()


def refresh(page: Page) -> None:
    """What happens by itself every half a minute, and when one comes back to the page."""
    with page.expect_response(lambda answer: urlsplit(answer.url).path == INBOX):
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def test_the_list_refreshes_without_taking_anything_out_of_ones_hands(town: Cast, desk: Desk) -> None:
    page = desk.open(INBOX)
    page.set_viewport_size({"width": 1280, "height": 420})
    desk.press("j", "j", "j", "j")
    desk.in_hand(4)
    page.wait_for_timeout(200)
    last, top = ordered()[4], page.evaluate("() => scrollY")
    assert top > 0
    new = town.file(place=place(label="Calle nueva"))
    refresh(page)
    expect(page.locator("#lista")).to_contain_text(new.reference)
    expect(page.locator("[data-row]")).to_have_count(6)
    expect(page.locator(".k-tabs [aria-current] .k-count")).to_have_text("6")
    held = page.locator("[data-row][aria-selected=true]")
    expect(held).to_contain_text(last.reference)
    expect(held.locator("[data-row-link]")).to_be_focused()
    assert page.evaluate("() => scrollY") == top
    desk.shown(last)

    Case.objects.filter(pk=last.pk).update(department=town.streets)
    refresh(page)
    expect(page.locator("[data-row]")).to_have_count(5)
    expect(page.locator("[data-row][aria-selected=true] [data-row-link]")).to_be_focused()
    expect(page.locator("#vista:not([inert])")).not_to_contain_text(last.reference)


def test_nothing_refreshes_under_marks(town: Cast, desk: Desk) -> None:
    page = desk.open(INBOX)
    desk.press("x")
    town.file(place=place(label="Calle nueva"))
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(500)
    expect(page.locator("[data-row]")).to_have_count(5)
    expect(desk.row(0).locator("[name=caso]")).to_be_checked()


def test_marked_cases_are_assigned_and_what_is_wrong_keeps_the_marks(town: Cast, desk: Desk) -> None:
    page = desk.open(INBOX)
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    desk.press("x", "j", "j", "x")
    expect(bar).to_contain_text("2 marcados")
    page.get_by_role("button", name="Asignar…").click()
    expect(page.get_by_role("heading", name="Asignar 2 expedientes")).to_be_visible()
    page.locator(".k-marked").get_by_role("button", name="Asignar").click()
    expect(page.locator(".k-marked")).to_contain_text("Elija a quién, o a qué equipo.")
    axe(page)
    desk.row(1).locator("[name=caso]").check()
    page.locator("[name=user]").select_option("carlos")
    page.locator(".k-marked").get_by_role("button", name="Asignar").click()
    expect(page.locator(".v-messages")).to_contain_text("Listo: 3 expedientes.")
    assert Case.objects.filter(assignee=town.carlos).count() == 3


def test_all_of_a_page_are_marked_and_unmarked_at_once(town: Cast, desk: Desk) -> None:
    page = desk.open(INBOX)
    page.locator("[data-mark-all]").check()
    expect(page.locator("[data-bulk]")).to_contain_text("5 marcados")
    page.get_by_role("button", name="Desmarcar").click()
    expect(page.locator("#lista input:checked")).to_have_count(0)
    expect(page.locator("[data-bulk]")).to_be_hidden()


def test_filters_leave_the_address_short_and_chips_take_them_away(town: Cast, desk: Desk) -> None:
    page = desk.open(INBOX)
    page.get_by_text("Filtrar", exact=True).first.click()
    page.get_by_label("Estado").select_option("received")
    page.get_by_label("Solo urgentes").check()
    page.locator("[data-filters]").get_by_role("button", name="Filtrar").click()
    desk.is_at("/mesa/?vista=equipo&estado=received&urgente=1")
    page.locator(".v-chips a", has_text="Urgentes").click()
    desk.is_at("/mesa/?vista=equipo&estado=received")
    expect(page.locator("[data-row]")).to_have_count(5)


def test_without_javascript_cases_are_marked_and_assigned_too(
    town: Cast, page_at: PageAt, live_server: LiveServer
) -> None:
    desk = Desk(page_at(1280, javascript=False), live_server, town.olga)
    page = desk.open(INBOX)
    desk.row(0).locator("[name=caso]").check()
    page.get_by_role("button", name="Asignar…").click()
    page.locator("[name=user]").select_option("carlos")
    page.locator(".k-marked").get_by_role("button", name="Asignar").click()
    expect(page.locator(".v-messages")).to_contain_text("Listo: 1 expediente.")
    assert Case.objects.get(assignee=town.carlos).pk == ordered()[0].pk


def test_what_is_printed_is_the_list_alone(town: Cast, desk: Desk) -> None:
    page = desk.open(INBOX)
    page.emulate_media(media="print")
    for gone in (".k-top", ".k-rail", ".k-tabs", "#vista", "[name=caso] >> nth=0"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator("[data-row]").first).to_be_visible()
    expect(page.locator(".k-onlyprint")).to_be_visible()


def test_the_map_is_asked_what_the_list_is_filtered_by_and_the_keyboard_reaches_the_list(
    town: Cast, desk: Desk
) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    page = desk.open("/mesa/mapa/?vista=sin-tomar&tipo=bombillo-quemado")
    page.wait_for_load_state("networkidle")
    query = next(url for url in asked if "puntos.json" in url)
    assert "vista=sin-tomar&tipo=bombillo-quemado" in query
    page.get_by_text("Filtrar", exact=True).first.focus()
    desk.press("Tab", "Tab")
    expect(page.locator(".k-spots a").first).to_be_focused()
    expect(page.locator(".k-spots li")).to_have_count(5)


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_axe_finds_nothing(town: Cast, page_at: PageAt, live_server: LiveServer, width: int, dark: bool) -> None:
    desk = Desk(page_at(width, dark=dark), live_server, town.coro)
    page = desk.open(INBOX)
    if width == 1280:
        desk.shown(ordered()[0])
    desk.row(1).locator("[name=caso]").check()
    axe(page)
    no_sideways_scroll(page)
    for menu in ("Filtrar", "Vistas guardadas"):
        page.locator("summary", has_text=menu).click()
        axe(page)
        no_sideways_scroll(page)
    for path in ("?vista=cerrados", "buscar/?q=bombillo", "buscar/?q=nada-de-eso", "buscar/", "mapa/"):
        desk.open(INBOX + path)
        page.wait_for_load_state("networkidle")
        axe(page)
        no_sideways_scroll(page)
    desk.open(f"/mesa/personas/{town.rosa.uuid}/")  # type: ignore[union-attr]
    axe(page)
    no_sideways_scroll(page)
