"""A published form in the flat words of Open311 GeoReport v2."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.forms.enums import Kind, Widget
from ventanilla.forms.models import FormVersion
from ventanilla.forms.rules import Question

_DATATYPES = {
    Kind.CHOICE: "singlevaluelist",
    Kind.YESNO: "singlevaluelist",
    Kind.CHOICES: "multivaluelist",
    Kind.INTEGER: "number",
    Kind.NUMBER: "number",
    Kind.DATE: "datetime",
}


def expressible(version: FormVersion) -> bool:
    """Whether everything the form requires can be asked flat; a type that requires more is not offered."""
    return all(question.is_flat for question in version.paper.questions if question.is_required)


def attributes(version: FormVersion) -> list[dict[str, Any]]:
    """The `attributes` of a service definition, in order; what isn't flat and isn't required is left out.

    A question asked only under a condition is never marked required: the standard has no words for the condition.
    """
    flat = [question for question in version.paper.questions if question.is_flat]
    return [_attribute(question, order) for order, question in enumerate(flat, start=1)]


def _attribute(question: Question, order: int) -> dict[str, Any]:
    said = {
        "variable": True,
        "code": question.field,
        "datatype": _datatype(question),
        "required": question.is_required and question.when is None,
        "datatype_description": question.hint or _expected(question),
        "order": order,
        "description": question.text,
    }
    values = [{"key": key, "name": name} for key, name in _values(question)]
    return {**said, "values": values} if values else said


def _datatype(question: Question) -> str:
    return _DATATYPES.get(question.kind, "text" if question.widget == Widget.LONG else "string")


def _values(question: Question) -> list[tuple[str, str]]:
    if question.kind == Kind.YESNO:
        return [("true", _("Sí")), ("false", _("No"))]
    return list(question.options)


def _expected(question: Question) -> str:
    low, high = question.schema.get("minimum"), question.schema.get("maximum")
    if low is not None and high is not None:
        return _("Un número entre %(low)s y %(high)s.") % {"low": low, "high": high}
    if question.kind == Kind.DATE:
        return _("Una fecha, por ejemplo 2026-11-24.")
    if "maxLength" in question.schema:
        return _("Hasta %(limit)s caracteres.") % {"limit": question.schema["maxLength"]}
    return ""


def answers(version: FormVersion, attributes: Mapping[str, list[str]]) -> dict[str, Any]:
    """What a client sent, as raw answers for `rules.validate`, which refuses codes the form doesn't have."""
    by_field = version.paper.by_field
    return {code: _raw(by_field.get(code), sent) for code, sent in attributes.items() if any(sent)}


def _raw(question: Question | None, sent: list[str]) -> Any:
    said = [value for value in sent if value]
    if question is not None and question.kind == Kind.CHOICES:
        return said
    if len(said) > 1:
        return said
    return _day(said[0]) if question is not None and question.kind == Kind.DATE else said[0]


def _day(text: str) -> str:
    """The day of an ISO 8601 moment, as its sender counts days; other text as it came."""
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        return text
