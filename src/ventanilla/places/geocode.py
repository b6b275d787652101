"""From what people say to a point, and back. In-memory names, one or two queries for doors, corners and poles."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils.translation import gettext as _

from ventanilla.design.languages import for_the_record
from ventanilla.places import resolving, sheet, zones
from ventanilla.places.building import coordinates
from ventanilla.places.enums import PlaceKind, PlaceSource
from ventanilla.places.models import Address, Crossing
from ventanilla.places.resolving import Found
from ventanilla.places.rules import Place, Said, distance_m, near, nearest_on, parse, said_only

DOOR_REACH_M = 60.0
STREET_REACH_M = 120.0
ANYWHERE_M = 250
SURE = 0.8
"""How sure of a place to take it as the one meant."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A place that may be the one meant. `confidence` from 0 to 1; `inside` false: another municipality's."""

    label: str
    kind: PlaceKind
    lon: float
    lat: float
    precision_m: int
    confidence: float
    inside: bool
    zones: dict[str, str]
    parts: dict[str, Any]
    said: Said | None = None

    @property
    def zone_label(self) -> str:
        """The narrowest zone that people name: «Barrio San Isidro»."""
        return self.zones.get("neighborhood") or self.zones.get("district") or ""

    def to_place(self, *, as_said: str = "", source: PlaceSource = PlaceSource.GEOCODED) -> Place:
        """The place to keep with a case."""
        return Place(
            kind=self.kind,
            source=source,
            as_said=as_said or (self.said.text if self.said else ""),
            label=self.label,
            lon=self.lon,
            lat=self.lat,
            precision_m=self.precision_m,
            parts=self.parts,
        )


@for_the_record()
def suggest(text: str, *, near: tuple[float, float] | None = None, limit: int = 6) -> list[Candidate]:
    """Places that may be meant by what was said or typed so far, best first; empty where nothing is known.

    They are said in the municipality's Spanish: a place is kept as it is said here.

    `near` (lon, lat) prefers what is close by: where the person is, or what the map shows.
    """
    said = parse(text)
    found = resolving.resolve(said, near=near, limit=limit)
    return [_candidate(one, said) for one in found[:limit]]


def placed(said: str) -> Place:
    """The place somebody said, as well as we know it: on the map where one is plainly meant, else as it was said."""
    candidates = suggest(said, limit=2)
    sure = candidates and (len(candidates) == 1 or candidates[0].confidence > candidates[1].confidence)
    return candidates[0].to_place(as_said=said) if sure and candidates[0].confidence >= SURE else said_only(said)


def pointed(said: str, lon: float, lat: float, source: PlaceSource) -> Place:
    """The place of a point somebody put, with what they said of it; named by what stands there if they said nothing."""
    found = reverse(lon, lat)
    place = found.to_place(as_said=said, source=source)
    return msgspec.structs.replace(place, lon=lon, lat=lat, label=said or found.label)


@for_the_record()
def reverse(lon: float, lat: float) -> Candidate:
    """How people would say a point: door or street, between which streets, and the neighbourhood.

    Two queries at most. Outside the municipality `inside` is false and nothing is looked for.
    """
    located = zones.locate(lon, lat)
    if not located.inside:
        return _candidate(Found(_("Fuera del municipio"), PlaceKind.POINT, lon, lat, ANYWHERE_M, 0.0), None)
    door = _nearest_door(lon, lat)
    street = sheet.nearest_street(lon, lat, STREET_REACH_M) if door is None else None
    between = _between((door.street_id if door else None) or (street.pk if street else None), lon, lat)
    parts: dict[str, Any] = {}
    if door:
        parts = {"street": door.street_name, "number": door.number}
    elif street:
        parts = {"street": street.label}
    if between:
        parts["cross"] = list(between)
    where = str(door) if door else street.label if street else ""
    label = _said_back(where, between, zones.names(located))
    kind = PlaceKind.ADDRESS if door else PlaceKind.STREET if street else PlaceKind.POINT
    return _candidate(Found(label, kind, lon, lat, 10, 1.0, parts), None)


def _candidate(found: Found, said: Said | None) -> Candidate:
    located = zones.locate(found.lon, found.lat)
    return Candidate(
        label=found.label,
        kind=found.kind,
        lon=round(found.lon, 6),
        lat=round(found.lat, 6),
        precision_m=max(5, round(found.precision_m)),
        confidence=round(min(1.0, max(0.0, found.confidence)), 2),
        inside=located.inside,
        zones=zones.names(located),
        parts=found.parts,
        said=said,
    )


def _nearest_door(lon: float, lat: float) -> Address | None:
    cells = near(lon, lat, DOOR_REACH_M).cells
    doors = Address.objects.filter(cell__in=cells)
    close = min(doors, key=lambda door: distance_m(lon, lat, door.lon, door.lat), default=None)
    if close is None or distance_m(lon, lat, close.lon, close.lat) > DOOR_REACH_M:
        return None
    return close


def _between(street_id: int | None, lon: float, lat: float) -> tuple[str, ...]:
    """The names of the streets that cross a street just before and after a point."""
    if street_id is None:
        return ()
    here, _away = nearest_on(coordinates(sheet.line(street_id)), lon, lat)
    corners = list(
        Crossing.objects.filter(street_id=street_id).order_by("along_m", "pk").values_list("along_m", "other__name")
    )
    before = next((name for along, name in reversed(corners) if along <= here), None)
    after = next((name for along, name in corners if along > here and name != before), None)
    return tuple(name for name in (before, after) if name)


def _said_back(door: str, between: tuple[str, ...], zone_names: dict[str, str]) -> str:
    zone = zone_names.get("neighborhood") or zone_names.get("district") or ""
    crossing = _("entre %(one)s y %(other)s") % {"one": between[0], "other": between[1]} if len(between) == 2 else ""
    return ", ".join(part for part in (door, crossing, zone) if part) or _("Un punto del mapa")
