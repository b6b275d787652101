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


def test_filters_that_make_no_sense_show_everything_open(town: dict[str, Case]) -> None:
    page = Client().get("/mapa/?state=zzz&service=nada").content.decode()
    assert f"/reporte/{town['open'].uuid}/" in page
