"""The story of a case: what happened, in sentences, with what was said, answered and added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.cases.enums import Channel, EventKind, LinkKind, Stopped
from ventanilla.cases.models import Attachment, Case, Event, WorkItem
from ventanilla.design.components import Fact
from ventanilla.design.dates import day
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
    said = _said(event, kind)
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


def _said(event: Event, kind: EventKind) -> str:
    """What happened, as the end of a sentence that begins with who did it."""
    data = event.data
    verbs = {
        EventKind.FILED: _filed(data),
        EventKind.TAKEN: _("lo tomó"),
        EventKind.RELEASED: _("lo soltó: queda sin tomar"),
        EventKind.ASSIGNED: _assigned(data),
        EventKind.ROUTED: _("lo derivó de %(from)s a %(to)s"),
        EventKind.ASKED: _("pidió que lo corrija") if data.get("correct_by") else _("pidió un dato a la persona"),
        EventKind.PERSON_REPLIED: _("respondió"),
        EventKind.REPLIED: _("respondió lo que pedía") if data.get("answers") else _("escribió a la persona"),
        EventKind.NOTED: _("anotó, solo para la mesa"),
        EventKind.PLACE_CORRECTED: _("corrigió el lugar"),
        EventKind.ATTACHED: _("adjuntó"),
        EventKind.STEP_DONE: _("hizo el paso «%(step)s»"),
        EventKind.SCHEDULED: _("lo programó: espera presupuesto") if data.get("without_budget") else _("lo programó"),
        EventKind.UNSCHEDULED: _("lo puso otra vez en marcha"),
        EventKind.PAUSED: _paused(data),
        EventKind.RESUMED: _resumed(data),
        EventKind.EXTENDED: _extended(data),
        EventKind.LAPSED: _("Pasó el plazo para corregir y la persona no respondió"),
        EventKind.URGENT: _("lo marcó urgente") if data.get("urgent") else _("le quitó lo urgente"),
        EventKind.RESOLVED: _("lo resolvió"),
        EventKind.REFUSED: _("lo cerró: no procede"),
        EventKind.CANCELLED: _("lo anuló"),
        EventKind.WITHDRAWN: _("lo retiró"),
        EventKind.DUPLICATE: _("lo cerró por repetido"),
        EventKind.REOPENED: _("lo reabrió"),
        EventKind.LINKED: _linked(data),
        EventKind.UNLINKED: _("lo separó de otro caso"),
        EventKind.FOLLOWED: _followed(data),
        EventKind.CONTACTED: _("contó a la persona cómo va"),
        EventKind.ESCALATED: _("Subió en la bandeja: un paso va tarde") if data.get("late") else _escalated(data),
        EventKind.SURVEYED: _("dio su opinión: %(mark)s de 5"),
        EventKind.COMPLETED: _("completó los datos"),
        EventKind.ERASED: _("borró los datos personales por orden"),
    }
    words = {"from": "", "to": "", "step": "", "mark": ""}
    return verbs[kind] % {**words, **{name: str(value) for name, value in data.items()}}


def _filed(data: dict[str, Any]) -> str:
    by = {
        Channel.WEB: _("lo presentó por el portal"),
        Channel.PHONE: _("lo presentó por teléfono"),
        Channel.COUNTER: _("lo presentó en el mostrador"),
        Channel.IMPORT: _("llegó de otro sistema"),
    }
    channel = data.get("channel", "")
    return by.get(channel) or _("lo presentó desde una aplicación")


def _assigned(data: dict[str, Any]) -> str:
    if data.get("name") and data.get("team_name"):
        return _("lo asignó a %(name)s, con %(team_name)s")
    if data.get("name"):
        return _("lo asignó a %(name)s")
    return _("lo pasó a %(team_name)s, sin nadie todavía") if data.get("team_name") else _("lo dejó sin nadie")


def _paused(data: dict[str, Any]) -> str:
    if data.get("name"):
        return _("El plazo quedó en pausa: %(name)s")
    if data.get("stops") == Stopped.TARGET:
        return _("La fecha de arreglo espera a la persona")
    return _("El plazo quedó en pausa: se espera a la persona")


def _resumed(data: dict[str, Any]) -> str:
    due = _moment(data.get("due_at"))
    until = {"day": day(due)} if due else {"day": ""}
    if data.get("expired"):
        return _("La pausa llegó a su máximo: vence el %(day)s") % until
    if data.get("stops") == Stopped.TARGET:
        return _("La fecha de arreglo es ahora el %(day)s") % until
    return _("El plazo volvió a correr: vence el %(day)s") % until


def _extended(data: dict[str, Any]) -> str:
    due = _moment(data.get("due_at"))
    until = {"day": day(due)} if due else {"day": ""}
    if data.get("clock") == "correction":
        return _("le dio más tiempo para corregir: hasta el %(day)s") % until
    if data.get("clock") == "target":
        return _("cambió la fecha de arreglo: %(day)s") % until
    return _("amplió el plazo para contestar: %(day)s") % until


def _escalated(data: dict[str, Any]) -> str:
    return _("Venció: subió en la bandeja") if data.get("level") == 2 else _("Vence pronto: subió en la bandeja")


def _linked(data: dict[str, Any]) -> str:
    return (
        _("le unió otro que era el mismo") if data.get("kind") == LinkKind.DUPLICATE else _("lo vinculó con otro caso")
    )


def _followed(data: dict[str, Any]) -> str:
    count = data.get("followers", 0)
    if data.get("left"):
        return _("Alguien dejó de seguirlo")
    return _("Lo sigue 1 persona más") if count == 1 else _("Lo siguen %(followers)s personas más")


def _more(event: Event, kind: EventKind) -> str:
    """What goes with it, more softly: the rule that brought it here, by when it has to be corrected."""
    if kind == EventKind.FILED and event.data.get("routing"):
        return _("Llegó a su área por la regla %(rule)s") % {"rule": event.data["routing"]}
    due = _moment(event.data.get("correct_by"))
    if kind == EventKind.ASKED and due:
        return _("Hasta el %(day)s (%(law)s)") % {"day": day(due), "law": event.data.get("law", "")}
    until = _moment(event.data.get("until"))
    if kind == EventKind.PAUSED and until:
        return _("Hasta el %(day)s a lo sumo") % {"day": day(until)}
    return ""


def _moment(iso: Any) -> datetime | None:
    return datetime.fromisoformat(iso) if isinstance(iso, str) else None


def _answers(item: WorkItem | None) -> Sequence[Fact]:
    """What was answered in a step of the process: it is part of the evidence."""
    if item is None or not item.form_key or item.form_version is None:
        return ()
    return [
        Fact(question, said) for question, said in pairs(version_of(item.form_key, item.form_version), item.answers)
    ]
