"""The desk's pages open for who may see them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from ventanilla.desk.acting import ACTS


def _signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_inbox_and_the_case_open(cast: Cast) -> None:
    case = cast.file()
    client = _signed_in(cast, "olga")
    page = client.get("/mesa/").content.decode()
    assert case.reference in page
    assert client.get(f"/mesa/caso/{case.uuid}/").status_code == 200
    assert client.get(f"/mesa/caso/{case.uuid}/vista/").status_code == 200
    assert client.get("/mesa/buscar/?q=iglesia").status_code == 200
    assert client.get("/mesa/mapa/").status_code == 200
    assert client.get("/mesa/mapa/puntos.json?bbox=-84.2,9.8,-84,10&zoom=13").status_code == 200
    assert client.get("/mesa/ajustes/").status_code == 200


@pytest.mark.parametrize("name", sorted(ACTS))
def test_every_action_opens_in_place(cast: Cast, name: str) -> None:
    case = cast.file()
    assert _signed_in(cast, "olga").get(f"/mesa/caso/{case.uuid}/?hacer={name}").status_code == 200


def test_another_department_finds_nothing(cast: Cast) -> None:
    case = cast.file()
    client = _signed_in(cast, "otilia")
    assert case.reference not in client.get("/mesa/").content.decode()
    assert client.get(f"/mesa/caso/{case.uuid}/").status_code == 404
    assert client.get(f"/mesa/caso/{case.uuid}/vista/").status_code == 404
    assert client.post(f"/mesa/caso/{case.uuid}/hacer/tomar/").status_code == 404
    assert case.reference not in client.get("/mesa/buscar/?q=iglesia").content.decode()


def test_a_case_is_taken_answered_and_resolved_from_the_page(cast: Cast) -> None:
    case = cast.file()
    client = _signed_in(cast, "olga")
    assert client.post(f"/mesa/caso/{case.uuid}/hacer/tomar/").status_code == 302
    assert client.post(f"/mesa/caso/{case.uuid}/hacer/responder/", {"text": "Vamos mañana."}).status_code == 302
    empty = client.post(f"/mesa/caso/{case.uuid}/hacer/resolver/", {"text": ""})
    assert empty.status_code == 422
    item = case.work_items.get(node="check_facts")
    assert client.get(f"/mesa/caso/{case.uuid}/paso/{item.uuid}/").status_code == 200
    assert client.post(f"/mesa/caso/{case.uuid}/hacer/resolver/", {"text": "Cambiado."}).status_code == 302
    case.refresh_from_db()
    assert not case.is_open
