"""GeoReport v2: reading requests, and errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft4Validator, FormatChecker
from lxml import etree

from tests.api.machine import Open311
from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.cases import actions
from ventanilla.cases.models import Case
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.lib import clock

__all__ = ["cast"]

NOW = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday() -> Iterator[None]:
    with clock.at(NOW):
        yield


def _filed(cast: Cast, days_ago: float, **changes: Any) -> Case:
    with clock.at(NOW - timedelta(days=days_ago)):
        return cast.file(**changes)


def _numbers(found: list[dict[str, Any]]) -> list[str]:
    return [each["service_request_id"] for each in found]


def _code(answer: Any) -> int:
    found = json.loads(answer.content)
    assert isinstance(found, list)
    assert found[0]["code"] == answer.status_code
    return int(answer.status_code)


def test_requests_are_an_array_that_fits_the_schema(cast: Cast, nobody: Open311, fixtures: Path) -> None:
    case = cast.file()
    [found] = nobody.read("requests.json")
    schema = json.loads((fixtures / "schemas/request.json").read_text())
    Draft4Validator(schema, format_checker=FormatChecker()).validate(found)
    assert set(found) == set(schema["properties"])
    assert found["service_request_id"] == case.reference
    assert (found["lat"], found["long"]) == (9.93, -84.1)
    assert found["requested_datetime"] == "2026-11-25T10:24:00-06:00"
    assert found["expected_datetime"] is not None
    assert found["agency_responsible"] == "Alumbrado público"


def test_requests_in_xml_have_the_elements_of_real_answers(cast: Cast, nobody: Open311, fixtures: Path) -> None:
    cast.file()
    real = etree.parse(fixtures / "sanfrancisco_cfa_gem/service_requests.xml").getroot()
    ours = nobody.xml("requests.xml")
    assert (ours.tag, ours[0].tag) == (real.tag, real[0].tag) == ("service_requests", "request")
    assert [each.tag for each in ours[0]] == [each.tag for each in real[0]]


def test_no_requests_are_an_empty_array(nobody: Open311) -> None:
    assert nobody.read("requests.json") == []
    assert len(nobody.xml("requests.xml")) == 0


def test_one_request_is_an_array_too(cast: Cast, nobody: Open311) -> None:
    case = cast.file()
    assert _numbers(nobody.read(f"requests/{case.reference}.json")) == [case.reference]
    root = nobody.xml(f"requests/{case.reference}.xml")
    assert (root.tag, root[0].tag) == ("service_requests", "request")


def test_a_closed_request_was_updated_when_it_was_closed(cast: Cast, nobody: Open311) -> None:
    case = _filed(cast, 3)
    with clock.at(NOW - timedelta(days=1)):
        actions.resolve_case(case, text="Cambiado.", by=actor(cast.olga))
    actions.note(case, text="Archivado.", by=actor(cast.olga))
    [found] = nobody.read("requests.json")
    assert (found["status"], found["updated_datetime"]) == ("closed", "2026-11-24T10:24:00-06:00")
    assert found["service_notice"] is None


def test_status_filters(cast: Cast, nobody: Open311) -> None:
    done, open_one = _filed(cast, 2), _filed(cast, 1)
    actions.resolve_case(done, text="Cambiado.", by=actor(cast.olga))
    assert _numbers(nobody.read("requests.json", status="open")) == [open_one.reference]
    assert _numbers(nobody.read("requests.json", status="closed")) == [done.reference]
    both = [open_one.reference, done.reference]
    assert _numbers(nobody.read("requests.json", status="open,closed")) == both
    assert _numbers(nobody.read("requests.json", status="")) == both
    assert _code(nobody.get("requests.json", status="abierto")) == 400


def test_service_codes_are_a_comma_list(cast: Cast, nobody: Open311) -> None:
    case = cast.file()
    assert _numbers(nobody.read("requests.json", service_code="no-hay,bombillo-quemado")) == [case.reference]
    assert nobody.read("requests.json", service_code="no-hay") == []


def test_numbers_override_every_other_filter(cast: Cast, nobody: Open311) -> None:
    old, new = _filed(cast, 300), _filed(cast, 1)
    asked = f"{old.reference}, {new.reference}"
    found = nobody.read("requests.json", service_request_id=asked, status="closed", service_code="x", start_date="no")
    assert _numbers(found) == [new.reference, old.reference]


def test_without_dates_the_last_ninety_days_are_given(cast: Cast, nobody: Open311) -> None:
    _filed(cast, 91)
    inside = _filed(cast, 89)
    assert _numbers(nobody.read("requests.json")) == [inside.reference]
    assert _numbers(nobody.read("requests.json", start_date="", end_date="")) == [inside.reference]


def test_dates_filter_on_the_filing(cast: Cast, nobody: Open311) -> None:
    old, middle, new = _filed(cast, 120), _filed(cast, 100), _filed(cast, 2)
    found = nobody.read("requests.json", start_date="2026-07-20T00:00:00Z", end_date="2026-08-25T00:00:00Z")
    assert _numbers(found) == [middle.reference, old.reference]
    assert _numbers(nobody.read("requests.json", start_date="2026-11-01T00:00:00-06:00")) == [new.reference]
    assert _numbers(nobody.read("requests.json", end_date="2026-08-10T00:00:00Z")) == [old.reference]
    # A plus sign that was not escaped comes as a space; a date without an offset is the municipality's.
    assert _numbers(nobody.read("requests.json", start_date="2026-11-23T16:00:00 00:00")) == [new.reference]
    assert _numbers(nobody.read("requests.json", start_date="2026-11-23T10:24:00")) == [new.reference]
    assert nobody.read("requests.json", start_date="2026-11-23T10:24:01") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"},
        {"start_date": "2026-11-02T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"},
        {"start_date": "ayer"},
        {"start_date": "2026-02-30T00:00:00Z"},
        {"start_date": "0001-01-01T00:00:00Z"},
        {"end_date": "9999-12-31T23:59:59Z"},
        {"updated_after": "hoy"},
        {"page": "0"},
        {"page": "1.5"},
        {"page": "9" * 40},
        {"page_size": "1001"},
        {"page_size": "x"},
        {"service_code": "a\x00b"},
        {"service_request_id": "\x00"},
    ],
)
def test_what_cannot_be_asked_is_said(nobody: Open311, asked: dict[str, str]) -> None:
    assert _code(nobody.get("requests.json", **asked)) == 400


def test_pages(cast: Cast, nobody: Open311) -> None:
    cases = [_filed(cast, days) for days in (1, 2, 3)]
    assert _numbers(nobody.read("requests.json", page_size="2")) == [each.reference for each in cases[:2]]
    assert _numbers(nobody.read("requests.json", page_size="2", page="2")) == [cases[2].reference]
    assert nobody.read("requests.json", page_size="2", page="3") == []


def test_changes_since_a_moment_of_cases_however_old(cast: Cast, nobody: Open311) -> None:
    old, _quiet = _filed(cast, 200), _filed(cast, 2)
    with clock.at(NOW - timedelta(hours=1)):
        actions.note(old, text="Visto.", by=actor(cast.olga))
    assert _numbers(nobody.read("requests.json", updated_after="2026-11-25T00:00:00-06:00")) == [old.reference]
    assert old.reference not in _numbers(nobody.read("requests.json", updated_before="2026-11-24T00:00:00-06:00"))


def test_extensions_bring_the_public_story(cast: Cast, nobody: Open311) -> None:
    case = cast.file()
    actions.take_case(case, user=cast.olga, by=actor(cast.olga))
    actions.note(case, text="Solo para la mesa.", by=actor(cast.olga))
    actions.reply(case, text="Para Rosa.", by=actor(cast.olga))
    [found] = nobody.read("requests.json", extensions="true")
    assert [each["type"] for each in found["notes"]] == ["taken"]
    assert set(found["notes"][0]) == {"datetime", "description", "type"}
    assert "notes" not in nobody.read("requests.json")[0]
    root = nobody.xml(f"requests/{case.reference}.xml", extensions="true")
    assert root.findtext("request/notes/note/type") == "taken"


def test_what_a_person_wrote_goes_only_to_the_key_that_brought_it(app: Open311, nobody: Open311) -> None:
    case = app.file(description="Mi vecino Juan lo rompió.", media_url="https://fotos.example/1.jpg")
    _key, secret = issue_api_key(name="Otra", scopes=[Scope.OPEN311_POST])
    for other in (nobody, Open311(Client(), secret, None)):
        for path in ("requests.json", f"requests/{case.reference}.json"):
            answer = other.get(path, api_key=other.secret)
            assert b"Juan" not in answer.content
            assert b"fotos.example" not in answer.content
    [own] = app.read("requests.json", api_key=app.secret)
    assert own["description"] == "Mi vecino Juan lo rompió."
    assert own["media_url"] == "https://fotos.example/1.jpg"


@pytest.mark.parametrize("code", ["queja-por-la-atencion", "construccion-sin-permiso", "en-casa"])
def test_complaints_breaches_and_dwellings_are_never_shown(
    cast: Cast, app: Open311, nobody: Open311, code: str
) -> None:
    if code == "en-casa":
        Procedure.objects.filter(pk=cast.lamp.pk).update(key=code, at_dwelling=True)
        published.forget()
    case = app.file(**{"service_code": code, "attribute[how_many]": "one" if code == "en-casa" else None})
    assert nobody.read("requests.json") == []
    assert nobody.read("requests.json", service_request_id=case.reference) == []
    assert nobody.read("requests.json", service_code=code) == []
    assert nobody.read("requests.json", updated_after="2026-11-01T00:00:00Z") == []
    assert _code(nobody.get(f"requests/{case.reference}.json")) == 404
    assert _code(nobody.get(f"tokens/{case.reference}.json")) == 404
    assert nobody.read("servicerequestupdates.json") == []
    assert app.read("requests.json", api_key=app.secret) == []
    # Whoever brought it may ask how it goes.
    assert _numbers(app.read(f"requests/{case.reference}.json", api_key=app.secret)) == [case.reference]


def test_a_token_leads_to_the_number(cast: Cast, nobody: Open311) -> None:
    case = cast.file()
    assert nobody.read(f"tokens/{case.reference}.json") == [
        {"service_request_id": case.reference, "token": case.reference}
    ]
    root = nobody.xml(f"tokens/{case.reference}.xml")
    assert root.findtext("request/service_request_id") == case.reference
    assert root.findtext("request/token") == case.reference
    assert _code(nobody.get("tokens/no-hay.json")) == 404


def test_the_address_works_with_a_doubled_slash(cast: Cast, nobody: Open311) -> None:
    case = cast.file()
    for path in ("services.json", "requests.json", f"requests/{case.reference}.json", "services/bombillo-quemado.json"):
        assert nobody.client.get(f"/open311/v2//{path}").status_code == 200


def test_an_unknown_number_is_not_found_in_both_formats(nobody: Open311, fixtures: Path) -> None:
    assert _code(nobody.get("requests/2026-000999-9.json")) == 404
    real = etree.parse(fixtures / "sanfrancisco_cfa_gem/get_service_request_not_found.xml").getroot()
    ours = etree.fromstring(nobody.get("requests/2026-000999-9.xml").content)
    assert (ours.tag, ours[0].tag) == (real.tag, real[0].tag) == ("errors", "error")
    assert [each.tag for each in ours[0]] == [each.tag for each in real[0]]
    assert ours.findtext("error/code") == "404"


@pytest.mark.parametrize(
    ("path", "form"), [("services.json", "json"), ("services.xml", "xml"), ("nada", "xml"), ("nada.json", "json")]
)
def test_errors_of_the_house_are_said_in_the_asked_format(nobody: Open311, path: str, form: str) -> None:
    answer = nobody.client.delete(f"/open311/v2/{path}")
    assert answer.status_code in (404, 405)
    if form == "json":
        assert json.loads(answer.content)[0]["code"] == answer.status_code
    else:
        assert etree.fromstring(answer.content).findtext("error/code") == str(answer.status_code)


def test_a_body_that_is_too_big_is_refused_in_the_asked_format(nobody: Open311, settings: Any) -> None:
    settings.MAX_REQUEST_BYTES = 100
    assert _code(nobody.post_body({"description": "x" * 200})) == 413


def test_text_that_xml_cannot_carry_is_left_out(cast: Cast, nobody: Open311) -> None:
    case = cast.file()
    Case.objects.filter(pk=case.pk).update(place_label="Calle \x0b 2 <b>&")
    assert nobody.xml("requests.xml").findtext("request/address") == "Calle  2 <b>&"


def test_many_requests_are_read_in_few_statements(
    cast: Cast, nobody: Open311, django_assert_max_num_queries: Any
) -> None:
    for days in range(5):
        _filed(cast, days)
    nobody.read("requests.json")
    with django_assert_max_num_queries(1):
        nobody.read("requests.json")
    with django_assert_max_num_queries(2):
        nobody.read("requests.json", extensions="true")
