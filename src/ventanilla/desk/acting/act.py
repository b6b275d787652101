"""What an action of the case page is: who may, when, by what form, what it says it will do, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from ventanilla.accounts.enums import Permission
from ventanilla.cases.models import Case
from ventanilla.cases.permissions import can
from ventanilla.desk.forms import ActForm
from ventanilla.files import actions as files
from ventanilla.files.enums import FileKind
from ventanilla.lib.actors import Actor
from ventanilla.notifications.rules.choosing import Choice

Told = dict[str, Any]
"""What a form says, cleaned."""


@dataclass(frozen=True)
class Reached:
    """Whom an action would tell, as the page knows it: the person by a channel, and those who follow."""

    name: str = ""
    way: Choice | None = None
    is_known: bool = False
    followers: int = 0


@dataclass(frozen=True)
class Effect:
    """One thing that an action will do, in words."""

    icon: str
    said: str


Undo = tuple[str, dict[str, str]]
"""The action that takes another back, and what its form is told."""
Effects = Callable[[Case, Reached], Sequence[Effect]]
Do = Callable[[Case, Told, Any, Actor], Any]


def always(_case: Case) -> bool:
    return True


def while_open(case: Case) -> bool:
    return case.is_open


def while_closed(case: Case) -> bool:
    return not case.is_open


def by_anyone(_case: Case, _user: Any) -> bool:
    return True


def nothing(_case: Case, _reached: Reached) -> Sequence[Effect]:
    return ()


@dataclass(frozen=True)
class Act:
    """One thing that can be done to a case at any time."""

    name: str
    label: Any
    icon: str
    permission: Permission
    do: Do
    form: type[ActForm] | None = None
    done: Any = ""
    effects: Effects = nothing
    when: Callable[[Case], bool] = while_open
    suits: Callable[[Case, Any], bool] = by_anyone
    """Whether it makes sense for this user, who holds the permission."""
    key: str = ""
    undo: Callable[[Case, Any], Undo | None] = lambda _before, _result: None
    """What takes it back, from the case as it was before and what the action returned."""

    def fits(self, case: Case) -> bool:
        """Whether it can be done to a case as it stands."""
        return self.when(case)

    def may(self, user: Any, case: Case) -> bool:
        """Whether this user may do it to this case now."""
        return self.fits(case) and self.suits(case, user) and can(user, self.permission, case)

    def said(self, result: Any) -> str:
        """What was done, in words."""
        return str(self.done(result) if callable(self.done) else self.done)


def kept(upload: Any, by: Actor) -> list[tuple[Any, str]]:
    """A file that came with an action. Raises files.RefusedFile."""
    if not upload:
        return []
    staged = files.receive(upload, kinds=FileKind.PHOTO | FileKind.DOCUMENT)
    with transaction.atomic():
        return [(files.keep(staged, by=by.ref), staged.name)]
