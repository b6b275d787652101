"""Answers as people read them, on pages and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ventanilla.design.languages import translated
from ventanilla.forms.enums import Kind
from ventanilla.forms.models import FormVersion
from ventanilla.forms.rules import Question


def pairs(version: FormVersion, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each answered question with its answer in words, in the order they are asked."""
    answered = [question for question in version.paper.questions if question.field in answers]
    return [(translated(question.text), in_words(question, answers[question.field])) for question in answered]


def in_words(question: Question, value: Any) -> str:
    """An answer in words: «Sí», «24 de noviembre de 2026», «una, otra y otra más»."""
    match question.kind:
        case Kind.YESNO:
            return _("Sí") if value else _("No")
        case Kind.DATE:
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        case Kind.INTEGER | Kind.NUMBER:
            return str(number_format(value))
        case Kind.CHOICES:
            return _listed([translated(question.label(each)) for each in value])
        case Kind.LINES:
            return _listed([str(each) for each in value])
        case _:
            return translated(question.label(value)) if question.options else str(value)


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s y %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
