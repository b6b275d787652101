"""What a rule asks, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from ventanilla.cases.enums import Channel
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import RoutingRule
from ventanilla.catalog.rules.conditions import Answer, Condition
from ventanilla.design.languages import translated
from ventanilla.desk.configuring.routing import lists
from ventanilla.desk.configuring.routing.lists import Division
from ventanilla.forms.models import FormVersion
from ventanilla.lib.expressions import BadExpression

WEEKDAY_WORDS = [(str(number), WEEKDAYS[number - 1]) for number in range(1, 8)]


def said(condition: Condition, *, services: Iterable[Division], districts: Iterable[Division]) -> list[str]:
    """Each thing that a condition asks, in a few words; one that asks nothing says so."""
    asked = [*_what(condition, list(services)), *_where(condition, list(districts)), *_when(condition)]
    asked += [_("llega por %(channel)s") % {"channel": _or(dict(Channel.choices), condition.channels)}] * bool(
        condition.channels
    )
    asked += [_("es urgente") if condition.urgent else _("no es urgente")] * (condition.urgent is not None)
    form = _form_of(condition)
    asked += [answer_said(answer, form) for answer in condition.answers]
    return asked or [_("todo lo que llegue")]


def _what(condition: Condition, services: list[Division]) -> Iterator[str]:
    wholes, parts = _labels(services)
    named = [*(wholes.get(key, key) for key in condition.services), *(parts.get(key, key) for key in condition.types)]
    if named:
        yield _either(named)
    if condition.kinds:
        yield _or(dict(Kind.choices), condition.kinds)


def _where(condition: Condition, districts: list[Division]) -> Iterator[str]:
    wholes, parts = _labels(districts)
    named = [wholes.get(key, key) for key in condition.districts]
    named += [parts.get(key, key) for key in condition.neighborhoods]
    if named:
        yield _("en %(where)s") % {"where": _either(named)}


def _labels(divisions: list[Division]) -> tuple[dict[str, str], dict[str, str]]:
    return {each.key: each.label for each in divisions}, {key: label for each in divisions for key, label in each.parts}


def _when(condition: Condition) -> Iterator[str]:
    if condition.office is not None:
        yield _("en horario de oficina") if condition.office else _("fuera del horario de oficina")
    if condition.hours:
        first, last = condition.hours
        yield _("de las %(first)d:00 a las %(last)d:00") % {"first": first, "last": last}
    if condition.weekdays:
        yield _or(dict(WEEKDAY_WORDS), map(str, condition.weekdays))


def _or(words: Mapping[str, object], keys: Iterable[str]) -> str:
    return _either([str(words.get(key, key)) for key in keys])


def _either(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s o %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _form_of(condition: Condition) -> FormVersion | None:
    """Whose questions the answers are: the form of the one type that is asked for."""
    types = [lists.procedure(key) for key in condition.types]
    return types[0].form if len(types) == 1 and types[0] else None


def answer_said(answer: Answer, form: FormVersion | None) -> str:
    """An answer that a rule asks for: «¿Qué la levantó? Raíces», or by its field where the form isn't known."""
    question = form.paper.by_field.get(answer.field) if form else None
    value = (_("Sí") if answer.value else _("No")) if isinstance(answer.value, bool) else str(answer.value)
    if question is None:
        return f"{answer.field}: {value}"
    said = value if isinstance(answer.value, bool) else translated(question.label(answer.value))
    return f"{translated(question.text)} {said}"


def error_said(error: BadExpression) -> str:
    """What is wrong with a text, in the reader's language."""
    return str(_(error.template) % error.params)


def sent_to(rule: RoutingRule) -> str:
    """Whom a rule sends to: the department, and in it a team or somebody."""
    who = rule.assignee.name if rule.assignee else str(rule.team or "")
    return f"{rule.department}, {who}" if who else str(rule.department)
