"""When the clocks of a case stand still, and what the person is given to correct what they filed.

The law's clock stops only for a cause its preset lists, and no longer than it says. The charter's date is the house's
own: it waits for the person. Where the law knows no such cause, asking the person moves the charter's date alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.calendars import clocks as calendar
from ventanilla.calendars.enums import Act
from ventanilla.calendars.rules import SuspensionCause
from ventanilla.cases.actions import clocks
from ventanilla.cases.actions.record import Happening
from ventanilla.cases.enums import EventKind, Stopped, Visibility
from ventanilla.cases.models import Case, CorrectionRequest, Pause
from ventanilla.lib import clock
from ventanilla.lib.workingtime import Term, Unit

FOR_PERSON = clocks.WAITING_FOR_PERSON


@dataclass(frozen=True)
class Cure:
    """What the law gives the person to correct what they filed: how long, and who says so."""

    term: Term
    law: str
    article: str

    @property
    def citation(self) -> str:
        """«Ley 39/2015, art. 68»."""
        return f"{self.law}, {self.article}" if self.article else self.law


def causes(case: Case) -> Sequence[SuspensionCause]:
    """The causes for which the law lets this case's clock stand still; none where it has been answered."""
    legal = clocks.legal_term(case)
    return legal.causes if legal and case.is_open and case.answered_at is None else ()


def would_stop(case: Case, cause: str) -> Stopped:
    """Which clocks would stop for a cause, if it began now."""
    response = any(each.key == cause for each in causes(case))
    target = cause == FOR_PERSON and case.target_due_at is not None
    if response and target:
        return Stopped.BOTH
    return Stopped.RESPONSE if response else Stopped.TARGET if target else Stopped.NONE


def begin(case: Case, *, cause: str, until: datetime | None = None) -> Pause | None:
    """Let the clocks that may wait for a cause wait, `until` a moment at the latest. None where none of them may."""
    stops = would_stop(case, cause)
    if case.paused_at is not None or not case.is_open or not stops:
        return None
    now = clock.now()
    limits = _limits(case, cause, stops)
    case.paused_at, case.paused = now, stops
    expires_at = min([*limits, *([until] if until else [])], default=None)
    return Pause.objects.create(case=case, cause=cause, stops=stops, starts_at=now, expires_at=expires_at)


def _limits(case: Case, cause: str, stops: Stopped) -> list[datetime]:
    """Until when each clock that stops may wait, where something limits it."""
    now, residence = clock.now(), clocks.residence_of(case)
    by_law = [each.maximum for each in causes(case) if each.key == cause and each.maximum]
    by_charter = [clocks.CHARTER_PATIENCE] if stops in (Stopped.TARGET, Stopped.BOTH) else []
    limits = [calendar.due(term, now, residence=residence) for term in by_law]
    return [*limits, *(calendar.due(term, now) for term in by_charter)]


def end(case: Case, *, at: datetime | None = None, cause: str = "") -> bool:
    """Let the clocks run again, later by what they stood still. False where they ran, or stood for another cause."""
    if case.paused_at is None:
        return False
    held = Pause.objects.filter(case=case, ends_at=None, **({"cause": cause} if cause else {}))
    if not held.update(ends_at=at or clock.now()):
        return False
    case.paused_at, case.paused = None, Stopped.NONE
    clocks.recount(case)
    return True


def resumed(case: Case, stopped: str, *, expired: bool = False) -> Happening:
    """What is told once clocks run again that had `stopped`: by when the first of them is due."""
    response = case.response_due_at if stopped in (Stopped.RESPONSE, Stopped.BOTH) else None
    due = response or case.target_due_at
    data = {"stops": stopped, "due_at": due.isoformat() if due else None, **({"expired": True} if expired else {})}
    return Happening(EventKind.RESUMED, Visibility.PERSON, data=data)


def open_pause(case: Case) -> Pause | None:
    """The pause in force."""
    return Pause.objects.filter(case=case, ends_at=None).first() if case.paused_at else None


# Correcting what was filed --------------------------------------------------------------------------------------------


def cure(case: Case) -> Cure | None:
    """The term to correct that goes with the law by which this case is to be answered, if it gives one."""
    legal = clocks.legal_term(case)
    if legal is None or legal.cure is None or not case.is_open:
        return None
    own = calendar.term_for(Act.CURE, case.nature)
    if own is not None and own.law == legal.law:
        return Cure(own.term, own.law, f"art. {own.article}" if own.article else "")
    return Cure(legal.cure, legal.law, "")


def room_to_cure(case: Case) -> Term | None:
    """By how much the law lets the term to correct be made longer."""
    own, granted = calendar.term_for(Act.CURE, case.nature), cure(case)
    return own.extension if own is not None and granted is not None and own.law == granted.law else None


def ask_to_correct(case: Case, granted: Cure) -> CorrectionRequest:
    """Give the person the law's term to correct. Whoever has one already keeps it."""
    now = clock.now()
    asked, _made = CorrectionRequest.objects.get_or_create(
        case=case,
        answered_at=None,
        lapsed_at=None,
        defaults={
            "asked_at": now,
            "due_at": _due_from_person(case, granted.term, now),
            "quantity": granted.term.quantity,
            "unit": granted.term.unit,
            "law": granted.law,
            "article": granted.article,
        },
    )
    return asked


def _due_from_person(case: Case, term: Term, asked_at: datetime) -> datetime:
    """By when the person has to act: not on a holiday here, nor where they live if the law heeds it."""
    return calendar.due(term, asked_at, residence=clocks.residence_of(case), owed_by_person=True)


def open_correction(case: Case) -> CorrectionRequest | None:
    """What the person has still to correct."""
    return CorrectionRequest.objects.filter(case=case, answered_at=None, lapsed_at=None).first()


def corrected(case: Case) -> None:
    """The person has answered: nothing is left to correct."""
    CorrectionRequest.objects.filter(case=case, answered_at=None, lapsed_at=None).update(answered_at=clock.now())


def give_longer(case: Case, quantity: int) -> CorrectionRequest | None:
    """Make the term to correct longer by so many of its units. None where the law doesn't give that much."""
    asked, room = open_correction(case), room_to_cure(case)
    granted = cure(case)
    if asked is None or room is None or granted is None or room.unit != Unit(asked.unit):
        return None
    longer = asked.quantity + quantity
    if longer > granted.term.quantity + room.quantity:
        return None
    asked.quantity = longer
    asked.due_at = _due_from_person(case, Term(longer, room.unit), asked.asked_at)
    asked.save(update_fields=["quantity", "due_at"])
    Pause.objects.filter(case=case, ends_at=None, cause=FOR_PERSON).update(expires_at=asked.due_at)
    return asked
