"""What a municipality's catalogue begins with, read from the TOML files beside this one.

A file is a service with its types; `questions.toml` holds the questions that several types share, `steps.toml` the
forms of the steps of the ready processes, `routing.toml` the first routing rules, `words_en.toml` people's words in
English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from ventanilla.calendars.enums import LegalNature
from ventanilla.catalog.enums import Kind, PlaceNeed
from ventanilla.forms.enums import Widget
from ventanilla.lib.workingtime import Unit

FOLDER = Path(__file__).parent
_NOT_SERVICES = {"questions", "steps", "routing", "words_en"}

NATURES = {
    Kind.SERVICE_REQUEST: LegalNature.SERVICE_NOTICE,
    Kind.COMPLAINT: LegalNature.COMPLAINT,
    Kind.REPORT_OF_BREACH: LegalNature.REPORT_OF_BREACH,
    Kind.APPLICATION: LegalNature.APPLICATION,
    Kind.INQUIRY: LegalNature.PETITION,
    Kind.SUGGESTION: LegalNature.PETITION,
    Kind.COMPLIMENT: LegalNature.SERVICE_NOTICE,
}
"""What each kind is in law where its type says nothing else. A compliment asks for nothing: no answer is owed."""
PROCESSES = {
    Kind.SERVICE_REQUEST: "report",
    Kind.REPORT_OF_BREACH: "breach",
    Kind.COMPLAINT: "complaint",
    Kind.APPLICATION: "inquiry",
    Kind.INQUIRY: "inquiry",
    Kind.SUGGESTION: "suggestion",
    Kind.COMPLIMENT: "compliment",
}


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a file; a word that no field has is refused."""


class Answer(StrEnum):
    """How a question is answered; `choice` and `several` choose among its options."""

    CHOICE = "choice"
    SEVERAL = "several"
    YESNO = "yesno"
    NUMBER = "number"
    DATE = "date"
    SHORT = "short"
    LONG = "long"


class Question(Record, frozen=True, forbid_unknown_fields=True):
    """A question of a form. `options` are values with their words; `when` is field and values that show it."""

    field: str
    question: str
    answer: Answer = Answer.CHOICE
    script: str = ""
    hint: str = ""
    options: dict[str, str] = {}
    minimum: int = 0
    maximum: int = 0
    when: tuple[str, list[str | bool]] | None = None
    required: bool = False
    essential: bool = False


class Form(Record, frozen=True, forbid_unknown_fields=True):
    """The form of a step of a process."""

    key: str
    questions: list[Question]


class Target(Record, frozen=True, forbid_unknown_fields=True):
    """The service charter's promise."""

    quantity: int
    unit: Unit


class Procedure(Record, frozen=True, forbid_unknown_fields=True):
    """A type of dealing. `asks` names shared questions, asked after its own; `names` are its name by country."""

    key: str
    name: str
    description: str
    words: list[str]
    kind: Kind = Kind.SERVICE_REQUEST
    place: PlaceNeed = PlaceNeed.REQUIRED
    target: Target | None = None
    weight: int = 0
    department: str = ""
    team: str = ""
    is_emergency: bool = False
    advice: str = ""
    is_public: bool = True
    at_dwelling: bool = False
    technical_only: bool = False
    questions: list[Question] = []
    asks: list[str] = []
    names: dict[str, str] = {}

    @property
    def nature(self) -> LegalNature:
        return NATURES[self.kind]

    @property
    def process(self) -> str:
        return PROCESSES[self.kind]

    def name_in(self, country: str) -> str:
        return self.names.get(country, self.name)


class Service(Record, frozen=True, forbid_unknown_fields=True):
    """A service with its types, which go to its department and team unless they name others."""

    key: str
    name: str
    description: str
    icon: str
    order: int
    department: str
    team: str
    procedures: list[Procedure]
    names: dict[str, str] = {}

    def department_of(self, procedure: Procedure) -> str:
        return procedure.department or self.department

    def team_of(self, procedure: Procedure) -> str:
        """The team's key; none where the type goes to another department and names no team there."""
        return procedure.team or ("" if procedure.department else self.team)


