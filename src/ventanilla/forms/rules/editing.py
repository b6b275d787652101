"""A published form taken apart into questions that people change one by one, and put together again.

What the editor doesn't know of a question (patterns, limits, synonyms) stays as it was, as long as the question is
answered in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ventanilla.forms.enums import Kind, Widget
from ventanilla.forms.rules.questions import kind_of
from ventanilla.lib.text import fold

LONG = "long"
ANSWERS = (Kind.CHOICE, Kind.CHOICES, Kind.YESNO, Kind.NUMBER, Kind.INTEGER, Kind.DATE, Kind.TEXT, LONG, Kind.LINES)
"""Ways to answer: the kinds, and of text the long one apart."""
_TYPES: Mapping[str, dict[str, Any]] = {
    Kind.CHOICE: {"type": "string"},
    Kind.CHOICES: {"type": "array", "items": {"type": "string"}},
    Kind.YESNO: {"type": "boolean"},
    Kind.NUMBER: {"type": "number"},
    Kind.INTEGER: {"type": "integer"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TEXT: {"type": "string"},
    LONG: {"type": "string"},
    Kind.LINES: {"type": "array", "items": {"type": "string"}},
}
_OWN_LIMITS = {"maxLength", "maxItems"}
"""What publishing adds by itself."""


@dataclass(frozen=True)
class Draft:
    """A question as it is being changed. `options` are values with their words; `field` is empty for a new one."""

    text: str = ""
    answer: str = Kind.CHOICE
    field: str = ""
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    script: str = ""
    is_required: bool = False
    is_essential: bool = False
    when: Mapping[str, Any] | None = None
    schema: Mapping[str, Any] | None = None
    said: Mapping[str, Any] | None = None


def drafts(schema: Mapping[str, Any], layout: Mapping[str, Any]) -> list[Draft]:
    """The questions of a published form, in their order."""
    required = set(schema.get("required", ()))
    return [_draft(said, schema["properties"][said["field"]], required) for said in layout["questions"]]


def _draft(said: Mapping[str, Any], schema: Mapping[str, Any], required: set[str]) -> Draft:
    kind = kind_of(schema)
    return Draft(
        text=said["question"],
        answer=LONG if kind == Kind.TEXT and said.get("widget") == Widget.LONG else kind,
        field=said["field"],
        options=tuple((str(each["value"]), each["label"]) for each in said.get("options", ())),
        hint=said.get("hint", ""),
        script=said.get("script", ""),
        is_required=said["field"] in required,
        is_essential=said.get("essential", False),
        when=said.get("when"),
        schema=schema,
        said=said,
    )


def put_together(questions: Sequence[Draft]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Schema and layout of some questions, as `forms.actions.publish` takes them. New ones get a name of their own."""
    named = list(_named(questions))
    properties = {name: _property(draft) for name, draft in named}
    schema = {
        "type": "object",
        "properties": properties,
        "required": [name for name, draft in named if draft.is_required],
    }
    return schema, {"questions": [_said(name, draft) for name, draft in named]}


def _named(questions: Iterable[Draft]) -> Iterable[tuple[str, Draft]]:
    taken = {draft.field for draft in questions if draft.field}
    for draft in questions:
        name = draft.field or name_of(draft.text, taken)
        taken.add(name)
        yield name, draft


def name_of(text: str, taken: Iterable[str], longest: int = 30) -> str:
    """A name for a field or an option, of the words that people read: `cuantas_luces`, and `cuantas_luces_2`."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(text).replace("ñ", "n")).strip("_")[:longest].strip("_") or "dato"
    name, number, held = (plain if plain[0].isalpha() else f"d_{plain}"), 1, set(taken)
    first = name
    while name in held:
        number += 1
        name = f"{first}_{number}"
    return name


def _property(draft: Draft) -> dict[str, Any]:
    """What the answer may be: as it was, where it is answered as before."""
    before = kind_of(draft.schema) if draft.schema else None
    same = draft.answer == before or (draft.answer == LONG and before == Kind.TEXT)
    own = {name: value for name, value in (draft.schema or {}).items() if name not in _OWN_LIMITS}
    made: dict[str, Any] = {**(own if same else _TYPES[draft.answer])}
    values = [value for value, _label in draft.options]
    if draft.answer == Kind.CHOICE:
        made["enum"] = values
    if draft.answer == Kind.CHOICES:
        made["items"] = {"type": "string", "enum": values}
    return made


def _said(name: str, draft: Draft) -> dict[str, Any]:
    keys = {"field", "question", "script", "hint", "options", "when", "essential", "widget"}
    kept = {key: value for key, value in (draft.said or {}).items() if key not in keys}
    said: dict[str, Any] = {"field": name, "question": draft.text, **kept}
    said |= {key: value for key, value in {"script": draft.script, "hint": draft.hint}.items() if value}
    said |= _widget(draft)
    if draft.answer in (Kind.CHOICE, Kind.CHOICES):
        said["options"] = [{"value": value, "label": label} for value, label in draft.options]
    if draft.when:
        said["when"] = dict(draft.when)
    return {**said, "essential": True} if draft.is_essential else said


def _widget(draft: Draft) -> dict[str, Any]:
    """Only where it isn't the usual one; one chosen by hand stays while the question is answered as before."""
    if draft.answer == LONG:
        return {"widget": Widget.LONG.value}
    held = (draft.said or {}).get("widget")
    same = draft.schema and kind_of(draft.schema) == draft.answer
    return {"widget": held} if held and same and held != Widget.LONG else {}
