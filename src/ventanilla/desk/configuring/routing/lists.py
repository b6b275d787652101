"""What a rule can be made of: the catalogue, the zones, and who there is to get a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from ventanilla.accounts.models import User
from ventanilla.catalog import published
from ventanilla.catalog.actions import Target
from ventanilla.catalog.models import Procedure, RoutingRule
from ventanilla.organization.models import Department, Membership, Team
from ventanilla.places.enums import ZoneKind
from ventanilla.places.models import Zone

Options = list[tuple[str, str]]
Grouped = list[tuple[str, Options]]


@dataclass(frozen=True)
class Division:
    """A service with its types, or a district with its neighbourhoods: the whole by its key, and its parts."""

    key: str
    label: str
    parts: Options


def services() -> list[Division]:
    """The services in use with the types in use of each."""
    catalogue = published.current()
    return [
        Division(each.key, str(each), [(one.key, str(one)) for one in catalogue.of_service(each)])
        for each in catalogue.services
    ]


def types() -> Grouped:
    """The types in use, under their services."""
    return [(each.label, each.parts) for each in services()]


def procedure(key: str) -> Procedure | None:
    """A type in use."""
    return published.current().by_key.get(key)


def districts() -> list[Division]:
    """The districts with the neighbourhoods of each; at the end, neighbourhoods that lie in none."""
    rows = Zone.objects.filter(kind__in=[ZoneKind.DISTRICT, ZoneKind.NEIGHBORHOOD]).order_by("name")
    parts: dict[str, Options] = defaultdict(list)
    wholes: list[tuple[str, str]] = []
    for kind, key, word, name, parent in rows.values_list("kind", "key", "word", "name", "parent__key"):
        label = f"{word} {name}".strip()
        if kind == ZoneKind.DISTRICT:
            wholes.append((key, label))
        else:
            parts[parent or ""].append((key, label))
    found = [Division(key, label, parts.pop(key, [])) for key, label in wholes]
    rest = [option for options in parts.values() for option in options]
    return [*found, Division("", _("Otros barrios"), rest)] if rest else found


@dataclass
class People:
    """The departments with their teams and who works in each, read in three statements."""

    departments: list[Department] = field(default_factory=list)
    teams: dict[int, list[Team]] = field(default_factory=lambda: defaultdict(list))
    seats: dict[int, dict[User, list[Team]]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def read(cls) -> People:
        """Those in use, by name."""
        found = cls(list(Department.objects.filter(is_active=True)))
        for team in Team.objects.filter(is_active=True):
            found.teams[team.department_id].append(team)
        seats = Membership.objects.filter(user__is_active=True).exclude(department=None)
        for seat in seats.select_related("user", "team").order_by("user__name"):
            teams = found.seats[seat.department_id or 0].setdefault(seat.user, [])
            teams += [seat.team] if seat.team else []
        return found

    def grouped(self) -> Grouped:
        """Each department: itself, its teams and its people, as one list to choose from."""
        return [(str(each), list(self._of(each))) for each in self.departments]

    def _of(self, department: Department) -> Iterator[tuple[str, str]]:
        """Named whole, since a closed list shows no heading."""
        yield _value(Target(department)), str(department)
        for team in self.teams[department.pk]:
            yield _value(Target(department, team)), f"{department}, {team}"
        for user, teams in self.seats[department.pk].items():
            yield _value(Target(department, _only(teams), user)), f"{department}, {user.name}"

    def units(self) -> Grouped:
        """The same without the people: what a type of dealing goes to."""
        return [
            (title, [option for option in options if not option[0].startswith("person:")])
            for title, options in self.grouped()
        ]

    def target(self, value: str) -> Target | None:
        """Whom a chosen value means; None for one that isn't on the list."""
        return next((each for each in self._all() if _value(each) == value), None)

    def _all(self) -> Iterator[Target]:
        for department in self.departments:
            yield Target(department)
            yield from (Target(department, team) for team in self.teams[department.pk])
            yield from (Target(department, _only(ts), user) for user, ts in self.seats[department.pk].items())


def _only(teams: list[Team]) -> Team | None:
    """Somebody's team in a department, where it is one."""
    return teams[0] if len(teams) == 1 else None


def target_value(rule: RoutingRule) -> str:
    """Where a rule sends, as a value of the list."""
    return _value(Target(rule.department, rule.team, rule.assignee))


def unit_value(department: Department, team: Team | None) -> str:
    """An area or a team as a value of the list."""
    return _value(Target(department, team))


def _value(target: Target) -> str:
    if target.assignee:
        return f"person:{target.assignee.uuid}:{target.department.key}"
    return f"team:{target.team.key}" if target.team else f"department:{target.department.key}"


def rule_of(uuid: UUID) -> RoutingRule | None:
    """A rule that is on the list."""
    return RoutingRule.objects.kept().select_related("department", "team", "assignee").filter(uuid=uuid).first()
