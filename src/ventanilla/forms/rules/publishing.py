"""What a schema and a layout may say. The little they may is what web, counter, Open311 and API can all ask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from ventanilla.forms.enums import WIDGETS, Kind, Widget
from ventanilla.forms.rules.questions import kind_of, same

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SHORT_LIMIT, LONG_LIMIT, LINES_LIMIT = 200, 4000, 50
QUESTION_LIMIT = 60

_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Classes and counts in a row, without groups: read in linear time whatever a stranger types.
_PATTERN = re.compile(r"\^(?:(?:\[[^\[\]\\]+\]|\\d|[A-Za-z0-9 /_-])(?:\{\d{1,3}(?:,\d{1,3})?\}|\?)?)+\$")

_ROOT = {"$schema", "$id", "type", "title", "description", "properties", "required", "additionalProperties"}
_ANY = {"type", "title", "description"}
_KEYWORDS = {
    Kind.TEXT: _ANY | {"minLength", "maxLength", "pattern"},
    Kind.CHOICE: _ANY | {"enum"},
    Kind.CHOICES: _ANY | {"items", "minItems", "maxItems", "uniqueItems"},
    Kind.LINES: _ANY | {"items", "minItems", "maxItems", "uniqueItems"},
    Kind.INTEGER: _ANY | {"minimum", "maximum"},
    Kind.NUMBER: _ANY | {"minimum", "maximum"},
    Kind.YESNO: _ANY,
    Kind.DATE: _ANY | {"format"},
}
_QUESTION = {"field", "question", "script", "hint", "widget", "options", "when", "essential", "synonyms"}
_STEERING = {Kind.CHOICE, Kind.CHOICES, Kind.YESNO}
_TYPES = {"string", "integer", "number", "boolean", "array"}


class Unpublishable(ValueError):
    """The form says something that it may not; `problems` lists all of it, in words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def completed(schema: Mapping[str, Any], layout: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with every limit spelled out: lengths of text, and no fields but its own.

    Raises Unpublishable where schema or layout say what they may not.
    """
    problems = [*_text_problems(schema, layout)] or [*_schema_problems(schema)] or [*_layout_problems(schema, layout)]
    if problems:
        raise Unpublishable(problems)
    asked = {said["field"]: said for said in layout["questions"]}
    properties = {field: _limited(each, asked[field]) for field, each in schema["properties"].items()}
    return {**schema, "$schema": DIALECT, "properties": properties, "additionalProperties": False}


def _limited(schema: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    kind = kind_of(schema)
    if kind == Kind.TEXT:
        return {"maxLength": LONG_LIMIT if said.get("widget") == Widget.LONG else SHORT_LIMIT, **schema}
    if kind == Kind.LINES:
        return {"maxItems": LINES_LIMIT, **schema, "items": {"maxLength": SHORT_LIMIT, **schema["items"]}}
    return dict(schema)


def _text_problems(*parts: Mapping[str, Any]) -> Iterator[str]:
    try:
        text = json.dumps(parts, allow_nan=False, ensure_ascii=False)
        text.encode()
    except (TypeError, ValueError):
        yield _("El formulario no se puede escribir como JSON.")
        return
    if "\\u0000" in text:
        yield _("El formulario lleva un carácter que no se puede guardar.")


def _schema_problems(schema: Mapping[str, Any]) -> Iterator[str]:
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        yield _("El esquema no es JSON Schema 2020-12: %(why)s") % {"why": error.message}
        return
    if not isinstance(schema, dict) or schema.get("type") != "object" or not isinstance(schema.get("properties"), dict):
        yield _("El esquema tiene que describir un objeto con sus propiedades.")
        return
    for keyword in sorted(set(schema) - _ROOT):
        yield _("El esquema usa «%(keyword)s», que aquí no se admite.") % {"keyword": keyword}
    for field in schema.get("required", ()):
        if field not in schema["properties"]:
            yield _("«%(field)s» es obligatorio y no está descrito.") % {"field": field}
    for field, each in schema["properties"].items():
        yield from (f"«{field}»: {problem}" for problem in _field_problems(field, each))


def _field_problems(field: str, schema: Any) -> Iterator[str]:
    if not _FIELD.fullmatch(field):
        yield _("el nombre lleva letras minúsculas sin acento, cifras y «_», hasta 40.")
    if not isinstance(schema, dict) or str(schema.get("type")) not in _TYPES:
        yield _("el tipo tiene que ser uno de %(types)s.") % {"types": ", ".join(sorted(_TYPES))}
        return
    if schema["type"] == "array" and not _is_list_of_text(schema):
        yield _("una lista solo puede llevar textos.")
        return
    kind = kind_of(schema)
    for keyword in sorted(set(schema) - _KEYWORDS[kind]):
        yield _("«%(keyword)s» no se admite aquí.") % {"keyword": keyword}
    options = options_of(schema)
    if options is not None and not (options and all(_is_option(value) for value in options)):
        yield _("las respuestas posibles tienen que ser textos, sin espacios alrededor.")
    if "pattern" in schema and not _PATTERN.fullmatch(schema["pattern"]):
        yield _("el patrón va de «^» a «$» y solo lleva clases, cifras, letras y cuentas: ^P-[0-9]{1,6}$.")
    if kind == Kind.TEXT and schema.get("maxLength", 0) > LONG_LIMIT:
        yield _("el texto no puede pasar de %(limit)s caracteres.") % {"limit": LONG_LIMIT}


def _is_option(value: object) -> bool:
    return isinstance(value, str) and value == value.strip() != ""


def _is_list_of_text(schema: Mapping[str, Any]) -> bool:
    items = schema.get("items")
    return isinstance(items, dict) and items.get("type") == "string" and set(items) <= {"type", "enum", "maxLength"}


def options_of(schema: Mapping[str, Any]) -> list[Any] | None:
    """The values that may be chosen; None where the answer is free."""
    holder = schema.get("items", {}) if schema["type"] == "array" else schema
    found: list[Any] | None = holder.get("enum")
    return found


def _layout_problems(schema: Mapping[str, Any], layout: Mapping[str, Any]) -> Iterator[str]:
    questions = layout.get("questions") if isinstance(layout, Mapping) else None
    if not isinstance(questions, list) or not all(isinstance(said, dict) for said in questions):
        yield _("La presentación tiene que llevar una lista de preguntas.")
        return
    if len(questions) > QUESTION_LIMIT:
        yield _("Son demasiadas preguntas: el máximo es %(limit)s.") % {"limit": QUESTION_LIMIT}
    fields = [said.get("field") for said in questions]
    if len(set(map(str, fields))) != len(fields) or set(map(str, fields)) != set(schema["properties"]):
        yield _("Cada dato del esquema tiene que preguntarse una vez, y ningún otro.")
        return
    before: dict[str, Mapping[str, Any]] = {}
    for said in questions:
        yield from (f"«{said['field']}»: {problem}" for problem in _question_problems(said, schema, before))
        before[said["field"]] = schema["properties"][said["field"]]


def _question_problems(
    said: Mapping[str, Any], schema: Mapping[str, Any], before: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    own = schema["properties"][said["field"]]
    for keyword in sorted(set(said) - _QUESTION):
        yield _("«%(keyword)s» no se admite en una pregunta.") % {"keyword": keyword}
    if not _is_text(said.get("question")) or not said["question"].strip():
        yield _("falta la pregunta.")
    if not all(_is_text(said.get(part, "")) for part in ("script", "hint")):
        yield _("el guion y la ayuda tienen que ser textos.")
    if not isinstance(said.get("essential", False), bool) or not _are_texts(said.get("synonyms", [])):
        yield _("«essential» es verdadero o falso y «synonyms» una lista de textos.")
    if said.get("widget", WIDGETS[kind_of(own)][0]) not in WIDGETS[kind_of(own)]:
        yield _("«%(widget)s» no sirve para este dato.") % {"widget": said.get("widget")}
    if not _options_fit(said.get("options", []), options_of(own) or []):
        yield _("las opciones tienen que ser las del esquema, cada una con su texto.")
    if "when" in said and not _condition_fits(said["when"], before):
        yield _("la condición tiene que hablar de una pregunta anterior de elegir y de sus respuestas.")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(each) for each in value)


def _options_fit(options: Any, values: list[Any]) -> bool:
    if not isinstance(options, list) or not all(isinstance(each, dict) for each in options):
        return False
    if not all(set(each) == {"value", "label"} and _is_text(each["label"]) for each in options):
        return False
    return len(options) == len(values) and {str(each["value"]) for each in options} == set(map(str, values))


def _condition_fits(when: Any, before: Mapping[str, Mapping[str, Any]]) -> bool:
    if not isinstance(when, dict) or set(when) not in ({"field", "equals"}, {"field", "in"}):
        return False
    steering = before.get(str(when["field"]))
    if steering is None or kind_of(steering) not in _STEERING:
        return False
    values = when["in"] if "in" in when else [when["equals"]]
    possible = [True, False] if kind_of(steering) == Kind.YESNO else options_of(steering) or []
    return isinstance(values, list) and bool(values) and all(_among(value, possible) for value in values)


def _among(value: object, possible: list[Any]) -> bool:
    return any(same(value, each) for each in possible)
