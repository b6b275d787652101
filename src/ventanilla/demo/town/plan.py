"""The plan of the town in metres east and north of the central park's corner: river, ways, blocks, parks."""

from __future__ import annotations

import math
import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import shapely
import shapely.ops
from shapely import LineString, MultiLineString, Point, Polygon
from shapely.ops import linemerge, polygonize, unary_union

XY = tuple[float, float]

HALF_WIDTH = {"road": 8.0, "avenue": 6.8, "street": 5.4, "path": 2.5}
URBAN_FACE_M2 = 47_000
LEAST_BLOCK_M2 = 450
RIVER_HALF_M = 13.0

TREES = [
    "Los Almendros", "Las Acacias", "Los Guayabos", "Los Jocotes", "Las Magnolias", "El Roble", "Los Cipreses",
    "Las Orquídeas", "Los Mangos",
]  # fmt: skip
SAINTS = [
    "Avenida El Progreso", "Avenida La Amistad", "Avenida Los Fundadores", "Avenida del Puente", "Avenida La Paz",
    "Avenida Los Maestros", "Avenida El Labrador", "Avenida La Cosecha", "Avenida Los Boyeros",
]  # fmt: skip
EDGE = [
    (-2350, -300), (-2200, 520), (-1850, 1080), (-1500, 1720), (-820, 1960), (-150, 1850), (420, 2080), (1050, 1900),
    (1560, 1540), (2080, 1250), (2360, 560), (2220, -120), (2330, -760), (1900, -1340), (1350, -1530), (760, -1980),
    (120, -1870), (-520, -2020), (-1240, -1780), (-1760, -1500), (-2120, -980),
]  # fmt: skip


@dataclass
class Way:
    """A way by its name; `first_kilometre` where it has kilometre posts."""

    name: str
    kind: str
    line: Any
    aliases: tuple[str, ...] = ()
    first_kilometre: float | None = None


@dataclass
class Plan:
    """Everything drawn, in metres. `blocks` are what lies between the ways; `faces` cover the whole municipality."""

    edge: Polygon
    river: Any
    water: Any
    ways: list[Way]
    faces: list[Polygon]
    blocks: list[Polygon]
    urban: Any
    parks: dict[str, Any] = field(default_factory=dict)


def draw(rnd: random.Random) -> Plan:
    """The plan, the same for the same random source."""
    edge = Polygon(EDGE).buffer(-60).buffer(60)
    river = LineString([(river_x(y), y) for y in range(-2400, 2401, 40)])
    water = river.buffer(RIVER_HALF_M)
    west, east = _west(rnd), _east(rnd)
    grid = [*west.ways(), *east.ways()]
    nodes = [node for way in grid for node in shapely.get_coordinates(way.line).tolist()]
    ways = [*grid, *_bridges(west, east), *_old_roads(nodes), *_estate(nodes)]
    ways = [way for way in (_within(way, edge) for way in ways) if way is not None]
    lines = [way.line for way in ways]
    faces = [face for face in polygonize(unary_union([*lines, edge.exterior, river])) if edge.contains(face.centroid)]
    carved = unary_union([way.line.buffer(HALF_WIDTH[way.kind], cap_style="flat") for way in ways])
    bank = river.buffer(RIVER_HALF_M + 9)
    urban_faces = [face for face in faces if face.area < URBAN_FACE_M2]
    urban = unary_union(urban_faces).buffer(10)
    blocks = _blocks(urban_faces, carved, bank)
    blocks += _ribbons(ways, urban.union(bank), carved, rnd)
    plan = Plan(edge, river, water.intersection(edge), ways, faces, blocks, urban)
    _lay_parks(plan, carved)
    return plan


def river_x(y: float) -> float:
    """Where the river runs at a height."""
    return 640 + 0.17 * y + 105 * math.sin(y / 430) + 34 * math.sin(y / 165 + 1)


# Grids ----------------------------------------------------------


