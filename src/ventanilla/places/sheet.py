"""The background map in memory: streets and shapes, to be drawn or asked for the nearest street."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from ventanilla.places.enums import ShapeKind, StreetKind
from ventanilla.places.models import Landmark, MapShape, Street, Zone
from ventanilla.places.revisions import Kept
from ventanilla.places.rules.geometry import METRES_PER_DEGREE

WIDTH_M = {StreetKind.ROAD: 16.0, StreetKind.AVENUE: 14.0, StreetKind.STREET: 11.0, StreetKind.PATH: 5.0}
"""How wide a way is drawn, in metres of the real world."""
ORDER = [ShapeKind.TOWN, ShapeKind.BLOCK, ShapeKind.PARK, ShapeKind.LOT, ShapeKind.WATER, ShapeKind.BUILDING]


LANDMARKS_DRAWN = 3000
"""The best known ones are drawn; all are found by name."""


class Drawn(NamedTuple):
    """One thing of the map: `kind` is a ShapeKind, a StreetKind or a zone's kind."""

    kind: str
    label: str
    geometry: Any
    pk: int


@dataclass(frozen=True)
class Layer:
    """Things of one sort with a tree over them."""

    things: list[Drawn]
    tree: Any

    def within(self, box: Any) -> list[Drawn]:
        """What touches a box, in the order in which it is drawn."""
        return [self.things[number] for number in sorted(self.tree.query(box).tolist())]


@dataclass(frozen=True)
class Sheet:
    """Everything that can be drawn; `lines` are the streets' lines by their id."""

    shapes: Layer
    streets: Layer
    zones: Layer
    landmarks: Layer
    lines: dict[int, Any]


def _layer(things: list[Drawn]) -> Layer:
    import shapely

    return Layer(things, shapely.STRtree([thing.geometry for thing in things]))


def _read() -> Sheet:
    import shapely

    def drawn(rows: Any) -> list[Drawn]:
        return [Drawn(kind, label, shapely.from_wkb(bytes(wkb)), pk) for pk, kind, label, wkb in rows]

    shapes = drawn(MapShape.objects.values_list("pk", "kind", "label", "geometry"))
    shapes.sort(key=lambda shape: (ORDER.index(ShapeKind(shape.kind)), shape.pk))
    streets = drawn(Street.objects.values_list("pk", "kind", "name", "geometry"))
    streets.sort(key=lambda street: (list(StreetKind).index(StreetKind(street.kind)), street.pk))
    points = Landmark.objects.order_by("-weight", "pk").values_list("pk", "kind", "name", "lon", "lat")[
        :LANDMARKS_DRAWN
    ]
    return Sheet(
        shapes=_layer(shapes),
        streets=_layer(streets),
        zones=_layer(drawn(Zone.objects.order_by("area_m2").values_list("pk", "kind", "name", "geometry"))),
        landmarks=_layer([Drawn(kind, name, shapely.Point(lon, lat), pk) for pk, kind, name, lon, lat in points]),
        lines={street.pk: street.geometry for street in streets},
    )


_sheet = Kept(_read, "map", "names", "zones")


def current() -> Sheet:
    """The map as it is now."""
    return _sheet.get()


def line(street_id: int) -> Any:
    """The line of a street."""
    return current().lines[street_id]


def nearest_street(lon: float, lat: float, metres: float) -> Drawn | None:
    """The street nearest to a point, if there is one within so many metres."""
    import shapely

    streets = current().streets
    if not streets.things:
        return None
    reach = metres / (METRES_PER_DEGREE * math.cos(math.radians(lat)))
    found = streets.tree.query_nearest(shapely.Point(lon, lat), max_distance=reach, all_matches=False)
    return streets.things[found[0]] if len(found) else None
