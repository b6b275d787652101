"""The pages of the design room in a real browser, at the width of a phone and of a desk."""

import os
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.browser import PageAt, axe, no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = [360, 1280]
PAGES = [
    "/estilo/",
    "/mesa/",
    "/form/",
    "/nowhere/",
    "/denied/",
    "/bad/",
    "/large/",
    "/busy/",
    "/mending/",
    "/sin-conexion/",
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_its_width(
    page_at: PageAt, live_server: LiveServer, path: str, width: int
) -> None:
    page = page_at(width)
    page.goto(live_server.url + path)
    axe(page)
    no_sideways_scroll(page)
    if folder := os.environ.get("SCREENSHOTS"):
        name = path.strip("/") or "home"
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_the_desk_is_accessible_in_the_dark(page_at: PageAt, live_server: LiveServer) -> None:
    page = page_at(1280, dark=True)
    page.goto(live_server.url + "/mesa/")
    axe(page)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 26, 33)"
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "mesa-dark.png", full_page=True)
