"""Distances, cells and lines on the Earth, for places a few kilometres apart. Positions are lon, lat in degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import h3.api.basic_int as h3

from ventanilla.places.enums import Direction

EARTH_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""
METRES_PER_DEGREE = math.radians(EARTH_M)
RESOLUTIONS = (7, 9, 11)
MOST_RINGS = 3
# Hexagons are up to a fifth smaller than the average one, depending on where they lie on the icosahedron.
SMALLEST_HEXAGON = 0.75

_BEARINGS = {direction: 45.0 * number for number, direction in enumerate(Direction)}


class Cells(NamedTuple):
    """The H3 cells of a point at three resolutions; each fits a signed 64-bit integer (BigInteger)."""

    r7: int
    r9: int
    r11: int


class Ring(NamedTuple):
    """Cells of one resolution (7, 9 or 11) that together hold every point within a distance."""

    resolution: int
    cells: list[int]


def is_position(lon: float | None, lat: float | None) -> bool:
    """Whether these are degrees on the Earth. (0, 0) is what broken devices send, so it isn't."""
    if lon is None or lat is None or not (math.isfinite(lon) and math.isfinite(lat)):
        return False
    return -180 <= lon <= 180 and -90 <= lat <= 90 and (lon, lat) != (0, 0)


def cell(lon: float, lat: float, resolution: int = 11) -> int:
    """The H3 cell of a point."""
    found: int = h3.latlng_to_cell(lat, lon, resolution)
    return found


def cells(lon: float, lat: float) -> Cells:
    """The H3 cells of a point at resolutions 7 (about 5 km²), 9 (0.1 km²) and 11 (2,150 m²)."""
    return Cells(cell(lon, lat, 7), cell(lon, lat, 9), cell(lon, lat, 11))


def cell_center(number: int) -> tuple[float, float]:
    """The longitude and latitude of the middle of a cell."""
    lat, lon = h3.cell_to_latlng(number)
    return lon, lat


def cells_of_box(west: float, south: float, east: float, north: float, resolution: int = 7) -> list[int]:
    """The cells that together cover a box in degrees, those of its rim included."""
    edge = h3.average_hexagon_edge_length(resolution, unit="m") / METRES_PER_DEGREE
    wide = edge / max(0.1, math.cos(math.radians(max(abs(south), abs(north)))))
    low, high, left, right = south - edge, north + edge, west - wide, east + wide
    corners = [(low, left), (low, right), (high, right), (high, left)]
    return [int(found) for found in h3.h3shape_to_cells(h3.LatLngPoly(corners), resolution)]


def near(lon: float, lat: float, metres: float) -> Ring:
    """The cells to look in for everything within `metres`: filter by cell first, then by `distance_m`.

    The finest resolution whose ring stays under about forty cells.
    """
    for resolution in reversed(RESOLUTIONS):
        rings = _rings(metres, resolution)
        if rings <= MOST_RINGS:
            break
    return Ring(resolution, list(h3.grid_disk(cell(lon, lat, resolution), rings)))


def _rings(metres: float, resolution: int) -> int:
    """Rings of hexagons that reach `metres` beyond any point of the middle one.

    A ring adds at least one and a half edges.
    """
    edge: float = h3.average_hexagon_edge_length(resolution, unit="m") * SMALLEST_HEXAGON
    return math.ceil(metres / (1.5 * edge))


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Metres along the great circle (haversine)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_phi, half_lambda = (phi_b - phi_a) / 2, math.radians(lon_b - lon_a) / 2
    h = math.sin(half_phi) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lambda) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(h)))


def bearing_of(direction: Direction) -> float:
    """Degrees clockwise from north."""
    return _BEARINGS[direction]


def move(lon: float, lat: float, metres: float, direction: Direction) -> tuple[float, float]:
    """The point reached by walking `metres` in a direction. Exact enough for a few kilometres."""
    angle = math.radians(bearing_of(direction))
    north, east = metres * math.cos(angle), metres * math.sin(angle)
    return lon + east / (METRES_PER_DEGREE * math.cos(math.radians(lat))), lat + north / METRES_PER_DEGREE


Line = Sequence[tuple[float, float]]


def along(line: Line) -> list[float]:
    """Metres from the start of a line to each of its points."""
    total, reached = 0.0, [0.0]
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(line):
        total += distance_m(lon_a, lat_a, lon_b, lat_b)
        reached.append(total)
    return reached


def point_at(line: Line, metres: float) -> tuple[float, float]:
    """The point of a line at `metres` from its start; its ends beyond them."""
    reached = along(line)
    for number in range(1, len(line)):
        if metres <= reached[number]:
            span = reached[number] - reached[number - 1]
            share = max(0.0, metres - reached[number - 1]) / span if span else 0.0
            (lon_a, lat_a), (lon_b, lat_b) = line[number - 1], line[number]
            return lon_a + (lon_b - lon_a) * share, lat_a + (lat_b - lat_a) * share
    return line[-1]


def nearest_on(line: Line, lon: float, lat: float) -> tuple[float, float]:
    """Where a line comes closest to a point: metres from its start, and metres away from the point."""
    scale = math.cos(math.radians(lat))
    flat = [((x - lon) * scale * METRES_PER_DEGREE, (y - lat) * METRES_PER_DEGREE) for x, y in line]
    best, walked = (0.0, math.hypot(*flat[0])), 0.0
    for (ax, ay), (bx, by) in pairwise(flat):
        dx, dy = bx - ax, by - ay
        length = math.hypot(dx, dy)
        share = min(1.0, max(0.0, -(ax * dx + ay * dy) / length**2)) if length else 0.0
        away = math.hypot(ax + dx * share, ay + dy * share)
        if away < best[1]:
            best = (walked + share * length, away)
        walked += length
    return best
