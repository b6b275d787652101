"""The public list and its map: the same reports in both."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast, actor
from ventanilla.cases import actions
from ventanilla.cases.models import Case

NEAR = "bbox=-84.11,9.92,-84.09,9.94&zoom=18"


@pytest.fixture
def town(cast: Cast) -> dict[str, Case]:
    """One report open, one mended, one that was none of ours."""
    return {
        "open": cast.file(),
        "mended": actions.resolve_case(cast.file(), text="Listo.", by=actor(cast.olga)),
        "refused": actions.refuse_case(cast.file(), text="Es de la compañía eléctrica.", by=actor(cast.coro)),
    }


@pytest.mark.parametrize(("asked", "shown"), [("", "open"), ("?state=open", "open"), ("?state=done", "mended")])
def test_the_map_shows_what_the_list_shows(town: dict[str, Case], asked: str, shown: str) -> None:
    page = Client().get(f"/mapa/{asked}").content.decode()
    listed = {name for name, case in town.items() if f"/reporte/{case.uuid}/" in page}
    assert listed == {shown}
    assert f'data-pins="/mapa/puntos.json{asked}"' in page
    pins = Client().get(f"/mapa/puntos.json{asked or '?'}&{NEAR}").json()["features"]
    assert [pin["properties"]["path"] for pin in pins] == [f"/reporte/{town[shown].uuid}/"]


@pytest.mark.parametrize("asked", ["where=%00", "service=%00", "state=%00", "antes=%00", "antes=%C2%B2"])
@pytest.mark.parametrize("path", ["/mapa/", "/mapa/puntos.json"])
def test_an_address_that_no_database_would_take_shows_everything_open(
    town: dict[str, Case], path: str, asked: str
) -> None:
    answer = Client().get(f"{path}?{NEAR}&{asked}")
    assert answer.status_code == 200
    assert f"/reporte/{town['open'].uuid}/" in answer.content.decode()


@pytest.mark.parametrize("mark", ["9" * 18, "9" * 30, "9" * 5000])
def test_a_page_further_on_than_any_database_counts_is_a_page(town: dict[str, Case], mark: str) -> None:
    assert Client().get("/mapa/", {"antes": mark}).status_code == 200


def test_filters_that_make_no_sense_show_everything_open(town: dict[str, Case]) -> None:
    page = Client().get("/mapa/?state=zzz&service=nada").content.decode()
    assert f"/reporte/{town['open'].uuid}/" in page
