"""Who works in San Jacinto: one account to try for each role, and colleagues enough for every department."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.actions import open_account
from ventanilla.accounts.models import User
from ventanilla.accounts.registry import DemoAccount, demo_accounts
from ventanilla.lib.actors import Actor
from ventanilla.organization.actions import give_role
from ventanilla.organization.models import Department, Role, Team

PASSWORD = "sanjacinto"  # noqa: S105 - the demo's, told on its sign-in page
DOMAIN = "sanjacintodelrio.example"


@dataclass(frozen=True)
class Member:
    """A member of staff. Those with a `purpose` are the accounts that are shown to whoever tries the demo."""

    username: str
    name: str
    role: str
    department: str = ""
    team: str = ""
    purpose: str | Promise = ""


CAST = [
    Member("coordinacion", "Ileana Quesada Mora", "coordinator", purpose=_("Coordina: ve todo y lo reparte")),
    Member(
        "ventanilla",
        "Marta Solano Vega",
        "front_desk",
        "attention",
        "front_office",
        _("Atiende en ventanilla y por teléfono"),
    ),
    Member(
        "alumbrado", "Julián Ferreto Arias", "service_manager", "street_lighting", purpose=_("Responsable de Alumbrado")
    ),
    Member("cuadrilla", "Óscar Badilla Rojas", "crew", "street_lighting", "lighting_crew", _("Cuadrilla de alumbrado")),
    Member("calles", "Ana Lucía Porras Núñez", "service_manager", "works", purpose=_("Responsable de Obras y calles")),
    Member(
        "parques",
        "Rebeca Umaña Salas",
        "service_manager",
        "parks",
        purpose=_("Responsable de Parques: Arbolado va atrasado"),
    ),
    Member(
        "contratista",
        "Poda y Jardín del Río",
        "contractor",
        "parks",
        "trees_contractor",
        _("Empresa contratada para la poda"),
    ),
    Member(
        "contraloria",
        "Vera Castro Gil",
        "oversight",
        "oversight",
        "oversight_office",
        _("Contraloría de servicios: quejas"),
    ),
    Member(
        "sistemas",
        "Ada Mena Quirós",
        "systems",
        "systems",
        "support",
        _("Cuentas, claves y procesos; no ve expedientes"),
    ),
    Member("alcaldia", "Gabriel Ureña Campos", "mayor", purpose=_("Despacho de la alcaldía: lo mira todo")),
    Member("concejo", "Noemí Brenes Tencio", "council", purpose=_("Concejo: mira sin escribir")),
    Member("fede", "Federico Núñez Sáenz", "front_desk", "attention", "front_office"),
    Member("yorleny", "Yorleny Chacón Mata", "front_desk", "attention", "front_office"),
    Member("atencion", "Tatiana Rojas Bermúdez", "service_manager", "attention"),
    Member("servicios", "Minor Aguilar Leitón", "service_manager", "public_services"),
    Member("guardia", "Eladio Víquez Soto", "crew", "public_services", "on_call"),
    Member("oficina", "Xinia Barrantes Mejía", "crew", "public_services", "services_office"),
    Member("wilber", "Wilber Sandoval Cruz", "crew", "street_lighting", "lighting_crew"),
    Member("aseo", "Karla Méndez Zúñiga", "service_manager", "cleaning"),
    Member("recoleccion", "Danilo Fuentes Araya", "crew", "cleaning", "collection_crew"),
    Member("limpieza", "Marlen Segura Pizarro", "crew", "cleaning", "cleaning_crew"),
    Member("jardines", "Rolando Picado Mora", "crew", "parks", "parks_crew"),
    Member("arbolado", "Esteban Coto Villalobos", "crew", "parks", "trees_crew"),
    Member("bacheo", "Gerardo Salazar Ugalde", "crew", "works", "streets_crew"),
    Member("caminos", "Yendry Alvarado Peña", "crew", "works", "streets_crew"),
    Member("transito", "Randall Cordero Jara", "service_manager", "traffic"),
    Member("senales", "Hazel Madrigal Ruiz", "crew", "traffic", "signs_crew"),
    Member("inspector", "Kenneth Obando Lara", "crew", "traffic", "traffic_inspectors"),
    Member("agua", "Silvia Trejos Navarro", "service_manager", "water"),
    Member("fontanero", "Adrián Bolaños Cerdas", "crew", "water", "water_crew"),
    Member("animales", "Priscila Monge Abarca", "service_manager", "animals"),
    Member("rescate", "Josué Gamboa Retana", "crew", "animals", "animals_team"),
    Member("urbanismo", "Marcela Herrera Blanco", "service_manager", "planning"),
    Member("inspeccion", "Allan Carmona Duarte", "crew", "planning", "inspection"),
    Member("cobros", "Lorena Hidalgo Ramos", "service_manager", "treasury"),
    Member("caja", "Greivin Morales Arce", "crew", "treasury", "billing_office"),
]

CONTRACTOR_TEAM = ("trees_contractor", "Poda y Jardín del Río", "parks")


@dataclass
class Staff:
    """The staff by what they are asked for."""

    users: dict[str, User] = field(default_factory=dict)
    managers: dict[str, User] = field(default_factory=dict)
    crews: dict[str, list[User]] = field(default_factory=dict)
    desk: list[User] = field(default_factory=list)

    def of_role(self, role: str, department: str, team: str, number: int) -> User:
        """Who does a step of a role for a case of this department and team."""
        if role == "front_desk":
            return self.desk[number % len(self.desk)]
        if role == "oversight":
            return self.users["contraloria"]
        if role == "crew" and team in self.crews:
            return self.crews[team][number % len(self.crews[team])]
        return self.managers.get(department, self.users["coordinacion"])


def actor(user: User) -> Actor:
    return Actor(f"user:{user.uuid}", user.name)


@transaction.atomic
def hire(*, by: str) -> Staff:
    """Open the accounts that are missing. Returns the whole staff."""
    _contractor()
    keys = {model: {row.key: row for row in model.objects.all()} for model in (Role, Department, Team)}
    here = {user.username: user for user in User.objects.all()}
    # Hashed once: a good hash takes a while, and all have the one password.
    staff, password = Staff(), make_password(PASSWORD)
    for member in CAST:
        user = here.get(member.username) or _open(member, keys, password, by=by)
        _place(staff, member, user)
    return staff


def _contractor() -> None:
    key, name, department = CONTRACTOR_TEAM
    values = {"name": name, "department": Department.objects.get(key=department), "is_contractor": True}
    Team.objects.get_or_create(key=key, defaults=values)


def _open(member: Member, keys: dict[Any, dict[str, Any]], password: str, *, by: str) -> User:
    user = open_account(username=member.username, name=member.name, email=f"{member.username}@{DOMAIN}", by=by)
    give_role(
        user,
        role=keys[Role][member.role],
        department=keys[Department].get(member.department),
        team=keys[Team].get(member.team),
        by=by,
    )
    # The demo's alone: a password that everybody knows, and no second step; its pages say so.
    user.password, user.needs_second_factor = password, False
    user.save(update_fields=["password", "needs_second_factor"])
    return user


def _place(staff: Staff, member: Member, user: User) -> None:
    staff.users[member.username] = user
    if member.role == "front_desk":
        staff.desk.append(user)
    if member.role == "service_manager":
        staff.managers[member.department] = user
    if member.role in ("crew", "contractor"):
        staff.crews.setdefault(member.team, []).append(user)


def accounts() -> list[tuple[str, str, str]]:
    """What is shown to whoever tries the demo: username, password and what the account is for."""
    return [(member.username, PASSWORD, str(member.purpose)) for member in CAST if member.purpose]


def show_accounts() -> None:
    """Have the sign-in page show them, where this is a demo."""
    for member in CAST:
        if member.purpose:
            demo_accounts.register(member.username, DemoAccount(member.username, PASSWORD, member.purpose))
