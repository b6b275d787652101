"""What is to be done next with a case: the one thing the eye should land on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ventanilla.cases.enums import CaseState, LinkKind, WorkKind
from ventanilla.cases.models import Case, WorkItem
from ventanilla.design.dates import day, when
from ventanilla.design.languages import translated
from ventanilla.desk.acting import ACTS, Act
from ventanilla.desk.aside import Linked, Waiting


@dataclass(frozen=True)
class Next:
    """What comes next, in words, and how to do it: an action, or a page. `tone` owed where it waits for us."""

    title: str
    text: str = ""
    quote: str = ""
    act: Act | None = None
    path: str = ""
    label: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Seen:
    """What the page knows when it is asked what comes next."""

    user: Any
    can_do: Collection[str]
    items: Sequence[tuple[WorkItem, bool]]
    waiting: Waiting
    links: Sequence[Linked]
    name: str
    last_said: str = ""
    """What the person said last."""


def next_of(case: Case, seen: Seen) -> Next | None:
    """The one thing: the first of what may be so, in the order in which it matters."""
    asked: Sequence[Callable[[Case, Seen], Next | None]] = (
        _ended,
        _replied,
        _untaken,
        _scheduled,
        _waits,
        _own_step,
        _others_step,
    )
    return next((found for ask in asked if (found := ask(case, seen))), None)


def _act(name: str, seen: Seen) -> Act | None:
    return ACTS[name] if name in seen.can_do else None


def _ended(case: Case, seen: Seen) -> Next | None:
    if case.is_open:
        return None
    first = next(
        (each.other for each in seen.links if each.link.kind == LinkKind.DUPLICATE and not each.can_part), None
    )
    if case.state == CaseState.DUPLICATE and first:
        path = reverse("desk:case", args=[first.uuid])
        title = _("Es el mismo que el %(reference)s") % {"reference": first.reference}
        return Next(title, _("Se atiende con ese."), path=path, label=_("Ir al otro"))
    since = {"when": when(case.closed_at) if case.closed_at else ""}
    return Next(_("Cerrado, %(when)s") % since, case.outcome)


def _replied(case: Case, seen: Seen) -> Next | None:
    if case.person_replied_at is None or case.assignee_id != seen.user.pk:
        return None
    said = _("%(name)s respondió") % {"name": seen.name or _("La persona")}
    return Next(said, when(case.person_replied_at), seen.last_said, act=_act("responder", seen), tone="owed")


def _untaken(case: Case, seen: Seen) -> Next | None:
    if case.assignee_id is not None:
        return None
    return Next(_("Nadie lo ha tomado todavía"), act=_act("tomar", seen), tone="owed")


def _scheduled(case: Case, seen: Seen) -> Next | None:
    if case.state != CaseState.SCHEDULED:
        return None
    until = _("La fecha prevista: %(day)s.") % {"day": day(case.target_due_at)} if case.target_due_at else ""
    return Next(_("Está programado"), until, act=_act("retomar", seen))


def _waits(case: Case, seen: Seen) -> Next | None:
    if case.state != CaseState.WAITING_PERSON:
        return None
    correction, pause = seen.waiting.correction, seen.waiting.pause
    until = correction.due_at if correction else pause.expires_at if pause else None
    text = _("Hasta el %(day)s a lo sumo.") % {"day": day(until)} if until else ""
    return Next(_("Esperamos a %(name)s") % {"name": seen.name or _("la persona")}, text)


def _own_step(case: Case, seen: Seen) -> Next | None:
    """The work that this user may do, what is owed first; what nobody asked of the process first of all."""
    mine = [item for item, may in seen.items if may]
    if not mine:
        return None
    item = min(mine, key=lambda each: (each.kind == WorkKind.PROCESS, each.due_at is None, each.due_at, each.pk))
    path = reverse("desk:work", args=[case.uuid, item.uuid])
    return Next(translated(item.name), _by_when(item), path=path, label=_("Hacer este paso"), tone="owed")


def _others_step(_case: Case, seen: Seen) -> Next | None:
    owed = [item for item, _may in seen.items if item.state == "open"]
    if not owed:
        return None
    item = owed[0]
    who = item.assignee.name if item.assignee else str(item.team or "")
    return Next(translated(item.name), ". ".join(part for part in (who, _by_when(item)) if part))


def _by_when(item: WorkItem) -> str:
    return _("A más tardar el %(day)s.") % {"day": day(item.due_at)} if item.due_at else ""
