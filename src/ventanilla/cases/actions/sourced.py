"""A case as another system tells it, row after row: what the first one makes of it and what later ones change.

Nothing is written here; `bulk` does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from ventanilla.cases.actions.record import Happening
from ventanilla.cases.enums import CLOSED_STATES, CaseState, Channel, EventKind, Visibility
from ventanilla.cases.models import Case, Deadline
from ventanilla.lib import clock

SEEN_AT = "seen_at"
"""Where `Case.external` keeps since when the source says what it says."""

CHANGEABLE = ("state", "closed_at", "answered_at", "external")
"""What of a case its source may change."""

_KINDS = {
    CaseState.RECEIVED: EventKind.NOTED,
    CaseState.IN_PROGRESS: EventKind.TAKEN,
    CaseState.WAITING_PERSON: EventKind.ASKED,
    CaseState.SCHEDULED: EventKind.SCHEDULED,
    CaseState.RESOLVED: EventKind.RESOLVED,
    CaseState.REFUSED: EventKind.REFUSED,
    CaseState.CANCELLED: EventKind.CANCELLED,
    CaseState.WITHDRAWN: EventKind.WITHDRAWN,
    CaseState.DUPLICATE: EventKind.DUPLICATE,
}


class CaseRow(NamedTuple):
    """A case as its source tells it, in values that a database can store (no NUL, no lone surrogates).

    `number` is the row's place in its file, from 1; `key` what the source knows it by; `procedure` a key of the
    catalogue. `seen_at` says since when it is in this state: an older row never undoes a newer one. A closed state
    without `closed_at` counts as closed when it was filed, for lack of better. `external` is kept as delivered.
    """

    number: int
    key: str
    procedure: str
    filed_at: datetime
    state: CaseState = CaseState.RECEIVED
    closed_at: datetime | None = None
    seen_at: datetime | None = None
    description: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    channel: Channel = Channel.IMPORT
    external: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Story:
    """A case and what happens to it in one batch: its filing, if it is new, and each change of its source."""

    case: Case
    happenings: list[tuple[Happening, datetime]]
    deadlines: list[Deadline] = field(default_factory=list)


def facts(row: CaseRow) -> dict[str, Any]:
    """What the source says beyond our fields, and since when; empty values are none."""
    said = {name: value for name, value in row.external.items() if value not in (None, "", [], {})}
    return said | ({SEEN_AT: row.seen_at.isoformat()} if row.seen_at else {})


def set_state(case: Case, row: CaseRow) -> None:
    """Set the state and what goes with it: a closed case has its end, and whoever was told an end was answered."""
    case.state = row.state
    case.closed_at = max(row.filed_at, row.closed_at or row.filed_at) if row.state in CLOSED_STATES else None
    if case.closed_at or row.state == CaseState.SCHEDULED:
        case.answered_at = case.answered_at or case.closed_at or row.seen_at or row.filed_at


def absorb(story: Story, row: CaseRow) -> bool:
    """Let a later row change the case: what is newer replaces, what was missing is filled in. Whether it did.

    That a row is newer is kept even where it says nothing new, so that an older one that comes later undoes nothing.
    """
    case, known, said = story.case, dict(story.case.external), facts(row)
    was, ended = case.state, case.closed_at
    if _is_newer(row, case):
        set_state(case, row)
        case.external = {**known, **said}
    else:
        case.external = {**said, **known}
    told = sorted(name for name, value in case.external.items() if name != SEEN_AT and known.get(name) != value)
    if case.closed_at != ended:
        told.append("closed_at")
    if case.state == was and not told:
        return False
    story.happenings.append((_change(case, was, told), row.seen_at or clock.now()))
    return True


def _is_newer(row: CaseRow, case: Case) -> bool:
    if row.seen_at is None:
        return False
    known = case.external.get(SEEN_AT)
    return known is None or row.seen_at > datetime.fromisoformat(known)


def _change(case: Case, was: str, told: list[str]) -> Happening:
    kind = EventKind.NOTED
    if case.state != was:
        reopened = was in CLOSED_STATES and case.is_open
        kind = EventKind.REOPENED if reopened else _KINDS[CaseState(case.state)]
    shown = Visibility.STAFF if kind == EventKind.NOTED else Visibility.PERSON
    data = {"source": case.source, "state": case.state, "was": was, "changed": told}
    return Happening(kind, shown, data=data)
