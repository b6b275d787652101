"""A schema and its layout, read once into questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ventanilla.forms.enums import WIDGETS, Kind, Widget


@dataclass(frozen=True)
class Condition:
    """A question is asked only where the answer to another is, or holds, one of these values."""

    field: str
    values: tuple[str | bool, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        given = answers.get(self.field)
        found = given if isinstance(given, list) else [given]
        return any(same(each, value) for each in found for value in self.values)


def same(answer: object, value: object) -> bool:
    """Equal as JSON: Python takes True for 1, a schema does not."""
    return type(answer) is type(value) and answer == value


@dataclass(frozen=True)
class Question:
    """One field as it is asked."""

    field: str
    kind: Kind
    text: str
    script: str
    hint: str
    widget: Widget
    options: tuple[tuple[str, str], ...]
    when: Condition | None
    is_required: bool
    is_essential: bool
    synonyms: tuple[str, ...]
    schema: Mapping[str, Any]

    @property
    def is_flat(self) -> bool:
        """Whether a single value, or several out of a list, says the answer: what Open311 can carry."""
        return self.kind != Kind.LINES

    def label(self, value: object) -> str:
        """The words of an option; the value itself where it is no longer one."""
        return dict(self.options).get(str(value), str(value))


@dataclass(frozen=True)
class Questionnaire:
    """The questions of a form in the order they are asked."""

    questions: tuple[Question, ...]
    by_field: Mapping[str, Question] = field(default_factory=dict)

    def visible(self, answers: Mapping[str, Any]) -> list[Question]:
        """The questions that these answers leave to be asked. A hidden question's answer shows no other."""
        asked: list[Question] = []
        kept: dict[str, Any] = {}
        for question in self.questions:
            if question.when is None or question.when.holds(kept):
                asked.append(question)
                if question.field in answers:
                    kept[question.field] = answers[question.field]
        return asked


def questionnaire(schema: Mapping[str, Any], layout: Mapping[str, Any]) -> Questionnaire:
    """The questions of a published schema and layout; the same content is read once."""
    return _read(json.dumps([schema, layout], sort_keys=True))


@lru_cache(maxsize=512)
def _read(content: str) -> Questionnaire:
    schema, layout = json.loads(content)
    required = set(schema.get("required", ()))
    questions = tuple(
        _question(said, schema["properties"][said["field"]], required=said["field"] in required)
        for said in layout["questions"]
    )
    return Questionnaire(questions, {question.field: question for question in questions})


def _question(said: Mapping[str, Any], schema: Mapping[str, Any], *, required: bool) -> Question:
    kind = kind_of(schema)
    return Question(
        field=said["field"],
        kind=kind,
        text=said["question"],
        script=said.get("script", ""),
        hint=said.get("hint", ""),
        widget=Widget(said.get("widget", WIDGETS[kind][0])),
        options=tuple((option["value"], option["label"]) for option in said.get("options", ())),
        when=condition(said.get("when")),
        is_required=required,
        is_essential=said.get("essential", False),
        synonyms=tuple(said.get("synonyms", ())),
        schema=schema,
    )


def condition(said: Mapping[str, Any] | None) -> Condition | None:
    """`{"field": "x", "equals": "y"}` or `{"field": "x", "in": ["y", "z"]}`."""
    if said is None:
        return None
    return Condition(said["field"], tuple(said["in"]) if "in" in said else (said["equals"],))


def kind_of(schema: Mapping[str, Any]) -> Kind:
    """The kind of answer that a field's schema describes."""
    simple = {"integer": Kind.INTEGER, "number": Kind.NUMBER, "boolean": Kind.YESNO}
    if schema["type"] in simple:
        return simple[schema["type"]]
    if schema["type"] == "array":
        return Kind.CHOICES if "enum" in schema["items"] else Kind.LINES
    if "enum" in schema:
        return Kind.CHOICE
    return Kind.DATE if schema.get("format") == "date" else Kind.TEXT
