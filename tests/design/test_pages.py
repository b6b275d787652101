"""The design room's own addresses, and the pages of what goes wrong."""

import json

import pytest
from django.template.loader import get_template
from django.test import Client

from ventanilla.design import municipality, rules


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nowhere/", 404, "Aquí no hay nada"),
        ("/denied/", 403, "no es para su cuenta"),
        ("/bad/", 400, "No entendimos"),
        ("/large/", 413, "pesa demasiado"),
        ("/busy/", 429, "Espere un momento"),
        ("/mending/", 503, "Ahora no podemos atenderle"),
    ],
)
def test_what_goes_wrong_has_a_page_that_says_what_to_do(client: Client, path: str, status: int, says: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert says in answer.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so() -> None:
    answer = Client().get("/sent/")
    assert answer.status_code == 405
    assert "Esta dirección no es una página" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_that_expired_says_so() -> None:
    answer = Client(enforce_csrf_checks=True).post("/form/", {"place": "x"})
    assert answer.status_code == 403
    assert "el formulario venció" in answer.content.decode()


def test_the_page_of_our_own_failure_stands_alone(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "No es culpa suya" in answer.content.decode()
    for name in ("500.html", "503.html"):
        assert "ventanilla.css" in get_template(name).render()


def test_the_colour_is_in_the_address_of_its_tokens(client: Client) -> None:
    answer = client.get("/estilo/tokens.css?c=7A1FA2")
    assert answer["Content-Type"].startswith("text/css")
    assert "max-age=31536000" in answer["Cache-Control"]
    assert f"--v-anil-100:{rules.scale('#7A1FA2')[0]['anil-100']};" in answer.content.decode()


@pytest.mark.parametrize("asked", ["", "?c=zzz", "?c=}*{display:none", "?c=12345G"])
def test_tokens_of_no_colour_are_the_municipalitys(client: Client, asked: str) -> None:
    answer = client.get("/estilo/tokens.css" + asked)
    assert "--v-anil-600:#2F4B9B;" in answer.content.decode()
    assert "display" not in answer.content.decode()


def test_only_a_colour_of_its_own_loads_tokens(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "tokens.css" not in client.get("/estilo/").content.decode()
    own = municipality.Unnamed(primary_color="#7a1fa2")
    monkeypatch.setattr("ventanilla.design.municipality.current", lambda: own)
    assert "/estilo/tokens.css?c=7A1FA2" in client.get("/estilo/").content.decode()


def test_the_portal_can_be_installed(client: Client) -> None:
    about = json.loads(client.get("/manifest.webmanifest").content)
    assert about["name"] == "Municipalidad de Villa Esperanza"
    assert about["short_name"] == "Villa"
    assert {icon["purpose"] for icon in about["icons"]} == {"any", "maskable"}


def test_the_worker_keeps_only_the_shell(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    code = answer.content.decode()
    assert '"/sin-conexion/"' in code
    assert "icons.svg" in code
    assert "/mesa/" not in code


@pytest.mark.django_db
def test_before_there_is_a_municipality_the_name_is_neutral(settings: pytest.FixtureRequest, client: Client) -> None:
    settings.MUNICIPALITY_PROVIDER = "ventanilla.organization.municipality.current"  # type: ignore[attr-defined]
    assert municipality.current().name == "Ventanilla"
    assert "<b>Ventanilla</b>" in client.get("/estilo/").content.decode()


def test_a_visitor_of_the_guide_asks_the_database_nothing(client: Client) -> None:
    # No database mark: any query would raise.
    assert client.get("/estilo/").status_code == 200
