"""What is open near a place: offered before another is filed, and beside a case at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ventanilla.cases.models import Case, CaseQuerySet
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.places.rules import Place, distance_m
from ventanilla.places.rules import near as ring_of

RADIUS_M = 150
AROUND_M = 80
"""As far as the finest cells reach: everything open is looked through, and a street corner has little of that."""
LIMIT = 4
ENOUGH = 200


@dataclass(frozen=True)
class Near:
    """A report and how far it is."""

    case: Case
    metres: int


@dataclass(frozen=True)
class Beside:
    """What is said of a case beside another, and how far it is from that one."""

    uuid: UUID
    reference: str
    procedure: Procedure
    place_label: str
    metres: int


def open_reports(procedure: Procedure, place: Place) -> list[Near]:
    """The open public reports of a type within 150 m, nearest first. Cells find them, true distance decides."""
    if not procedure.may_be_public or place.lon is None or place.lat is None:
        return []
    ring = ring_of(place.lon, place.lat, RADIUS_M)
    within = {"procedure": procedure, f"cell_{ring.resolution}__in": ring.cells}
    found = Case.objects.public().open().filter(**within)
    found = found.prefetch_related("attachments__file")
    return _nearest(found, place.lon, place.lat, RADIUS_M)[:LIMIT]


def around(seen: CaseQuerySet, case: Case) -> list[Beside]:
    """What else is open within 80 m of a case, of any type, of those cases that may be seen; its own type first.

    In a dense street there are two hundred to choose these four from: no more is read of them than what is said.
    """
    if case.lon is None or case.lat is None:
        return []
    ring = ring_of(case.lon, case.lat, AROUND_M)
    within = {f"cell_{ring.resolution}__in": ring.cells}
    found = seen.open().filter(**within).exclude(pk=case.pk)
    rows: Iterable[Any] = found.values_list("lon", "lat", "procedure", "uuid", "reference", "place_label")[:ENOUGH]
    types = published.current().procedures
    beside = [
        Beside(uuid, reference, types[key], label, round(distance_m(case.lon, case.lat, lon, lat)))
        for lon, lat, key, uuid, reference, label in rows
        if key in types
    ]
    near = [each for each in beside if each.metres <= AROUND_M]
    return sorted(near, key=lambda each: (each.procedure.pk != case.procedure_id, each.metres))[:LIMIT]


def _nearest(found: CaseQuerySet, lon: float, lat: float, metres: int) -> list[Near]:
    """Those that are near indeed, nearest first."""
    near = [Near(case, round(distance_m(lon, lat, case.lon or 0, case.lat or 0))) for case in found[:ENOUGH]]
    return sorted((each for each in near if each.metres <= metres), key=lambda each: each.metres)
