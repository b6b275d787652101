"""The process of a case: what its diagram says is owed becomes work items, and what is done moves it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_noop

from ventanilla.calendars import clocks as calendar
from ventanilla.cases.enums import WorkKind, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.lib import clock
from ventanilla.lib.held import Held
from ventanilla.lib.workingtime import Term, Unit
from ventanilla.workflow import actions as workflow
from ventanilla.workflow.models import ProcessDefinition
from ventanilla.workflow.rules import Step, parse_term

definitions: Held[str, ProcessDefinition] = Held(workflow.current_definition)

OWN_TERMS = {
    "area_account": Term(5, Unit.WORKING_DAY),
    "measures_deadline": Term(20, Unit.WORKING_DAY),
}
"""Terms of the house that the ready diagrams name; the others are the case's own clocks."""

_UNITS = {
    "working_days": Unit.WORKING_DAY,
    "calendar_days": Unit.CALENDAR_DAY,
    "working_hours": Unit.OFFICE_HOUR,
    "hours": Unit.CLOCK_HOUR,
    "months": Unit.MONTH,
}


def begin(case: Case) -> list[WorkItem]:
    """Start the process of a case that is being filed. The work that it opens is returned, not yet saved."""
    return _move(case, workflow.begin(_definition(case), subject=case.chain, values=_values(case)))


def _definition(case: Case) -> ProcessDefinition:
    return definitions.get(case.procedure.process_key)


def _values(case: Case) -> dict[str, Any]:
    """What a diagram's conditions may ask of the case itself."""
    return {"kind": case.kind, "urgent": case.is_urgent, "type": case.procedure.key}


def _move(case: Case, advance: workflow.Advance) -> list[WorkItem]:
    case.process = advance.instance
    return [_item(case, step) for step in advance.opened]


def _item(case: Case, step: Step) -> WorkItem:
    now, timer = clock.now(), step.timers[0] if step.timers else None
    return WorkItem(
        case=case,
        timer_id=timer.task_id if timer else "",
        timer_due_at=_due(case, timer.term, now) if timer else None,
        name=step.name,
        node=step.node,
        task_id=step.task_id,
        role=step.lane,
        form_key=step.form,
        team_id=case.team_id,
        opened_at=now,
        due_at=_due(case, step.term, now),
    )


def _due(case: Case, named: str, start: datetime) -> datetime | None:
    """When a step is due: its own length, or a clock of the case by name."""
    term = parse_term(named) if named else None
    if term is None:
        return None
    if term.quantity:
        return calendar.due(Term(term.quantity, _UNITS[term.unit]), start)
    if term.key in OWN_TERMS:
        return calendar.due(OWN_TERMS[term.key], start)
    return {"response_deadline": case.response_due_at, "service_target": case.target_due_at}.get(term.key)


def extra_work(case: Case, *, kind: WorkKind, script: str = "", answers: Mapping[str, Any] | None = None) -> WorkItem:
    """Work that no diagram asks for: a call to make, data to complete, a decision to take. Not yet saved."""
    names = {
        WorkKind.CALL: gettext_noop("Llamar para avisar"),
        WorkKind.COMPLETE: gettext_noop("Completar los datos que faltan"),
        WorkKind.DECIDE: gettext_noop("Decidir: la persona no corrigió a tiempo"),
    }
    return WorkItem(
        case=case,
        kind=kind,
        name=names[kind],
        role="service_manager" if kind == WorkKind.DECIDE else "front_desk",
        script=script,
        answers=dict(answers or {}),
        team_id=case.team_id,
        opened_at=clock.now(),
    )


def opened_by(case: Case, advance: workflow.Advance) -> list[WorkItem]:
    """The work that a move of a process opens for its case, not yet saved."""
    return _move(case, advance)


def save(items: Sequence[WorkItem]) -> None:
    """Save new work, once its case is saved."""
    if items:
        WorkItem.objects.bulk_create(items)


def ensure(case: Case) -> None:
    """Start the process of a case that came without one (an import), the moment somebody takes it."""
    if case.process_id is None and case.is_open:
        save(begin(case))


def ensure_many(cases: Iterable[Case]) -> None:
    """The same for many: those that begin alike begin together."""

    def alike(case: Case) -> tuple[int, bool]:
        return case.procedure_id, case.is_urgent

    work: list[WorkItem] = []
    unstarted = sorted((case for case in cases if case.process_id is None and case.is_open), key=alike)
    for _key, group in groupby(unstarted, key=alike):
        same = list(group)
        begun = workflow.begin_many(_definition(same[0]), [case.chain for case in same], _values(same[0]))
        for case, advance in zip(same, begun, strict=True):
            work += _move(case, advance)
    save(work)


def advance(case: Case, item: WorkItem, answers: Mapping[str, Any]) -> workflow.Advance | None:
    """A step was done: close what is no longer owed, open what comes next. None where no process runs any more."""
    if case.process is None or not case.process.is_running:
        return None
    moved = workflow.complete(case.process, task_id=item.task_id, values=answers)
    _apply(case, moved)
    return moved


AWAIT_BUDGET = "await_budget"
"""The step of the ready diagrams in which a thing waits for money."""


def stop_waiting(case: Case) -> None:
    """What waited for money has it: the step that waited is done, and the process goes on."""
    item = WorkItem.objects.filter(case=case, node=AWAIT_BUDGET, state=WorkState.OPEN).first()
    if item is not None:
        item.state, item.done_at = WorkState.DONE, clock.now()
        item.save(update_fields=["state", "done_at"])
        advance(case, item, {})


def fire(case: Case, task_id: str) -> workflow.Advance | None:
    """The term that a timer names has run out."""
    if case.process is None or not case.process.is_running:
        return None
    moved = workflow.fire_timer(case.process, task_id=task_id)
    _apply(case, moved)
    return moved


def _apply(case: Case, moved: workflow.Advance) -> None:
    _cancel(case, (closed.task_id for closed in moved.closed))
    save(_move(case, moved))


def _cancel(case: Case, task_ids: Iterable[str]) -> None:
    gone = WorkItem.objects.filter(case=case, task_id__in=list(task_ids), state=WorkState.OPEN)
    gone.update(state=WorkState.CANCELLED, done_at=clock.now())


def stop(case: Case) -> None:
    """The case has ended: no more work is owed for it."""
    if case.process is not None and case.process.is_running:
        case.process = workflow.cancel(case.process).instance
    WorkItem.objects.filter(case=case, state=WorkState.OPEN).update(state=WorkState.CANCELLED, done_at=clock.now())


def again(case: Case) -> None:
    """The case was reopened: its process begins anew, in its present version."""
    save(begin(case))
