"""A report is filed and followed by keyboard alone: only Tab, arrows, Space, Enter and what is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PageAt
from tests.portal.conftest import LAMP, Lived, served
from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Case

__all__ = ["served"]
pytestmark = pytest.mark.django_db
GO_ON = "main button.ds-button[type=submit]:not([data-variant=secondary])"
PATIENCE = 80
"""More stops than any page has before what is looked for."""


@pytest.fixture
def _django_db_helper() -> None:
    """The town is made once for the module: no transaction or flush of its own for each test."""


@dataclass
class Hands:
    """Somebody who has no mouse."""

    page: Page

    def tab_to(self, selector: str) -> Hands:
        """Go on with Tab until that has the focus."""
        for _stop in range(PATIENCE):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self
        raise AssertionError(f"Tab never reaches {selector} on {self.page.url}")

    def press(self, *keys: str) -> Hands:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> Hands:
        self.page.keyboard.type(text)
        return self

    def comes_to(self, path: str) -> Hands:
        self.page.wait_for_url(re.compile(rf"{path}($|\?)"))
        return self

    def goes_on(self, path: str) -> Hands:
        return (
            self.tab_to("main button.ds-button[type=submit]:not([data-variant=secondary])")
            .press("Enter")
            .comes_to(path)
        )


def test_a_report_is_filed_and_followed_without_a_mouse(served: Lived, page_at: PageAt) -> None:
    page = page_at(1280)
    hands, base = Hands(page), f"/reportar/{LAMP}"
    page.goto(served.url)
    hands.tab_to("main input[name=q]").type("bombillo")
    expect(page.locator("main [role=option]").first).to_be_visible()
    hands.press("ArrowDown", "Enter").comes_to(f"{base}/donde/")
    hands.tab_to("[name=said]").type("Poste 1127")
    hands.goes_on(f"{base}/detalles/")
    hands.tab_to("[name=how_many]").press("Space").tab_to("[name=description]").type("Está apagado.")
    hands.goes_on(f"{base}/fotos/").goes_on(f"{base}/quien/")
    hands.tab_to("[name=identity]")
    while not page.locator("[name=identity][value=anonymous]:checked").count():
        hands.press("ArrowDown")
    hands.goes_on(f"{base}/revise/").goes_on("/constancia/")
    case = Case.objects.latest("pk")
    assert case.identity == Identity.ANONYMOUS
    page.context.clear_cookies()
    page.goto(f"{served.url}/caso/")
    hands.tab_to("[name=reference]").type(case.reference).tab_to("[name=code]").type(case.follow_code).press("Enter")
    hands.comes_to(f"/caso/{case.uuid}/")
    expect(page.locator("main")).to_contain_text(case.reference)