@dataclass
class Grid:
    """A bent grid: columns run north and south, rows east and west; an edge is there unless it was left out."""

    columns: list[tuple[float, str, str]]
    """Place along u, name, kind."""
    rows: list[tuple[float, str, str]]
    warp: Callable[[float, float], XY]
    has_edge: Callable[[XY, XY], bool]
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def ways(self) -> list[Way]:
        """One way for each line of the grid, whole or in pieces."""
        heights, widths = [row[0] for row in self.rows], [column[0] for column in self.columns]
        made = [self._way(name, kind, [(u, v) for v in heights]) for u, name, kind in self.columns]
        made += [self._way(name, kind, [(u, v) for u in widths]) for v, name, kind in self.rows]
        return [way for way in made if way is not None]

    def _way(self, name: str, kind: str, nodes: Sequence[XY]) -> Way | None:
        edges = []
        for (ua, va), (ub, vb) in pairwise(nodes):
            curve = [self.warp(ua + (ub - ua) * t / 4, va + (vb - va) * t / 4) for t in range(5)]
            if self.has_edge(curve[0], curve[-1]):
                edges.append(LineString(curve))
        if not edges:
            return None
        line = linemerge(MultiLineString(edges)) if len(edges) > 1 else edges[0]
        return Way(name, kind, line, self.aliases.get(name, ()))


def _places(rnd: random.Random, first: float, last: float, least: float, most: float) -> list[float]:
    """Places of a grid's lines from `first` towards `last`, unevenly apart."""
    step, at, found = (1 if last > first else -1), first, []
    while abs(at - first) <= abs(last - first):
        found.append(at)
        at += step * rnd.uniform(least, most)
    return found


def _numbered(rnd: random.Random, low: float, high: float, kind: str, main: set[int]) -> list[tuple[float, str, str]]:
    """Costa Rican numbers: the central one, odd on the positive side, even on the other."""
    up, down = _places(rnd, 0, high, 86, 122), _places(rnd, 0, low, 84, 124)
    word = "Avenida" if kind == "row" else "Calle"
    lines = [(at, f"{word} {2 * n - 1}", "street") for n, at in enumerate(up) if n]
    lines += [(at, f"{word} {2 * n}", "street") for n, at in enumerate(down) if n]
    lines.append((0.0, f"{word} Central", "avenue"))
    wide = {f"{word} {number}" for number in main}
    return sorted((at, name, "avenue" if name in wide else way) for at, name, way in lines)


def _west(rnd: random.Random) -> Grid:
    outline = _blob(-190, -20, 1130, rnd)
    columns = _numbered(rnd, -1500, 620, "column", {8})
    rows = _numbered(rnd, -1250, 1250, "row", {7, 8})

    def has_edge(start: XY, end: XY) -> bool:
        if not (outline.contains(Point(start)) and outline.contains(Point(end))):
            return False
        if max(_to_river(*start), _to_river(*end)) > -34:
            return False
        return math.hypot(*start) < 430 or not _is_left_out(start, end, 11)

    aliases: dict[str, tuple[str, ...]] = {
        "Avenida Central": ("Calle Real",),
        "Calle 4": ("Calle del Comercio",),
        "Avenida 2": ("La Alameda",),
    }
    return Grid(columns, rows, _warp_west, has_edge, aliases)


def _is_left_out(start: XY, end: XY, percent: int) -> bool:
    """Whether an edge was never built: the same ones every time, without a pattern."""
    said = f"{start[0]:.0f} {start[1]:.0f} {end[0]:.0f} {end[1]:.0f}"
    return zlib.crc32(said.encode()) % 100 < percent


def _to_river(x: float, y: float) -> float:
    """Metres east of the river; negative on the west bank."""
    return x - river_x(y)


def _warp_west(u: float, v: float) -> XY:
    """A grid turned by seven degrees, whose columns follow the river the nearer to it they are."""
    pull = min(1.0, max(0.0, (u + 150) / 700)) ** 1.4
    bend = (river_x(v) - river_x(0)) * pull * 0.85
    x, y = u + 16 * math.sin(v / 390) + bend, v + 13 * math.sin(u / 310) + 9 * math.sin(u / 140)
    return _turned(x, y, -7 * (1 - pull * 0.6))


def _turned(x: float, y: float, degrees: float) -> XY:
    angle = math.radians(degrees)
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def _blob(x: float, y: float, radius: float, rnd: random.Random) -> Polygon:
    """A rounded outline that bulges here and there."""
    phases = [rnd.uniform(0, math.tau) for _number in range(3)]
    points = []
    for step in range(72):
        angle = math.tau * step / 72
        reach = radius * (
            1
            + 0.1 * math.sin(2 * angle + phases[0])
            + 0.08 * math.sin(3 * angle + phases[1])
            + 0.05 * math.sin(5 * angle + phases[2])
        )
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle) * 0.92))
    return Polygon(points)


