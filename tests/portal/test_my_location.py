"""«Usar mi ubicación» in the report itself, on a phone: given, refused, not found, and from another municipality."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PageAt, axe, no_sideways_scroll
from tests.portal.conftest import LAMP, Lived, served
from ventanilla.cases.models import Case
from ventanilla.demo.town import CENTER

__all__ = ["served"]
pytestmark = pytest.mark.django_db
LON, LAT = CENTER
HERE = {"longitude": LON, "latitude": LAT, "accuracy": 12}


@pytest.fixture
def _django_db_helper() -> None:
    """The town is made once for the module: no transaction or flush of its own for each test."""


def asked_where(page: Page, served: Lived) -> Page:
    """A phone at the step that asks where, with something typed already."""
    page.goto(f"{served.url}/reportar/{LAMP}/donde/")
    page.get_by_label("Alguna seña").fill("El portón verde")
    return page


def located(page: Page, served: Lived, position: dict[str, Any] | None) -> Page:
    """The same, where the person lets the page know where they are."""
    page.context.grant_permissions(["geolocation"], origin=served.url)
    page.context.set_geolocation(position)  # type: ignore[arg-type]
    page.get_by_role("button", name="Usar mi ubicación").click()
    return page


def goes_on(page: Page, step: str) -> None:
    page.locator("main").get_by_role("button", name="Seguir", exact=True).click()
    page.wait_for_url(re.compile(rf"/{step}/"))


def test_where_the_phone_is_becomes_the_place_of_the_report(served: Lived, page_at: PageAt) -> None:
    page = located(asked_where(page_at(360), served), served, HERE)
    expect(page.get_by_text("Listo: lo ubicamos con un margen de 12 m.")).to_be_visible()
    expect(page.locator("[data-understood]")).to_contain_text("Barrio Centro")
    no_sideways_scroll(page)
    axe(page)
    goes_on(page, "parecidos|detalles")
    if "parecidos" in page.url:
        page.get_by_role("button", name="No, es otro problema").click()
    page.get_by_label("Una", exact=True).check()
    goes_on(page, "fotos")
    goes_on(page, "quien")
    page.get_by_label("Sin decir quién soy").check()
    goes_on(page, "revise")
    page.get_by_role("button", name="Enviar el reporte").click()
    page.wait_for_url(re.compile("/constancia/"))
    case = Case.objects.latest("pk")
    assert (case.place["source"], case.place["parts"]["hint"]) == ("my_location", "El portón verde")
    assert (case.lon, case.lat) == (LON, LAT)
    assert "Barrio Centro" in case.place_label


def test_who_does_not_give_permission_is_told_what_to_do_and_loses_nothing(served: Lived, page_at: PageAt) -> None:
    page = asked_where(page_at(360), served)
    page.get_by_role("button", name="Usar mi ubicación").click()
    told = page.get_by_text("El aparato no dio permiso. Escriba la dirección o toque el mapa.")
    expect(told).to_be_visible()
    expect(page.locator("[data-locate]")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_label("Alguna seña")).to_have_value("El portón verde")
    no_sideways_scroll(page)
    axe(page)
    page.locator("[name=said]").fill("poste 1127")
    goes_on(page, "parecidos|detalles")


def test_a_phone_that_does_not_know_where_it_is_says_so(served: Lived, page_at: PageAt) -> None:
    page = located(asked_where(page_at(360), served), served, None)
    expect(page.get_by_text("No pudimos ubicarlo. Escriba la dirección o toque el mapa.")).to_be_visible()
    expect(page.get_by_label("Alguna seña")).to_have_value("El portón verde")


@pytest.mark.parametrize("goes_on_first", [False, True])
def test_from_another_municipality_the_point_is_taken_away_and_the_address_counts(
    served: Lived, page_at: PageAt, goes_on_first: bool
) -> None:
    """A neighbour who is elsewhere: told who to turn to, before going on or after, and not held there."""
    page = located(asked_where(page_at(360), served), served, {**HERE, "longitude": -84.5, "latitude": 10.4})
    expect(page.locator("[data-understood]")).to_contain_text("fuera del municipio")
    page.locator("[name=said]").fill("poste 1127")
    if goes_on_first:
        page.locator("main").get_by_role("button", name="Seguir", exact=True).click()
        expect(page.get_by_role("alert").first).to_contain_text("Ese lugar es de San Rafael")
        expect(page.get_by_label("Alguna seña")).to_have_value("El portón verde")
    no_sideways_scroll(page)
    axe(page)
    page.get_by_role("button", name="Quitar el punto").click()
    expect(page.locator("[name=lon]")).to_have_value("")
    goes_on(page, "parecidos|detalles")
