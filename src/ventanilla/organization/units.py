"""Departments and teams, held in memory so that lists need not join them."""

from __future__ import annotations

from ventanilla.lib.held import Held
from ventanilla.organization.models import Department, Team

_departments: Held[None, dict[int, Department]] = Held(lambda _key: Department.objects.in_bulk())
_teams: Held[None, dict[int, Team]] = Held(lambda _key: Team.objects.select_related("department").in_bulk())


def department(pk: int) -> Department | None:
    """A department by its number, at most a few seconds old; None where it is newer than that."""
    return _departments.get(None).get(pk)


def team(pk: int) -> Team | None:
    """A team by its number, with its department, at most a few seconds old; None where it is newer than that."""
    return _teams.get(None).get(pk)


def forget() -> None:
    """Read them again the next time: called when one changes."""
    _departments.forget()
    _teams.forget()
