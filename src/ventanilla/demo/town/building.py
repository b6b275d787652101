"""From the plan to the things of a town: zones, lots with their doors, poles, landmarks. All pure data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely import MultiLineString, Point, Polygon
from shapely.ops import nearest_points, unary_union, voronoi_diagram

from ventanilla.demo.town import plan as plans
from ventanilla.demo.town.landmarks import DISTRICTS, EAST_DISTRICT, KNOWN, Known
from ventanilla.demo.town.plan import Plan, Way
from ventanilla.lib import ids
from ventanilla.places.actions import (
    AddressRow,
    AssetRow,
    LandmarkRow,
    ParcelRow,
    ShapeRow,
    StreetRow,
    ZoneRow,
)
from ventanilla.places.rules import name_key
from ventanilla.places.rules.geometry import METRES_PER_DEGREE

NAME = "San Jacinto del Río"
COUNTRY = "CR"
CENTER = (-84.2482, 9.9927)
SEED = 1849
LOT_M = 21.0
POLE_EVERY_M = 42.0
FIRST_POLE = 1001
OPEN_COUNTRY_M2 = 60_000


@dataclass
class Town:
    """Rows for the places room, in WGS84. `streets` come joined by name."""

    name: str
    zones: list[ZoneRow] = field(default_factory=list)
    streets: list[StreetRow] = field(default_factory=list)
    parcels: list[ParcelRow] = field(default_factory=list)
    addresses: list[AddressRow] = field(default_factory=list)
    landmarks: list[LandmarkRow] = field(default_factory=list)
    assets: list[AssetRow] = field(default_factory=list)
    shapes: list[ShapeRow] = field(default_factory=list)


def build() -> Town:
    """The town, the same every time. About a second."""
    with ids.seeded(SEED):
        rnd = ids.source()
        plan, town = plans.draw(rnd), Town(NAME)
        town.zones = list(_zones(plan))
        _streets(plan, town)
        _landmarks(plan, town)
        _lots(plan, town)
        _poles(plan, town)
        _shapes(plan, town)
    return town


def to_degrees(geometry: Any) -> Any:
    """From metres on the plan to lon, lat."""
    lon, lat = CENTER
    scale = METRES_PER_DEGREE * math.cos(math.radians(lat))

    def moved(points: Any) -> Any:
        return points / [scale, METRES_PER_DEGREE] + [lon, lat]

    return shapely.transform(geometry, moved)


def _degrees(x: float, y: float) -> tuple[float, float]:
    point = to_degrees(Point(x, y))
    return round(point.x, 6), round(point.y, 6)


# Zones ----------------------------------------------------------


def _zones(plan: Plan) -> list[ZoneRow]:
    """Barrios made of whole blocks, each to the nearest middle on its bank; districts made of barrios."""
    seeds = [(d, b, Point(at)) for d, barrios in DISTRICTS.items() for b, at in barrios.items()]
    cells = _cells(plan, seeds)
    pieces: dict[tuple[str, str], list[Polygon]] = {}
    for face in plan.faces:
        for piece in _split(face, cells):
            centre = piece.representative_point()
            pieces.setdefault(_nearest(centre, seeds), []).append(piece)
    rows: list[ZoneRow] = []
    for number, (district, barrios) in enumerate(DISTRICTS.items(), start=1):
        shapes = {barrio: unary_union(pieces[district, barrio]).buffer(0.02) for barrio in barrios}
        whole = to_degrees(unary_union(list(shapes.values())))
        rows.append(ZoneRow(f"{number:02}", "district", district, whole, "Distrito"))
        rows += [
            ZoneRow(
                f"{number:02}-{at:02}",
                "neighborhood",
                barrio,
                to_degrees(shape),
                "Barrio",
                ("district", f"{number:02}"),
            )
            for at, (barrio, shape) in enumerate(shapes.items(), start=1)
        ]
    return rows


def _cells(plan: Plan, seeds: list[tuple[str, str, Point]]) -> list[Polygon]:
    """What lies nearest to each middle, to split the open country by."""
    points = shapely.MultiPoint([point for _district, _barrio, point in seeds])
    return [cell for cell in voronoi_diagram(points, envelope=plan.edge.buffer(500)).geoms if not cell.is_empty]


def _split(face: Polygon, cells: list[Polygon]) -> list[Any]:
    if face.area < OPEN_COUNTRY_M2:
        return [face]
    parts = [part for cell in cells for part in shapely.get_parts(shapely.intersection(face, cell))]
    return [part for part in parts if part.geom_type == "Polygon" and part.area > 1]


def _nearest(point: Point, seeds: list[tuple[str, str, Point]]) -> tuple[str, str]:
    """The barrio a piece belongs to: the nearest one on its own bank of the river."""
    is_east = point.x > plans.river_x(point.y)
    same_bank = [seed for seed in seeds if (seed[0] == EAST_DISTRICT) == is_east]
    district, barrio, _point = min(same_bank, key=lambda seed: seed[2].distance(point))
    return district, barrio


# Streets and poles ----------------------------------------------------------


def _joined(ways: list[Way]) -> dict[str, list[Way]]:
    by_name: dict[str, list[Way]] = {}
    for way in ways:
        by_name.setdefault(way.name, []).append(way)
    return by_name


def _streets(plan: Plan, town: Town) -> None:
    for name, ways in _joined(plan.ways).items():
        parts = [part for way in ways for part in shapely.get_parts(way.line)]
        line = parts[0] if len(parts) == 1 else MultiLineString(parts)
        first = ways[0]
        town.streets.append(
            StreetRow(name_key(name), name, to_degrees(line), first.kind, first.aliases, first.first_kilometre)
        )


def _poles(plan: Plan, town: Town) -> None:
    """Poles on alternate sides of every way, numbered as the crew that set them went along."""
    number = FIRST_POLE
    for way in plan.ways:
        side = 1
        for part in shapely.get_parts(way.line):
            at = 12.0
            while at < part.length:
                x, y = _beside(part, at, side * (plans.HALF_WIDTH[way.kind] - 1.2))
                if not plan.water.contains(Point(x, y)):
                    town.assets.append(AssetRow(str(number), "pole", str(number), *_degrees(x, y)))
                    number += 1
                at, side = at + POLE_EVERY_M * (1.6 if way.kind == "road" else 1.0), -side


def _beside(line: Any, metres: float, away: float) -> tuple[float, float]:
    """The point so far along a line and so far to its left."""
    here, ahead = line.interpolate(metres), line.interpolate(min(line.length, metres + 1))
    back = line.interpolate(max(0.0, metres - 1))
    dx, dy = ahead.x - back.x, ahead.y - back.y
    length = math.hypot(dx, dy) or 1.0
    return here.x - dy / length * away, here.y + dx / length * away


# Lots and doors ----------------------------------------------------------


def _lots(plan: Plan, town: Town) -> None:
    """Blocks cut into lots, each a parcel; those at a street have a door with its number."""
    pieces = _pieces(plan)
    tree = shapely.STRtree([piece.line for piece in pieces])
    taken: set[tuple[str, int]] = set()
    for block_number, block in enumerate(plan.blocks, start=1):
        lots = _cut(block)
        for lot_number, lot in enumerate(lots, start=1):
            key = f"{block_number:03}-{lot_number:02}"
            centre = lot.representative_point()
            town.parcels.append(ParcelRow(key, *_degrees(centre.x, centre.y), to_degrees(lot)))
            piece = pieces[tree.nearest(lot)]
            if lot.distance(piece.line) < plans.HALF_WIDTH[piece.way.kind] + 6:
                town.addresses.append(_door(key, lot, piece, taken))
        fences = unary_union([lot.boundary for lot in lots]).difference(block.boundary.buffer(0.3))
        if not fences.is_empty:
            town.shapes.append(ShapeRow(f"lot-{block_number:03}", "lot", to_degrees(fences)))


def _cut(block: Polygon) -> list[Polygon]:
    """Two rows of lots back to back along the longer side; one row where the block is shallow."""
    frame = shapely.get_coordinates(block.minimum_rotated_rectangle).tolist()[:4]
    if math.dist(frame[0], frame[1]) < math.dist(frame[1], frame[2]):
        frame = [*frame[1:], frame[0]]
    (ox, oy), (ax, ay), (bx, by) = frame[0], frame[1], frame[3]
    long, deep = math.dist(frame[0], frame[1]), math.dist(frame[0], frame[3])
    across, rows = max(1, round(long / LOT_M)), 2 if deep > 40 else 1

    def corner(i: float, j: float) -> tuple[float, float]:
        s, t = i / across, j / rows
        return ox + (ax - ox) * s + (bx - ox) * t, oy + (ay - oy) * s + (by - oy) * t

    cells = [
        Polygon([corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)])
        for j in range(rows)
        for i in range(across)
    ]
    lots = (shapely.intersection(cell, block) for cell in cells)
    return [lot for lot in lots if isinstance(lot, Polygon) and lot.area > 90]


@dataclass(frozen=True)
class _Piece:
    """A piece of a street; its numbers go on from where those of the piece before ended."""

    way: Way
    line: Any
    start: float


def _pieces(plan: Plan) -> list[_Piece]:
    found = []
    for ways in _joined(plan.ways).values():
        total = 0.0
        for way in ways:
            for part in shapely.get_parts(way.line):
                found.append(_Piece(way, part, total))
                total += part.length
    return found


def _door(parcel: str, lot: Polygon, piece: _Piece, taken: set[tuple[str, int]]) -> AddressRow:
    """A door where the lot comes nearest to its street: metres along it, even on the left, odd on the right."""
    front = nearest_points(lot, piece.line)[0]
    along = piece.line.project(front)
    is_left = Point(_beside(piece.line, along, 1.0)).distance(front) < piece.line.distance(front)
    number = int((piece.start + along) // 2) * 2 + (2 if is_left else 3)
    while (piece.way.name, number) in taken:
        number += 2
    taken.add((piece.way.name, number))
    inside = nearest_points(lot.buffer(-3), front)[0] if lot.area > 200 else front
    return AddressRow(f"{parcel}-1", piece.way.name, str(number), *_degrees(inside.x, inside.y), parcel)


# Landmarks and shapes ----------------------------------------------------------


def _landmarks(plan: Plan, town: Town) -> None:
    for known in KNOWN:
        spot = _spot(plan, known, town)
        key = name_key(known.name).replace(" ", "-")
        town.landmarks.append(
            LandmarkRow(key, known.name, *_degrees(*spot), known.kind, known.aliases, known.weight, known.is_facility)
        )


def _spot(plan: Plan, known: Known, town: Town) -> tuple[float, float]:
    """Where a landmark stands: in its park, in the middle of its block, in a building of its own, or at a corner."""
    here = Point(known.x, known.y)
    if known.on == "exact":
        line = unary_union([way.line for way in plan.ways if way.kind in {"avenue", "street"}])
        crossing = min(shapely.get_parts(plan.river.intersection(line)), key=lambda point: point.distance(here))
        return crossing.x, crossing.y
    if known.on.startswith("park"):
        inside = plan.parks[known.on.partition(":")[2] or known.name].centroid
        return inside.x, inside.y
    block = min(plan.blocks, key=lambda block: block.distance(here) + block.centroid.distance(here) * 0.2)
    if known.on == "corner":
        edge = nearest_points(block.buffer(-4), here)[0]
        return edge.x, edge.y
    shape = block if known.on == "block" else _building(block, here)
    if known.on == "block":
        plan.blocks.remove(block)
        shape = block.buffer(-9, join_style="mitre")
        town.shapes.append(ShapeRow(f"block-of-{name_key(known.name)}", "block", to_degrees(block)))
    town.shapes.append(ShapeRow(f"building-{name_key(known.name)}", "building", to_degrees(shape), known.name))
    return shape.centroid.x, shape.centroid.y


def _building(block: Polygon, near: Point) -> Any:
    """A building of some size in the part of a block nearest to a point."""
    front = nearest_points(block, near)[0]
    return shapely.intersection(block.buffer(-3), front.buffer(27).envelope).buffer(-1, join_style="mitre")


def _shapes(plan: Plan, town: Town) -> None:
    town.shapes.append(ShapeRow("town", "town", to_degrees(plan.urban)))
    town.shapes.append(ShapeRow("river", "water", to_degrees(plan.water), "Río San Jacinto"))
    town.shapes += [
        ShapeRow(f"block-{number:03}", "block", to_degrees(block)) for number, block in enumerate(plan.blocks, start=1)
    ]
    town.shapes += [
        ShapeRow(f"park-{name_key(name)}", "park", to_degrees(park), name) for name, park in plan.parks.items()
    ]
