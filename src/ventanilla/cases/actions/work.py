"""Who works on a case and what they have done of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ventanilla.audit.rules import digest
from ventanilla.cases import notifications
from ventanilla.cases.actions import ending, links, process
from ventanilla.cases.actions.filing import content
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import Refused, finish, locked
from ventanilla.cases.enums import CaseState, EventKind, Visibility, WorkKind, WorkState
from ventanilla.cases.models import Case, Event, WorkItem
from ventanilla.cases.search import owe
from ventanilla.files.models import StoredFile
from ventanilla.forms.models import FormVersion
from ventanilla.lib import clock
from ventanilla.lib.actors import SYSTEM, Actor
from ventanilla.organization.models import Department, Team
from ventanilla.workflow.actions import Advance

BAD_OUTCOMES = frozenset({"explained", "not_admitted"})
"""Ends of the ready processes that explain why nothing will be done; any other resolves the case."""


@transaction.atomic
def take_case(case: Case, *, user: Any, by: Actor) -> Case:
    """Make a case one's own. Whoever had it is told by the timeline."""
    case = locked(case)
    if case.assignee_id == user.pk:
        return case
    process.ensure(case)
    case.assignee = user
    _start(case)
    record(case, [Happening(EventKind.TAKEN, Visibility.PUBLIC, data={"user": str(user.uuid)})], by=by)
    finish(case)
    notifications.tell_taken(case)
    return case


@transaction.atomic
def release_case(case: Case, *, by: Actor) -> Case:
    """Let go of a case: nobody has it. Where nothing was done to it yet, it waits as if nobody had taken it."""
    case = ending.still_open(case)
    if case.assignee is None:
        raise Refused(_("Nadie lo tiene tomado."))
    was, case.assignee = case.assignee, None
    if case.state == CaseState.IN_PROGRESS and not _was_begun(case):
        case.state, case.taken_at = CaseState.RECEIVED, None
    data = {"user": str(was.uuid), "name": was.name}
    record(case, [Happening(EventKind.RELEASED, Visibility.STAFF, data=data)], by=by)
    return finish(case)


_IDLE = (
    EventKind.TAKEN,
    EventKind.ASSIGNED,
    EventKind.RELEASED,
    EventKind.NOTED,
    EventKind.URGENT,
    EventKind.LINKED,
    EventKind.UNLINKED,
    EventKind.CONTACTED,
)


def _was_begun(case: Case) -> bool:
    """Whether staff did anything to it besides handing it about."""
    by_staff = Event.objects.filter(case=case, by__startswith="user:").exclude(kind=EventKind.FILED)
    return by_staff.exclude(kind__in=_IDLE).exists()


@transaction.atomic
def assign_case(case: Case, *, user: Any, by: Actor, team: Team | None = None) -> Case:
    """Give a case to somebody, or back to nobody."""
    case = locked(case)
    case.assignee = user
    if team is not None:
        case.team = team
    if user is not None:
        process.ensure(case)
        _start(case)
    data = {"user": str(user.uuid) if user else None, "team": team.key if team else None}
    named = {"name": user.name if user else "", "team_name": team.name if team else ""}
    record(case, [Happening(EventKind.ASSIGNED, Visibility.STAFF, data={**data, **named})], by=by)
    return finish(case)


def _start(case: Case) -> None:
    case.taken_at = case.taken_at or clock.now()
    if case.state == CaseState.RECEIVED:
        case.state = CaseState.IN_PROGRESS


@transaction.atomic
def route_case(case: Case, *, department: Department, reason: str, by: Actor, team: Team | None = None) -> Case:
    """Pass a case on to another department, with a reason. The clocks go on as they were."""
    case = locked(case)
    if department.pk == case.department_id and (team.pk if team else None) == case.team_id:
        raise Refused(_("El expediente ya está en esa área."))
    came_from = case.department.name
    case.department, case.team, case.assignee = department, team, None
    case.routing = ""
    owe(case)
    data = {"from": came_from, "to": department.name, "department": department.key, "team": team.key if team else None}
    record(case, [Happening(EventKind.ROUTED, Visibility.PUBLIC, text=reason, data=data)], by=by)
    WorkItem.objects.filter(case=case, state=WorkState.OPEN).update(team=team, assignee=None)
    finish(case)
    notifications.tell_routed(case, reason=reason)
    return case


