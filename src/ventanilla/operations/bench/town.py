"""The municipality that is measured: what `init` makes, with a grid of zones, and staff to work in it."""

from __future__ import annotations

import random
from functools import cache

import shapely

from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import User
from ventanilla.organization import municipality
from ventanilla.organization.actions import found_municipality
from ventanilla.organization.models import Department, Membership, Municipality, Role
from ventanilla.places.actions.storing import store_zones
from ventanilla.places.rows import ZoneRow

LON, LAT, SIDE = -84.10, 9.90, 0.10
DISTRICTS, BARRIOS = 5, 6
STAFF_IN_EACH = 4


def found() -> None:
    """Found the municipality, lay out its zones, take on its staff."""
    found_municipality(
        name="Villa Medida", country="CR", time_zone="America/Costa_Rica", kind="Municipalidad", by="bench"
    )
    Municipality.objects.update(center_lon=LON + SIDE / 2, center_lat=LAT + SIDE / 2)
    municipality.forget()
    store_zones(rows=list(_zones()), by="bench")
    _hire()


def _zones() -> list[ZoneRow]:
    rows, width, height = [], SIDE / DISTRICTS, SIDE / BARRIOS
    for d in range(DISTRICTS):
        west = LON + d * width
        rows.append(ZoneRow(f"d{d}", "district", f"Distrito {d + 1}", shapely.box(west, LAT, west + width, LAT + SIDE)))
        for b in range(BARRIOS):
            box = shapely.box(west, LAT + b * height, west + width, LAT + (b + 1) * height)
            rows.append(
                ZoneRow(f"b{d}-{b}", "neighborhood", f"Barrio {d + 1}.{b + 1}", box, "Barrio", ("district", f"d{d}"))
            )
    return rows


def _hire() -> None:
    manager, coordinator = Role.objects.get(key="service_manager"), Role.objects.get(key="coordinator")
    for department in Department.objects.all():
        for number in range(STAFF_IN_EACH):
            user = User.objects.create_user(
                f"{department.key}-{number}", name=f"Ana {department.name}", needs_second_factor=False
            )
            Membership.objects.create(user=user, role=manager, department=department)
    coro = User.objects.create_user("coordinadora", name="Coro Jiménez", needs_second_factor=False)
    Membership.objects.create(user=coro, role=coordinator)


def staff() -> list[int]:
    """The keys of those who take cases, the coordinator among them: her own list isn't empty."""
    return list(User.objects.filter(memberships__isnull=False).order_by("pk").values_list("pk", flat=True))


def coordinator() -> User:
    """Who sees everything."""
    return User.objects.get(username="coordinadora")


def point(source: random.Random) -> tuple[float, float]:
    """A point inside, denser towards the middle."""
    lon = LON + SIDE * source.betavariate(2, 2)
    lat = LAT + SIDE * source.betavariate(2, 2)
    return round(lon, 6), round(lat, 6)


@cache
def machine_key() -> str:
    """A key that files and acts, made for this run."""
    scopes = [Scope.OPEN311_POST, Scope.CASE_FILE, Scope.CASE_READ, Scope.CASE_ACT]
    return issue_api_key(name="bench", scopes=scopes, user=coordinator(), per_minute=1_000_000)[1]
