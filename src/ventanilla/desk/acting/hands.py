"""Who has a case: taken, let go, given, passed on, urgent or not."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases import actions
from ventanilla.cases.models import Case
from ventanilla.cases.permissions import can
from ventanilla.desk import forms
from ventanilla.desk.acting import effects
from ventanilla.desk.acting.act import Act, Told, Undo
from ventanilla.lib.actors import Actor


def _assign(case: Case, told: Told, user: Any, by: Actor) -> Any:
    return actions.assign_case(case, user=told["user"], team=told["team"], by=by)


def _route(case: Case, told: Told, user: Any, by: Actor) -> Any:
    return actions.route_case(case, department=told["department"], team=told["team"], reason=told["text"], by=by)


def _give_back(before: Case, _result: Any) -> Undo:
    """To whoever had it before, or to nobody."""
    return ("asignar", {"user": before.assignee.username}) if before.assignee else ("soltar", {})


def _assign_back(before: Case, _result: Any) -> Undo:
    team = {"team": before.team.key} if before.team else {}
    return "asignar", {"user": before.assignee.username if before.assignee else "", **team}


def _is_held(case: Case) -> bool:
    return case.is_open and case.assignee_id is not None


def _has_not(case: Case, user: Any) -> bool:
    return bool(case.assignee_id != user.pk)


def _is_own_to_give(case: Case, user: Any) -> bool:
    """One's own; another's only for who hands cases out."""
    return case.assignee_id == user.pk or can(user, Permission.CASE_ASSIGN, case)


TAKE = Act(
    "tomar",
    _("Tomar"),
    "hand-stop",
    Permission.CASE_TAKE,
    lambda c, t, u, by: actions.take_case(c, user=u, by=by),
    done=_("El expediente es suyo."),
    effects=effects.both(effects.person_and_followers, effects.stays),
    suits=_has_not,
    key="e",
    undo=_give_back,
)
RELEASE = Act(
    "soltar",
    _("Soltar"),
    "arrow-back-up",
    Permission.CASE_TAKE,
    lambda c, t, u, by: actions.release_case(c, by=by),
    done=_("Ya no lo tiene nadie: vuelve a «sin tomar»."),
    effects=effects.both(effects.nobody, effects.stays),
    when=_is_held,
    suits=_is_own_to_give,
    undo=lambda _before, _result: ("tomar", {}),
)
ASSIGN = Act(
    "asignar",
    _("Asignar"),
    "user-plus",
    Permission.CASE_ASSIGN,
    _assign,
    forms.AssignForm,
    _("Asignado."),
    effects.both(effects.whoever_gets_it, effects.stays),
    key="a",
    undo=_assign_back,
)
ROUTE = Act(
    "derivar",
    _("Derivar"),
    "arrows-split-2",
    Permission.CASE_ROUTE,
    _route,
    forms.RouteForm,
    _("Derivado."),
    effects.both(effects.person, effects.stays),
    key="d",
)
URGENT = Act(
    "urgente",
    _("Marcar urgente"),
    "urgent",
    Permission.CASE_ASSIGN,
    lambda c, t, u, by: actions.mark_urgent(c, urgent=True, by=by),
    done=_("Quedó como urgente."),
    effects=effects.both(effects.nobody, effects.halves),
    when=lambda case: case.is_open and not case.is_urgent,
    undo=lambda _before, _result: ("no-urgente", {}),
)
NOT_URGENT = Act(
    "no-urgente",
    _("Ya no es urgente"),
    "minus",
    Permission.CASE_ASSIGN,
    lambda c, t, u, by: actions.mark_urgent(c, urgent=False, by=by),
    done=_("Ya no es urgente."),
    effects=effects.both(effects.nobody, effects.unhalves),
    when=lambda case: case.is_open and case.is_urgent,
    undo=lambda _before, _result: ("urgente", {}),
)