def _east(rnd: random.Random) -> Grid:
    outline = _blob(1170, 60, 580, rnd)
    u_places = _places(rnd, -480, 560, 92, 138)[: len(TREES)]
    v_places = _places(rnd, -520, 560, 84, 116)[: len(SAINTS)]
    columns = [(u, f"Calle {name}", "street") for u, name in zip(u_places, TREES, strict=False)]
    rows = [(v, name, "street") for v, name in zip(v_places, SAINTS, strict=False)]

    def has_edge(start: XY, end: XY) -> bool:
        if not (outline.contains(Point(start)) and outline.contains(Point(end))):
            return False
        if min(_to_river(*start), _to_river(*end)) < 38:
            return False
        return not _is_left_out(start, end, 7)

    def warp(u: float, v: float) -> XY:
        x, y = _turned(u + 0.00022 * v * v, v + 20 * math.sin(u / 230), 14)
        return x + 1150, y + 60

    return Grid(columns, rows, warp, has_edge)


def _bridges(west: Grid, east: Grid) -> list[Way]:
    """Three avenues that pass the river to the nearest corner of the other bank."""
    nodes = [point for way in east.ways() for point in shapely.get_coordinates(way.line).tolist()]
    made = []
    for name, kind in (("Avenida Central", "avenue"), ("Avenida 8", "avenue"), ("Avenida 7", "street")):
        line = next(way.line for way in west.ways() if way.name == name)
        start = max(shapely.get_coordinates(line).tolist(), key=lambda point: point[0])
        end = min(nodes, key=lambda point: math.dist(point, start) + 2.2 * abs(point[1] - start[1]))
        made.append(Way(name, kind, LineString([start, end])))
    return made


def _old_roads(nodes: list[XY]) -> list[Way]:
    """The roads that were there before the grid, in smooth curves. Those that lead out of town begin at a corner."""

    def out(start: XY, *points: XY) -> LineString:
        corner = min(nodes, key=lambda node: math.dist(node, start))
        return LineString(_smooth((corner, *points)))

    bends = [(-900, -1250), (-120, -1330), (420, -1230), (900, -1060)]
    old = _smooth([(-2400, -860), (-1650, -1010), *bends, (1500, -1090), (2400, -1010)])
    route = _smooth([(-760, 2050), (-1160, 1560), (-1430, 1010), (-1560, 300), (-1590, -420), (-1640, -1010)])
    corner = min(nodes, key=lambda node: math.dist(node, (-120, -130)))
    return [
        Way("Carretera Vieja", "road", LineString(old), (), 1.2),
        Way("Ruta 940", "road", LineString(route), ("Circunvalación",), 10.0),
        Way("Diagonal La Estación", "avenue", LineString([corner, (-760, -760), (-1080, -1190)])),
        Way("Calle Los Trapiches", "street", out((-1200, -20), (-1480, 60), (-1900, 130), (-2400, 60))),
        Way("Calle El Mirador", "street", out((60, 1000), (140, 1280), (300, 1580), (330, 2100))),
        Way("Calle La Ceiba", "street", out((-260, -1050), (-330, -1325), (-420, -1560), (-380, -2100))),
        Way("Calle Bella Vista", "street", out((1500, 480), (1740, 700), (1850, 980), (1900, 1500))),
        Way("Calle Quebrada Seca", "street", out((1330, -400), (1440, -700), (1490, -1088), (1560, -1560))),
        Way("Calle Las Vegas", "street", out((300, -850), (350, -1010), (330, -1252), (330, -1560), (190, -2000))),
    ]


def _smooth(points: Sequence[XY]) -> list[XY]:
    """Corners cut off three times (Chaikin), ends kept."""
    line = list(points)
    for _time in range(3):
        cut = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            cut += [(ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25), (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75)]
        line = [*cut, line[-1]]
    return line


