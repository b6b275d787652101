"""The pages in another language, and the portal as an app of the phone."""

from __future__ import annotations

import json

from django.test import Client

from tests.cast import Cast


def test_the_language_is_chosen_and_leads_back(cast: Cast) -> None:
    client = Client()
    page = client.get("/idioma/", headers={"referer": "http://testserver/mapa/"}).content.decode()
    assert 'value="/mapa/"' in page
    assert 'lang="en">' in page
    answer = client.post("/idioma/", {"language": "en", "next": "/mapa/"})
    assert answer["Location"] == "/mapa/"
    assert '<html lang="en"' in client.get("/mapa/").content.decode()


def test_it_leads_nowhere_else(cast: Cast) -> None:
    page = Client().get("/idioma/", headers={"referer": "https://otro.example/x"}).content.decode()
    assert 'value="/"' in page
    answer = Client().post("/idioma/", {"language": "en", "next": "https://otro.example/"})
    assert answer["Location"] == "/"


def test_the_portal_can_be_installed(cast: Cast) -> None:
    home = Client().get("/").content.decode()
    assert 'rel="manifest" href="/manifest.webmanifest"' in home
    assert 'data-worker="/sw.js"' in home
    manifest = json.loads(Client().get("/manifest.webmanifest").content)
    assert manifest["name"] == "Municipalidad de Villa Esperanza"
    assert {"name": "Reportar", "url": "/reportar/"} in manifest["shortcuts"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    worker = Client().get("/sw.js")
    assert worker["Content-Type"] == "text/javascript"
    assert "/caso/" not in worker.content.decode(), "nothing of anyone's is kept"
