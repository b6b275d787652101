"""The two clocks of a case: when they start, stand still, are met; and the place in the inbox that follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from ventanilla.calendars import clocks
from ventanilla.calendars.rules import LegalTerm, NotAllowed
from ventanilla.cases import rules
from ventanilla.cases.enums import DeadlineKind, Identity, Stopped
from ventanilla.cases.models import Case, Deadline, Pause, UrgencyWeights
from ventanilla.lib import clock, workingtime
from ventanilla.lib.held import Held
from ventanilla.lib.workingtime import Term, Unit

WAITING_FOR_PERSON = "correction"
CHARTER_PATIENCE = Term(10, Unit.WORKING_DAY)
"""How long the service charter's date waits for the person, where no law says otherwise."""


def legal_term(case: Case) -> LegalTerm | None:
    """The term in law to answer this case, if law sets one for its nature and for who filed it."""
    return clocks.response_term(case.nature, identified=case.identity != Identity.ANONYMOUS)


def start(case: Case) -> list[Deadline]:
    """The clocks of a case that begins: set on the case and returned, not yet saved."""
    made = _clocks_from(case, case.filed_at)
    settle(case)
    return made


def _clocks_from(case: Case, moment: datetime) -> list[Deadline]:
    legal, target = legal_term(case), case.procedure.target
    response = [_response(case, legal, moment)] if legal else []
    return [*response, *([_target(case, target, moment)] if target else [])]


def _due(legal: LegalTerm, starts_at: datetime, *, urgent: bool, **more: Any) -> datetime:
    """The legal due date; urgency halves only where that law knows it."""
    return clocks.due(legal, starts_at, urgent=urgent and bool(legal.urgency_article), **more)


def residence_of(case: Case) -> str:
    """The region where who filed it lives, if its holidays count too. The charter's dates are of this house alone."""
    return case.applicant.residence if clocks.heeds_residence() and case.applicant else ""


def _response(case: Case, legal: LegalTerm, starts_at: datetime) -> Deadline:
    case.response_due_at = due_at = _due(legal, starts_at, urgent=case.is_urgent, residence=residence_of(case))
    return Deadline(
        case=case,
        kind=DeadlineKind.RESPONSE,
        quantity=legal.term.quantity,
        unit=legal.term.unit,
        law=legal.law,
        article=f"art. {legal.article}" if legal.article else "",
        silence=legal.silence,
        starts_at=starts_at,
        due_at=due_at,
    )


def _target(case: Case, target: Term, starts_at: datetime) -> Deadline:
    case.target_due_at = due_at = clocks.due(target, starts_at, urgent=case.is_urgent)
    return Deadline(
        case=case,
        kind=DeadlineKind.TARGET,
        quantity=target.quantity,
        unit=target.unit,
        law=gettext_noop("Carta de servicios"),
        starts_at=starts_at,
        due_at=due_at,
    )


def save(deadlines: Sequence[Deadline]) -> None:
    """Save new clocks, once their case is saved."""
    if deadlines:
        Deadline.objects.bulk_create(deadlines)


def settle(case: Case, *, weights: rules.Weights | None = None) -> None:
    """Set what follows from the clocks: what is due first, and the place in the inbox."""
    response = None if case.answered_at or case.response_waits else case.response_due_at
    target = None if case.target_waits else case.target_due_at
    case.due_at = rules.earliest(response, target) if case.is_open else None
    case.escalation = min(case.escalation, rules.escalation(case.due_at, clock.now()))
    standing = standing_of(case)
    held = weights or weights_in_force.get(None)
    case.order_at = rules.order_at(standing, held)
    case.urgency = [list(reason) for reason in rules.urgency(standing, held)]


def standing_of(case: Case) -> rules.Standing:
    """What decides a case's place in the inbox."""
    return rules.Standing(
        filed_at=case.filed_at,
        due_at=case.due_at,
        weight=case.procedure.weight,
        followers=case.follower_count,
        is_urgent=case.is_urgent,
        reopenings=case.reopenings,
        person_replied=case.person_replied_at is not None,
        escalation=case.escalation,
    )


def _read_weights(_key: None) -> rules.Weights:
    row = UrgencyWeights.objects.values(*rules.Weights.__dataclass_fields__).first()
    return rules.Weights(**row) if row else rules.Weights()


weights_in_force: Held[None, rules.Weights] = Held(_read_weights)


def meet_response(case: Case) -> None:
    """The person has been answered."""
    if case.answered_at is None:
        case.answered_at = clock.now()
        Deadline.objects.filter(case=case, kind=DeadlineKind.RESPONSE).update(met_at=case.answered_at)


