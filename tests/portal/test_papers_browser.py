"""Documents beside photos, chosen on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import PageAt, axe, no_sideways_scroll
from tests.pictures import jpeg
from tests.portal.conftest import Lived, served
from tests.portal.test_papers import COMPLAINT, SAID, pdf

__all__ = ["served"]
pytestmark = pytest.mark.django_db
NAME = "recibo-de-la-municipalidad-del-mes-de-noviembre-pagado-dos-veces.pdf"


@pytest.fixture
def _django_db_helper() -> None:
    """The town is made once for the module: no transaction or flush of its own for each test."""


def test_a_document_is_chosen_beside_a_photo_and_each_shown_as_what_it_is(served: Lived, page_at: PageAt) -> None:
    page = page_at(360)
    page.goto(f"{served.url}/reportar/{COMPLAINT}/detalles/")
    page.locator("[name=description]").fill(SAID["description"])
    page.get_by_role("button", name="Seguir", exact=True).click()
    expect(page.get_by_role("heading", name="¿Tiene fotos o documentos?")).to_be_visible()
    files = [("foto.jpg", "image/jpeg", jpeg()), (NAME, "application/pdf", pdf())]
    sent = [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    page.locator("[data-photos]").set_input_files(sent)  # type: ignore[arg-type]
    expect(page.get_by_text("2 archivos listos para enviar.")).to_be_visible()
    cards = page.locator("[data-photos-box] li")
    expect(cards.nth(0).get_by_role("img", name="Foto 1")).to_be_visible()
    expect(cards.nth(1)).to_contain_text(f"{NAME}, 1 KB")
    expect(cards.nth(1).locator("img")).to_have_count(0)
    no_sideways_scroll(page)
    axe(page)
    page.get_by_role("button", name="Seguir", exact=True).click()
    page.wait_for_url("**/quien/")
    page.goto(f"{served.url}/reportar/{COMPLAINT}/fotos/")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    no_sideways_scroll(page)
    axe(page)
    page.get_by_role("button", name=f"Quitar {NAME}").click()
    expect(page.get_by_role("link", name=NAME)).to_have_count(0)
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
