"""The scripts in a real browser: each makes better what works without it."""

import io
import json
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import HEIGHTS, PageAt

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(window: Page, live_server: LiveServer) -> Page:
    window.goto(live_server.url + "/form/")
    return window


@pytest.fixture
def desk(window: Page, live_server: LiveServer) -> Page:
    window.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})
    window.goto(live_server.url + "/mesa/")
    return window


def test_a_place_is_chosen_with_the_keyboard(form: Page) -> None:
    field = form.get_by_role("combobox", name="Lugar")
    field.press_sequentially("aca")
    expect(form.get_by_role("option")).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == form.get_by_role("option").nth(1).get_attribute("id")
    field.press("Enter")
    expect(field).to_have_value("Pasaje Las Acacias")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(form.locator("#chosen")).to_have_value("p2")


def test_typing_on_forgets_the_place_chosen_before(form: Page) -> None:
    field = form.get_by_role("combobox", name="Lugar")
    field.press_sequentially("aca")
    form.get_by_role("option").first.click()
    expect(form.locator("#chosen")).to_have_value("p1")
    field.press_sequentially(" 5")
    expect(form.locator("#chosen")).to_have_value("")


def test_escape_closes_the_list_and_keeps_the_words(form: Page) -> None:
    field = form.get_by_role("combobox", name="Lugar")
    field.press_sequentially("aca")
    expect(form.get_by_role("option")).to_have_count(2)
    field.press("Escape")
    expect(form.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("aca")


def test_half_typed_answers_survive_a_closed_page(form: Page) -> None:
    form.get_by_label("Seña").fill("El segundo poste")
    form.wait_for_function("() => Object.keys(localStorage).length > 0")
    form.get_by_label("Otra").check()
    form.reload()
    expect(form.get_by_label("Seña")).to_have_value("El segundo poste")
    expect(form.get_by_label("Otra")).to_be_checked()
    form.get_by_role("button", name="Borrarlo").click()
    expect(form.get_by_label("Seña")).to_have_value("")
    form.reload()
    expect(form.get_by_label("Seña")).to_have_value("")


def _photo(width: int, height: int, orientation: int) -> bytes:
    """A camera's picture: its left half red, and a note that says how it is to be turned."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of Rosa"
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif)
    return target.getvalue()


def test_photos_are_shrunk_turned_and_stripped_on_the_phone(form: Page) -> None:
    files: list[Any] = [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": _photo(3200, 2400, 6)}]
    form.get_by_label("Fotos").set_input_files(files)
    expect(form.get_by_alt_text("Foto 1")).to_be_visible()
    expect(form.get_by_text("1 foto lista para enviar.")).to_be_visible()
    sent = form.evaluate(
        "async () => [...new Uint8Array(await document.querySelector('input[type=file]').files[0].arrayBuffer())]"
    )
    image = Image.open(io.BytesIO(bytes(sent)))
    assert image.size == (1200, 1600)
    assert not dict(image.getexif())
    red, _, blue = image.convert("RGB").getpixel((600, 100))  # type: ignore[misc]
    assert red > 200 > 60 > blue


def test_no_more_photos_are_taken_than_fit_and_one_can_be_removed(form: Page) -> None:
    one: Any = {"mimeType": "image/jpeg", "buffer": _photo(40, 30, 1)}
    form.get_by_label("Fotos").set_input_files([{"name": f"{index}.jpg", **one} for index in range(3)])
    expect(form.get_by_text("Ya van 2 fotos")).to_be_visible()
    form.get_by_role("button", name="Quitar Foto 1").click()
    expect(form.locator("[data-photos-box] li")).to_have_count(1)
    assert form.evaluate("document.querySelector('input[type=file]').files.length") == 1


def test_the_form_goes_without_any_script(page_at: PageAt, live_server: LiveServer) -> None:
    page = page_at(360, javascript=False)
    page.goto(live_server.url + "/form/")
    expect(page.get_by_role("button", name="Usar mi ubicación")).to_be_hidden()
    page.get_by_role("textbox", name="Lugar").fill("Sucre 410")
    page.get_by_label("Una", exact=True).check()
    page.get_by_role("button", name="Seguir").click()
    assert json.loads(page.inner_text("body")) == {"sizes": [], "chosen": ""}


def test_errors_take_the_focus_and_lead_to_the_field(form: Page) -> None:
    form.get_by_role("button", name="Seguir").click()
    summary = form.get_by_role("alert")
    expect(summary).to_be_focused()
    assert form.title().startswith("Error: ")
    form.get_by_role("link", name="Falta: Clase").click()
    expect(form.locator("#id_kind_0")).to_be_focused()


def test_my_location_fills_the_point(form: Page, live_server: LiveServer) -> None:
    form.context.grant_permissions(["geolocation"], origin=live_server.url)
    form.context.set_geolocation({"longitude": -84.09, "latitude": 9.93, "accuracy": 12})
    form.get_by_role("button", name="Usar mi ubicación").click()
    expect(form.get_by_text("con un margen de 12 m")).to_be_visible()
    expect(form.locator("#lon")).to_have_value("-84.090000")


def test_keys_move_tick_and_press(desk: Page) -> None:
    desk.evaluate(
        "document.getElementById('take').addEventListener('click', () => { document.body.dataset.taken = 'yes' })"
    )
    for key in ("j", "j", "x", "e"):
        desk.keyboard.press(key)
    rows = desk.locator("[data-row]")
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    expect(rows.nth(1).get_by_role("checkbox")).to_be_checked()
    expect(desk.locator("body")).to_have_attribute("data-taken", "yes")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Atajos de teclado")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    expect(desk.locator("#buscar")).to_be_focused()
    desk.keyboard.press("j")
    expect(desk.locator("#buscar")).to_have_value("j")


def test_keys_can_be_switched_off(desk: Page) -> None:
    desk.evaluate("document.documentElement.dataset.keys = 'off'")
    desk.keyboard.press("j")
    expect(desk.locator("[data-row][aria-selected=true]")).to_have_count(0)


def test_a_point_is_put_on_the_map_with_the_keyboard(desk: Page) -> None:
    map_ = desk.get_by_role("application", name="Mapa de prueba")
    expect(map_.locator("canvas")).to_have_count(2)
    map_.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#lon")).to_have_value("-84.090000")
    expect(desk.get_by_text("Punto puesto.")).to_be_visible()


def test_the_town_and_its_pins_are_drawn_in_the_pages_colours(desk: Page) -> None:
    expect(desk.locator(".v-map canvas")).to_have_count(2)
    teja = [180, 71, 31]
    desk.wait_for_function(
        """([r, g, b]) => [...document.querySelectorAll('.v-map canvas')].some((canvas) => {
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            for (let i = 0; i < pixels.length; i += 4)
              if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b) return true;
            return false;
        })""",
        arg=teja,
    )


def test_a_form_is_sent_once(form: Page) -> None:
    form.evaluate(
        "document.querySelector('form').addEventListener('submit', () => { window.sent = (window.sent ?? 0) + 1 })"
    )
    outcome = form.evaluate(
        """() => {
            const form = document.querySelector("form");
            const events = [0, 1].map(() => new SubmitEvent("submit", { bubbles: true, cancelable: true }));
            return events.map((event) => form.dispatchEvent(event));
        }"""
    )
    assert outcome == [True, False]


def test_the_menu_of_the_phone_closes_with_escape(form: Page) -> None:
    form.get_by_text("Menú", exact=True).click()
    expect(form.get_by_role("navigation", name="Menú")).to_be_visible()
    form.keyboard.press("Escape")
    expect(form.get_by_role("navigation", name="Menú")).to_be_hidden()
