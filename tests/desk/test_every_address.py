"""Every address of the desk that opens a page, in a real browser at both widths.

The pages are not listed but walked (`tests/i18n/town.py`): one that nobody thought of is looked at here.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import PageAt, axe, no_sideways_scroll
from tests.desk.attending import sign_in
from tests.i18n.town import Walk, every_page, known_values
from tests.portal.conftest import Lived, served
from ventanilla.desk.acting import ACTS

__all__ = ["served"]
pytestmark = pytest.mark.django_db
STAFF = ("admin", "coro", "fede", "olga")
WIDTHS = (1280, 360)
ELSEWHERE = ["desvincular", "no-urgente", "pausar", "subsanar"]
"""Acts for which none of these cases is in the state, or that a button does alone: they are looked at with the case."""


@pytest.fixture
def _django_db_helper() -> None:
    """The town is made once for the module: no transaction or flush of its own for each test."""


def look(page: Page, url: str) -> list[str]:
    """What is wrong with a page at either width, by its address."""
    page.goto(url)
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        try:
            axe(page)
            no_sideways_scroll(page)
        except AssertionError as error:
            found.append(f"{url} at {width} px: {error}")
    return found


def walked(served: Lived) -> list[tuple[str, str]]:
    """Who opens which address, each page once; pieces of pages are looked at where they stand."""
    walk, known, seen = Walk(served.cast, served.cases), known_values(), set[str]()
    return [
        (name, page.name.split(" ")[1])
        for name in STAFF
        for page in every_page(walk.staff(name), "/mesa/", known, seen)
        if page.language
    ]


def test_every_page_of_the_desk_is_for_everybody(served: Lived, page_at: PageAt) -> None:
    opened = walked(served)
    assert len(opened) > 30
    page, wrong = page_at(1280), list[str]()
    for name in STAFF:
        sign_in(page, served.cast.users[name], served.url)
        for path in (path for who, path in opened if who == name):
            wrong += look(page, served.url + path)
    assert not wrong, "\n".join(wrong)


def form_of(page: Page, served: Lived, act: str) -> str:
    """The address of an act's form at the first case that offers it; empty where none does."""
    for key in ("taken", "asked", "scheduled", "complaint", "resolved"):
        url = f"{served.url}/mesa/caso/{served.cases[key].uuid}/?hacer={act}"
        page.goto(url)
        if page.locator("#caja").count():
            return url
    return ""


def test_every_form_of_a_case_is_for_everybody(served: Lived, page_at: PageAt) -> None:
    page, wrong = page_at(1280), list[str]()
    sign_in(page, served.cast.coro, served.url)
    forms = {act: form_of(page, served, act) for act in ACTS}
    assert sorted(act for act, url in forms.items() if not url) == ELSEWHERE
    for url in filter(None, forms.values()):
        wrong += look(page, url)
    assert not wrong, "\n".join(wrong)