class Rule(Record, frozen=True, forbid_unknown_fields=True):
    """A routing rule."""

    order: int
    name: str
    condition: str
    department: str
    team: str


class _Rules(Record, frozen=True, forbid_unknown_fields=True):
    rules: list[Rule]


class _Steps(Record, frozen=True, forbid_unknown_fields=True):
    forms: list[Form]


class _Shared(Record, frozen=True, forbid_unknown_fields=True):
    questions: list[Question]


@cache
def services() -> tuple[Service, ...]:
    """The services in their order, each with its types."""
    files = [path for path in FOLDER.glob("*.toml") if path.stem not in _NOT_SERVICES]
    read = [msgspec.toml.decode(path.read_bytes(), type=Service) for path in files]
    return tuple(sorted(read, key=lambda service: service.order))


@cache
def steps() -> tuple[Form, ...]:
    """The forms of the steps of the ready processes."""
    return tuple(msgspec.toml.decode((FOLDER / "steps.toml").read_bytes(), type=_Steps).forms)


@cache
def routing() -> tuple[Rule, ...]:
    return tuple(msgspec.toml.decode((FOLDER / "routing.toml").read_bytes(), type=_Rules).rules)


@cache
def words(language: str) -> dict[str, list[str]]:
    """What people say in another language, by type. Nothing for a language of which we hold none."""
    path = FOLDER / f"words_{language}.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, list[str]]) if path.exists() else {}


@cache
def _shared() -> dict[str, Question]:
    read = msgspec.toml.decode((FOLDER / "questions.toml").read_bytes(), type=_Shared).questions
    return {question.field: question for question in read}


def questions(procedure: Procedure) -> list[Question]:
    """What a type asks: its own questions, then the shared ones it names. Raises KeyError for an unknown one."""
    return [*procedure.questions, *(_shared()[field] for field in procedure.asks)]


def schema(asked: Iterable[Question]) -> dict[str, Any]:
    """The JSON Schema of some questions, as `forms.actions.publish` takes it."""
    asked = list(asked)
    properties = {question.field: _property(question) for question in asked}
    return {
        "type": "object",
        "properties": properties,
        "required": [question.field for question in asked if question.required],
    }


def _property(question: Question) -> dict[str, Any]:
    if question.answer == Answer.SEVERAL:
        return {"type": "array", "items": {"type": "string", "enum": list(question.options)}}
    if question.answer == Answer.NUMBER:
        limits = {"minimum": question.minimum, "maximum": question.maximum}
        return {"type": "integer", **{name: value for name, value in limits.items() if value}}
    return {**_TYPES[question.answer], **({"enum": list(question.options)} if question.options else {})}


_TYPES: Mapping[Answer, dict[str, Any]] = {
    Answer.CHOICE: {"type": "string"},
    Answer.YESNO: {"type": "boolean"},
    Answer.DATE: {"type": "string", "format": "date"},
    Answer.SHORT: {"type": "string"},
    Answer.LONG: {"type": "string"},
}


def layout(asked: Iterable[Question]) -> dict[str, Any]:
    """The layout of some questions, as `forms.actions.publish` takes it."""
    return {"questions": [_said(question) for question in asked]}


def _said(question: Question) -> dict[str, Any]:
    said: dict[str, Any] = {"field": question.field, "question": question.question}
    texts = {"script": question.script, "hint": question.hint}
    said |= {name: text for name, text in texts.items() if text}
    if question.answer == Answer.LONG:
        said["widget"] = Widget.LONG.value
    if question.options:
        said["options"] = [{"value": value, "label": label} for value, label in question.options.items()]
    if question.when:
        said["when"] = {"field": question.when[0], "in": question.when[1]}
    return {**said, "essential": True} if question.essential else said
