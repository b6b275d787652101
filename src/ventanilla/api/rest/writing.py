"""Cases, types and clocks as the API writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.cases.enums import CaseState, EventKind
from ventanilla.cases.models import Attachment, Case, Deadline, Event
from ventanilla.catalog.models import Procedure
from ventanilla.forms.models import FormVersion
from ventanilla.places import zones

Written = dict[str, Any]


def named(thing: Any) -> Written | None:
    """Something with a key and a name; nothing of nothing."""
    return {"key": thing.key, "name": thing.name} if thing is not None else None


def user(member: Any) -> Written | None:
    """A member of staff, by username."""
    return {"key": member.username, "name": member.name} if member is not None else None


def can_be_filed(procedure: Procedure) -> bool:
    """Emergencies are called in, and some types only the technical area begins."""
    return not procedure.is_emergency and not procedure.technical_only


def procedure(each: Procedure) -> Written:
    """A type of dealing."""
    return {
        "key": each.key,
        "name": each.name,
        "description": each.description,
        "service": named(each.service),
        "department": named(each.department),
        "kind": each.kind,
        "nature": each.nature,
        "words": each.words,
        "place": each.place_need,
        "is_emergency": each.is_emergency,
        "emergency_phone": each.emergency_phone,
        "needs_document": each.needs_document,
        "can_be_filed": can_be_filed(each),
    }


def questions(version: FormVersion | None) -> list[Written]:
    """What a form asks, in order."""
    if version is None:
        return []
    return [
        {"key": each.field, "question": each.text, "hint": each.hint, "is_required": each.is_required}
        for each in version.paper.questions
    ]


def clocks(deadlines: Iterable[Deadline]) -> list[Written]:
    """The two clocks, the law's first."""
    return [
        {
            "kind": each.kind,
            "due_at": each.due_at,
            "law": each.law,
            "article": each.article,
            "silence": each.silence,
            "met_at": each.met_at,
        }
        for each in sorted(deadlines, key=lambda each: each.kind)
    ]


def moment(event: Event) -> Written:
    """A line of the timeline."""
    label = str(EventKind(event.kind).label)
    return {"at": event.at, "kind": event.kind, "label": label, "by": event.by_label, "text": event.text}


def file(attachment: Attachment) -> Written:
    """A file of a case; it is read under its own uuid."""
    held = attachment.file
    return {
        "uuid": attachment.uuid,
        "name": attachment.name,
        "media_type": held.media_type,
        "size": held.size,
        "visibility": attachment.visibility,
    }


def _zone(pk: int | None) -> str | None:
    zone = zones.name_of(pk)
    return zone.name if zone else None


def summary(case: Case) -> Written:
    """A case as lists have it."""
    return {
        "uuid": case.uuid,
        "reference": case.reference,
        "procedure": named(case.procedure),
        "kind": case.kind,
        "state": case.state,
        "channel": case.channel,
        "department": named(case.department),
        "team": named(case.team),
        "assignee": user(case.assignee),
        "district": _zone(case.district_id),
        "neighborhood": _zone(case.neighborhood_id),
        "place": case.place_label,
        "lon": case.lon,
        "lat": case.lat,
        "filed_at": case.filed_at,
        "updated_at": case.updated_at,
        "due_at": case.due_at,
        "closed_at": case.closed_at,
        "is_urgent": case.is_urgent,
        "is_incomplete": case.is_incomplete,
        "is_reserved": case.is_reserved,
        "followers": case.follower_count,
    }


def done(case: Case) -> Written:
    """A case after something was done to it."""
    return {
        "uuid": case.uuid,
        "reference": case.reference,
        "state": case.state,
        "department": named(case.department),
        "team": named(case.team),
        "assignee": user(case.assignee),
        "updated_at": case.updated_at,
        "closed_at": case.closed_at,
    }


def asked(case: Case, events: Sequence[Event]) -> str:
    """What the person is asked and has not answered."""
    if case.state != CaseState.WAITING_PERSON:
        return ""
    last = next((each for each in reversed(events) if each.kind == "asked"), None)
    return last.text if last else _("Esperamos su respuesta")
