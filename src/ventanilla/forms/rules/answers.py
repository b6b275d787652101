"""Whether answers fit a form: one check for the web, the API, Open311 and imports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from ventanilla.forms.rules.coercion import Unreadable, coerce
from ventanilla.forms.rules.questions import Question, Questionnaire, questionnaire


@dataclass(frozen=True)
class Checked:
    """Answers that fit, what is wrong with the others, and what is still wanting.

    `answers` are JSON values by field, only those that fit and were to be asked. `errors` are messages for a
    person by field. `missing` are the fields without which the case is incomplete, in the order they are asked.
    """

    answers: dict[str, Any]
    errors: dict[str, str]
    missing: list[str]

    @property
    def is_valid(self) -> bool:
        return not self.errors


def validate(
    schema: Mapping[str, Any], layout: Mapping[str, Any], answers: Mapping[str, Any], *, partial: bool = False
) -> Checked:
    """Read and check answers against a published form.

    Values may be typed JSON or text as typed in a form or sent by Open311. Fields the form doesn't know are
    refused; answers to questions that other answers hide are dropped. `partial` is for the counter and for
    drafts: nothing is demanded, what is wanting is only listed.
    """
    paper = questionnaire(schema, layout)
    read, unreadable = _read(paper, answers)
    asked = paper.visible(read)
    kept = {question.field: read[question.field] for question in asked if question.field in read}
    errors = {field: _("Este formulario no pide este dato.") for field in answers if field not in paper.by_field}
    errors |= {question.field: unreadable[question.field] for question in asked if question.field in unreadable}
    errors |= _misfits(paper, kept, _validator(json.dumps(schema, sort_keys=True)))
    fitting = {field: value for field, value in kept.items() if field not in errors}
    wanting = [question for question in asked if question.field not in kept and question.field not in errors]
    if not partial:
        errors |= {question.field: _("Conteste esta pregunta.") for question in wanting if question.is_required}
    missing = [question.field for question in wanting if question.is_required or question.is_essential]
    return Checked(fitting, errors, missing)


def _read(paper: Questionnaire, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    read, unreadable = {}, {}
    for question in paper.questions:
        try:
            value = coerce(question, answers.get(question.field))
        except Unreadable as error:
            unreadable[question.field] = str(error)
        else:
            if value is not None:
                read[question.field] = value
    return read, unreadable


@lru_cache(maxsize=512)
def _validator(content: str) -> Draft202012Validator:
    # What is required depends on what is asked, so it is checked apart.
    schema = json.loads(content)
    return Draft202012Validator({"properties": schema["properties"]})


def _misfits(paper: Questionnaire, answers: dict[str, Any], validator: Draft202012Validator) -> dict[str, str]:
    found: dict[str, str] = {}
    for error in validator.iter_errors(answers):
        field = str(error.absolute_path[0])
        found.setdefault(field, _message(paper.by_field[field], error))
    return found


def _message(question: Question, error: ValidationError) -> str:
    text = _MESSAGES.get(str(error.validator))
    if text is None:
        return " ".join(filter(None, [_("No tiene la forma esperada."), question.hint]))
    written = len(error.instance) if isinstance(error.instance, str) else 0
    return str(text) % {"limit": error.validator_value, "written": written}


_MESSAGES = {
    "maxLength": _lazy("Escriba como mucho %(limit)s caracteres; ha escrito %(written)s."),
    "minLength": _lazy("Escriba al menos %(limit)s caracteres."),
    "minimum": _lazy("El número no puede ser menor que %(limit)s."),
    "maximum": _lazy("El número no puede ser mayor que %(limit)s."),
    "minItems": _lazy("Indique al menos %(limit)s."),
    "maxItems": _lazy("Indique como mucho %(limit)s."),
    "enum": _lazy("Elija una de las respuestas de la lista."),
}
