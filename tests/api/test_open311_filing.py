"""GeoReport v2: filing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from tests.api.conftest import photo
from tests.api.machine import LAMP, Open311
from tests.cast import Cast
from tests.cast import standing as cast
from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import ApiKey
from ventanilla.audit.models import TrailEntry
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Attachment, Case
from ventanilla.catalog.models import Procedure
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality
from ventanilla.people.models import Person
from ventanilla.places.models import Address

__all__ = ["cast"]


def _problems(answer: Any, status: int = 400) -> list[str]:
    assert answer.status_code == status, answer.content
    found = json.loads(answer.content)
    assert isinstance(found, list)
    assert {each["code"] for each in found} == {status}
    assert all(isinstance(each["code"], int) for each in found)
    return [each["description"] for each in found]


def test_a_report_is_filed_and_its_number_told(app: Open311) -> None:
    answer = app.post(description="Lleva una semana así.", address_string="Frente a la iglesia")
    [told] = json.loads(answer.content)
    case = Case.objects.get()
    assert told["service_request_id"] == case.reference
    assert "token" not in told
    assert "a más tardar" in told["service_notice"]
    assert (case.channel, case.identity, case.description) == (
        Channel.OPEN311,
        Identity.ANONYMOUS,
        "Lleva una semana así.",
    )
    assert case.answers == {"how_many": "one"}
    assert (case.lon, case.lat, case.place_label) == (-84.1, 9.93, "Frente a la iglesia")
    assert TrailEntry.objects.get(chain=case.chain).by == f"key:{app.key.prefix}"  # type: ignore[union-attr]


def test_the_answer_in_xml_has_the_protocols_roots(app: Open311) -> None:
    answer = app.post(path="requests.xml")
    root = etree.fromstring(answer.content)
    assert (root.tag, root[0].tag) == ("service_requests", "request")
    assert root.findtext("request/service_request_id") == Case.objects.get().reference
    assert root.find("request/account_id") is not None
    assert root.find("request/token") is None


def test_who_files_may_say_who_they_are(app: Open311) -> None:
    case = app.file(first_name="Rosa", last_name="Benítez Arias", email="ROSA@correo.example", phone="8888 1234")
    assert case.identity == Identity.IDENTIFIED
    assert case.applicant is not None
    assert case.applicant.name == "Rosa Benítez Arias"
    assert sorted(case.applicant.contacts.values_list("value", flat=True)) == ["+50688881234", "rosa@correo.example"]
    again = app.file(first_name="Rosa", last_name="Benítez Arias", email="rosa@correo.example")
    assert again.applicant == case.applicant


def test_what_a_client_claims_never_touches_who_proved_the_contact(cast: Cast, app: Open311) -> None:
    case = app.file(first_name="Otra", email="rosa.benitez@correo.example")
    assert case.applicant != cast.rosa


def test_a_report_may_come_as_multipart_with_photos(app: Open311) -> None:
    colors = {"media": "red", "photo1": "green", "file_casa": "blue"}
    parts = {name: photo(f"{name}.jpg", color) for name, color in colors.items()}
    answer = app.client.post("/open311/v2/requests.json", {**app.body(description="Árbol"), **parts})
    assert answer.status_code == 200
    case = Case.objects.get()
    assert case.description == "Árbol"
    assert sorted(Attachment.objects.filter(case=case).values_list("name", flat=True)) == [
        "file_casa.jpg", "media.jpg", "photo1.jpg",
    ]  # fmt: skip


def test_several_files_may_have_one_name(app: Open311) -> None:
    parts = {"media": [photo("a.jpg"), photo("b.jpg", "blue")]}
    assert app.client.post("/open311/v2/requests.json", {**app.body(), **parts}).status_code == 200
    assert Attachment.objects.count() == 2


def test_a_disguised_file_is_refused_and_nothing_is_filed(app: Open311) -> None:
    svg = photo("foto.jpg")
    svg.seek(0)
    svg.truncate()
    svg.write(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    svg.seek(0)
    answer = app.client.post("/open311/v2/requests.json", {**app.body(email="ana@correo.example"), "media": svg})
    assert "página web" in _problems(answer)[0]
    assert not Case.objects.exists()
    assert not StoredFile.objects.exists()


def test_too_many_files_are_refused(app: Open311) -> None:
    parts = {f"photo{n}": photo() for n in range(6)}
    answer = app.client.post("/open311/v2/requests.json", {**app.body(), **parts})
    assert "5 archivos" in _problems(answer)[0]


@pytest.mark.parametrize(
    "sent",
    [
        {"attribute[blocks]": ["road", "wires"]},
        {"attribute[blocks][]": ["road", "wires"]},
        {"attribute[blocks][0]": "road", "attribute[blocks][1]": "wires"},
    ],
)
def test_several_values_come_in_every_way_clients_send_them(
    app: Open311, tree: Procedure, sent: dict[str, Any]
) -> None:
    case = app.file(**{"service_code": tree.key, "attribute[how_many]": None, "attribute[size]": "large", **sent})
    assert case.answers == {"size": "large", "blocks": ["road", "wires"]}


def test_every_datatype_is_read(app: Open311, tree: Procedure) -> None:
    sent = {
        "attribute[how_many]": None, "attribute[size]": "small", "attribute[height]": "12", "attribute[danger]": "true",
        "attribute[since]": "2026-11-20T08:00:00-06:00", "attribute[name]": "Guanacaste", "attribute[story]": "Cayó.",
    }  # fmt: skip
    case = app.file(service_code=tree.key, **sent)
    assert case.answers == {
        "size": "small", "height": 12, "danger": True, "since": "2026-11-20", "name": "Guanacaste", "story": "Cayó.",
    }  # fmt: skip
    assert case.form_version == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"attribute[size]": None}, "attribute[size]"),
        ({"attribute[size]": ""}, "attribute[size]"),
        ({"attribute[size]": "enormous"}, "attribute[size]"),
        ({"attribute[height]": "1e99"}, "attribute[height]"),
        ({"attribute[height]": "9" * 400}, "attribute[height]"),
        ({"attribute[since]": "2026-02-30"}, "attribute[since]"),
        ({"attribute[name]": "a\x00b"}, "attribute[name]"),
        ({"attribute[color]": "verde"}, "attribute[color]"),
        ({"attribute[size]": ["small", "large"]}, "attribute[size]"),
        ({"lat": "91"}, "«lat»"),
        ({"lat": "nan"}, "«lat»"),
        ({"lat": "1e400"}, "«lat»"),
        ({"long": None}, "«lat» y «long»"),
        ({"description": "x" * 4001}, "4000"),
        ({"description": "a\x00b"}, "«description»"),
        ({"first_name": "x" * 300}, "nombre"),
        ({"email": "nadie"}, "correo"),
        ({"email": f"{'x' * 300}@correo.example"}, "correo"),
        ({"phone": "12"}, "teléfono"),
        ({"media_url": "javascript:alert(1)"}, "media_url"),
        ({"media_url": ["https://fotos.example/1.jpg"] * 6}, "media_url"),
        ({"device_id": "x" * 101}, "device_id"),
        ({"address_string": "x" * 301, "lat": None, "long": None}, "address_string"),
        ({"address_id": "no-hay", "lat": None, "long": None}, "address_id"),
        ({"lat": "10.9"}, "fuera"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_filed(
    app: Open311, tree: Procedure, sent: dict[str, Any], said: str
) -> None:
    Procedure.objects.filter(pk=tree.pk).update(place_need="required")
    whole = {"service_code": tree.key, "attribute[how_many]": None, "attribute[size]": "small", **sent}
    people = Person.objects.count()
    assert said.lower() in _problems(app.post(**whole))[0].lower()
    assert not Case.objects.exists()
    assert Person.objects.count() == people


def test_everything_wrong_is_said_at_once(app: Open311) -> None:
    answer = app.post(**{"attribute[how_many]": "many", "lat": "100", "email": "nadie", "description": "x" * 5000})
    assert len(_problems(answer)) == 4


def test_a_place_outside_says_who_to_turn_to(app: Open311) -> None:
    Municipality.objects.update(outside_advice="Llame a la municipalidad vecina: 2222-9999.")
    municipality.forget()
    assert _problems(app.post(lat="9.5", long="-84.5")) == ["Llame a la municipalidad vecina: 2222-9999."]
    assert not Case.objects.exists()


def test_one_of_the_three_ways_to_say_where_is_enough(app: Open311) -> None:
    words = app.file(lat=None, long=None, address_string="200 m al sur de la iglesia")
    assert words.place is not None
    assert words.place["as_said"] == "200 m al sur de la iglesia"
    Address.objects.create(
        key="casa-7", street_name="Calle 2", folded="calle 2", number="7", figure=7, lon=-84.1, lat=9.93, cell=0,
        fingerprint="x",
    )  # fmt: skip
    door = app.file(lat=None, long=None, address_id="casa-7")
    assert (door.lon, door.lat, door.place_label) == (-84.1, 9.93, "Calle 2, número 7")
    assert "Falta el lugar" in _problems(app.post(lat=None, long=None))[0]


def test_a_type_without_a_place_needs_none(app: Open311) -> None:
    case = app.file(**{"service_code": "queja-por-la-atencion", "lat": None, "long": None, "attribute[how_many]": None})
    assert case.place is None


def test_media_addresses_are_kept_and_never_fetched(app: Open311, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("nothing is fetched")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    urls = ["https://fotos.example/1.jpg", "https://fotos.example/2.jpg"]
    case = app.file(media_url=urls, device_id="tel-1")
    assert case.external == {"device_id": "tel-1", "media_url": urls}
    assert app.read(f"requests/{case.reference}.json", api_key=app.secret)[0]["media_url"] == urls[0]


def test_the_same_idempotency_key_files_once(app: Open311) -> None:
    header = {"Idempotency-Key": "0f4c"}
    first, second = (app.post(headers=header, email="ana@correo.example", first_name="Ana") for _ in range(2))
    assert first.content == second.content
    assert Case.objects.count() == 1
    assert app.post(headers={"Idempotency-Key": "1a2b"}).content != first.content
    assert Case.objects.count() == 2


def test_an_idempotency_key_belongs_to_its_api_key(app: Open311) -> None:
    _key, secret = issue_api_key(name="Otra", scopes=[Scope.OPEN311_POST])
    other = Open311(Client(), secret, None)
    header = {"Idempotency-Key": "0f4c"}
    assert app.post(headers=header).content != other.post(headers=header).content
    assert "Idempotency-Key" in _problems(app.post(headers={"Idempotency-Key": "x" * 61}))[0]


def test_without_a_key_that_may_nothing_is_filed(app: Open311, nobody: Open311) -> None:
    _key, reading = issue_api_key(name="Otra", scopes=[Scope.CASE_READ])
    _problems(app.post(api_key=None), 403)
    _problems(app.post(api_key="vt_falsa"), 403)
    _problems(app.post(api_key=reading), 403)
    assert app.post(api_key=None, path="requests.xml").content.count(b"<code>403</code>") == 1
    assert not Case.objects.exists()
    assert app.post(api_key=None, headers={"X-Api-Key": app.secret}).status_code == 200


@pytest.mark.parametrize("change", [{"revoked_at": 0}, {"expires_at": 0}])
def test_a_key_that_is_over_files_nothing(app: Open311, change: dict[str, Any]) -> None:
    ApiKey.objects.update(**dict.fromkeys(change, clock.now()))
    _problems(app.post(), 403)


def test_too_many_calls_are_refused(cast: Cast, still_clock: Any) -> None:
    key, secret = issue_api_key(name="Prisa", scopes=[Scope.OPEN311_POST], per_minute=2)
    app = Open311(Client(), secret, key)
    assert [app.post().status_code for _ in range(3)] == [200, 200, 429]
    answer = app.post(path="requests.xml")
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert etree.fromstring(answer.content).findtext("error/code") == "429"


def test_an_unknown_type_is_not_found_and_a_missing_one_is_asked_for(app: Open311) -> None:
    _problems(app.post(service_code="no-hay"), 404)
    _problems(app.post(service_code=None), 400)
    _problems(app.post(service_code=""), 400)


def test_the_test_endpoint_checks_everything_and_keeps_nothing(app: Open311) -> None:
    before = Person.objects.count()
    [told] = json.loads(app.post(under="test/v2", email="ana@correo.example").content)
    assert told["service_request_id"].startswith("PRUEBA-")
    assert "no se guardó" in told["service_notice"]
    assert (Case.objects.count(), Person.objects.count()) == (0, before)
    _problems(app.post(under="test/v2", lat="100"))
    _problems(app.post(under="test/v2", api_key=None), 403)


def test_a_body_that_is_no_form_is_an_error_not_a_crash(app: Open311) -> None:
    path = "/open311/v2/requests.json"
    for content_type in ("application/json", "text/xml", "text/plain"):
        refused = app.client.post(path, json.dumps({"api_key": app.secret}), content_type=content_type)
        assert "Mande un formulario" in _problems(refused)[0]
    broken = app.client.post(path, b"--x\r\nnot a part", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in (400, 403)
    assert isinstance(json.loads(broken.content), list)
    bare = app.client.post(path, b"x", content_type="multipart/form-data")
    assert json.loads(bare.content)[0]["code"] == 400


def test_the_lamp_of_these_tests_is_what_the_cast_has(cast: Cast) -> None:
    assert LAMP["service_code"] == cast.lamp.key
