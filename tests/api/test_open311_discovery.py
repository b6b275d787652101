"""GeoReport v2: discovery, services and their definitions, in both formats."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from lxml import etree

from tests.api.conftest import JURISDICTION
from tests.api.machine import Open311
from tests.cast import Cast
from ventanilla.catalog import actions as catalog
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.forms import actions as forms
from ventanilla.organization.models import Municipality

DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}


def test_discovery_lists_a_production_and_a_test_endpoint(nobody: Open311) -> None:
    found = json.loads(nobody.client.get("/open311/discovery.json").content)
    assert set(found) == {"changeset", "contact", "key_service", "endpoints"}
    assert datetime.fromisoformat(found["changeset"]).tzinfo
    assert [each["type"] for each in found["endpoints"]] == ["production", "test"]
    for each in found["endpoints"]:
        assert set(each) == {"specification", "url", "changeset", "type", "formats"}
        assert not each["url"].endswith("/")
        assert each["formats"] == ["text/xml", "application/json"]
        assert nobody.client.get(f"{each['url']}/services.json").status_code == 200
        assert nobody.client.get(f"{each['url']}//services.json").status_code == 200


def test_discovery_in_xml_has_the_protocols_roots(nobody: Open311) -> None:
    answer = nobody.client.get("/open311/discovery.xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = etree.fromstring(answer.content)
    assert root.tag == "discovery"
    assert len(root.findall("endpoints/endpoint")) == 2
    assert [each.text for each in root.findall("endpoints/endpoint[1]/formats/format")] == [
        "text/xml",
        "application/json",
    ]


def test_the_content_type_of_json_names_its_charset(nobody: Open311) -> None:
    assert nobody.get("services.json")["Content-Type"] == "application/json; charset=utf-8"


def test_services_are_an_array_that_fits_the_schema(nobody: Open311, tree: Procedure, fixtures: Path) -> None:
    found = nobody.read("services.json")
    assert isinstance(found, list)
    schema = json.loads((fixtures / "schemas/service.json").read_text())
    for each in found:
        Draft4Validator(schema).validate(each)
    by_code = {each["service_code"]: each for each in found}
    assert by_code["arbol-caido"]["metadata"] is True
    assert by_code["arbol-caido"]["type"] == "realtime"
    assert by_code["arbol-caido"]["group"] == "Alumbrado público"
    assert by_code["queja-por-la-atencion"]["metadata"] is False


def test_services_in_xml_have_the_elements_of_real_answers(nobody: Open311, fixtures: Path) -> None:
    real = etree.parse(fixtures / "sanfrancisco_cfa_gem/services.xml").getroot()
    ours = nobody.xml("services.xml")
    assert (ours.tag, ours[0].tag) == (real.tag, real[0].tag) == ("services", "service")
    assert {each.tag for each in real[0]} <= {each.tag for each in ours[0]}
    assert {each.findtext("metadata") for each in ours} <= {"true", "false"}


def test_a_definition_fits_the_schema_and_knows_every_datatype(
    nobody: Open311, tree: Procedure, fixtures: Path
) -> None:
    found = nobody.read("services/arbol-caido.json")
    assert isinstance(found, dict)
    Draft4Validator(json.loads((fixtures / "schemas/service-definition.json").read_text())).validate(found)
    attributes = found["attributes"]
    assert {each["datatype"] for each in attributes} == DATATYPES
    assert [each["order"] for each in attributes] == list(range(1, len(attributes) + 1))
    assert all(type(each["required"]) is bool and type(each["variable"]) is bool for each in attributes)
    assert [each["code"] for each in attributes if each["required"]] == ["size"]
    lists = {"singlevaluelist", "multivaluelist"}
    assert all(("values" in each) == (each["datatype"] in lists) for each in attributes)


def test_a_definition_in_xml(nobody: Open311, tree: Procedure) -> None:
    root = nobody.xml("services/arbol-caido.xml")
    assert root.tag == "service_definition"
    assert root.findtext("service_code") == "arbol-caido"
    first = root.find("attributes/attribute")
    assert first is not None
    assert first.findtext("required") == "true"
    assert [each.findtext("key") for each in first.findall("values/value")] == ["small", "large"]
    assert [each.findtext("name") for each in first.findall("values/value")] == ["Pequeño", "Grande"]
    assert root.find("attributes/attribute[3]/values") is None


def test_a_type_without_questions_has_an_empty_definition(nobody: Open311) -> None:
    assert nobody.read("services/queja-por-la-atencion.json") == {
        "service_code": "queja-por-la-atencion",
        "attributes": [],
    }


@pytest.mark.parametrize(
    "change", [{"is_emergency": True}, {"technical_only": True}, {"nature": "application", "needs_document": True}]
)
def test_what_the_protocol_cannot_carry_is_not_offered(
    cast: Cast, nobody: Open311, app: Open311, change: dict[str, bool]
) -> None:
    Procedure.objects.filter(pk=cast.lamp.pk).update(**change)
    published.forget()
    assert "bombillo-quemado" not in [each["service_code"] for each in nobody.read("services.json")]
    assert nobody.get("services/bombillo-quemado.json").status_code == 404
    assert app.post().status_code == 404


def test_a_type_that_requires_what_is_not_flat_is_not_offered(cast: Cast, nobody: Open311) -> None:
    schema = {
        "type": "object",
        "properties": {"plates": {"type": "array", "items": {"type": "string", "maxLength": 10}}},
        "required": ["plates"],
    }
    layout = {"questions": [{"field": "plates", "question": "¿Qué placas?", "script": "Pregunte las placas."}]}
    form = forms.publish(key="plates", schema=schema, layout=layout, by="system")
    catalog.define_procedure(key="bombillo-quemado", by="system", form=form)
    published.forget()
    assert "bombillo-quemado" not in [each["service_code"] for each in nobody.read("services.json")]


def test_an_unknown_service_is_not_found(nobody: Open311) -> None:
    answer = nobody.get("services/no-hay.json")
    assert answer.status_code == 404
    assert json.loads(answer.content)[0]["code"] == 404


@pytest.mark.parametrize("path", ["services.json", "requests.json", "services/bombillo-quemado.json"])
def test_another_jurisdiction_is_not_found(town: Municipality, nobody: Open311, path: str) -> None:
    assert nobody.get(path, jurisdiction_id=JURISDICTION).status_code == 200
    assert nobody.get(path, jurisdiction_id="").status_code == 200
    answer = nobody.get(path, jurisdiction_id="otra.example")
    assert answer.status_code == 404
    assert json.loads(answer.content)[0]["code"] == 404


def test_another_jurisdiction_is_not_found_when_filing_either(town: Municipality, app: Open311) -> None:
    assert app.post(jurisdiction_id="otra.example").status_code == 404
    assert app.post(jurisdiction_id=JURISDICTION).status_code == 200
