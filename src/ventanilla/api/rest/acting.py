"""What can be done to a case by a program: for each, what must be permitted and when it fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.accounts.enums import Permission
from ventanilla.api.rest.problems import Problem
from ventanilla.cases.models import Case
from ventanilla.cases.permissions import can


@dataclass(frozen=True)
class Act:
    """A thing to do: to open cases, to closed ones, or to both."""

    permission: Permission
    on_open: bool = True
    on_closed: bool = False

    def fits(self, case: Case) -> bool:
        return self.on_open if case.is_open else self.on_closed


ACTS = {
    "take": Act(Permission.CASE_TAKE),
    "assign": Act(Permission.CASE_ASSIGN),
    "route": Act(Permission.CASE_ROUTE),
    "note": Act(Permission.CASE_NOTE, on_closed=True),
    "reply": Act(Permission.CASE_REPLY, on_closed=True),
    "ask": Act(Permission.CASE_REPLY),
    "place": Act(Permission.CASE_CORRECT_PLACE),
    "extend": Act(Permission.CASE_PAUSE),
    "urgent": Act(Permission.CASE_ASSIGN),
    "schedule": Act(Permission.CASE_RESOLVE),
    "resolve": Act(Permission.CASE_RESOLVE),
    "refuse": Act(Permission.CASE_REFUSE),
    "cancel": Act(Permission.CASE_CANCEL),
    "reopen": Act(Permission.CASE_REOPEN, on_open=False, on_closed=True),
    "attach": Act(Permission.CASE_NOTE, on_closed=True),
}


def possible(user: Any, case: Case) -> list[str]:
    """What a user may do now."""
    return [name for name, act in ACTS.items() if act.fits(case) and can(user, act.permission, case)]


def demand(user: Any, case: Case, name: str) -> None:
    """Raises Problem: 403 where it isn't permitted, 409 where the case doesn't allow it now."""
    act = ACTS[name]
    if not can(user, act.permission, case):
        raise Problem(403, _("Quien tiene la clave no tiene permiso para esto en ese caso."))
    if not act.fits(case):
        raise Problem(409, _("El caso está cerrado.") if not case.is_open else _("El caso está abierto."))
