"""What a municipality begins with: the roles of requirement A15 and what each may do, its departments and teams."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from django.utils.translation import gettext_noop as _

from ventanilla.accounts.enums import Permission as P
from ventanilla.organization.enums import FormOfAddress, Reach
from ventanilla.organization.models import Department, Municipality, Role, Team


@dataclass(frozen=True)
class StartingRole:
    """A role as it ships; the municipality changes it as it likes."""

    key: str
    name: str
    reach: Reach
    permissions: frozenset[P]


_WORK = frozenset(
    {
        P.CASE_VIEW,
        P.CASE_TAKE,
        P.CASE_ROUTE,
        P.CASE_REPLY,
        P.CASE_NOTE,
        P.CASE_WORK,
        P.CASE_CORRECT_PLACE,
        P.CASE_LINK,
    }
)
_MANAGE = _WORK | {
    P.CASE_VIEW_RESERVED,
    P.CASE_ASSIGN,
    P.CASE_RESOLVE,
    P.CASE_PAUSE,
    P.CASE_REOPEN,
    P.CASE_EXPORT,
    P.CASE_TEMPLATE_EDIT,
    P.CASE_FILE,
    P.PERSON_VIEW,
}
_COORDINATE = (_MANAGE - {P.CASE_VIEW_RESERVED}) | {
    P.CASE_VIEW_ALL,
    P.CASE_REFUSE,
    P.CASE_CANCEL,
    P.PERSON_EDIT,
    P.CATALOG_EDIT,
    P.MUNICIPALITY_EDIT,
    P.NOTIFICATION_EDIT,
}
_ADMINISTER = frozenset(
    {
        P.STAFF_MANAGE,
        P.KEY_MANAGE,
        P.MUNICIPALITY_EDIT,
        P.NOTIFICATION_EDIT,
        P.PERSON_ERASE,
    }
)

ROLES = [
    StartingRole(
        "front_desk",
        _("Atención a la gente"),
        Reach.EVERYWHERE,
        frozenset(
            {
                P.CASE_VIEW,
                P.CASE_VIEW_ALL,
                P.CASE_FILE,
                P.CASE_NOTE,
                P.CASE_WORK,
                P.CASE_LINK,
                P.PERSON_VIEW,
                P.PERSON_EDIT,
            }
        ),
    ),
    StartingRole("service_manager", _("Responsable del servicio"), Reach.DEPARTMENT, _MANAGE),
    StartingRole("crew", _("Cuadrilla"), Reach.TEAM, _WORK - {P.CASE_ROUTE, P.CASE_REPLY}),
    StartingRole("contractor", _("Empresa contratada"), Reach.TEAM, frozenset({P.CASE_VIEW, P.CASE_NOTE, P.CASE_WORK})),
    StartingRole("coordinator", _("Coordinación"), Reach.EVERYWHERE, _COORDINATE),
    StartingRole(
        "oversight",
        _("Contraloría de servicios"),
        Reach.EVERYWHERE,
        frozenset(
            {
                P.CASE_VIEW,
                P.CASE_VIEW_ALL,
                P.CASE_NOTE,
                P.CASE_WORK,
                P.CASE_EXPORT,
                P.PERSON_VIEW,
            }
        ),
    ),
    StartingRole("systems", _("Sistemas"), Reach.EVERYWHERE, _ADMINISTER),
    StartingRole("mayor", _("Alcaldía"), Reach.EVERYWHERE, frozenset({P.CASE_VIEW, P.CASE_VIEW_ALL, P.CASE_NOTE})),
    StartingRole("council", _("Concejo"), Reach.EVERYWHERE, frozenset({P.CASE_VIEW, P.CASE_VIEW_ALL})),
]

EMERGENCY_PHONES = {"CL": "133", "CO": "123", "ES": "112", "PE": "105"}
"""Where it isn't 911. Chile and Peru have no single number: these are the police's, for the municipality to change."""

FORMS_OF_ADDRESS = {"AR": FormOfAddress.VOS, "UY": FormOfAddress.VOS}
"""Where people aren't addressed as «usted», as the countries' presets say (`calendars.presets`)."""


def start_roles() -> None:
    """Make the roles that are missing. What the municipality changed is left as it is."""
    for role in ROLES:
        defaults = {"name": role.name, "reach": role.reach, "permissions": sorted(role.permissions)}
        Role.objects.get_or_create(key=role.key, defaults=defaults)


class StartingDepartment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A department as it ships, with the names of its teams by key."""

    key: str
    name: str
    teams: dict[str, str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    departments: tuple[StartingDepartment, ...]


@cache
def departments() -> tuple[StartingDepartment, ...]:
    """The departments of `starting.toml`."""
    return msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=_File).departments


def start_departments() -> None:
    """Make the departments and teams that are missing. What the municipality changed is left as it is."""
    for each in departments():
        department, _made = Department.objects.get_or_create(key=each.key, defaults={"name": each.name})
        for key, name in each.teams.items():
            Team.objects.get_or_create(key=key, defaults={"name": name, "department": department})


def start(_municipality: Municipality) -> None:
    """Make the roles, departments and teams that are missing."""
    start_roles()
    start_departments()
