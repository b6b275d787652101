"""«A mí también»: open reports of the same kind close by are offered first, and joined without an account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, actor, place
from tests.cast import standing as cast
from tests.portal.conftest import LAMP, code_sent, fill, signed_in
from tests.portal.town import photo, type_of, widen_catalogue
from ventanilla.cases import actions
from ventanilla.cases.models import Case, Draft, Follower
from ventanilla.files import actions as files
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person

__all__ = ["cast"]

BASE = f"/reportar/{LAMP}/"
HERE = {"said": "Aquí", "lon": "-84.1", "lat": "9.93", "source": "map"}
FAR = {"said": "Allá", "lon": "-84.12", "lat": "9.94", "source": "map"}


@pytest.fixture
def lamp(cast: Cast, django_capture_on_commit_callbacks: Any) -> Case:
    """A lamp out, with a photo, that somebody has taken."""
    staged = photo()
    with django_capture_on_commit_callbacks(execute=True):
        stored = files.keep(staged, by="anonymous")
        case = cast.file(files=[(stored, "foto.jpg")])
    return actions.take_case(case, user=cast.olga, by=actor(cast.olga))


@pytest.fixture
def neighbour(cast: Cast) -> Person:
    contacts = [(ContactKind.PHONE, "+50687776655")]
    return people.register_person(by="test", name="Luis Soto", contacts=contacts, verified=True)


def test_it_is_offered_with_its_photo_and_how_it_goes(lamp: Case) -> None:
    client = Client()
    assert client.post(f"{BASE}donde/", HERE)["Location"] == f"{BASE}parecidos/"
    page = client.get(f"{BASE}parecidos/").content.decode()
    assert "Frente a la iglesia" in page
    assert "En curso en Alumbrado público" in page
    path = f"/archivo/{lamp.attachments.get().file.uuid}/muestra/"
    assert path in page
    assert b"".join(client.get(path)).startswith(b"\xff\xd8")
    assert lamp.description not in page
    assert "Rosa" not in page


def test_how_far_it_is_is_said_as_people_say_it(lamp: Case) -> None:
    client = Client()
    client.post(f"{BASE}donde/", HERE)
    assert "En ese mismo punto." in client.get(f"{BASE}parecidos/").content.decode()


def test_far_away_or_of_another_kind_it_is_not(lamp: Case, cast: Cast) -> None:
    widen_catalogue(cast)
    assert Client().post(f"{BASE}donde/", FAR)["Location"] == f"{BASE}detalles/"
    assert Client().post("/reportar/bache/donde/", HERE)["Location"] == "/reportar/bache/detalles/"


def test_another_trouble_is_reported_all_the_same(lamp: Case) -> None:
    client = Client()
    fill(client, LAMP, donde=HERE)
    assert client.post(f"{BASE}parecidos/")["Location"] == f"{BASE}detalles/"


def test_who_is_signed_in_joins_with_one_press(lamp: Case, neighbour: Person) -> None:
    client = signed_in(neighbour)
    fill(client, LAMP, donde=HERE)
    answer = client.post(f"/reporte/{lamp.uuid}/a-mi-tambien/")
    assert answer["Location"] == f"/reporte/{lamp.uuid}/"
    page = client.get(answer["Location"]).content.decode()
    assert "Usted lo sigue" in page
    assert not Draft.objects.exists(), "one's own half-done report of the same trouble is dropped"
    lamp.refresh_from_db()
    assert lamp.follower_count == 1
    client.post(f"/reporte/{lamp.uuid}/a-mi-tambien/")
    lamp.refresh_from_db()
    assert lamp.follower_count == 1
    client.post(f"/reporte/{lamp.uuid}/dejar/")
    lamp.refresh_from_db()
    assert lamp.follower_count == 0


def test_who_is_not_gives_a_contact_and_a_code(lamp: Case) -> None:
    client = Client()
    fill(client, LAMP, donde=HERE)
    door = client.post(f"/reporte/{lamp.uuid}/a-mi-tambien/")["Location"]
    assert "Bombillo quemado" in client.get(door).content.decode()
    assert client.post(door, {"contact": "no es nada"}).status_code == 422
    assert client.post(door, {"contact": "8777 6655"})["Location"] == "/entrar/codigo/"
    assert client.post("/entrar/codigo/", {"code": code_sent()})["Location"] == f"/reporte/{lamp.uuid}/"
    follower = Follower.objects.get(case=lamp)
    assert follower.person.contacts.get().value == "+50687776655"
    assert "Lo que sigo" in client.get("/lo-mio/").content.decode()


def test_where_no_code_can_be_sent_who_has_the_same_trouble_counts_all_the_same(lamp: Case, settings: Any) -> None:
    settings.NOTIFICATIONS = {}
    client = Client()
    assert client.post(f"/entrar/seguir/{lamp.uuid}/", {"contact": "8777 6655"})["Location"] == f"/reporte/{lamp.uuid}/"
    assert Follower.objects.get(case=lamp).person.contacts.get().verified_at is None
    assert client.session.get("person") is None
    for number in range(10, 16):
        answer = client.post(f"/entrar/seguir/{lamp.uuid}/", {"contact": f"8777 66{number}"})
    assert answer.status_code == 429, "nobody makes a crowd of themselves"


def test_followers_are_told(lamp: Case, cast: Cast, neighbour: Person) -> None:
    from ventanilla.notifications.models import Message

    signed_in(neighbour).post(f"/reporte/{lamp.uuid}/a-mi-tambien/")
    actions.resolve_case(Case.objects.get(pk=lamp.pk), text="Cambiado", by=actor(cast.olga))
    told = Message.objects.get(kind="follower_news")
    assert told.address == "+50687776655"
    assert "Rosa" not in told.body


@pytest.mark.parametrize("key", ["construccion-sin-permiso", "queja-por-la-atencion", "casa-inundada", "sugerencia"])
def test_what_is_private_is_never_offered_nor_joined_nor_seen(cast: Cast, neighbour: Person, key: str) -> None:
    widen_catalogue(cast)
    case = cast.file(procedure=type_of(key), answers={}, place=place())
    client = signed_in(neighbour)
    answer = client.post(f"/reportar/{key}/donde/", HERE)
    assert "parecidos" not in answer.get("Location", "")
    for path in (f"/reporte/{case.uuid}/a-mi-tambien/", f"/reporte/{case.uuid}/dejar/"):
        assert client.post(path).status_code == 404
    for path in (f"/reporte/{case.uuid}/", f"/entrar/seguir/{case.uuid}/"):
        assert client.get(path).status_code == 404
    for path in (
        "/",
        "/mapa/",
        "/mapa/puntos.json?bbox=-85,9,-84,10&zoom=12",
        "/mapa/puntos.json?bbox=-84.2,9.8,-84,10&zoom=17",
    ):
        assert str(case.uuid) not in client.get(path).content.decode()


def test_a_report_that_has_ended_is_not_joined(lamp: Case, cast: Cast, neighbour: Person) -> None:
    actions.resolve_case(lamp, text="Cambiado", by=actor(cast.olga))
    client = signed_in(neighbour)
    assert client.post(f"{BASE}donde/", HERE)["Location"] == f"{BASE}detalles/"
    assert client.post(f"/reporte/{lamp.uuid}/a-mi-tambien/").status_code == 404
