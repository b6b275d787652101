"""The pages of the design room in a real browser, at the width of a phone and of a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import HEIGHTS, PageAt, axe, no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)
pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/estilo/",
    "/mesa/",
    "/form/",
    "/nowhere/",
    "/denied/",
    "/bad/",
    "/sent/",
    "/large/",
    "/busy/",
    "/broken/",
    "/mending/",
    "/sin-conexion/",
]


def look(page: Page, name: str) -> None:
    """What it looks like in both widths."""
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        axe(page)
        no_sideways_scroll(page)
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_its_width(window: Page, live_server: LiveServer, path: str) -> None:
    window.goto(live_server.url + path)
    look(window, path.strip("/") or "home")


def test_the_page_of_an_old_form_is_accessible_and_fits_its_width(window: Page, live_server: LiveServer) -> None:
    window.goto(live_server.url + "/form/")
    window.context.clear_cookies()
    with window.expect_response(lambda answer: answer.request.method == "POST") as sent:
        window.evaluate("() => document.querySelector('main form').submit()")
    assert sent.value.status == 403
    expect(window.locator("main")).to_contain_text("el formulario venció")
    look(window, "old-form")


def test_the_desk_is_accessible_in_the_dark(page_at: PageAt, live_server: LiveServer) -> None:
    page = page_at(1280, dark=True)
    page.goto(live_server.url + "/mesa/")
    axe(page)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 26, 33)"
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "mesa-dark.png", full_page=True)