def meet_all(case: Case) -> None:
    """It has ended: whatever was owed is met at its end, by answering or by mending."""
    case.answered_at = case.answered_at or case.closed_at
    Deadline.objects.filter(case=case, met_at=None).update(met_at=case.closed_at)


def go_on(case: Case) -> None:
    """Its end was a mistake: what was met by it is owed again, counted from the day it began."""
    Deadline.objects.filter(case=case, met_at=case.closed_at).update(met_at=None)
    if case.answered_at == case.closed_at:
        case.answered_at = None
    case.closed_at = None
    recount(case)


def begin_anew(case: Case) -> None:
    """Start the clocks again from now: the case was reopened."""
    case.closed_at = case.answered_at = None
    Deadline.objects.filter(case=case).delete()
    save(_clocks_from(case, clock.now()))


def recount(case: Case) -> None:
    """Count again what is still owed, with its pauses, extension and urgency. What was met stays as it was."""
    stored = list(Pause.objects.filter(case=case).order_by("starts_at"))
    for deadline in Deadline.objects.filter(case=case, met_at=None):
        _recount(case, deadline, stored)
        deadline.save(update_fields=["due_at"])


def recount_many(cases: Sequence[Case]) -> None:
    """The same for many cases at once."""
    by_pk = {case.pk: case for case in cases}
    stored: dict[int, list[Pause]] = {}
    for pause in Pause.objects.filter(case__in=by_pk).order_by("starts_at"):
        stored.setdefault(pause.case_id, []).append(pause)
    deadlines = list(Deadline.objects.filter(case__in=by_pk, met_at=None).order_by("pk"))
    for deadline in deadlines:
        _recount(by_pk[deadline.case_id], deadline, stored.get(deadline.case_id, []))
    Deadline.objects.bulk_update(deadlines, ["due_at"])


def _recount(case: Case, deadline: Deadline, stored: Sequence[Pause]) -> None:
    deadline.due_at = _recounted(case, deadline, legal_term(case), stored)
    if deadline.kind == DeadlineKind.RESPONSE:
        case.response_due_at = deadline.due_at
    else:
        case.target_due_at = deadline.due_at


def _recounted(case: Case, deadline: Deadline, legal: LegalTerm | None, stored: Sequence[Pause]) -> datetime:
    begins, extension = deadline.starts_at, _extension(deadline)
    own = [each for each in stored if each.starts_at >= begins and each.stops in (deadline.kind, Stopped.BOTH)]
    if deadline.kind == DeadlineKind.RESPONSE and legal:
        pauses = [legal.pause(each.cause, each.starts_at, each.ends_at) for each in own if allows(legal, each.cause)]
        more = {"pauses": pauses, "extension": extension, "residence": residence_of(case)}
        return _due(legal, begins, urgent=case.is_urgent, **more)
    stops = [workingtime.Pause(e.starts_at, e.ends_at, cause=e.cause, maximum=CHARTER_PATIENCE) for e in own]
    term = Term(deadline.quantity, Unit(deadline.unit))
    return clocks.due(term, begins, urgent=case.is_urgent, pauses=stops, extension=extension)


def allows(legal: LegalTerm, cause: str) -> bool:
    """Whether the law of a term lets it stand still for a cause."""
    try:
        legal.pause(cause, clock.now())
    except NotAllowed:
        return False
    return True


def _extension(deadline: Deadline) -> Term | None:
    return Term(deadline.extended_by, Unit(deadline.unit)) if deadline.extended_by else None


def extend(case: Case, *, kind: DeadlineKind, quantity: int) -> Deadline:
    """Make a clock longer by so many of its units. Raises NotAllowed where its law doesn't let it."""
    deadline = Deadline.objects.filter(case=case, kind=kind, met_at=None).first()
    if deadline is None:
        raise NotAllowed("that clock doesn't run")
    legal = legal_term(case)
    if kind == DeadlineKind.RESPONSE and legal:
        legal.extended_by(Term(deadline.extended_by + quantity, Unit(deadline.unit)))
    deadline.extended_by += quantity
    deadline.save(update_fields=["extended_by"])
    recount(case)
    deadline.refresh_from_db()
    return deadline


def room_to_extend(case: Case, deadline: Deadline) -> int | None:
    """By how many of its units a clock may still be made longer; None where nothing limits it (the charter's own)."""
    if deadline.kind != DeadlineKind.RESPONSE:
        return None
    legal = legal_term(case)
    allowed = legal.extension if legal else None
    if allowed is None or allowed.unit != deadline.unit:
        return 0
    return max(0, allowed.quantity - deadline.extended_by)
