"""The description of the API made whole: what every address may answer besides, and an example of each body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop

from ventanilla.api.rest import problems

Said = dict[str, Any]
JSON = "application/json"
LONGEST_LIST = 1

PROBLEM: Said = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": gettext_noop("Dónde se explica esta clase de problema")},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": gettext_noop("Qué pasó, en palabras")},
        "request_id": {"type": "string", "description": gettext_noop("Para preguntar por esta llamada")},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {"type": "string", "description": gettext_noop("Puntero JSON al dato del cuerpo")},
                    "parameter": {"type": "string", "description": gettext_noop("Nombre del parámetro")},
                },
            },
        },
    },
}
_REFUSED: Said = {
    "description": gettext_noop("No se pudo: por qué, según RFC 9457"),
    "content": {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def complete(schema: Said) -> Said:
    """Ninja's schema with problems, examples and plain keys."""
    components = schema["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["responses"] = {slug: _refusal(status) for status, (slug, _title) in problems.KINDS.items()}
    for path, method, operation in operations(schema):
        _tell_one_content(operation)
        for status in _refusals(path, method, operation):
            operation["responses"][status] = {"$ref": f"#/components/responses/{problems.KINDS[status][0]}"}
        operation["responses"] |= {"4XX": _REFUSED, "5XX": _REFUSED}
        for parameter in operation["parameters"]:
            parameter.pop("examples", None)  # they stand in its schema, where OpenAPI takes a list
    whole: Said = _plain(dict(schema))
    for _path, _method, operation in operations(whole):
        _show(whole, operation)
    return whole


def operations(schema: Said) -> Iterator[tuple[str, str, Said]]:
    """Path, method and operation of everything described."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _refusal(status: int) -> Said:
    slug, title = problems.KINDS[status]
    example = {"type": f"{problems.REFERENCE}#{slug}", "title": str(title), "status": status, "detail": str(title)}
    content = {**_REFUSED["content"][problems.CONTENT_TYPE], "example": example}
    return {"description": str(title), "content": {problems.CONTENT_TYPE: content}}


def _refusals(path: str, method: str, operation: Said) -> list[int]:
    """The problems an operation can answer with, by what it takes."""
    for_all = {} in operation["security"]
    return [
        *([400, 413] if "requestBody" in operation else []),
        401,
        *([] if for_all else [403]),
        *([404] if "{" in path else []),
        *([409] if method == "post" and "{uuid}" in path else []),
        *([422] if "requestBody" in operation or operation["parameters"] else []),
        429,
    ]


def _tell_one_content(operation: Said) -> None:
    """An answer told in another content type than JSON is not told as JSON too."""
    for answer in operation["responses"].values():
        if len(answer.get("content", {})) > 1:
            answer["content"].pop(JSON, None)


def _plain(value: Any) -> Any:
    """The schema without empty descriptions, its keys all text: codes of answers are numbers in Ninja's."""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items() if (name, each) != ("description", "")}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _show(schema: Said, operation: Said) -> None:
    """An example beside the schema of what is sent and of what comes back."""
    bodies = [operation.get("requestBody", {}), *(operation["responses"][code] for code in _successes(operation))]
    for body in bodies:
        for said in body.get("content", {}).values():
            if said.get("schema"):
                said.setdefault("example", example_of(schema, said["schema"]))


def _successes(operation: Said) -> list[str]:
    return [code for code in operation["responses"] if code.startswith("2")]


def resolved(schema: Said, shape: Said) -> Said:
    """A shape, or the one it points to."""
    if "$ref" not in shape:
        return shape
    found: Said = schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return found


_SAMPLES: Said = {
    "date-time": "2026-11-25T16:24:00Z",
    "uuid": "0192f3a4-5b6c-7d8e-9f01-23456789abcd",
    "binary": "…",
    "boolean": False,
    "integer": 1,
    "number": 1.5,
    "null": None,
    "string": "",
}


def example_of(schema: Said, shape: Said) -> Any:
    """A value that fits a shape: its own example where it has one, else made of those of its parts."""
    shape = resolved(schema, shape)
    if "examples" in shape:
        return shape["examples"][0]
    for name in ("example", "const", "default"):
        if name in shape:
            return shape[name]
    if "anyOf" in shape:
        return example_of(schema, shape["anyOf"][0])
    return shape["enum"][0] if "enum" in shape else _of_type(schema, shape)


def _of_type(schema: Said, shape: Said) -> Any:
    if "properties" in shape:
        required = shape.get("required", [])
        shown = {name: each for name, each in shape["properties"].items() if name in required or "examples" in each}
        return {name: example_of(schema, each) for name, each in shown.items()}
    if shape.get("type") == "array":
        count = max(LONGEST_LIST, shape.get("minItems", 0))
        return [example_of(schema, shape["items"])] * count
    kind = shape.get("format") or shape.get("type", "object")
    return _SAMPLES.get(kind, {})
