"""One thing done to many cases at once, in about as many statements as for one.

What can't be done to a case is said with its reason and stops no other. Whoever calls has made sure of permissions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from ventanilla.cases import notifications
from ventanilla.cases.actions import clocks, process
from ventanilla.cases.actions.record import Happening, record_many
from ventanilla.cases.actions.writing import finish_many, locked_many
from ventanilla.cases.enums import CaseState, EventKind, Visibility, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.cases.search import owe
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.organization.models import Department, Membership, Team


@dataclass(frozen=True)
class Before:
    """How a case stood before it was given to somebody, and its version after: enough to give it back."""

    pk: int
    assignee: int | None
    team: int | None
    state: str
    taken_at: str
    version: int


@dataclass
class Outcome:
    """What became of each: done, or refused and why. `before` can be undone by `give_back`."""

    done: list[Case] = field(default_factory=list)
    refused: list[tuple[Case, str]] = field(default_factory=list)
    before: list[Before] = field(default_factory=list)


Objection = Callable[[Case], str]
"""Why a thing can't be done to a case; empty where it can."""


def _sorted(cases: Sequence[Case], objection: Objection) -> Outcome:
    """The cases as they are now, held; apart, those that something speaks against."""
    outcome = Outcome()
    for case in locked_many(cases):
        against = objection(case)
        if against:
            outcome.refused.append((case, against))
        else:
            outcome.done.append(case)
    return outcome


def _closed(case: Case) -> str:
    return "" if case.is_open else _("ya está cerrado")


@transaction.atomic
def take_many(cases: Sequence[Case], *, user: Any, by: Actor) -> Outcome:
    """Make cases one's own."""
    outcome = _sorted(cases, lambda case: _closed(case) or (_("ya era suyo") if case.assignee_id == user.pk else ""))
    if outcome.done:
        said = Happening(EventKind.TAKEN, Visibility.PUBLIC, data={"user": str(user.uuid)})
        _give(outcome, said, user=user, by=by)
        notifications.tell_taken(*outcome.done)
    return outcome


@transaction.atomic
def assign_many(cases: Sequence[Case], *, user: Any, by: Actor, team: Team | None = None) -> Outcome:
    """Give cases to somebody of their department, to one of its teams, or to both."""
    departments = _departments_of(user) if user else set()

    def objection(case: Case) -> str:
        if user and case.department_id not in departments:
            return _("%(name)s no es de %(department)s") % {"name": user, "department": case.department}
        if team and case.department_id != team.department_id:
            return _("%(team)s no es de %(department)s") % {"team": team, "department": case.department}
        same = (not user or case.assignee_id == user.pk) and (not team or case.team_id == team.pk)
        return _closed(case) or (_("ya lo tenía") if same else "")

    outcome = _sorted(cases, objection)
    if outcome.done:
        facts = {"user": str(user.uuid) if user else None, "team": team.key if team else None}
        named = {"name": user.name if user else "", "team_name": team.name if team else ""}
        said = Happening(EventKind.ASSIGNED, Visibility.STAFF, data={**facts, **named})
        _give(outcome, said, user=user, team=team, by=by)
    return outcome


def _departments_of(user: Any) -> set[int | None]:
    return set(Membership.objects.filter(user=user).values_list("department_id", flat=True))


def _give(outcome: Outcome, said: Happening, *, by: Actor, user: Any = None, team: Team | None = None) -> None:
    """Hand the cases over, start what an import left unstarted, and write both books."""
    outcome.before = [_before(case) for case in outcome.done]
    if user is not None:
        process.ensure_many(outcome.done)
    for case in outcome.done:
        case.team = team or case.team
        if user is not None:
            case.assignee, case.taken_at = user, case.taken_at or clock.now()
            case.state = CaseState.IN_PROGRESS if case.state == CaseState.RECEIVED else case.state
    record_many([(case, said) for case in outcome.done], by=by)
    finish_many(outcome.done, "assignee", "team", "taken_at", "state", "process")


def _before(case: Case) -> Before:
    taken = case.taken_at.isoformat() if case.taken_at else ""
    return Before(case.pk, case.assignee_id, case.team_id, case.state, taken, case.version + 1)


@transaction.atomic
def give_back(before: Sequence[Before], *, by: Actor) -> Outcome:
    """Undo what was taken or assigned. A case to which anything happened since stays as it is."""
    stood = {each.pk: each for each in before}
    outcome = _sorted(
        [Case(pk=pk) for pk in stood],
        lambda case: "" if case.version == stood[case.pk].version else _("cambió después"),
    )
    if outcome.done:
        told = _given_back(outcome.done, stood)
        record_many(told, by=by)
        finish_many(outcome.done, "assignee", "team", "taken_at", "state")
    return outcome


