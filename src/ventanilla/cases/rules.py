"""Urgency, steps and summaries of a case; what a reply template may say. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.cases.enums import CaseState, Visibility
from ventanilla.notifications.rules import wording

UNHURRIED = timedelta(days=30)
"""How far ahead a case stands in the inbox when no term runs for it."""


MOST_HOURS = 1000
"""What one reason weighs at most: some six weeks. A case pushed back before the year 1 could not be filed."""


@dataclass(frozen=True)
class Weights:
    """Hours by which each reason moves a case forward."""

    per_weight: int = 8
    per_follower: int = 4
    follower_limit: int = 20
    urgent: int = 120
    reopened: int = 24
    person_replied: int = 12
    escalated: int = 24


@dataclass(frozen=True)
class Standing:
    """What decides a case's place in the inbox."""

    filed_at: datetime
    due_at: datetime | None
    weight: int = 0
    followers: int = 0
    is_urgent: bool = False
    reopenings: int = 0
    person_replied: bool = False
    escalation: int = 0


def urgency(standing: Standing, weights: Weights) -> list[tuple[str, int]]:
    """The reasons that move a case forward, each with its hours: `[("weight", 24), ("followers", 12)]`."""
    reasons = [
        ("weight", standing.weight * weights.per_weight),
        ("followers", min(standing.followers, weights.follower_limit) * weights.per_follower),
        ("urgent", weights.urgent if standing.is_urgent else 0),
        ("reopened", standing.reopenings * weights.reopened),
        ("person_replied", weights.person_replied if standing.person_replied else 0),
        ("escalated", standing.escalation * weights.escalated),
    ]
    return [(name, hours) for name, hours in reasons if hours]


def order_at(standing: Standing, weights: Weights) -> datetime:
    """The instant by which the inbox is ordered: when it is due, less the hours of what makes it important.

    It doesn't depend on the time it is asked, so it can be stored and indexed; two cases keep their order as the
    day goes by (ADR 0005).
    """
    base = standing.due_at or standing.filed_at + UNHURRIED
    return base - timedelta(hours=sum(hours for _name, hours in urgency(standing, weights)))


SOON = timedelta(days=1)
SOON_LEVEL, OVERDUE_LEVEL = 1, 2


def escalation(due_at: datetime | None, now: datetime) -> int:
    """How far up a case belongs by its term: 1 from a day before, 2 once overdue."""
    if due_at is None or due_at >= now + SOON:
        return 0
    return OVERDUE_LEVEL if due_at < now else SOON_LEVEL


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of the moments there are."""
    return min((moment for moment in moments if moment is not None), default=None)


def term_fraction(starts_at: datetime, due_at: datetime, now: datetime) -> float:
    """How much of a term has gone, from 0 to 1."""
    whole = (due_at - starts_at).total_seconds()
    gone = (now - starts_at).total_seconds()
    return 1.0 if whole <= 0 else min(1.0, max(0.0, gone / whole))


def may_reopen(state: str, closed_at: datetime | None, days: int, now: datetime) -> bool:
    """Whether the person may still say that it was not mended: within the type's days of its end."""
    if closed_at is None or state not in (CaseState.RESOLVED, CaseState.REFUSED, CaseState.DUPLICATE):
        return False
    return now <= closed_at + timedelta(days=days)


def person_reads(visibility: str) -> bool:
    """Whether the person who filed reads an event of this visibility."""
    return visibility in (Visibility.PUBLIC, Visibility.PERSON)


LOOKS = {
    CaseState.RECEIVED: "received",
    CaseState.IN_PROGRESS: "in_progress",
    CaseState.WAITING_PERSON: "waiting",
    CaseState.SCHEDULED: "programmed",
    CaseState.RESOLVED: "fixed",
    CaseState.REFUSED: "refused",
    CaseState.CANCELLED: "closed",
    CaseState.WITHDRAWN: "withdrawn",
    CaseState.DUPLICATE: "duplicate",
}


def look(state: str, due_at: datetime | None, now: datetime, *, replied: bool = False) -> str:
    """How a case is drawn: the key of a state in the design room. What is late, or waits for us, shows first."""
    drawn = CaseState(state)
    if drawn in (CaseState.RECEIVED, CaseState.IN_PROGRESS, CaseState.SCHEDULED) and due_at and due_at < now:
        return "overdue"
    if replied and drawn == CaseState.IN_PROGRESS:
        return "answered"
    return LOOKS[drawn]


def mark(look_key: str) -> Literal["new", "doing", "late", "done"]:
    """The mark on a drawn map of a case that looks so."""
    if look_key == "received":
        return "new"
    if look_key == "overdue":
        return "late"
    return "done" if look_key in ("fixed", "refused", "closed", "withdrawn", "duplicate") else "doing"


TEMPLATE_VARIABLES = {
    "name": gettext_lazy("nombre de pila de la persona"),
    "what": gettext_lazy("tipo del caso"),
    "reference": gettext_lazy("número del caso"),
    "place": gettext_lazy("dónde es"),
    "answer_by": gettext_lazy("plazo para contestar"),
    "mend_by": gettext_lazy("fecha prevista de arreglo"),
    "department": gettext_lazy("área que lo atiende"),
    "who": gettext_lazy("quien escribe"),
    "municipality": gettext_lazy("nombre completo de la municipalidad"),
    "town": gettext_lazy("nombre del pueblo"),
    "town_phone": gettext_lazy("teléfono de la municipalidad"),
}
"""What a reply template may name, and what each stands for."""
TEMPLATE_LIMIT = 4000


def template_problems(text: str) -> list[str]:
    """What must be mended before a reply template may be kept, in words; empty if nothing."""
    unknown = sorted(wording.variables(text) - TEMPLATE_VARIABLES.keys())
    found = [_("No existe la variable «%s».") % name for name in unknown]
    if wording.has_loose_braces(text):
        found.append(_("Hay llaves sueltas: las variables se escriben {{ así }}."))
    if not text.strip():
        found.append(_("Falta el texto."))
    if len(text) > TEMPLATE_LIMIT:
        found.append(_("El texto pasa de 4000 letras."))
    return found


def spoken(code: str) -> str:
    """The code of a receipt in two halves, as it is read aloud."""
    return f"{code[:4]}-{code[4:]}"
