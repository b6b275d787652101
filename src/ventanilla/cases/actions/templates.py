"""Reply templates: kept by whoever answers for them, filled from a case. Each change leaves its mark in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ventanilla.audit.actions import Entry, append
from ventanilla.cases import notifications, starting
from ventanilla.cases.models import Case, ReplyTemplate
from ventanilla.cases.rules import template_problems
from ventanilla.lib.actors import SYSTEM, Actor
from ventanilla.notifications.rules import wording
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

CHAIN = "templates"


class BadTemplate(ValueError):
    """A text that may not be kept; `problems` says what to mend, in words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@transaction.atomic
def start(_municipality: Municipality) -> None:
    """Make the templates that come along and are missing. What the municipality changed is left as it is."""
    for each in starting.replies().values():
        defaults = {"name": each.name, "use": each.use, "kind": each.kind or ""}
        row, made = ReplyTemplate.objects.get_or_create(key=each.key, defaults=defaults)
        if made:
            append(CHAIN, [Entry("template.kept", {"template": str(row.uuid), "key": row.key})], by=SYSTEM.ref)


@transaction.atomic
def keep_template(template: ReplyTemplate, *, by: Actor, **said: Any) -> ReplyTemplate:
    """Keep a template, new or known, with its name, use, department, kind, text and whether it is in use.

    Words that are those of the file are not kept as one's own. Raises BadTemplate for a variable that doesn't exist.
    """
    found = template_problems(said["text"])
    if found:
        raise BadTemplate(found)
    for name, value in said.items():
        setattr(template, name, value)
    if template.key and template.text.strip() == _shipped(template):
        template.text = ""
    template.save()
    facts = {"use": template.use, "kind": template.kind, "department": template.department_id, "on": template.is_active}
    append(CHAIN, [Entry("template.kept", {"template": str(template.uuid), **facts})], by=by.ref)
    return template


@transaction.atomic
def drop_template(template: ReplyTemplate, *, by: Actor) -> None:
    """Forget a template. One that comes along is put out of use instead, so that no upgrade brings it back."""
    if template.key:
        template.is_active = False
        template.save(update_fields=["is_active"])
    else:
        ReplyTemplate.objects.filter(pk=template.pk).delete()
    append(CHAIN, [Entry("template.dropped", {"template": str(template.uuid)})], by=by.ref)


def text_of(template: ReplyTemplate) -> str:
    """What a template says: one's own words, or those that come along in the municipality's form of address."""
    return template.text or _shipped(template)


def _shipped(template: ReplyTemplate) -> str:
    found = starting.replies().get(template.key)
    return found.said(municipality.current().form_of_address) if found else ""


def filled(template: ReplyTemplate, case: Case, *, who: str) -> str:
    """A template filled from a case, for `who` signs."""
    return wording.fill(text_of(template), values(case, who=who))


def values(case: Case, *, who: str) -> Mapping[str, str]:
    """What the variables stand for in a case. Whoever reads a confidential person's case reads no name in a draft."""
    town = municipality.current()
    known = notifications.facts_for_reply(case)
    return {**known, "who": who, "town": town.name, "municipality": _named(town), "town_phone": town.phone}


def _named(town: Municipality) -> str:
    return f"{town.kind} de {town.name}"
