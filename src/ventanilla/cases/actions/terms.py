"""What staff decide about the terms of a case: longer, standing still, running again, urgent."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ventanilla.calendars.rules import NotAllowed
from ventanilla.cases import notifications
from ventanilla.cases.actions import clocks, ending, pauses
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import Refused, finish, locked
from ventanilla.cases.enums import CaseState, DeadlineKind, EventKind, Visibility
from ventanilla.cases.models import Case
from ventanilla.lib.actors import Actor


@transaction.atomic
def extend_term(case: Case, *, kind: DeadlineKind, quantity: int, text: str, by: Actor) -> Case:
    """Make a clock longer, with a reason the person reads. Raises NotAllowed where its law doesn't let it."""
    case = locked(case)
    deadline = clocks.extend(case, kind=kind, quantity=quantity)
    data = {"clock": kind, "by": quantity, "unit": deadline.unit, "due_at": deadline.due_at.isoformat()}
    record(case, [Happening(EventKind.EXTENDED, Visibility.PERSON, text=text, data=data)], by=by)
    finish(case)
    notifications.tell_extended(case, text, due_at=deadline.due_at)
    return case


@transaction.atomic
def extend_correction(case: Case, *, quantity: int, text: str, by: Actor) -> Case:
    """Give the person longer to correct what they filed. Raises NotAllowed where the law doesn't."""
    case = ending.still_open(case)
    asked = pauses.give_longer(case, quantity)
    if asked is None:
        raise NotAllowed("the term to correct can't be made that long")
    data = {"clock": "correction", "by": quantity, "unit": asked.unit, "due_at": asked.due_at.isoformat()}
    record(case, [Happening(EventKind.EXTENDED, Visibility.PERSON, text=text, data=data)], by=by)
    finish(case)
    notifications.tell_extended(case, text, due_at=asked.due_at)
    return case


@transaction.atomic
def pause_term(case: Case, *, cause: str, text: str, by: Actor) -> Case:
    """Let the law's clock stand still for a cause that its preset lists, explained to the person.

    Raises Refused for any other cause, and where the clock stands still already.
    """
    case = ending.still_open(case)
    if case.paused_at is not None:
        raise Refused(_("El plazo ya está en pausa."))
    known = {each.key: each for each in pauses.causes(case)}
    paused = pauses.begin(case, cause=cause) if cause in known else None
    if paused is None:
        raise Refused(_("La ley de este plazo no prevé esa causa."))
    until = paused.expires_at.isoformat() if paused.expires_at else None
    data = {"cause": cause, "name": known[cause].name, "stops": paused.stops, "until": until}
    record(case, [Happening(EventKind.PAUSED, Visibility.PERSON, text=text, data=data)], by=by)
    finish(case)
    notifications.tell_paused(case, text, cause=known[cause].name, until=paused.expires_at)
    return case


@transaction.atomic
def resume_term(case: Case, *, by: Actor) -> Case:
    """Let the clocks run again before their pause runs out. Raises Refused where none stands still."""
    case = locked(case)
    paused, stopped = pauses.open_pause(case), case.paused
    if paused is None or not pauses.end(case):
        raise Refused(_("Ningún plazo está en pausa."))
    if paused.cause == pauses.FOR_PERSON and case.state == CaseState.WAITING_PERSON:
        case.state = CaseState.IN_PROGRESS
    record(case, [pauses.resumed(case, stopped)], by=by)
    finish(case)
    notifications.tell_resumed(case)
    return case


@transaction.atomic
def mark_urgent(case: Case, *, urgent: bool, by: Actor) -> Case:
    """Halve the terms that the law lets urgency halve, and move the case forward in the inbox; or undo that."""
    case = locked(case)
    if case.is_urgent == urgent:
        return case
    case.is_urgent = urgent
    clocks.recount(case)
    record(case, [Happening(EventKind.URGENT, Visibility.STAFF, data={"urgent": urgent})], by=by)
    return finish(case)
