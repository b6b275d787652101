"""The description of the API: for programs as OpenAPI 3.1, for people as a page made from it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from ventanilla.accounts.enums import Scope
from ventanilla.api.rest import describing, problems
from ventanilla.api.rest.server import VERSION, server
from ventanilla.organization.guards import public

_WORDS = ("description", "summary")


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs, in the reader's language."""
    response = HttpResponse(
        msgspec.json.encode(_schema(get_language())), content_type="application/json; charset=utf-8"
    )
    response["API-Version"] = VERSION
    return response


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    schema = _schema(get_language())
    context = {
        "schema": schema,
        "groups": _groups(schema),
        "kinds": [(status, slug, title) for status, (slug, title) in problems.KINDS.items()],
        "scopes": list(Scope),
    }
    return render(request, "api/reference.html", context)


@cache
def _schema(_language: str | None) -> dict[str, Any]:
    described: dict[str, Any] = _translated(server.get_openapi_schema())
    return described


def _translated(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _translated(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_translated(each, name) for each in value]
    return gettext(value) if isinstance(value, str) and value and name in (*_WORDS, "tags") else value


def _groups(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations by tag, in the order they were written."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(schema, path, method, operation))
    return [{"name": name, "operations": operations} for name, operations in groups.items()]


def _operation(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    sent = _content(operation.get("requestBody", {}))
    answer: dict[str, Any] = next((each for code, each in operation["responses"].items() if code.startswith("2")), {})
    content = _content(answer)
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": operation.get("parameters", []),
        "fields": _fields(schema, sent.get("schema", {})),
        "example": _written(sent),
        "answer": _fields(schema, content.get("schema", {})),
        "answer_example": _written(content),
    }


def _content(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(iter(body.get("content", {}).values()), {})
    return found


def _written(content: dict[str, Any]) -> str:
    """The example as people read JSON."""
    return json.dumps(content["example"], ensure_ascii=False, indent=2) if content.get("example") else ""


def _fields(schema: dict[str, Any], shape: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of an object, or of the objects of a list, one level deep."""
    shape = describing.resolved(schema, shape)
    shape = describing.resolved(schema, shape["items"]) if "items" in shape else shape
    required = shape.get("required", [])
    return [
        {"name": name, "type": _type(schema, said), "required": name in required, "said": said}
        for name, said in shape.get("properties", {}).items()
    ]


def _type(schema: dict[str, Any], said: dict[str, Any]) -> str:
    if "$ref" in said:
        return str(describing.resolved(schema, said).get("title", ""))
    if "anyOf" in said:
        return " | ".join(_type(schema, each) for each in said["anyOf"])
    if "enum" in said:
        return " | ".join(str(each) for each in said["enum"])
    if "items" in said:
        return f"[{_type(schema, said['items'])}]"
    kind = said.get("format") or said.get("type", "")
    return str(kind)
