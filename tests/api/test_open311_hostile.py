"""GeoReport v2 against what is wrong, strange or meant badly."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client
from lxml import etree

from tests.api.conftest import JURISDICTION, photo
from tests.api.machine import FORM, Open311
from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.accounts import keyring
from ventanilla.accounts.actions import issue_api_key, revoke_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import ApiKey
from ventanilla.api import keys
from ventanilla.cases import actions
from ventanilla.cases.models import Case
from ventanilla.catalog.models import Procedure
from ventanilla.lib import clock
from ventanilla.organization.models import Municipality

__all__ = ["cast"]

REQUESTS = "/open311/v2/requests.json"


def _refused(answer: Any, status: int, said: str = "") -> None:
    """It is an error of the protocol, and nothing was filed."""
    assert answer.status_code == status, answer.content
    found = json.loads(answer.content)
    assert isinstance(found, list)
    assert found[0]["code"] == status
    assert said.lower() in found[0]["description"].lower()


# Keys ---------------------------------------------------------------------------------------------------------------


def _revoke(key: ApiKey) -> None:
    revoke_api_key(key, by="system")


def _expire(key: ApiKey) -> None:
    ApiKey.objects.filter(pk=key.pk).update(expires_at=clock.now())
    keyring.forget()


def _narrow(key: ApiKey) -> None:
    ApiKey.objects.filter(pk=key.pk).update(scopes=[Scope.CASE_FILE, Scope.CASE_READ, Scope.CASE_ACT])
    keyring.forget()


@pytest.mark.parametrize("end", [_revoke, _expire, _narrow])
def test_a_key_that_no_longer_opens_writes_nothing(app: Open311, end: Callable[[ApiKey], None]) -> None:
    case = app.file()
    assert app.key is not None
    end(app.key)
    _refused(app.post(), 403, "api_key")
    _refused(app.tell(case, "FIXED"), 403, "api_key")
    assert Case.objects.count() == 1
    assert case.events.count() == 1


def test_a_key_that_no_longer_opens_reads_what_anybody_reads(app: Open311) -> None:
    public = app.file()
    private = app.file(**{"service_code": "queja-por-la-atencion", "attribute[how_many]": None})
    assert app.get(f"requests/{private.reference}.json", api_key=app.secret).status_code == 200
    assert app.key is not None
    _revoke(app.key)
    _refused(app.get(f"requests/{private.reference}.json", api_key=app.secret), 404)
    [found] = app.read("requests.json", api_key=app.secret)
    assert (found["service_request_id"], found["description"]) == (public.reference, None)


@pytest.mark.parametrize("secret", ["", " ", "vt_", "vt_\x00", "' OR 1=1 --", "é" * 50, "x" * 10_000])
def test_what_is_no_key_opens_nothing(app: Open311, secret: str) -> None:
    answer = app.post(api_key=secret)
    assert answer.status_code in (400, 403)
    _refused(answer, answer.status_code)
    assert not Case.objects.exists()


def test_a_secret_never_comes_back(app: Open311) -> None:
    for answer in (app.post(api_key="vt_mio"), app.get("requests.json", api_key="vt_mio", start_date="vt_mio")):
        assert b"vt_mio" not in answer.content


def test_nobody_reads_what_another_program_brought(cast: Cast, app: Open311) -> None:
    case = app.file(**{"service_code": "queja-por-la-atencion", "attribute[how_many]": None})
    actions.take_case(case, user=cast.otilia, by=actor(cast.otilia))
    _key, secret = issue_api_key(name="Otra", scopes=[Scope.OPEN311_POST, Scope.OPEN311_UPDATE])
    other = Open311(Client(), secret, None)
    for path in (f"requests/{case.reference}.json", f"tokens/{case.reference}.json"):
        _refused(other.get(path, api_key=secret), 404)
    assert other.read("requests.json", api_key=secret, service_request_id=case.reference) == []
    assert other.read("servicerequestupdates.json", api_key=secret) == []
    _refused(other.tell(case, "FIXED"), 404)


def test_too_many_calls_without_a_key_are_refused(
    nobody: Open311, monkeypatch: pytest.MonkeyPatch, still_clock: Any
) -> None:
    monkeypatch.setattr(keys, "STRANGERS_PER_MINUTE", 3)
    paths = ["services.json", "requests.json", "servicerequestupdates.json"]
    assert [nobody.get(path).status_code for path in paths] == [200, 200, 200]
    answer = nobody.get("requests.xml")
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert etree.fromstring(answer.content).findtext("error/code") == "429"
    _refused(nobody.post(api_key="vt_falsa"), 429)
    elsewhere = Client(REMOTE_ADDR="198.51.100.9")
    assert elsewhere.get("/open311/v2/services.json").status_code == 200


# What is asked and sent ---------------------------------------------------------------------------------------------


def test_another_jurisdiction_is_refused_wherever_it_is_named(town: Municipality, app: Open311) -> None:
    for query, body in (("otra.example", None), (None, "otra.example"), (JURISDICTION, "otra.example")):
        path = f"requests.json?jurisdiction_id={query}" if query else "requests.json"
        _refused(app.post(path=path, jurisdiction_id=body), 404, "jurisdicción")
    assert (
        app.post(path=f"requests.json?jurisdiction_id={JURISDICTION}", jurisdiction_id=JURISDICTION).status_code == 200
    )


@pytest.mark.parametrize("name", ["lat", "service_code", "description", "email", "api_key", "address_string"])
def test_one_thing_said_twice_in_two_ways_is_refused(app: Open311, name: str) -> None:
    body = app.body(description="Uno", email="uno@correo.example", address_string="Aquí")
    _refused(app.post_body({**body, name: [body[name], f"{body[name]}9"]}), 400, f"«{name}» viene varias veces")
    assert not Case.objects.exists()
    assert app.post_body({**body, name: [body[name], body[name], ""]}).status_code == 200


def test_filters_asked_twice_in_two_ways_are_refused(nobody: Open311) -> None:
    _refused(nobody.get("requests.json", page=["1", "2"]), 400, "page")
    assert nobody.get("requests.json", service_code=["a", "b"], status=["open", "closed"]).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["attribute", "attribute[]", "attribute[size][x]", "attribute[size", "attribute[[size]]", "attribute[size]x"],
)
def test_an_attribute_written_in_another_way_is_not_lost_in_silence(app: Open311, tree: Procedure, name: str) -> None:
    sent = {"service_code": tree.key, "attribute[how_many]": None, "attribute[size]": "large", name: "large"}
    _refused(app.post(**sent), 400, "attribute[código]")


def test_an_attribute_of_a_type_that_asks_nothing_is_refused(app: Open311) -> None:
    _refused(app.post(service_code="queja-por-la-atencion"), 400, "attribute[how_many]")
    assert app.post(**{"service_code": "queja-por-la-atencion", "attribute[how_many]": ""}).status_code == 200


@pytest.mark.parametrize("name", ["lat[]", "service_code[]", "description[0]", "lat[x]"])
def test_a_list_is_not_taken_for_one_thing(app: Open311, name: str) -> None:
    plain = name.partition("[")[0]
    answer = app.post(**{plain: None, name: "9.93"})
    # The description may be left out, the others may not.
    assert answer.status_code == (200 if plain == "description" else 400)
    assert "9.93" not in (Case.objects.first() or Case()).description


@pytest.mark.parametrize("name", ["description", "address_string", "first_name", "attribute[story]"])
def test_what_is_not_utf_8_is_refused_and_not_garbled(app: Open311, tree: Procedure, name: str) -> None:
    body = app.body(**{"service_code": tree.key, "attribute[how_many]": None, "attribute[size]": "large"})
    encoded = "&".join(f"{key}={value}" for key, value in body.items()) + f"&{name}=Farola+ca%EDda"
    answer = app.client.post(REQUESTS, encoded, content_type=FORM)
    _refused(answer, 400, name)
    parts = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (key.encode(), value)
        for key, value in [*((key, str(each).encode()) for key, each in body.items()), (name, b"Farola ca\xedda")]
    )
    _refused(app.client.post(REQUESTS, parts + b"--x--\r\n", content_type="multipart/form-data; boundary=x"), 400, name)


def test_another_charset_than_utf_8_is_refused(app: Open311) -> None:
    body = urlencode(app.body()).encode()
    _refused(app.client.generic("POST", REQUESTS, body, content_type=f"{FORM}; charset=iso-8859-1"), 400)


def test_a_query_that_is_not_utf_8_is_refused(nobody: Open311) -> None:
    _refused(nobody.client.get(f"{REQUESTS}?service_code=%ED"), 400, "service_code")


def test_bodies_too_big_are_refused_before_they_are_read(app: Open311) -> None:
    _refused(app.post(description="x" * 3_000_000), 413)
    _refused(app.post_body({f"f{number}": "1" for number in range(1100)}), 400)
    parts = {f"file_{number}": photo() for number in range(101)}
    _refused(app.client.post(REQUESTS, {**app.body(), **parts}), 400)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "requests/..%2F..%2Fetc%2Fpasswd.json", "requests/1%00.json", "services/%3Cscript%3E.json", "tokens/'.json",
        "requests.yaml", "requests", "services/.json", "requests/x.json.json",
    ],
)  # fmt: skip
def test_addresses_that_lead_nowhere_are_errors_of_the_protocol(nobody: Open311, path: str) -> None:
    answer = nobody.get(path)
    assert answer.status_code == 404
    said = json.loads(answer.content)[0]["code"] if path.endswith("json") else _xml_code(answer)
    assert int(said) == 404
    assert b"<script>" not in answer.content


def _xml_code(answer: Any) -> str:
    return str(etree.fromstring(answer.content).findtext("error/code"))


# Media --------------------------------------------------------------------------------------------------------------


def test_an_address_of_media_is_kept_and_nobody_calls_there(cast: Cast, app: Open311) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/foto.jpg"
        case = app.file(media_url=url)
        app.tell(case, "OPEN", media_url=url)
        assert app.read(f"requests/{case.reference}.json", api_key=app.secret)[0]["media_url"] == url
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x/y.jpg", "//x/y.jpg", "http://", "data:image/png;base64,AA", "http://[", "x" * 600],
)
def test_what_is_no_address_of_the_web_is_refused(app: Open311, url: str) -> None:
    _refused(app.post(media_url=url), 400, "media_url")


def _upload(app: Open311, content: bytes, name: str) -> Any:
    held = photo(name)
    held.seek(0)
    held.truncate()
    held.write(content)
    held.seek(0)
    return app.client.post(REQUESTS, {**app.body(), "media": held})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "vacia.jpg"),
        (b"MZ\x90\x00" + b"\x00" * 100, "foto.jpg"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "rota.jpg"),
        (b"<html><script>alert(1)</script>", "foto.png"),
        (b"PK\x03\x04" + b"\x00" * 60, "documento.pdf"),
    ],
)
def test_files_are_judged_by_what_they_are(app: Open311, content: bytes, name: str) -> None:
    _refused(_upload(app, content, name), 400)
    assert not Case.objects.exists()


# Faults of ours -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "status"), [(RuntimeError("secreto"), 500), (OperationalError("database is locked"), 503)]
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_fault_of_ours_is_said_in_the_asked_format(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, form: str
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise fault

    monkeypatch.setattr("ventanilla.api.open311.listing.asked", fail)
    answer = Client(raise_request_exception=False).get(f"/open311/v2/requests.{form}")
    assert answer.status_code == status
    code = json.loads(answer.content)[0]["code"] if form == "json" else int(_xml_code(answer))
    assert code == status
    assert b"secreto" not in answer.content
    assert ("Retry-After" in answer) == (status == 503)


# One thing in two formats -------------------------------------------------------------------------------------------


def _same(element: etree._Element, value: Any) -> bool:
    """Whether an element of the XML says what a value of the JSON does."""
    if isinstance(value, dict):
        return [each.tag for each in element] == list(value) and all(
            _same(element.find(key), value[key]) for key in value
        )  # type: ignore[arg-type]
    if isinstance(value, list):
        return len(element) == len(value) and all(map(_same, element, value))
    said = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return (element.text or "") == said


def test_both_formats_say_the_same(cast: Cast, app: Open311, tree: Procedure) -> None:
    case = app.file(description="Con <b>marcas</b> & “comillas”.", media_url="https://fotos.example/1.jpg?a=1&b=2")
    actions.resolve_case(case, text="Cambiado.", by=actor(cast.olga))
    cast.file()
    paths = {
        "services": "services", f"services/{tree.key}": "service_definition", "requests": "service_requests",
        f"requests/{case.reference}": "service_requests", f"tokens/{case.reference}": "service_requests",
        "servicerequestupdates": "service_request_updates",
    }  # fmt: skip
    for path, root in paths.items():
        asked = {"api_key": app.secret, **({"extensions": "true"} if "requests" in path else {})}
        as_json, as_xml = app.get(f"{path}.json", **asked), app.get(f"{path}.xml", **asked)
        assert as_json["Content-Type"] == "application/json; charset=utf-8"
        assert as_xml["Content-Type"] == "text/xml; charset=utf-8"
        assert as_xml.content.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
        element, found = etree.fromstring(as_xml.content), json.loads(as_json.content)
        assert element.tag == root
        assert isinstance(found, dict if root == "service_definition" else list)
        assert found
        assert _same(element, found), as_xml.content.decode()


def test_the_format_is_that_of_the_address_whatever_else_is_asked(nobody: Open311) -> None:
    for form, content_type in (("json", "application/json"), ("xml", "text/xml")):
        for accepts in ("application/json", "text/xml", "text/html"):
            for path in (f"services.{form}", f"services/no-hay.{form}"):
                answer = nobody.client.get(f"/open311/v2/{path}", headers={"Accept": accepts})
                assert answer["Content-Type"] == f"{content_type}; charset=utf-8"
