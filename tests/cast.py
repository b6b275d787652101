"""The cast that appears in every test, in a small municipality made by real actions.

Olga owns the case; Carlos is her colleague; Otilia works in another department; Coro coordinates; Vera oversees;
Admin administers systems; Fede attends at the front desk; Rosa is the person who files; a stranger is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import shapely
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from ventanilla.accounts import keyring
from ventanilla.accounts.models import User
from ventanilla.calendars import actions as calendars
from ventanilla.cases import actions, inbox
from ventanilla.cases.actions import Filing, process
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Case
from ventanilla.catalog import actions as catalog
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.desk import choices
from ventanilla.forms import actions as forms
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.lib.workingtime import Unit
from ventanilla.organization import municipality, units
from ventanilla.organization.models import Department, Membership, Municipality, Role, Team
from ventanilla.organization.starting import start_roles
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person
from ventanilla.places import revisions
from ventanilla.places.actions.storing import store_zones
from ventanilla.places.enums import PlaceKind, PlaceSource
from ventanilla.places.rows import ZoneRow
from ventanilla.places.rules import Place
from ventanilla.workflow import actions as workflow

WEDNESDAY_MORNING = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)
"""Wednesday 25 November 2026, 10:24 in Costa Rica."""
LON, LAT = -84.1, 9.93
BY = Actor("system", "Sistema")


@dataclass
class Cast:
    """Who there is, and what they work with."""

    lighting: Department
    streets: Department
    crew_team: Team
    lamp: Procedure
    complaint: Procedure
    breach: Procedure
    users: dict[str, User] = field(default_factory=dict)
    rosa: Person | None = None

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None

    def file(self, **changes: Any) -> Case:
        """A case filed by Rosa: a lamp out, at the corner of the church."""
        values: dict[str, Any] = {
            "procedure": self.lamp,
            "channel": Channel.WEB,
            "description": "El bombillo frente a la iglesia lleva una semana apagado.",
            "answers": {"how_many": "one"},
            "place": place(),
            "identity": Identity.IDENTIFIED,
            "applicant": self.rosa,
        }
        values.update(changes)
        return actions.open_case(Filing(**values), by=Actor(f"person:{self.rosa.uuid}", self.rosa.name))  # type: ignore[union-attr]


def place(lon: float = LON, lat: float = LAT, label: str = "Frente a la iglesia") -> Place:
    """A place on the map, as the person said it."""
    return Place(
        kind=PlaceKind.POINT, source=PlaceSource.MAP, as_said="al frente de la iglesia", label=label, lon=lon, lat=lat
    )


def actor(user: User) -> Actor:
    return Actor(f"user:{user.uuid}", user.name)


def forget_everything() -> None:
    """What processes keep in memory, from another test's database."""
    municipality.forget()
    units.forget()
    keyring.forget()
    published.forget()
    process.definitions.forget()
    choices.held.forget()
    choices.drawn.forget()
    inbox.waiting.forget()
    revisions.forget()