def _given_back(cases: Sequence[Case], stood: Mapping[int, Before]) -> list[tuple[Case, Happening]]:
    """Put each back as it stood, and what both books say of it: let go, or somebody's again."""
    users = get_user_model().objects.in_bulk({was.assignee for was in stood.values() if was.assignee})
    teams = Team.objects.in_bulk({was.team for was in stood.values() if was.team})
    told = []
    for case in cases:
        was, had = stood[case.pk], case.assignee
        case.assignee, case.team, case.state = users.get(was.assignee or 0), teams.get(was.team or 0), was.state
        case.taken_at = datetime.fromisoformat(was.taken_at) if was.taken_at else None
        told.append((case, _handed(case, had)))
    return told


def _handed(case: Case, had: Any) -> Happening:
    if case.assignee is None and had is not None:
        return Happening(EventKind.RELEASED, Visibility.STAFF, data={"user": str(had.uuid), "name": had.name})
    now = case.assignee
    facts = {"user": str(now.uuid) if now else None, "name": now.name if now else ""}
    team = {"team": case.team.key if case.team else None, "team_name": case.team.name if case.team else ""}
    return Happening(EventKind.ASSIGNED, Visibility.STAFF, data={**facts, **team})


@transaction.atomic
def route_many(
    cases: Sequence[Case], *, department: Department, reason: str, by: Actor, team: Team | None = None
) -> Outcome:
    """Pass cases on to another department, with one reason for all. Their clocks go on as they were."""
    here = (department.pk, team.pk if team else None)
    outcome = _sorted(
        cases, lambda case: _closed(case) or (_("ya está ahí") if (case.department_id, case.team_id) == here else "")
    )
    if not outcome.done:
        return outcome
    to = {"to": department.name, "department": department.key, "team": team.key if team else None}
    told = [
        (c, Happening(EventKind.ROUTED, Visibility.PUBLIC, text=reason, data={"from": c.department.name, **to}))
        for c in outcome.done
    ]
    for case in outcome.done:
        case.department, case.team, case.assignee, case.routing = department, team, None, ""
        owe(case)
    record_many(told, by=by)
    WorkItem.objects.filter(case__in=outcome.done, state=WorkState.OPEN).update(team=team, assignee=None)
    finish_many(outcome.done, "department", "team", "assignee", "routing")
    notifications.tell_routed(*outcome.done, reason=reason)
    return outcome


@transaction.atomic
def reply_many(cases: Sequence[Case], *, text: str, by: Actor) -> Outcome:
    """Write the same to whoever filed each of these. It answers nothing that is owed."""
    outcome = _sorted(cases, lambda case: "" if case.applicant_id or not case.source else _("nadie lo leería"))
    if outcome.done:
        said = Happening(EventKind.REPLIED, Visibility.PERSON, text=text, data={"answers": False})
        for case in outcome.done:
            case.person_replied_at = None
        record_many([(case, said) for case in outcome.done], by=by)
        finish_many(outcome.done, "person_replied_at")
        notifications.tell_reply(*outcome.done, text=text)
    return outcome


@transaction.atomic
def note_many(cases: Sequence[Case], *, text: str, by: Actor) -> Outcome:
    """Write the same down in each of these, for the desk alone."""
    outcome = _sorted(cases, lambda _case: "")
    if outcome.done:
        record_many([(case, Happening(EventKind.NOTED, Visibility.STAFF, text=text)) for case in outcome.done], by=by)
        finish_many(outcome.done)
    return outcome


@transaction.atomic
def mark_many_urgent(cases: Sequence[Case], *, urgent: bool, by: Actor) -> Outcome:
    """Mark cases urgent, or no longer so."""
    same = _("ya era urgente") if urgent else _("no era urgente")
    outcome = _sorted(cases, lambda case: _closed(case) or (same if case.is_urgent == urgent else ""))
    if outcome.done:
        for case in outcome.done:
            case.is_urgent = urgent
        clocks.recount_many(outcome.done)
        said = Happening(EventKind.URGENT, Visibility.STAFF, data={"urgent": urgent})
        record_many([(case, said) for case in outcome.done], by=by)
        finish_many(outcome.done, "is_urgent", "response_due_at", "target_due_at")
    return outcome
