"""What happens to cases because time goes by. Each is safe to repeat: the tick runs it again and again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from ventanilla.cases import notifications
from ventanilla.cases.actions import pauses, process, work
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import finish, locked
from ventanilla.cases.enums import CaseState, EventKind, Visibility, WorkKind, WorkState
from ventanilla.cases.models import Case, CorrectionRequest, Pause, WorkItem
from ventanilla.cases.rules import OVERDUE_LEVEL, SOON, SOON_LEVEL
from ventanilla.cases.rules import escalation as level_of
from ventanilla.lib import clock
from ventanilla.lib.actors import SYSTEM

BATCH = 200


def escalate() -> int:
    """Raise what is due within a day, and again what is overdue: to whoever has it, then to the coordinator."""
    now = clock.now()
    soon = Q(due_at__lt=now + SOON, due_at__gte=now, escalation__lt=SOON_LEVEL)
    overdue = Q(due_at__lt=now, escalation__lt=OVERDUE_LEVEL)
    waiting = list(Case.objects.open().filter(soon | overdue).values_list("pk", flat=True)[:BATCH])
    for pk in waiting:
        _escalate(Case(pk=pk))
    return len(waiting)


@transaction.atomic
def _escalate(case: Case) -> None:
    case = locked(case)
    level = level_of(case.due_at, clock.now())
    if not case.is_open or case.due_at is None or case.escalation >= level:
        return
    case.escalation = level
    data = {"level": level, "due_at": case.due_at.isoformat()}
    record(case, [Happening(EventKind.ESCALATED, Visibility.STAFF, data=data)], by=SYSTEM)
    finish(case)
    overdue = level == OVERDUE_LEVEL
    notifications.tell_escalated(case, overdue=overdue, staff=_who_answers(case, overdue=overdue))


def _who_answers(case: Case, *, overdue: bool) -> list[Any]:
    """Who has it; when it is overdue or nobody has it, those who answer for the department and the coordinator."""
    if case.assignee is not None and not overdue:
        return [case.assignee]
    managers = Q(memberships__role__key="service_manager", memberships__department=case.department_id)
    coordinators = Q(memberships__role__key="coordinator")
    found = get_user_model().objects.filter(managers | coordinators, is_active=True).distinct()[:20]
    return [*found, *([case.assignee] if case.assignee and case.assignee not in found else [])]


def end_expired_pauses() -> int:
    """A clock stands still no longer than its law says: then it runs again, and the case goes on with what there is."""
    ended = list(
        Pause.objects.filter(ends_at=None, expires_at__lte=clock.now()).values_list("case_id", flat=True)[:BATCH]
    )
    for pk in ended:
        _go_on(Case(pk=pk))
    return len(ended)


@transaction.atomic
def _go_on(case: Case) -> None:
    case = locked(case)
    pause, stopped = pauses.open_pause(case), case.paused
    if pause is None or not pauses.end(case, at=pause.expires_at):
        return
    # Who was given a term to correct is waited for until that has run out too.
    if pause.cause == pauses.FOR_PERSON and pauses.open_correction(case) is None:
        _stop_waiting(case)
    record(case, [pauses.resumed(case, stopped, expired=True)], by=SYSTEM)
    finish(case)


def lapse_corrections() -> int:
    """Who was asked to correct and let the term go by: the case goes on, and somebody decides what follows."""
    late = CorrectionRequest.objects.filter(answered_at=None, lapsed_at=None, due_at__lt=clock.now())
    found = list(late.values_list("pk", "case_id")[:BATCH])
    for request, case in found:
        _lapse(request, Case(pk=case))
    return len(found)


@transaction.atomic
def _lapse(request: int, case: Case) -> None:
    case = locked(case)
    still = CorrectionRequest.objects.filter(pk=request, answered_at=None, lapsed_at=None)
    asked = still.first()
    if asked is None:
        return
    still.update(lapsed_at=clock.now())
    pauses.end(case, at=asked.due_at, cause=pauses.FOR_PERSON)
    _stop_waiting(case)
    process.save([process.extra_work(case, kind=WorkKind.DECIDE)])
    data = {"due_at": asked.due_at.isoformat(), "law": ", ".join(filter(None, (asked.law, asked.article)))}
    record(case, [Happening(EventKind.LAPSED, Visibility.PERSON, data=data)], by=SYSTEM)
    finish(case)


def _stop_waiting(case: Case) -> None:
    if case.state == CaseState.WAITING_PERSON:
        case.state = CaseState.IN_PROGRESS


def fire_due_timers() -> int:
    """Fire the timers of processes whose term has run out."""
    due = WorkItem.objects.filter(state=WorkState.OPEN, timer_due_at__lte=clock.now())
    found = list(due.values_list("pk", "case_id")[:BATCH])
    for item, case in found:
        _fire(item, Case(pk=case))
    return len(found)


@transaction.atomic
def _fire(item_pk: int, case: Case) -> None:
    case = locked(case)
    item = WorkItem.objects.select_for_update().filter(pk=item_pk, state=WorkState.OPEN).first()
    if item is None or item.timer_due_at is None:
        return
    timer, item.timer_due_at = item.timer_id, None
    item.save(update_fields=["timer_due_at"])
    data = {"step": item.name, "node": item.node, "late": True}
    record(case, [Happening(EventKind.ESCALATED, Visibility.STAFF, data=data)], by=SYSTEM)
    moved = process.fire(case, timer)
    finish(case)
    work.after_timer(case, moved)
