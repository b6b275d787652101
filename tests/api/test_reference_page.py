"""The reference page for people who write programs: readable by everybody, at both widths."""

from __future__ import annotations

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.browser import PageAt, axe, no_sideways_scroll


@pytest.mark.parametrize("width", [360, 1280])
def test_the_reference_is_accessible_and_fits(page_at: PageAt, live_server: LiveServer, width: int) -> None:
    page = page_at(width)
    page.goto(f"{live_server.url}/api/v1/")
    no_sideways_scroll(page)
    example = page.locator("#file details").first
    example.locator("summary").click()
    assert '"procedure": "bombillo-quemado"' in example.inner_text()
    axe(page)
    no_sideways_scroll(page)