@transaction.atomic
def complete_work(
    item: WorkItem,
    *,
    answers: Mapping[str, Any],
    user: Any,
    by: Actor,
    note: str = "",
    files: Sequence[tuple[StoredFile, str]] = (),
) -> Case:
    """Finish a piece of work: the process goes on to what comes next.

    Raises Refused where it was already done.
    """
    case = locked(item.case)
    item = WorkItem.objects.select_for_update().get(pk=item.pk)
    if item.state != WorkState.OPEN:
        raise Refused(_("Alguien ya hizo este paso."))
    _close_item(item, answers, user)
    said = {"step": item.name, "node": item.node, "kind": item.kind, "item": str(item.uuid)}
    record(case, [Happening(EventKind.STEP_DONE, Visibility.STAFF, text=note, data=said, files=files)], by=by)
    if item.kind == WorkKind.COMPLETE:
        case.is_incomplete = False
    moved = process.advance(case, item, dict(answers)) if item.kind == WorkKind.PROCESS else None
    finish(case)
    return _after_step(case, moved, str(answers.get("text", "")) or note, user, by)


def _after_step(case: Case, moved: Advance | None, text: str, user: Any, by: Actor) -> Case:
    """What a step means for the case: the end of its process ends it, a wait for budget answers and leaves it open."""
    if moved is None:
        return case
    if moved.ended:
        return _end(case, moved.outcome, text or _("Terminado."), user, by)
    if any(step.node == process.AWAIT_BUDGET for step in moved.opened):
        return ending.schedule_case(case, text=text or _("Falta presupuesto."), by=by, without_budget=True)
    return ending.unschedule_case(case, by=by) if case.state == CaseState.SCHEDULED else case


def after_timer(case: Case, moved: Advance | None) -> Case:
    """What a timer means for the case: the same as a step that somebody does.

    But time gone by is nobody's work: what was put off stays put off, unless its wait was what ran out.
    """
    stays = case.state == CaseState.SCHEDULED and not _stopped_waiting(moved)
    if moved is None or (stays and not moved.ended):
        return case
    return _after_step(case, moved, _("Terminó al acabarse el plazo de su último paso."), None, SYSTEM)


def _stopped_waiting(moved: Advance | None) -> bool:
    return moved is not None and any(step.node == process.AWAIT_BUDGET for step in moved.closed)


def _end(case: Case, outcome: str, text: str, user: Any, by: Actor) -> Case:
    """End it as its process ended. What was found to be reported already joins the one it repeats, where it can."""
    if outcome not in BAD_OUTCOMES:
        return ending.resolve_case(case, text=text, by=by)
    first = links.said_to_repeat(case, user) if user else None
    if first is not None:
        with suppress(Refused):
            return links.mark_duplicate(case, of=first, text=text, by=by)
    return ending.refuse_case(case, text=text, by=by)


def _close_item(item: WorkItem, answers: Mapping[str, Any], user: Any) -> None:
    item.state, item.done_at, item.done_by = WorkState.DONE, clock.now(), user
    item.answers = {**item.answers, **answers}
    item.form_version = _version_of(item.form_key) if item.form_key else None
    item.save(update_fields=["state", "done_at", "done_by", "answers", "form_version"])


def _version_of(form_key: str) -> int | None:
    version = FormVersion.objects.latest_of(form_key)
    return version.version if version else None


@transaction.atomic
def complete_data(case: Case, *, answers: Mapping[str, Any], missing: Sequence[str], by: Actor) -> Case:
    """Fill in particulars that were missing when the case was filed."""
    case = locked(case)
    case.answers = {**case.answers, **answers}
    case.is_incomplete = bool(missing)
    sealed = {"content": digest(content(case), case.salt)}
    said = Happening(EventKind.COMPLETED, Visibility.STAFF, data={"fields": sorted(answers)}, digests=sealed)
    record(case, [said], by=by)
    if not missing:
        pending = WorkItem.objects.filter(case=case, kind=WorkKind.COMPLETE, state=WorkState.OPEN)
        pending.update(state=WorkState.DONE, done_at=clock.now())
    return finish(case)
