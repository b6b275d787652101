"""Where streets cross, computed from their lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ventanilla.places.building import coordinates
from ventanilla.places.rules import distance_m, nearest_on
from ventanilla.places.rules.geometry import METRES_PER_DEGREE

REACH_M = 14.0
"""Lines of different sources rarely touch: ends this near are taken to meet."""
APART_M = 40.0
"""Two streets cross twice only where the places are further apart than a roundabout is wide."""


@dataclass(frozen=True)
class Found:
    """One street's side of a crossing, as the columns of `Crossing`."""

    street_id: int
    other_id: int
    lon: float
    lat: float
    along_m: float


def find(streets: list[tuple[int, bytes]]) -> list[Found]:
    """Both sides of every crossing of streets given as (id, WKB)."""
    import shapely

    if not streets:
        return []
    lines = shapely.from_wkb([wkb for _pk, wkb in streets])
    scale = math.cos(math.radians(float(shapely.total_bounds(lines)[1])))
    flat = shapely.transform(lines, lambda points: points * [METRES_PER_DEGREE * scale, METRES_PER_DEGREE])
    pairs = shapely.STRtree(flat).query(flat, predicate="dwithin", distance=REACH_M).T.tolist()
    known = [coordinates(line) for line in lines]
    found: list[Found] = []
    for a, b in pairs:
        if a >= b:
            continue
        for x, y in _meeting_points(flat[a], flat[b]):
            lon, lat = x / (METRES_PER_DEGREE * scale), y / METRES_PER_DEGREE
            for one, other in ((a, b), (b, a)):
                along, _away = nearest_on(known[one], lon, lat)
                found.append(Found(streets[one][0], streets[other][0], lon, lat, round(along, 1)))
    return _apart(found)


def _meeting_points(one: Any, other: Any) -> list[tuple[float, float]]:
    """Points in metres where two lines cross, or else the middle between where they come closest."""
    import shapely

    shared = shapely.intersection(one, other)
    if shared.is_empty:
        shared = shapely.shortest_line(one, other)
    return [(part.centroid.x, part.centroid.y) for part in shapely.get_parts(shared)]


def _apart(found: list[Found]) -> list[Found]:
    kept: dict[tuple[int, int], list[Found]] = {}
    for one in found:
        same = kept.setdefault((one.street_id, one.other_id), [])
        if all(distance_m(one.lon, one.lat, held.lon, held.lat) > APART_M for held in same):
            same.append(one)
    return [one for same in kept.values() for one in same]