def lasting_of(make: Callable[[], Cast], blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """What is made once for all tests of a file: what one changes is taken back after it, and all at the end."""
    with blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.NOTIFICATIONS", {"folder": {"enabled": True}})
        yield make()
        transaction.set_rollback(True)
    forget_everything()


def make_cast() -> Cast:
    """The municipality and everyone in it."""
    forget_everything()
    town = Municipality.objects.create(
        name="Villa Esperanza", country="CR", time_zone="America/Costa_Rica", center_lon=LON, center_lat=LAT,
        email="ventanilla@villa.example", phone="2222-0000",
    )  # fmt: skip
    forget_everything()
    start_roles()
    calendars.start(town)
    workflow.load_ready_diagrams(by="system")
    lighting = Department.objects.create(key="alumbrado", name="Alumbrado público")
    streets = Department.objects.create(key="calles", name="Obras y calles")
    crew_team = Team.objects.create(department=lighting, key="cuadrilla-1", name="Cuadrilla 1")
    _zones()
    cast = Cast(lighting, streets, crew_team, *_catalogue(lighting, streets))
    _people(cast)
    forget_everything()
    return cast


def _zones() -> None:
    district = shapely.box(LON - 0.05, LAT - 0.05, LON + 0.05, LAT + 0.05)
    barrio = shapely.box(LON - 0.01, LAT - 0.01, LON + 0.01, LAT + 0.01)
    rows = [
        ZoneRow("d1", "district", "Central", district, "Distrito"),
        ZoneRow("b1", "neighborhood", "San Isidro", barrio, "Barrio", ("district", "d1")),
    ]
    store_zones(rows=rows, by="system")


QUESTIONS = {
    "type": "object",
    "properties": {"how_many": {"type": "string", "enum": ["one", "several", "all"]}},
    "required": ["how_many"],
}
LAYOUT = {
    "questions": [
        {
            "field": "how_many",
            "question": "¿Cuántas luces están apagadas?",
            "script": "Pregunte si es una o toda la cuadra.",
            "essential": True,
            "options": [
                {"value": "one", "label": "Una"},
                {"value": "several", "label": "Varias"},
                {"value": "all", "label": "Toda la cuadra"},
            ],
        }
    ]
}


def _catalogue(lighting: Department, streets: Department) -> tuple[Procedure, Procedure, Procedure]:
    form = forms.publish(key="lamp", schema=QUESTIONS, layout=LAYOUT, by="system")
    service = catalog.define_service(key="alumbrado-publico", name="Alumbrado público", icon="bulb", by="system")
    own = catalog.define_service(key="atencion", name="Atención", icon="message", order=9, by="system")
    lamp = catalog.define_procedure(
        key="bombillo-quemado", by="system", service=service, name="Bombillo quemado", kind="service_request",
        nature="service_notice", words=["bombillo", "foco", "farola", "luminaria"], form=form, department=lighting,
        target_quantity=5, target_unit=Unit.WORKING_DAY, weight=1,
    )  # fmt: skip
    complaint = catalog.define_procedure(
        key="queja-por-la-atencion", by="system", service=own, name="Queja por la atención", kind="complaint",
        nature="petition", place_need="none", process_key="complaint", department=streets, is_public=False,
    )  # fmt: skip
    breach = catalog.define_procedure(
        key="construccion-sin-permiso", by="system", service=own, name="Construcción sin permiso",
        kind="report_of_breach", nature="report_of_breach", department=streets, is_public=False,
    )  # fmt: skip
    return lamp, complaint, breach


MEMBERS = {
    "olga": ("Olga Mora Solís", "service_manager", "alumbrado", ""),
    "carlos": ("Carlos Vega Ruiz", "service_manager", "alumbrado", ""),
    "otilia": ("Otilia Rojas Mata", "service_manager", "calles", ""),
    "cuca": ("Cuca Brenes Paz", "crew", "alumbrado", "cuadrilla-1"),
    "coro": ("Coro Jiménez León", "coordinator", "", ""),
    "vera": ("Vera Castro Gil", "oversight", "", ""),
    "fede": ("Fede Núñez Sáenz", "front_desk", "", ""),
    "admin": ("Ada Mena Quirós", "systems", "", ""),
}


def _people(cast: Cast) -> None:
    for username, seat in MEMBERS.items():
        join(cast, username, *seat)
    cast.rosa = people.register_person(
        by="system",
        name="Rosa Benítez Arias",
        contacts=[(ContactKind.EMAIL, "rosa.benitez@correo.example"), (ContactKind.PHONE, "+50688881234")],
        verified=True,
    )


def join(cast: Cast, username: str, name: str, role: str, department: str = "", team: str = "") -> None:
    """Somebody more, with a role."""
    user = User.objects.create_user(
        username, "clave-de-prueba", name=name, email=f"{username}@villa.example", needs_second_factor=False
    )
    Membership.objects.create(
        user=user,
        role=Role.objects.get(key=role),
        department=Department.objects.filter(key=department).first(),
        team=Team.objects.filter(key=team).first(),
    )
    cast.users[username] = user


@pytest.fixture(scope="module")
def lasting(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cast]:
    """The cast, for all tests of a file that only look at it; what one of them changes is taken back after it."""
    stopped = any("still_clock" in mark.args for mark in request.node.iter_markers("usefixtures"))
    with clock.at(WEDNESDAY_MORNING) if stopped else nullcontext():
        yield from lasting_of(make_cast, django_db_blocker)


@pytest.fixture
def standing(lasting: Cast, db: None) -> Cast:
    """The cast of a file of many tests, as good as new for each: `from tests.cast import standing as cast`."""
    forget_everything()
    return deepcopy(lasting)


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    """The cast, in a fresh municipality whose messages go to a folder."""
    settings.NOTIFICATIONS = {"folder": {"enabled": True}}
    return make_cast()


__all__ = ["Cast", "actor", "cast", "join", "lasting", "make_cast", "place", "standing"]
