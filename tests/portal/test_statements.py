"""How many statements each page takes, whatever it shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import sql
from tests.cast import Cast, actor
from tests.portal.conftest import DETAILS, LAMP, LUIS, fill, signed_in
from tests.portal.test_following import opened
from ventanilla.cases import actions
from ventanilla.cases.models import Case

HERE = {"said": "Aquí", "lon": "-84.1", "lat": "9.93", "source": "map"}


def statements(client: Client, path: str, data: dict[str, Any] | None = None) -> int:
    """How many business statements a page sends, once what is kept in memory is there."""
    client.get("/")
    if data is None:
        client.get(path)
    with sql.statements() as sent:
        response = client.get(path) if data is None else client.post(path, data)
    assert response.status_code in (200, 302), response.content.decode()
    return len(sent)


@pytest.fixture
def busy(cast: Cast) -> Case:
    """A case much has happened to, among many others."""
    for _number in range(6):
        case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
        for number in range(4):
            actions.reply(case, text=f"Mensaje {number}", by=actor(cast.olga))
    return actions.ask_person(case, text="¿Qué número tiene?", by=actor(cast.olga))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 2),
        ("/reportar/", 0),
        ("/reportar/opciones/?q=foco", 0),
        ("/buscar/?q=foco", 0),
        (f"/reportar/{LAMP}/donde/", 0),
        ("/mapa/", 1),
        ("/mapa/puntos.json?bbox=-84.2,9.8,-84,10&zoom=13", 2),
        ("/mapa/puntos.json?bbox=-84.2,9.8,-84,10&zoom=17", 1),
        ("/mapa/ciudad.json", 1),
        ("/caso/", 0),
        ("/comprobar/", 0),
        ("/entrar/", 0),
        ("/en-cuanto-respondemos/", 2),
        ("/datos-personales/", 0),
    ],
)
def test_public_pages(busy: Case, path: str, most: int) -> None:
    assert statements(Client(), path) <= most


def test_following_a_case_takes_few_statements(busy: Case, cast: Cast) -> None:
    by_code = opened(busy)
    assert statements(by_code, f"/caso/{busy.uuid}/") <= 6
    assert statements(by_code, f"/caso/{busy.uuid}/constancia/") <= 8
    assert statements(signed_in(cast.rosa), f"/caso/{busy.uuid}/") <= 8  # and who it is
    assert statements(signed_in(cast.rosa), "/lo-mio/") <= 4


def test_the_public_side_of_a_case(busy: Case) -> None:
    assert statements(Client(), f"/reporte/{busy.uuid}/") <= 4


def test_the_steps_of_a_report(busy: Case) -> None:
    client = Client()
    fill(client, LAMP, donde=HERE)
    for name, most in (("donde", 1), ("parecidos", 3), ("detalles", 1), ("fotos", 2), ("quien", 1)):
        assert statements(client, f"/reportar/{LAMP}/{name}/") <= most, name
    assert statements(client, f"/reportar/{LAMP}/detalles/", DETAILS) <= 2


def test_filing_takes_as_many_as_the_other_doors_and_the_draft(busy: Case, settings: Any) -> None:
    settings.NOTIFICATIONS = {}
    client = Client()
    fill(client, LAMP, donde=HERE, parecidos={}, detalles=DETAILS, fotos={}, quien=LUIS)
    assert statements(client, f"/reportar/{LAMP}/revise/", {}) <= 32
