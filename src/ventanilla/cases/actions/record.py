"""The two books of a case, written together: the timeline people read and the trail that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ventanilla.audit import actions as audit
from ventanilla.audit.rules import digest
from ventanilla.cases import registry
from ventanilla.cases.enums import HIDDEN_NAME, EventKind, Identity, Visibility
from ventanilla.cases.models import Attachment, Case, Event
from ventanilla.cases.search import owe
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock, ids
from ventanilla.lib.actors import Actor

SALT_BYTES = 8


@dataclass(frozen=True)
class Happening:
    """One thing that happened: `text` may be personal and stays out of the trail, `data` may not be.

    `digests` seal further personal values that stand elsewhere.
    """

    kind: EventKind
    visibility: Visibility = Visibility.STAFF
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    files: Sequence[tuple[StoredFile, str]] = ()
    files_visibility: Visibility | None = None
    """Who sees the files, where others than who reads the text."""
    digests: dict[str, str] = field(default_factory=dict)


def record(case: Case, happenings: Sequence[Happening], *, by: Actor, new: bool = False) -> list[Event]:
    """Write what happened in both books, inside the caller's transaction, and tell whoever listens."""
    events = [event_of(case, each, by=by) for each in happenings]
    entries = [entry_of(event, happening) for event, happening in zip(events, happenings, strict=True)]
    for event, entry in zip(events, audit.append(case.chain, entries, by=by.ref, new=new), strict=True):
        event.seq = entry.seq
        event.hash = entry.hash  # type: ignore[attr-defined]  # the receipt's proof; not a column
    Event.objects.bulk_create(events)
    if not new and any(event.text for event in events):
        owe(case)
    _attach(case, events, happenings)
    for event in events:
        for listen in registry.events.values():
            listen(case, event)
    return events


def record_many(told: Sequence[tuple[Case, Happening]], *, by: Actor) -> list[Event]:
    """Write one thing that happened to each of many cases, in as many statements as for one. Without files."""
    events = [event_of(case, each, by=by) for case, each in told]
    chains = {case.chain: [entry_of(event, each)] for event, (case, each) in zip(events, told, strict=True)}
    for event, entry in zip(events, audit.append_many(chains, by=by.ref), strict=True):
        event.seq = entry.seq
    Event.objects.bulk_create(events)
    for event in events:
        if event.text:
            owe(event.case)
        for listen in registry.events.values():
            listen(event.case, event)
    return events


def event_of(case: Case, happening: Happening, *, by: Actor, at: datetime | None = None) -> Event:
    """A line of the timeline, not yet saved and without its number; `at` where it happened before it was recorded."""
    return Event(
        case=case,
        at=at or clock.now(),
        kind=happening.kind,
        visibility=happening.visibility,
        by=by.ref,
        by_label=_label(case, by),
        text=happening.text,
        data=happening.data,
        salt=ids.secret(SALT_BYTES) if happening.text else "",
    )


def _label(case: Case, by: Actor) -> str:
    """Who did it, for people: the timeline is read by more than those who may know a confidential person."""
    hidden = by.ref.startswith("person:") and case.identity == Identity.CONFIDENTIAL
    return HIDDEN_NAME if hidden else by.label


def entry_of(event: Event, happening: Happening) -> audit.Entry:
    """What the trail says of an event."""
    data: dict[str, Any] = {"event": str(event.uuid), **happening.data}
    digests = dict(happening.digests)
    if happening.text:
        digests["text"] = digest(happening.text, event.salt)
    if digests:
        data["digests"] = digests
    if happening.files:
        data["files"] = [stored.sha256 for stored, _name in happening.files]
    return audit.Entry(f"case.{happening.kind}", data)


def _attach(case: Case, events: list[Event], happenings: Sequence[Happening]) -> None:
    attachments = [
        Attachment(
            case=case,
            event=event,
            file=stored,
            name=name,
            visibility=happening.files_visibility or happening.visibility,
        )
        for event, happening in zip(events, happenings, strict=True)
        for stored, name in happening.files
    ]
    if attachments:
        Attachment.objects.bulk_create(attachments)