def _estate(nodes: list[XY]) -> list[Way]:
    """A housing estate of the nineties on the hill: a loop, its ribs, and a way in from town and from the road."""
    x, y = -930, 1250

    def at(angle: float) -> XY:
        px, py = _turned(250 * math.cos(angle), 165 * math.sin(angle), 24)
        return x + px, y + py

    def street(name: str, *points: XY) -> Way:
        return Way(f"Calle {name}", "street", LineString(_smooth(points) if len(points) > 2 else points))

    corner = min(nodes, key=lambda node: math.dist(node, (-560, 850)))
    return [
        Way("Calle Los Sauces", "street", LineString([at(math.tau * step / 40) for step in range(41)])),
        street("El Zorzal", at(0), at(math.pi)),
        street("Las Garzas", at(1.1), at(-1.1)),
        street("Los Colibríes", at(1.57), at(-1.57)),
        street("Los Yigüirros", at(2.05), at(-2.05)),
        street("El Alto", at(5.34), (-720, 1010), corner),
        street("La Loma", at(math.pi), (-1230, 1160), (-1400, 1085)),
    ]


# What lies between ----------------------------------------------------------


def _within(way: Way, edge: Polygon) -> Way | None:
    """The way inside the municipality; what sticks out or is a stump goes."""
    inside = shapely.intersection(way.line, edge)
    parts = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString" and part.length > 45]
    if not parts:
        return None
    way.line = parts[0] if len(parts) == 1 else linemerge(MultiLineString(parts))
    return way


def _blocks(faces: list[Polygon], carved: Any, bank: Any) -> list[Polygon]:
    """What the ways and the bank leave of the faces, with rounded corners."""
    blocks = []
    for face in faces:
        left = shapely.difference(face, unary_union([carved.intersection(face.buffer(20)), bank]))
        for part in shapely.get_parts(left):
            rounded = part.buffer(-2.5).buffer(2.5)
            if rounded.geom_type == "Polygon" and rounded.area > LEAST_BLOCK_M2:
                blocks.append(rounded)
    blocks.sort(key=lambda block: (round(block.centroid.y), round(block.centroid.x)))
    return blocks


def _ribbons(ways: list[Way], taken: Any, carved: Any, rnd: random.Random) -> list[Polygon]:
    """Rows of houses along the roads out of town, on one side or the other."""
    rows: list[Polygon] = []
    wide, near_town = carved.buffer(1), taken.buffer(25)
    shapely.prepare(taken)
    for way in ways:
        outside = shapely.difference(way.line, near_town)
        for part in shapely.get_parts(outside):
            at = 30.0
            while at + 70 < part.length * 0.82:
                end = min(part.length, at + rnd.uniform(70, 210))
                side = rnd.choice((-1, 1)) * (HALF_WIDTH[way.kind] + 30)
                strip = shapely.ops.substring(part, at, end).buffer(side, single_sided=True)
                row = strip.difference(wide).buffer(-2).buffer(2)
                free = row.geom_type == "Polygon" and row.area > LEAST_BLOCK_M2 and not row.intersects(taken)
                if free and all(row.distance(other) > 8 for other in rows):
                    rows.append(row)
                at = end + rnd.uniform(25, 190)
    return rows


PARKS: dict[str, XY] = {
    "Parque Central": (52, 48),
    "Plaza de Deportes": (-330, 330),
    "Parque La Merced": (-420, -330),
    "Parque Infantil San Isidro": (-160, 640),
    "Cementerio": (-900, 330),
    "Estadio": (-620, -420),
    "Parque Las Acacias": (1130, 250),
    "Parque El Progreso": (1200, -190),
    "Parque Los Fundadores": (180, -560),
}


def _lay_parks(plan: Plan, carved: Any) -> None:
    """Blocks that are green, the strip along the river, and the wood on the hill. They leave `blocks`."""
    for name, (x, y) in PARKS.items():
        block = min(plan.blocks, key=lambda block: block.distance(Point(x, y)) + block.centroid.distance(Point(x, y)))
        plan.blocks.remove(block)
        plan.parks[name] = block
    bank = [Point(river_x(y), y).buffer(38 + 16 * math.sin(y / 95)) for y in range(-620, 741, 20)]
    strip = unary_union(bank).difference(plan.river.buffer(RIVER_HALF_M + 2))
    used = unary_union([*plan.blocks, *plan.parks.values()]).buffer(7)
    green = shapely.difference(strip, unary_union([carved.buffer(1.5), used])).buffer(-4).buffer(4)
    plan.parks["Parque del Río"] = green
    wood = _blob(1500, 1180, 330, random.Random(7)).difference(unary_union([carved.buffer(25), plan.urban.buffer(40)]))
    plan.parks["Reserva El Robledal"] = shapely.intersection(wood, plan.edge)
