"""The story of a case: what happened, in sentences, with what was said, answered and added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.cases.enums import EventKind
from ventanilla.cases.models import Attachment, Case, Event, WorkItem
from ventanilla.design.components import Fact
from ventanilla.design.dates import day
from ventanilla.desk import sentences
from ventanilla.forms.models import version_of
from ventanilla.forms.reading import pairs

WITH_PERSON = {EventKind.FILED, EventKind.ASKED, EventKind.REPLIED, EventKind.PERSON_REPLIED}
CLOCK = {
    EventKind.PAUSED,
    EventKind.RESUMED,
    EventKind.EXTENDED,
    EventKind.ESCALATED,
    EventKind.SCHEDULED,
    EventKind.UNSCHEDULED,
    EventKind.LAPSED,
    EventKind.URGENT,
}
SHOWN = {"persona": WITH_PERSON, "plazo": CLOCK, "notas": {EventKind.NOTED}}
ICONS = {
    EventKind.FILED: "inbox",
    EventKind.TAKEN: "hand-stop",
    EventKind.RELEASED: "arrow-back-up",
    EventKind.ASSIGNED: "user-plus",
    EventKind.ROUTED: "arrows-split-2",
    EventKind.ASKED: "message-2-question",
    EventKind.PERSON_REPLIED: "message",
    EventKind.REPLIED: "message",
    EventKind.NOTED: "note",
    EventKind.PLACE_CORRECTED: "map-pin",
    EventKind.ATTACHED: "paperclip",
    EventKind.STEP_DONE: "check",
    EventKind.SCHEDULED: "calendar-clock",
    EventKind.UNSCHEDULED: "player-play",
    EventKind.PAUSED: "player-pause",
    EventKind.RESUMED: "player-play",
    EventKind.EXTENDED: "calendar-plus",
    EventKind.LAPSED: "hourglass",
    EventKind.URGENT: "urgent",
    EventKind.RESOLVED: "check",
    EventKind.REFUSED: "x",
    EventKind.CANCELLED: "trash",
    EventKind.WITHDRAWN: "arrow-back-up",
    EventKind.DUPLICATE: "files",
    EventKind.REOPENED: "rotate",
    EventKind.LINKED: "link",
    EventKind.UNLINKED: "minus",
    EventKind.FOLLOWED: "users",
    EventKind.CONTACTED: "phone",
    EventKind.ESCALATED: "alert-triangle",
    EventKind.SURVEYED: "star",
    EventKind.COMPLETED: "pencil",
    EventKind.ERASED: "trash",
}


@dataclass(frozen=True)
class Line:
    """A line of the story. `other` is the case it speaks of, where the reader may see it."""

    event: Event
    icon: str
    kind: str
    who: str
    said: str
    more: str = ""
    facts: Sequence[Fact] = ()
    attachments: Sequence[Attachment] = ()
    other: Case | None = None


@dataclass(frozen=True)
class Known:
    """What the story needs besides the events: files by event, work by uuid, and the other cases one may see."""

    attachments: Mapping[int, Sequence[Attachment]] = field(default_factory=dict)
    items: Mapping[str, WorkItem] = field(default_factory=dict)
    others: Mapping[str, Case] = field(default_factory=dict)


def events(case: Case) -> list[Event]:
    """What happened, newest first."""
    return list(case.events.order_by("-seq"))


def known(user: Any, told: Sequence[Event], files: Sequence[Attachment], items: Sequence[WorkItem]) -> Known:
    """What goes with the events. Of the cases they name, those this user may not see stay out."""
    by_event: dict[int, list[Attachment]] = defaultdict(list)
    for each in files:
        by_event[each.event_id].append(each)
    named = {str(each.data["other"]) for each in told if "other" in each.data}
    seen = Case.objects.visible_to(user).filter(uuid__in=named) if named else []
    return Known(by_event, {str(each.uuid): each for each in items}, {str(each.uuid): each for each in seen})


def lines(told: Sequence[Event], known: Known, show: str = "") -> list[Line]:
    """The story: all of it; or with the person alone, the notes alone, the clocks alone."""
    kept = SHOWN.get(show)
    return [_line(each, known) for each in told if kept is None or EventKind(each.kind) in kept]


def _line(event: Event, known: Known) -> Line:
    kind = EventKind(event.kind)
    who = _who(event)
    said = sentences.of(kind, event.data)
    return Line(
        event=event,
        icon=ICONS[kind],
        kind=_drawn(event, kind),
        who=who,
        said=said if who else said[:1].upper() + said[1:],
        more=_more(event, kind),
        facts=_answers(known.items.get(str(event.data.get("item", "")))),
        attachments=known.attachments.get(event.pk, ()),
        other=known.others.get(str(event.data.get("other", ""))),
    )


def _drawn(event: Event, kind: EventKind) -> str:
    if kind == EventKind.NOTED:
        return "note"
    if kind in CLOCK:
        return "clock"
    return "person" if event.by.startswith(("person:", "anonymous")) else ""


def _who(event: Event) -> str:
    """Who did it; nobody where time did."""
    if event.by == "anonymous":
        return _("Alguien sin decir quién")
    return "" if event.kind in _IMPERSONAL else event.by_label


_IMPERSONAL = {EventKind.PAUSED, EventKind.RESUMED, EventKind.ESCALATED, EventKind.FOLLOWED, EventKind.LAPSED}


def _more(event: Event, kind: EventKind) -> str:
    """What goes with it, more softly: the rule that brought it here, by when it has to be corrected."""
    if kind == EventKind.FILED and event.data.get("routing"):
        return _("Llegó a su área por la regla %(rule)s") % {"rule": event.data["routing"]}
    due = sentences.moment(event.data.get("correct_by"))
    if kind == EventKind.ASKED and due:
        return _("Hasta el %(day)s (%(law)s)") % {"day": day(due), "law": event.data.get("law", "")}
    until = sentences.moment(event.data.get("until"))
    if kind == EventKind.PAUSED and until:
        return _("Hasta el %(day)s a lo sumo") % {"day": day(until)}
    return ""


def _answers(item: WorkItem | None) -> Sequence[Fact]:
    """What was answered in a step of the process: it is part of the evidence."""
    if item is None or not item.form_key or item.form_version is None:
        return ()
    return [
        Fact(question, said) for question, said in pairs(version_of(item.form_key, item.form_version), item.answers)
    ]
