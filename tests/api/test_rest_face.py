"""REST v1: its description, its errors, its limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from schemathesis.specs.openapi.definitions import OPENAPI_31

from tests.api.conftest import machine_of
from tests.api.machine import Machine, said
from tests.cast import Cast, actor
from ventanilla.accounts.enums import Scope
from ventanilla.api.rest import problems
from ventanilla.cases import actions

PROBLEM = {"type", "title", "status", "detail", "request_id"}


@pytest.fixture
def schema(db: None) -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    found: dict[str, Any] = said(answer)
    return found


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/open311/v2/openapi.json"])
def test_the_descriptions_are_valid_openapi_3_1(db: None, path: str) -> None:
    described = said(Client().get(path))
    assert described["openapi"].startswith("3.1")
    Draft202012Validator(OPENAPI_31).validate(described)
    for shape in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_every_operation_is_described_in_spanish_with_its_errors(schema: dict[str, Any]) -> None:
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            assert operation["description"], path
            assert "Return" not in operation["description"], "a docstring came out"
            content = operation["responses"]["4XX"]["content"]
            assert list(content) == ["application/problem+json"]
    assert set(schema["components"]["securitySchemes"]) == {"Bearer", "KeyHeader"}


def test_every_operation_says_which_problems_it_answers(schema: dict[str, Any]) -> None:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            told = {int(code) for code in operation["responses"] if code.isdigit() and code >= "400"}
            assert {401, 429} <= told, path
            assert (403 in told) == ({} not in operation["security"]), path
            assert (404 in told) == ("{" in path), path
            assert ({400, 413} <= told) == ("requestBody" in operation), path
            assert (409 in told) == (method == "post" and "{uuid}" in path), path
    for slug, _title in problems.KINDS.values():
        assert slug in schema["components"]["responses"]


def _examples(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What is told of every body, sent and received: where, and its schema with its example."""
    found = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            bodies = {"sent": operation.get("requestBody", {})} | operation["responses"]
            for name, body in bodies.items():
                whole = schema["components"]["responses"][body["$ref"].rsplit("/", 1)[-1]] if "$ref" in body else body
                found += [(f"{method} {path} {name}", content) for content in whole.get("content", {}).values()]
    return found


def test_every_body_has_an_example_that_fits(schema: dict[str, Any]) -> None:
    whole = Registry().with_resource("urn:api", DRAFT202012.create_resource(schema))
    shown = 0
    for where, content in _examples(schema):
        shape = content["schema"]
        if not shape or where.endswith("XX"):
            continue
        pointed = json.loads(json.dumps(shape).replace('"#/components', '"urn:api#/components'))
        checker = Draft202012Validator(pointed, registry=whole, format_checker=FormatChecker())
        errors = [error.message for error in checker.iter_errors(content["example"])]
        assert not errors, (where, errors)
        shown += 1
    assert shown > 100


def test_what_the_examples_send_is_taken(cast: Cast, schema: dict[str, Any]) -> None:
    machine = machine_of(cast.coro)
    for path, methods in schema["paths"].items():
        content = methods.get("post", {}).get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            continue
        case = cast.file()
        actions.assign_case(case, user=None, team=cast.crew_team, by=actor(cast.coro))
        if path.endswith("reopen"):
            actions.resolve_case(case, text="Cambiado.", by=actor(cast.olga))
        asked = path.removeprefix("/api/v1/").format(uuid=case.uuid, item=case.work_items.first().uuid)
        doer = machine_of(cast.olga) if path.endswith("complete") else machine
        answer = doer.post(asked, content["application/json"]["example"])
        assert answer.status_code in (200, 201), (path, answer.content)


def test_every_operation_of_a_key_says_so_and_the_open_ones_too(schema: dict[str, Any]) -> None:
    open_ones = {
        path for path, methods in schema["paths"].items() for each in methods.values() if {} in each["security"]
    }
    assert open_ones == {
        "/api/v1/services", "/api/v1/procedures", "/api/v1/procedures/{key}",
        "/api/v1/follow/{reference}", "/api/v1/map",
    }  # fmt: skip


def test_the_reference_page_tells_every_operation(db: None, schema: dict[str, Any]) -> None:
    page = Client().get("/api/v1/").content.decode()
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
            assert operation["summary"] in page
    for scope in Scope:
        assert scope in page
    assert "<script" not in page.split("<main")[-1].split("</main")[0]


def test_the_description_follows_the_readers_language(db: None) -> None:
    assert Client().get("/api/v1/openapi.json", headers={"Accept-Language": "en"})["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/nada", 404),
        ("get", "/api/nada", 404),
        ("get", "/api/v1/cases/no-es-uuid", 404),
        ("delete", "/api/v1/cases", 405),
        ("post", "/api/v1/services", 405),
        ("get", "/api/v1/cases", 401),
        ("get", "/api/v1/map", 422),
    ],
)
def test_every_error_is_a_problem(cast: Cast, method: str, path: str, status: int) -> None:
    answer = getattr(Client(), method)(path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    found = said(answer)
    assert set(found) >= PROBLEM
    assert found["status"] == status
    assert found["type"].startswith("/api/v1/#")
    assert found["request_id"] == answer["X-Request-ID"]


def test_a_method_that_is_not_allowed_says_which_are(db: None) -> None:
    assert Client().delete("/api/v1/cases")["Allow"] == "GET, POST"


def test_what_is_too_big_is_a_problem(machine: Machine, settings: Any) -> None:
    settings.MAX_REQUEST_BYTES = 100
    answer = machine.post("cases", {"description": "x" * 200})
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(
    ("path", "content_type"), [("cases", "application/problem+json"), ("cases/x", "application/problem+json")]
)
def test_a_fault_of_ours_is_a_problem_and_says_nothing(
    cast: Cast, machine: Machine, monkeypatch: pytest.MonkeyPatch, path: str, content_type: str
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("secreto")

    monkeypatch.setattr("ventanilla.api.rest.cases.inbox.filtered", fail)
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/cases", headers=machine.headers)
    assert (answer.status_code, answer["Content-Type"]) == (500, content_type)
    assert "secreto" not in answer.content.decode()


def test_the_limit_of_a_key_is_told_and_kept(cast: Cast, still_clock: Any) -> None:
    machine = machine_of(cast.olga, per_minute=2)
    first = machine.get("cases")
    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("2", "1")
    assert 0 < int(first["RateLimit-Reset"]) <= 60
    assert machine.get("services")["RateLimit-Remaining"] == "0"
    refused = machine.get("cases")
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(refused["Retry-After"]) <= 60


def test_every_answer_says_its_version_and_is_not_stored(cast: Cast, machine: Machine) -> None:
    for answer in (machine.get("cases"), machine.get("services"), machine.get("follow/x"), machine.get("openapi.json")):
        assert answer["API-Version"] == "1"
    assert machine.get("cases")["Cache-Control"] == "no-store"
