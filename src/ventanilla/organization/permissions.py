"""What a user may do, and where: read once a request from their memberships."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ventanilla.accounts.enums import Permission
from ventanilla.organization.enums import Reach
from ventanilla.organization.models import Membership


@dataclass(frozen=True)
class Access:
    """A user's reach: permissions held everywhere, by department and by team, and the roles they have."""

    everywhere: frozenset[str] = frozenset()
    by_department: dict[int, frozenset[str]] = field(default_factory=dict)
    by_team: dict[int, frozenset[str]] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    team_departments: dict[int, int] = field(default_factory=dict)

    def may(self, permission: Permission, department_id: int | None = None, team_id: int | None = None) -> bool:
        """Whether the permission is held everywhere, in this department or for what this team has."""
        return (
            permission in self.everywhere
            or permission in self.by_department.get(department_id or 0, frozenset())
            or permission in self.by_team.get(team_id or 0, frozenset())
        )

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether the permission is held anywhere at all (to show a page, never to open a record)."""
        held = [*self.by_department.values(), *self.by_team.values()]
        return permission in self.everywhere or any(permission in each for each in held)

    def departments(self, permission: Permission) -> frozenset[int]:
        """The departments in which a permission not held everywhere is held."""
        return frozenset(key for key, held in self.by_department.items() if permission in held)

    def teams_with(self, permission: Permission) -> frozenset[int]:
        """The teams for whose cases alone a permission is held."""
        return frozenset(key for key, held in self.by_team.items() if permission in held)

    def departments_of_teams(self, permission: Permission) -> frozenset[int]:
        """The departments of the teams for whose cases alone a permission is held."""
        return frozenset(self.team_departments[key] for key in self.teams_with(permission))

    @property
    def teams(self) -> frozenset[int]:
        """The teams the user belongs to."""
        return frozenset(self.by_team)


NOTHING = Access()


def access_of(user: Any) -> Access:
    """The access of a user, with one query the first time; nothing for a stranger or a closed account."""
    if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOTHING
    held: Access | None = getattr(user, "_access", None)
    if held is None:
        held = user._access = _read(user)
    return held


def _read(user: Any) -> Access:
    everywhere: set[str] = set()
    by_department: dict[int, frozenset[str]] = {}
    by_team: dict[int, frozenset[str]] = {}
    memberships = list(Membership.objects.filter(user=user).select_related("role", "team"))
    for membership in memberships:
        granted, reach = frozenset(membership.role.permissions), membership.role.reach
        if reach == Reach.EVERYWHERE:
            everywhere |= granted
        if reach == Reach.DEPARTMENT and membership.department_id:
            _add(by_department, membership.department_id, granted)
        if membership.team_id:
            _add(by_team, membership.team_id, granted if reach == Reach.TEAM else frozenset())
    roles = frozenset(membership.role.key for membership in memberships)
    departments = {m.team_id: m.team.department_id for m in memberships if m.team_id and m.team}
    return Access(frozenset(everywhere), by_department, by_team, roles, departments)


def _add(held: dict[int, frozenset[str]], key: int, granted: frozenset[str]) -> None:
    held[key] = held.get(key, frozenset()) | granted
