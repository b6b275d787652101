"""GeoReport v2 read strictly: by the published schemas, beside real answers of other servers, type by type."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from lxml import etree
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.api.conftest import photo
from tests.api.machine import Open311
from tests.cast import Cast, actor
from ventanilla.api.open311 import listing
from ventanilla.cases import actions
from ventanilla.catalog.models import Procedure

REAL = "sanfrancisco_cfa_gem"


def _whole(fixtures: Path, name: str) -> Any:
    """A checker by a schema whose parts lie beside it."""
    parts = {each.name: json.loads(each.read_text()) for each in (fixtures / "schemas").glob("*.json")}
    held = [(part, DRAFT4.create_resource(schema)) for part, schema in parts.items()]
    return Draft4Validator(parts[name], registry=Registry().with_resources(held), format_checker=FormatChecker())


def test_whole_lists_fit_the_schemas(cast: Cast, app: Open311, tree: Procedure, fixtures: Path) -> None:
    app.file(media_url="https://fotos.example/1.jpg", description="Así.")
    actions.resolve_case(app.file(), text="Cambiado.", by=actor(cast.olga))
    _whole(fixtures, "services.json").validate(app.read("services.json"))
    _whole(fixtures, "requests.json").validate(app.read("requests.json", api_key=app.secret, extensions="true"))
    for code in (tree.key, cast.lamp.key, cast.complaint.key):
        _whole(fixtures, "service-definition.json").validate(app.read(f"services/{code}.json"))


def _tags(element: etree._Element) -> set[str]:
    return {each.tag for each in element.iter()}


def test_answers_in_xml_have_the_elements_of_real_ones(
    cast: Cast, app: Open311, tree: Procedure, fixtures: Path
) -> None:
    case = app.file()
    filed = etree.fromstring(app.post(path="requests.xml").content)
    ours = {
        "post_service_request": filed,
        "request_id_from_token": app.xml(f"tokens/{case.reference}.xml"),
        "get_service_request": app.xml(f"requests/{case.reference}.xml"),
        "service_requests": app.xml("requests.xml"),
        "service_requests_empty": app.xml("requests.xml", service_code="no-hay"),
        "services": app.xml("services.xml"),
        "service_definition": app.xml(f"services/{tree.key}.xml"),
    }
    for name, root in ours.items():
        real = etree.parse(fixtures / REAL / f"{name}.xml").getroot()
        assert root.tag == real.tag, name
        assert _tags(real) <= _tags(root), name
        if name != "service_definition":  # the real one lacks the list that the standard puts its attributes in
            assert [each.tag for each in root[:1]] == [each.tag for each in real[:1]], name


TYPES = {
    "service_request_id": str, "status": str, "status_notes": str, "service_name": str, "service_code": str,
    "description": str, "agency_responsible": str, "service_notice": str, "requested_datetime": datetime,
    "updated_datetime": datetime, "expected_datetime": datetime, "address": str, "address_id": str, "zipcode": str,
    "lat": float, "long": float, "media_url": str,
}  # fmt: skip


def test_every_value_of_a_request_is_of_its_type_in_both_formats(app: Open311) -> None:
    case = app.file(description="Así.", media_url="https://fotos.example/1.jpg")
    [found] = app.read(f"requests/{case.reference}.json", api_key=app.secret)
    [element] = app.xml(f"requests/{case.reference}.xml", api_key=app.secret)
    assert list(found) == [each.tag for each in element] == list(TYPES)
    for name, kind in TYPES.items():
        for value in (found[name], element.findtext(name)):
            if value in (None, ""):
                assert name in ("address_id", "zipcode"), name
            elif kind is datetime:
                assert datetime.fromisoformat(value).utcoffset() is not None, name
            else:
                assert kind(value) == (value if kind is str else found[name]), name
    assert type(found["lat"]) is type(found["long"]) is float


def test_every_boolean_is_one_in_both_formats(nobody: Open311, tree: Procedure) -> None:
    for service, element in zip(nobody.read("services.json"), nobody.xml("services.xml"), strict=True):
        assert type(service["metadata"]) is bool
        assert element.findtext("metadata") == str(service["metadata"]).lower()
    for element in nobody.xml(f"services/{tree.key}.xml").iter("attribute"):
        assert {element.findtext("variable"), element.findtext("required")} <= {"true", "false"}


def test_no_more_than_the_limit_is_given_where_nothing_is_asked(
    cast: Cast, nobody: Open311, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [cast.file() for _count in range(3)]
    monkeypatch.setattr(listing, "LIMIT", 2)
    newest = [each.reference for each in cases[:0:-1]]
    assert [each["service_request_id"] for each in nobody.read("requests.json")] == newest
    asked = ",".join(each.reference for each in cases)
    assert len(nobody.read("requests.json", service_request_id=asked)) == 2


@pytest.mark.parametrize("name", ["media", "media[]", "photo", "photo1", "photo12", "file_1", "file_abc"])
def test_a_file_is_taken_under_every_name_clients_use(app: Open311, name: str) -> None:
    answer = app.client.post("/open311/v2/requests.json", {**app.body(), name: photo()})
    [told] = json.loads(answer.content)
    case = listing.seen_by(app.key).get(reference=told["service_request_id"])
    assert case.attachments.count() == 1


def test_an_empty_parameter_equals_an_absent_one(cast: Cast, nobody: Open311) -> None:
    cast.file()
    names = (
        "jurisdiction_id", "api_key", "service_request_id", "service_code", "status", "start_date", "end_date",
        "updated_after", "updated_before", "page", "page_size", "extensions",
    )  # fmt: skip
    assert nobody.read("requests.json", **dict.fromkeys(names, "")) == nobody.read("requests.json")
