"""Writes of the organisation."""

from collections.abc import Iterable
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import ngettext

from ventanilla.accounts import actions as account_actions
from ventanilla.accounts.enums import ClosingReason, Permission
from ventanilla.accounts.models import User
from ventanilla.audit.actions import Entry, append
from ventanilla.organization import municipality, registry, units
from ventanilla.organization.enums import FormOfAddress, Reach
from ventanilla.organization.models import Department, Membership, Municipality, Role, Team
from ventanilla.organization.rules import SeatProblem, seat_problem
from ventanilla.organization.starting import EMERGENCY_PHONES, FORMS_OF_ADDRESS

CHAIN = "organization"
ADMINISTRATION = "systems"
"""The role of whoever sets the installation up."""


class SeatRefused(Exception):
    """The membership can't be: `problem` says why."""

    def __init__(self, problem: SeatProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class StillNeeded(Exception):
    """The area or team can't be closed: `by_what` says in words what needs it."""

    def __init__(self, by_what: list[str]) -> None:
        super().__init__(", ".join(by_what))
        self.by_what = by_what


class LastAdministrator(Exception):
    """Without this account or role nobody would be left to manage the staff."""


class AlreadyFounded(Exception):
    """This installation has its municipality."""


@transaction.atomic
def found_municipality(*, name: str, country: str, time_zone: str, kind: str, by: str) -> Municipality:
    """Make the one municipality of this installation, with the starting content of every room.

    `country` is ISO 3166-1 alpha-2 and `time_zone` an IANA name. Raises AlreadyFounded.
    """
    if Municipality.objects.exists():
        raise AlreadyFounded
    own = EMERGENCY_PHONES.get(country.upper())
    made = Municipality.objects.create(
        name=name,
        country=country.upper(),
        time_zone=time_zone,
        kind=kind,
        form_of_address=FORMS_OF_ADDRESS.get(country.upper(), FormOfAddress.USTED),
        **({"emergency_phone": own} if own else {}),
    )
    append(CHAIN, [Entry("municipality_founded", {"country": made.country})], by=by)
    municipality.forget()
    for fill in registry.in_order():
        fill(made)
    return made


_SAID = """
name kind address hours phone email website emergency_phone form_of_address primary_color arms_svg jurisdiction
center_lon center_lat outside_advice
"""
DESCRIBABLE = frozenset(_SAID.split())
"""What may be said anew of the municipality. Its country and time zone decide terms that run, and stay."""


@transaction.atomic
def describe_municipality(*, by: str, **fields: Any) -> Municipality:
    """Say what pages and messages show of the municipality: those of `DESCRIBABLE` given. Raises TypeError for others.

    `arms_svg` is markup that has been cleaned (`lib.arms`).
    """
    if others := fields.keys() - DESCRIBABLE:
        raise TypeError(f"not to be described: {', '.join(sorted(others))}")
    town = Municipality.objects.select_for_update().get()
    changed = sorted(name for name, value in fields.items() if getattr(town, name) != value)
    if not changed:
        return town
    for name in changed:
        setattr(town, name, fields[name])
    town.save(update_fields=changed)
    append(CHAIN, [Entry("municipality_described", {"fields": changed})], by=by)
    _forget_municipality()
    return town


@transaction.atomic
def prefer(*, by: str, **preferences: Any) -> Municipality:
    """Keep preferences of the municipality that rooms read by name."""
    town = Municipality.objects.select_for_update().get()
    town.preferences = {**town.preferences, **preferences}
    town.save(update_fields=["preferences"])
    append(CHAIN, [Entry("municipality_preferred", preferences)], by=by)
    _forget_municipality()
    return town


def _forget_municipality() -> None:
    """Now for this transaction, after it for everybody."""
    municipality.forget()
    transaction.on_commit(municipality.forget)


def _forget_units() -> None:
    units.forget()
    transaction.on_commit(units.forget)


# Areas and teams --------------------------------------------------------------------------------------------------


@transaction.atomic
def define_department(*, key: str, by: str, **fields: Any) -> Department:
    """Make a department or change the one of that key."""
    department, _made = Department.objects.update_or_create(key=key, defaults=fields)
    append(CHAIN, [Entry("department_defined", {"key": key})], by=by)
    _forget_units()
    return department


def add_department(*, name: str, phone: str = "", email: str = "", by: str) -> Department:
    """A new area, under a key made of its name."""
    return define_department(key=_free_key(Department, name), by=by, name=name, phone=phone, email=email)


@transaction.atomic
def define_team(*, key: str, by: str, **fields: Any) -> Team:
    """Make a team or change the one of that key."""
    team, _made = Team.objects.update_or_create(key=key, defaults=fields)
    append(CHAIN, [Entry("team_defined", {"key": key, "department": team.department.key})], by=by)
    _forget_units()
    return team


def add_team(*, department: Department, name: str, is_contractor: bool = False, by: str) -> Team:
    """A new team of an area, under a key made of its name."""
    key = _free_key(Team, name)
    return define_team(key=key, by=by, department=department, name=name, is_contractor=is_contractor)


def _free_key(model: type[Department] | type[Team], name: str) -> str:
    key = slugify(name)[:50] or "area"
    taken = set(model.objects.filter(key__startswith=key).values_list("key", flat=True))
    return next(each for each in chain([key], (f"{key}-{n}" for n in count(2))) if each not in taken)


@transaction.atomic
def close(unit: Department | Team, *, by: str) -> None:
    """Take an area or a team out of use; what it did stays under its name. Raises StillNeeded."""
    needed = [said for uses in registry.uses.values() for said in uses(unit)]
    if needed:
        raise StillNeeded(needed)
    _set_active(unit, on=False, by=by)


@transaction.atomic
def reopen(unit: Department | Team, *, by: str) -> None:
    """Put an area or a team in use again."""
    _set_active(unit, on=True, by=by)


def _set_active(unit: Department | Team, *, on: bool, by: str) -> None:
    if type(unit).objects.filter(pk=unit.pk, is_active=not on).update(is_active=on):
        verb = f"{type(unit).__name__.lower()}_{'reopened' if on else 'closed'}"
        append(CHAIN, [Entry(verb, {"key": unit.key})], by=by)
        _forget_units()


def people_and_teams_of(unit: Department | Team) -> list[str]:
    """Who still works in an area or a team, and the teams an area still has: for `registry.uses`."""
    field = "department" if isinstance(unit, Department) else "team"
    people = Membership.objects.filter(**{field: unit}, user__is_active=True).values("user").distinct().count()
    teams = unit.teams.filter(is_active=True).count() if isinstance(unit, Department) else 0
    said = [ngettext("%(n)d persona", "%(n)d personas", people) % {"n": people}] * bool(people)
    return said + [ngettext("%(n)d equipo", "%(n)d equipos", teams) % {"n": teams}] * bool(teams)


# People and roles -------------------------------------------------------------------------------------------------


class RoleTaken(Exception):
    """Another role has this name."""


@transaction.atomic
def add_role(*, name: str, reach: Reach, permissions: Iterable[Permission], by: str) -> Role:
    """A role of the municipality's own, under a key made of its name, which lanes of processes can name.

    Raises RoleTaken.
    """
    key = slugify(name).replace("-", "_")[:60] or "papel"
    if Role.objects.filter(key=key).exists():
        raise RoleTaken(key)
    role = Role.objects.create(key=key, name=name, reach=reach, permissions=_listed(permissions))
    append(CHAIN, [Entry("role_added", {"role": key, "reach": str(reach), "permissions": role.permissions})], by=by)
    return role


@transaction.atomic
def change_role(role: Role, *, name: str, permissions: Iterable[Permission], by: str) -> None:
    """What a role is called and lets do, at once for all who have it. Raises LastAdministrator."""
    kept = _listed(permissions)
    if Permission.STAFF_MANAGE not in kept:
        _demand_another(*Membership.objects.filter(role=role).select_related("role"))
    before = role.permissions
    role.name, role.permissions = name, kept
    role.save(update_fields=["name", "permissions"])
    added, taken = sorted(set(kept) - set(before)), sorted(set(before) - set(kept))
    append(CHAIN, [Entry("role_changed", {"role": role.key, "added": added, "taken": taken})], by=by)


def _listed(permissions: Iterable[Permission]) -> list[str]:
    return sorted(str(permission) for permission in permissions)


@transaction.atomic
def appoint_administrator(*, username: str, password: str, by: str) -> User:
    """Open the account of whoever sets the rest up: they manage staff and keys, and see no cases."""
    user = User.objects.create_user(username, password, name=username)
    Membership.objects.create(user=user, role=Role.objects.get(key=ADMINISTRATION))
    append(CHAIN, [Entry("administrator_appointed", {"user": str(user.uuid)})], by=by)
    return user


@transaction.atomic
def give_role(
    user: User, *, role: Role, department: Department | None = None, team: Team | None = None, by: str
) -> Membership:
    """Let the user do what the role does, where it reaches. Raises SeatRefused."""
    problem = seat_problem(
        Reach(role.reach),
        department=department.pk if department else None,
        team=team.pk if team else None,
        team_department=team.department_id if team else None,
    )
    if problem:
        raise SeatRefused(problem)
    # SQLite can't hold the constraint that counts NULLs as equal, so the user's row is the lock.
    User.objects.select_for_update().get(pk=user.pk)
    if Membership.objects.filter(user=user, role=role, department=department, team=team).exists():
        raise SeatRefused(SeatProblem.HELD_ALREADY)
    made = Membership.objects.create(user=user, role=role, department=department, team=team)
    append(CHAIN, [Entry("role_given", _seat(made))], by=by)
    return made


@transaction.atomic
def take_role(membership: Membership, *, by: str) -> None:
    """The user stops doing what this role does there. Raises LastAdministrator."""
    _demand_another(membership)
    said = _seat(membership)
    membership.delete()
    append(CHAIN, [Entry("role_taken", said)], by=by)


@transaction.atomic
def close_staff_account(user: User, *, reason: ClosingReason, by: str) -> None:
    """Close the account and keep all it did. Raises LastAdministrator."""
    _demand_another(*user.memberships.select_related("role"))
    account_actions.close_account(user, reason=reason, by=by)


def _seat(membership: Membership) -> dict[str, str]:
    """A membership as the trail names it."""
    said = {"user": str(membership.user.uuid), "role": membership.role.key}
    if membership.department:
        said["department"] = membership.department.key
    if membership.team:
        said["team"] = membership.team.key
    return said


def _demand_another(*memberships: Membership) -> None:
    if not any(Permission.STAFF_MANAGE in each.role.permissions for each in memberships):
        return
    # Locked, so that two administrators can't remove each other at the same moment.
    seats = Membership.objects.select_for_update(of=("self",)).filter(user__is_active=True).select_related("role")
    going = {each.pk for each in memberships}
    if not any(Permission.STAFF_MANAGE in each.role.permissions for each in seats if each.pk not in going):
        raise LastAdministrator
