"""Attending in a real browser, with the keyboard alone.

The time a call takes at the keys is told by the keystroke-level model (Card, Moran and Newell, "The keystroke-level
model for user performance time with interactive systems", Communications of the ACM 23(7), 1980): so many keystrokes
K, so many moments of making up one's mind M, so many waits R. The words a person says are typed while they say them,
so they and the name are left out, as the requirement does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import HEIGHTS, PageAt, axe, no_sideways_scroll
from tests.cast import Cast, actor, forget_everything, make_cast
from tests.desk.attending import ATTEND, HOW, name_places, sign_in, widen
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, EventKind
from ventanilla.cases.models import Case, Follower
from ventanilla.people import actions as people
from ventanilla.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

K, M, R, H = 0.28, 1.35, 0.3, 0.4
"""Seconds: a key of an average typist who is no secretary (40 words a minute), a decision, an answer of ours with what
we wait for more letters, hands to the keys."""
SAID = "Que volvió a juntarse basura en la esquina y que ya hay ratas"


@pytest.fixture
def town(settings: Any) -> Cast:
    settings.NOTIFICATIONS = {"folder": {"enabled": True}}
    made = make_cast()
    widen(made)
    name_places()
    forget_everything()
    return made


@dataclass
class Hands:
    """Two hands on a keyboard, and what they do: keystrokes that count, fields touched, waits."""

    page: Page
    keys: int = 0
    waits: int = 0
    fields: set[str] = field(default_factory=set)

    def type(self, text: str, *, free: bool = False) -> Hands:
        """Type into what has the focus, once something has it. Free text and names are not counted."""
        self.page.wait_for_function("() => document.activeElement !== document.body")
        self.page.keyboard.type(text, delay=2)
        if not free:
            self._touch()
            self.keys += len(text)
        return self

    def press(self, *keys: str) -> Hands:
        for key in keys:
            if key not in ("Tab", "Shift+Tab"):
                self._touch()
            self.page.keyboard.press(key)
            self.keys += len(key.split("+"))
        return self

    def wait(self, *selectors: str) -> Hands:
        for selector in selectors:
            self.page.wait_for_selector(selector)
            self.waits += 1
        return self

    def on(self, name: str) -> Hands:
        """Check where the focus is: nobody looks for it with a mouse."""
        expect(self.page.locator(f"[name='{name}']:focus")).to_have_count(1)
        return self

    def _touch(self) -> None:
        self.fields |= {self.page.evaluate("() => document.activeElement.name ?? ''")} - {"name", "description"}

    @property
    def seconds(self) -> float:
        return H + K * self.keys + M * len(self.fields) + R * self.waits


@pytest.fixture
def page(town: Cast, window: Page, live_server: LiveServer) -> Page:
    window.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})
    sign_in(window, town.fede, live_server.url)
    window.goto(live_server.url + ATTEND)
    return window


@pytest.fixture
def hands(page: Page) -> Hands:
    return Hands(page)


def receipt(page: Page) -> Locator:
    return page.locator(".k-receipt").first


def test_a_known_caller_files_within_the_strokes_and_the_time(town: Cast, hands: Hands) -> None:
    hands.on("who").type("88881234").wait("#personas [role=option]").press("Enter").wait("#ficha b")
    hands.on("description").type(SAID, free=True).wait("#guion [data-asked]").press("Tab", "Enter")
    hands.on("q-amount").press("ArrowRight", "Tab").on("q-dangerous").press("Space", "Tab")
    hands.on("said").type("estacion y los tilos").wait("#lugares [role=option]").press("Control+Enter")
    expect(receipt(hands.page)).to_be_visible()

    case = Case.objects.get()
    assert (case.applicant, case.procedure.key) == (town.rosa, "rubbish")
    assert case.answers == {"amount": "cart", "dangerous": True}
    assert case.place_label == "Calle La Estación y Calle Los Tilos"
    assert not case.is_incomplete
    assert len(hands.fields) <= 6, hands.fields
    assert hands.keys <= 90
    assert hands.seconds <= 45


def test_a_new_caller_files_within_the_strokes_and_the_time(town: Cast, hands: Hands) -> None:
    hands.on("who").type("87770000").wait("#personas [role=option]").press("Enter")
    hands.on("name").type("Ana Soto Mora", free=True).press("Enter")
    hands.on("description").type(SAID, free=True).wait("#guion [data-asked]")
    hands.press("Tab", "Enter").on("q-amount").press("ArrowRight", "Tab", "Space", "Tab")
    hands.on("said").type("100 m norte de la iglesia").wait("#lugares [role=option]").press("Control+Enter")
    expect(receipt(hands.page)).to_be_visible()

    case = Case.objects.get()
    assert case.applicant.name == "Ana Soto Mora"
    assert list(case.applicant.contacts.values_list("value", flat=True)) == ["+50687770000"]
    assert case.lat == pytest.approx(9.9309, abs=0.0002)
    assert len(hands.fields) <= 6, hands.fields
    assert hands.keys <= 90
    assert hands.seconds <= 45


@pytest.mark.parametrize("typed", ["1-0234-0567", "102340567", "1 0234 05"])
def test_a_caller_is_found_by_their_document_while_it_is_typed(town: Cast, hands: Hands, typed: str) -> None:
    people.add_document(person=town.rosa, kind="national", number="1-0234-0567", by="system")
    hands.on("who").type(typed).wait("#personas [role=option]")
    hit = hands.page.locator("#personas [role=option]").first
    expect(hit).to_contain_text("Rosa Benítez Arias")
    expect(hit).to_contain_text("documento ••• 567")
    hands.press("Enter").wait("#ficha b")
    hands.on("description").type(SAID, free=True).wait("#guion [data-asked]").press("Control+Enter")
    expect(receipt(hands.page)).to_be_visible()
    assert Case.objects.get().applicant == town.rosa


def test_a_document_is_asked_for_where_the_law_needs_it_and_not_for_a_service_notice(town: Cast, hands: Hands) -> None:
    papers = hands.page.get_by_label("Documento de identidad", exact=True)
    hands.on("who").type("88881234").wait("#personas [role=option]").press("Enter").wait("#ficha b")
    hands.on("description").type(SAID, free=True).wait("#guion [data-asked]")
    expect(hands.page.locator("#tipos [role=option]").first).to_contain_text("Basura en la calle")
    expect(papers).to_be_hidden()
    words = hands.page.locator("[name=kind_words]")
    words.fill("patente")
    hands.wait("#tipos [data-needs-document]")
    words.press("Enter")
    expect(papers).to_be_visible()
    words.fill("bombillo")
    hands.wait("#tipos [data-value=bombillo-quemado]")
    words.press("Enter")
    expect(papers).to_be_hidden()


def test_several_matters_of_one_caller_and_then_the_next_person(town: Cast, hands: Hands) -> None:
    page = hands.page
    hands.type("88881234").wait("#personas [role=option]").press("Enter").wait("#ficha b")
    hands.type(SAID, free=True).wait("#guion [data-asked]").press("Control+Enter")
    expect(page.locator(".k-receipt")).to_have_count(1)
    hands.on("description").type("y también el bombillo de la esquina está quemado", free=True)
    expect(page.locator("#tipos [aria-selected=true]")).to_contain_text("Bombillo quemado")
    hands.press("Control+Enter")
    expect(page.locator(".k-receipt")).to_have_count(2)
    assert [case.applicant for case in Case.objects.all()] == [town.rosa, town.rosa]
    expect(page.locator("#hoy")).to_contain_text("2 atendidos")

    page.wait_for_timeout(1100)
    hands.on("description").press("Control+Enter").on("who")
    expect(page.locator(".k-receipt")).to_have_count(0)
    expect(page.locator("#ficha")).to_be_empty()
    expect(page.locator("#reloj")).to_have_text("00:00")
    assert Case.objects.count() == 2


def test_pressed_twice_it_is_filed_once(town: Cast, hands: Hands) -> None:
    hands.press("Tab").page.locator("[name=description]").focus()
    hands.type(SAID, free=True).wait("#guion [data-asked]").press("Control+Enter", "Control+Enter", "Control+Enter")
    expect(receipt(hands.page)).to_be_visible()
    hands.page.wait_for_timeout(300)
    assert Case.objects.count() == 1


def test_enter_pressed_before_the_answer_came_waits_for_it(town: Cast, hands: Hands) -> None:
    hands.type("88881234").press("Enter").on("description")
    expect(hands.page.locator("#ficha")).to_contain_text("Rosa Benítez Arias")


def test_it_is_another_person(town: Cast, hands: Hands) -> None:
    hands.type("rosa").wait("#personas [role=option]").press("ArrowDown", "Enter")
    hands.on("contact").type("8777 1111")
    hands.page.locator("[name=description]").focus()
    hands.type(SAID, free=True).wait("#guion [data-asked]").press("Control+Enter")
    expect(receipt(hands.page)).to_be_visible()
    assert Case.objects.get().applicant != town.rosa
    assert Case.objects.get().applicant.name == "rosa"


def test_an_answer_that_comes_late_does_not_meet_the_next_matter(town: Cast, hands: Hands) -> None:
    town.file(procedure=town.lamp)
    held: list[Route] = []
    hands.page.route(f"**{ATTEND}previsto/", lambda route: held.append(route))  # noqa: PLW0108 it wants a function
    hands.page.locator("[name=description]").focus()
    hands.type("el bombillo está quemado", free=True).wait("#guion [data-asked]")
    hands.page.locator("[name=said]").focus()
    hands.type("iglesia").wait("#lugares [role=option]").press("Enter")
    hands.page.wait_for_timeout(200)
    hands.press("Control+Enter")
    expect(receipt(hands.page)).to_be_visible()
    for route in held:
        route.continue_()
    hands.page.wait_for_timeout(500)
    assert held
    expect(hands.page.locator("#previsto")).to_be_empty()


def test_how_the_person_is_stays_with_the_person(town: Cast, hands: Hands) -> None:
    hands.page.locator("[name=mood]").focus()
    hands.type("muy molesta", free=True).page.locator("[name=description]").focus()
    hands.type(SAID, free=True).wait("#guion [data-asked]").press("Control+Enter")
    expect(receipt(hands.page)).to_be_visible()
    expect(hands.page.locator("[name=mood]")).to_have_value("muy molesta")


def test_typing_on_takes_the_person_back(town: Cast, hands: Hands) -> None:
    hands.type("rosa").wait("#personas [role=option]").press("Enter").wait("#ficha b").press("Shift+Tab")
    hands.page.locator("[name=who]").focus()
    hands.page.keyboard.press("End")
    hands.type(" soto")
    expect(hands.page.locator("#ficha")).to_be_empty()
    expect(hands.page.locator("[name=person]")).to_have_value("")


def test_what_a_hand_picked_stands_whatever_else_is_heard(town: Cast, hands: Hands) -> None:
    page = hands.page
    page.locator("[name=kind_words]").focus()
    hands.type("bombillo").wait("#tipos [role=option]").press("Enter")
    page.locator("[name=description]").focus()
    hands.type("hay basura y ratas", free=True)
    page.wait_for_timeout(600)
    expect(page.locator("#tipos [aria-selected=true]")).to_contain_text("Bombillo quemado")
    hands.press("Control+Enter")
    expect(receipt(page)).to_contain_text("Bombillo quemado")


def test_the_same_thing_near_by_is_joined_with_the_keyboard(town: Cast, hands: Hands) -> None:
    town.file()
    hands.type("87770000").wait("#personas [role=option]").press("Enter").on("name").type("Ana Soto", free=True)
    hands.page.locator("[name=description]").focus()
    hands.type("el bombillo está quemado", free=True).wait("#guion [data-asked]")
    hands.page.locator("[name=said]").focus()
    hands.type("iglesia").wait("#lugares [role=option]").press("Enter").on("hint").wait("[data-joins]")
    hands.press("Tab", "Enter")
    expect(receipt(hands.page)).to_contain_text("queda sumada")
    assert Follower.objects.get().person.name == "Ana Soto"
    assert Case.objects.count() == 1


def test_an_emergency_says_whom_to_call_at_once(town: Cast, hands: Hands) -> None:
    hands.page.locator("[name=description]").focus()
    hands.type("hay un incendio en el lote", free=True)
    expect(hands.page.locator("#guion [role=alert]")).to_contain_text("911")
    expect(hands.page.get_by_role("button", name="Anotar que se le indicó")).to_be_visible()
    hands.press("Control+Enter")
    expect(receipt(hands.page)).to_contain_text("911")
    assert Case.objects.get().state == CaseState.RESOLVED


def test_nothing_is_lost_when_the_system_refuses_or_can_t_be_reached(
    town: Cast, browser: Browser, live_server: LiveServer
) -> None:
    # Its own visitor: that the answer is lost is an error on the console, as it should be.
    page = browser.new_context(locale="es-CR").new_page()
    sign_in(page, town.fede, live_server.url)
    page.goto(live_server.url + ATTEND)
    hands = Hands(page)
    hands.type("88881234").wait("#personas [role=option]").press("Enter").wait("#ficha b").type("xyz", free=True)
    hands.press("Control+Enter")
    expect(page.locator("#problemas [role=alert]")).to_contain_text("Diga de qué se trata")
    expect(page.locator("[name=description]")).to_have_value("xyz")

    page.locator("[name=description]").focus()
    hands.type(f" {SAID}", free=True).wait("#guion [data-asked]")
    lost: list[Route] = []

    def cut(route: Route) -> None:
        """The answer is lost on the way back, after the case was filed."""
        if route.request.method == "POST" and not lost:
            route.fetch()
            lost.append(route)
            route.abort()
        else:
            route.continue_()

    page.route(f"**{ATTEND}", cut)
    hands.press("Control+Enter")
    expect(page.locator("#problemas [role=alert]")).to_contain_text("No se pudo enviar")
    expect(page.locator("[name=description]")).to_have_value(re.compile(SAID))
    hands.press("Control+Enter")
    expect(receipt(page)).to_be_visible()
    assert Case.objects.count() == 1
    page.context.close()


def test_what_was_typed_survives_a_closed_page(town: Cast, hands: Hands) -> None:
    page = hands.page
    hands.type("88881234").wait("#personas [role=option]").press("Enter").wait("#ficha b").type(SAID, free=True)
    hands.wait("#guion [data-asked]")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('ratas')")
    page.reload()
    expect(page.locator("[name=description]")).to_have_value(SAID)
    expect(page.locator("#personas")).to_contain_text("Rosa Benítez Arias")
    expect(page.locator("#guion")).to_contain_text("Cuánta basura")
    page.get_by_role("button", name="Borrarlo").click()
    expect(page.locator("[name=description]")).to_have_value("")
    expect(page.locator("#guion")).to_be_empty()


def test_what_was_filed_is_forgotten_by_the_browser(town: Cast, hands: Hands) -> None:
    hands.type("87770000").wait("#personas [role=option]").press("Enter").type("Ana Soto", free=True)
    hands.page.locator("[name=description]").focus()
    hands.type(SAID, free=True).wait("#guion [data-asked]").press("Control+Enter")
    expect(receipt(hands.page)).to_be_visible()
    hands.page.wait_for_timeout(1100)
    hands.press("Control+Enter").on("who")
    hands.page.wait_for_function("() => !/ratas|Ana|8777/.test(JSON.stringify(localStorage))")


def test_the_script_says_what_is_still_to_be_asked(town: Cast, hands: Hands) -> None:
    hands.page.locator("[name=description]").focus()
    hands.type(SAID, free=True).wait("#guion [data-asked]")
    expect(hands.page.locator("[data-says=missing]")).to_have_text("Faltan 2 preguntas.")
    hands.press("Tab", "Enter").on("q-amount").press("Space")
    expect(hands.page.locator("[data-says=missing]")).to_have_text("Falta una pregunta.")


def test_only_the_receipt_is_printed(town: Cast, hands: Hands) -> None:
    page = hands.page
    page.evaluate(
        "() => { window.print = () =>"
        " { document.title = 'printed ' + document.querySelectorAll('[data-printing]').length } }"
    )
    page.locator("[name=description]").focus()
    hands.type(SAID, free=True).wait("#guion [data-asked]").press("Control+Enter")
    receipt(page).get_by_role("button", name="Imprimir").press("Enter")
    expect(page).to_have_title("printed 1")


def told(page: Page) -> Locator:
    return page.locator(".k-read")


def test_how_it_goes_takes_two_strokes_besides_what_is_looked_for(
    town: Cast, hands: Hands, live_server: LiveServer
) -> None:
    case = town.file()
    hands.page.goto(live_server.url + HOW)
    hands.on("typed").type("88881234", free=True).press("Enter")
    expect(told(hands.page)).to_contain_text(case.reference)
    hands.press("Enter")
    expect(hands.page.locator("#anotado")).to_contain_text(case.reference)
    hands.on("typed")
    expect(hands.page.locator("[name=typed]")).to_have_value("")
    assert hands.keys <= 5
    assert case.events.get(kind=EventKind.CONTACTED).by == f"user:{town.fede.uuid}"


def test_among_several_cases_a_figure_chooses(town: Cast, hands: Hands, live_server: LiveServer) -> None:
    old, new = town.file(), town.file(answers={"how_many": "all"})
    hands.page.goto(live_server.url + HOW)
    hands.type("rosa", free=True).press("Enter", "2")
    expect(told(hands.page)).to_contain_text(old.reference)
    hands.press("Enter")
    expect(hands.page.locator("#anotado")).to_contain_text(old.reference)
    assert hands.keys <= 5
    assert not new.events.filter(kind=EventKind.CONTACTED).exists()
    assert old.events.filter(kind=EventKind.CONTACTED).count() == 1


def test_enter_pressed_in_haste_notes_the_case_that_is_read(town: Cast, hands: Hands, live_server: LiveServer) -> None:
    old, _new = town.file(), town.file()
    hands.page.goto(live_server.url + HOW)
    hands.type("rosa", free=True).press("Enter")
    hands.page.wait_for_selector("#casos [role=listbox]:focus")
    hands.press("2", "Enter")
    expect(hands.page.locator("#anotado")).to_contain_text(old.reference)


def test_what_is_asked_of_the_person_is_answered_in_the_call(town: Cast, hands: Hands, live_server: LiveServer) -> None:
    case = actions.ask_person(town.file(), text="¿Qué poste es?", by=actor(town.olga))
    hands.page.goto(live_server.url + HOW)
    hands.type("iglesia", free=True).press("Enter").wait("#id_text").press("Tab").on("text")
    hands.type("El 1127", free=True).press("Control+Enter")
    expect(hands.page.locator("#anotado")).to_contain_text(case.reference)
    case.refresh_from_db()
    assert case.state == CaseState.IN_PROGRESS


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, False), (1280, True)])
def test_axe_finds_nothing(town: Cast, page_at: PageAt, live_server: LiveServer, width: int, dark: bool) -> None:
    town.file()
    page = page_at(width, dark=dark)
    sign_in(page, town.fede, live_server.url)
    page.goto(live_server.url + ATTEND)
    axe(page)
    hands = Hands(page)
    hands.type("rosa").wait("#personas [role=option]")
    axe(page)
    hands.press("Enter").wait("#ficha b").type("se quemó el bombillo", free=True).wait("#guion [data-asked]")
    page.locator("[name=said]").focus()
    hands.type("iglesia").wait("#lugares [role=option]").press("Enter").wait("[data-joins]")
    axe(page)
    no_sideways_scroll(page)
    hands.press("Control+Enter")
    expect(receipt(page)).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
    page.goto(live_server.url + HOW)
    axe(page)
    hands.type("rosa", free=True).press("Enter").wait(".k-read p")
    axe(page)
    no_sideways_scroll(page)


def test_a_person_who_may_not_attend_is_not_offered_the_way(
    town: Cast, page_at: PageAt, live_server: LiveServer
) -> None:
    page = page_at(1280)
    sign_in(page, town.fede, live_server.url)
    page.goto(live_server.url + ATTEND)
    rail = page.locator(".k-rail")
    expect(rail.get_by_role("link", name="Atender")).to_have_attribute("aria-current", "page")
    expect(rail.get_by_role("link", name="¿Cómo va?")).to_be_visible()
    assert Person.objects.count() == 1
    other = page_at(1280)
    sign_in(other, town.vera, live_server.url)
    other.goto(live_server.url + "/mesa/ajustes/")
    expect(other.locator(".k-rail").get_by_role("link", name="Atender")).to_have_count(0)
