"""A report filed and followed with nothing but forms and links."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.pictures import jpeg
from ventanilla.cases.models import Case, Draft
from ventanilla.notifications.models import Message

BASE = "/reportar/bombillo-quemado/"


def _post(client: Client, step: str, data: dict[str, object]) -> str:
    response = client.post(f"{BASE}{step}/", data)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def _code() -> str:
    body = Message.objects.filter(kind="verification_code").latest("pk").body
    found = re.search(r"\d{6}", body)
    assert found
    return found[0]


def test_a_person_files_step_by_step_and_follows(cast: Cast) -> None:
    client = Client()
    assert client.get("/").status_code == 200
    assert "bombillo-quemado" in client.get("/reportar/", {"q": "foco fundido"}).content.decode()
    assert client.get(BASE).url == f"{BASE}donde/"  # type: ignore[attr-defined]
    assert client.get(f"{BASE}donde/").status_code == 200
    assert not Draft.objects.exists()

    assert _post(client, "donde", {"said": "Frente a la iglesia", "lon": "-84.1", "lat": "9.93"}) == f"{BASE}detalles/"
    assert _post(client, "detalles", {"how_many": "one", "description": "Está apagado"}) == f"{BASE}fotos/"
    photo = SimpleUploadedFile("foto.jpg", jpeg(), "image/jpeg")
    assert _post(client, "fotos", {"photos": photo}) == f"{BASE}quien/"
    who = {"identity": "identified", "name": "Luis Soto Mora", "contact": "8777 6655"}
    assert _post(client, "quien", who) == f"{BASE}codigo/"
    assert client.get(f"{BASE}codigo/").status_code == 200
    assert _post(client, "codigo", {"code": _code()}) == f"{BASE}revise/"
    checked = client.get(f"{BASE}revise/")
    assert "Frente a la iglesia" in checked.content.decode()
    assert not Case.objects.exists()

    receipt = _post(client, "revise", {})
    case = Case.objects.get()
    assert receipt == f"/caso/{case.uuid}/constancia/"
    page = client.get(receipt).content.decode()
    assert case.reference in page
    assert f"{case.follow_code[:4]}-{case.follow_code[4:]}" in page
    assert client.get(f"/caso/{case.uuid}/").status_code == 200
    assert client.get("/lo-mio/").status_code == 200
    assert "filed" in Draft.objects.get().data
    assert case.attachments.count() == 1

    stranger = Client()
    assert stranger.get(f"/caso/{case.uuid}/").status_code == 404
    found = stranger.post("/caso/", {"reference": case.reference, "code": case.follow_code})
    assert found.status_code == 302
    assert stranger.get(f"/caso/{case.uuid}/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/reportar/",
        "/caso/",
        "/mapa/",
        "/comprobar/",
        "/entrar/",
        "/accesibilidad/",
        "/datos-personales/",
        "/en-cuanto-respondemos/",
        "/buscar/?q=foco",
        "/reportar/opciones/?q=foco",
        "/mapa/puntos.json?bbox=-84.2,9.8,-84,10&zoom=13",
        "/mapa/ciudad.json",
        "/estilo/",
    ],
)
def test_every_public_page_opens(cast: Cast, path: str) -> None:
    cast.file()
    assert Client().get(path).status_code == 200
