"""The case page in a real browser: readable at both widths, light and dark, by keyboard, with and without a script."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import PageAt, axe, no_sideways_scroll
from tests.cast import Cast, actor, place
from tests.desk.attending import sign_in
from tests.pictures import jpeg
from ventanilla.cases import actions
from ventanilla.cases.actions import templates
from ventanilla.cases.models import Case, RelatedCase, ReplyTemplate
from ventanilla.files import actions as files
from ventanilla.lib.actors import Actor
from ventanilla.organization.models import Municipality

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case with a story, a photo, a link and another near by."""
    templates.start(Municipality.objects.get())
    near = cast.file(place=place(lon=-84.1002, label="A la vuelta de la iglesia"))
    cast.file(place=place(lon=-84.1001, label="En la esquina"))
    staged = files.receive(SimpleUploadedFile("Foto 1.jpg", jpeg()))
    with transaction.atomic():
        kept = files.keep(staged, by="anonymous")
    case = actions.take_case(cast.file(files=[(kept, "Foto 1.jpg")]), user=cast.olga, by=actor(cast.olga))
    actions.note(case, text="Llevar escalera.", by=actor(cast.olga))
    actions.link_cases(case, to=near, by=actor(cast.olga))
    return actions.person_replies(case, text="Es el 1127.", by=Actor(f"person:{cast.rosa.uuid}", cast.rosa.name))


def opened(page: Page, cast: Cast, server: LiveServer, case: Case, tail: str = "") -> Page:
    sign_in(page, cast.olga, server.url)
    page.goto(f"{server.url}/mesa/caso/{case.uuid}/{tail}")
    return page


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, False), (1280, True)])
def test_every_part_is_for_everybody(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt, width: int, dark: bool
) -> None:
    page = page_at(width, dark=dark)
    step = f"paso/{case.work_items.get(node='check_facts').uuid}/"
    for tail in ("", "?hacer=responder", "?hacer=vincular", "?hacer=ampliar", "?hacer=urgente", step, "imprimir/"):
        opened(page, cast, live_server, case, tail)
        axe(page)
        no_sideways_scroll(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_templates_pages_are_for_everybody(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt, width: int
) -> None:
    page = page_at(width)
    sign_in(page, cast.coro, live_server.url)
    for tail in ("", "nueva/", f"{ReplyTemplate.objects.order_by('key')[0].uuid}/"):
        answer = page.goto(f"{live_server.url}/mesa/ajustes/plantillas/{tail}")
        assert answer
        assert answer.ok
        axe(page)
        no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_what_they_were_told_is_asked_for_when_its_fold_is_opened(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt, width: int, dark: bool
) -> None:
    page = opened(page_at(width, dark=dark), cast, live_server, case)
    told = page.get_by_text("Acuse de recibo")
    expect(told).to_have_count(0)
    fold = page.locator("summary", has_text="Avisos")
    fold.focus()
    page.keyboard.press("Enter")
    expect(told).to_be_visible()
    expect(page.get_by_text("r•••@correo.example, correo").first).to_be_visible()
    axe(page)
    no_sideways_scroll(page)


def test_without_a_script_what_they_were_told_is_a_page(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt
) -> None:
    page = opened(page_at(360, javascript=False), cast, live_server, case)
    page.locator("summary", has_text="Avisos").click()
    page.get_by_role("link", name="Qué se le avisó y si le llegó").click()
    expect(page.get_by_role("heading", name="Avisos")).to_be_visible()
    expect(page.get_by_text("Acuse de recibo")).to_be_visible()


KEYS = {"r": "Responder a Rosa Benítez Arias", "a": "Asignar", "d": "Derivar", "n": "Anotar"}


def test_one_key_opens_each_action_with_the_cursor_in_it(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt
) -> None:
    page = page_at(1280)
    for key, title in KEYS.items():
        opened(page, cast, live_server, case)
        page.keyboard.press(key)
        expect(page.locator("#caja h2").first).to_have_text(title)
        expect(page.locator("#caja :focus")).to_have_count(1)


def test_one_key_takes_it_and_another_shows_the_keys(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt
) -> None:
    free = cast.file()
    page = opened(page_at(1280), cast, live_server, free)
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_contain_text("Tomar")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator(".k-said")).to_contain_text("El expediente es suyo.")
    page.get_by_role("button", name="Deshacer").press("Enter")
    expect(page.locator(".k-said")).to_contain_text("Ya no lo tiene nadie")


def test_keys_switched_off_do_nothing(cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt) -> None:
    cast.olga.single_key_shortcuts = False
    cast.olga.save()
    page = opened(page_at(1280), cast, live_server, case)
    page.keyboard.press("r")
    expect(page.locator("#caja")).to_have_count(0)


def test_a_template_goes_into_the_message_as_it_is_chosen(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt
) -> None:
    page = opened(page_at(1280), cast, live_server, case, "?hacer=responder")
    page.keyboard.type("Buenas tardes.")
    page.get_by_label("Plantilla").select_option(label="Ya lo tenemos")
    message = page.get_by_label("Mensaje")
    expect(message).to_have_value(
        "Buenas tardes.\n\nHola, Rosa:\n\nYa tenemos su caso y lo estamos viendo. No tiene que hacer nada.\n\n"
        f"La fecha prevista: {templates.values(case, who='')['mend_by']}.\n\nOlga Mora Solís, Alumbrado público"
    )
    expect(message).to_be_focused()


def test_without_a_script_a_template_is_put_in_by_a_button(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt
) -> None:
    page = opened(page_at(360, javascript=False), cast, live_server, case, "?hacer=responder")
    page.get_by_label("Mensaje").fill("Buenas tardes.")
    page.get_by_label("Plantilla").select_option(label="Ya lo tenemos")
    page.get_by_role("button", name="Ponerla").click()
    expect(page.get_by_label("Mensaje")).to_have_value(re.compile(r"^Buenas tardes\.\n\nHola, Rosa:"))
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator(".k-said")).to_contain_text("Mensaje enviado.")


def test_another_case_is_found_while_typing_and_joined_by_keyboard(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt
) -> None:
    page = opened(page_at(1280), cast, live_server, case, "?hacer=vincular")
    page.keyboard.type("en la esquina")
    found = page.locator("#hallados").get_by_role("radio")
    expect(found).to_have_count(1)
    found.press("Space")
    page.get_by_role("button", name="Vincular", exact=True).press("Enter")
    expect(page.locator(".k-said")).to_contain_text("Vinculados.")
    assert RelatedCase.objects.of(case).count() == 2


def test_the_menu_opens_closes_and_leads_by_keyboard(
    cast: Cast, case: Case, live_server: LiveServer, page_at: PageAt
) -> None:
    page = opened(page_at(1280), cast, live_server, case)
    page.locator("#actos summary").press("Enter")
    link = page.get_by_role("link", name="Marcar urgente")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    page.locator("#actos summary").press("Enter")
    link.press("Enter")
    page.get_by_role("button", name="Marcar urgente").press("Enter")
    expect(page.locator("h1 ~ .ds-tag", has_text="Urgente")).to_be_visible()
