"""A piece of the map as SVG, drawn on the server: for receipts, the desk, and pages without JavaScript.

The look is the design room's: classes `m-*` for the ground and `p-*` for the marks. Units of the drawing are pixels
of a picture WIDTH wide, so words and lines are as thick on every scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ventanilla.places import sheet
from ventanilla.places.enums import ShapeKind, StreetKind
from ventanilla.places.revisions import stamp
from ventanilla.places.rules.geometry import METRES_PER_DEGREE
from ventanilla.places.sheet import Drawn

WIDTH = 560
STREET_SCALE_M = 700
QUARTER_SCALE_M = 2200
LETTER = 0.53
"""Width of a letter as a share of the font's size, for keeping words apart."""

State = Literal["new", "doing", "late", "done", "here", "cluster"]
_CLASSES = {
    ShapeKind.TOWN: "m-town", ShapeKind.BLOCK: "m-block", ShapeKind.PARK: "m-park", ShapeKind.LOT: "m-lot",
    ShapeKind.WATER: "m-river", ShapeKind.BUILDING: "m-building",
}  # fmt: skip
_MARKS: dict[str, str] = {
    "new": '<circle class="p-new" r="9" stroke-width="3.5"/>',
    "doing": '<path class="p-doing" stroke-width="2" d="M0-12 12 0 0 12-12 0Z"/>',
    "late": (
        '<path class="p-late" stroke-width="2" stroke-linejoin="round" d="M0-12 12.5 10h-25Z"/>'
        '<path class="p-mark" stroke-width="2.6" d="M0-4V2M0 6.2v.1"/>'
    ),
    "done": (
        '<rect class="p-done" x="-10" y="-10" width="20" height="20" rx="3" stroke-width="2"/>'
        '<path class="p-mark" stroke-width="2.8" d="M-4.5 0-1.2 3.4 5-3.6"/>'
    ),
    "here": (
        '<circle class="p-halo" r="34"/>'
        '<path class="p-here" stroke-width="2.5" d="M0 0C-11-13-15-19-15-26a15 15 0 0 1 30 0C15-19 11-13 0 0Z"/>'
        '<circle class="p-new" cy="-26" r="5" stroke-width="0"/>'
    ),
}


@dataclass(frozen=True)
class Pin:
    """A mark on the map. `count` only for a cluster; `title` is read aloud and shown on hover."""

    lon: float
    lat: float
    state: State = "here"
    count: int = 0
    title: str = ""


@dataclass(frozen=True)
class View:
    """A piece of the world and how it is drawn: `metres` wide, `ratio` = height / width."""

    lon: float
    lat: float
    metres: float
    ratio: float

    @property
    def height(self) -> int:
        return round(WIDTH * self.ratio)

    @property
    def per_metre(self) -> float:
        return WIDTH / self.metres

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels from the top left corner."""
        scale = METRES_PER_DEGREE * self.per_metre
        x = (lon - self.lon) * math.cos(math.radians(self.lat)) * scale + WIDTH / 2
        return x, (self.lat - lat) * scale + self.height / 2

    def box(self, margin: float = 0.0) -> Any:
        """The piece as a polygon in degrees, with a margin as a share of its size."""
        import shapely

        half = self.metres / METRES_PER_DEGREE / 2 * (1 + margin)
        wide = half / math.cos(math.radians(self.lat))
        tall = half * self.ratio
        return shapely.box(self.lon - wide, self.lat - tall, self.lon + wide, self.lat + tall)


@dataclass
class _Words:
    """The words already on the map, as boxes, so that none covers another."""

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def fits(self, x: float, y: float, width: float, height: float, angle: float) -> bool:
        """Take the place of a word around (x, y), if it is free."""
        turned = abs(math.sin(math.radians(angle)))
        wide = width * (1 - turned) + height * turned + width * turned * 0.15
        tall = height * (1 - turned) + width * turned
        box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
        if any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in self.taken):
            return False
        self.taken.append(box)
        return True


def svg(
    lon: float, lat: float, metres: float = 400, *, pins: Sequence[Pin] = (), ratio: float = 0.75, label: str = ""
) -> SafeString:
    """An SVG picture `metres` wide around a point. `label` says to who can't see it what it shows.

    The ground is drawn once for each place and kept; some milliseconds the first time.
    """
    view = View(round(lon, 5), round(lat, 5), metres, ratio)
    ground = _ground(view, stamp("map", "names", "zones"))
    marks = "".join(_mark(view, pin) for pin in pins)
    name = escape(label or _("Mapa"))
    head = (
        f'<svg viewBox="0 0 {WIDTH} {view.height}" preserveAspectRatio="xMidYMid slice" role="img" aria-label="{name}">'
    )
    return mark_safe(f"{head}{ground}{marks}</svg>")  # noqa: S308 (every text in it is escaped)


def _mark(view: View, pin: Pin) -> str:
    x, y = view.xy(pin.lon, pin.lat)
    if pin.state == "cluster":
        count = "999+" if pin.count > 999 else str(pin.count)
        body = (
            f'<circle class="p-cluster" r="{15 + 2 * len(count)}" stroke-width="2.5"/>'
            f'<text class="p-count" y="4.5">{count}</text>'
        )
    else:
        body = _MARKS[pin.state]
    title = f"<title>{escape(pin.title)}</title>" if pin.title else ""
    return f'<g transform="translate({x:.1f} {y:.1f})">{title}{body}</g>'


@lru_cache(maxsize=96)
def _ground(view: View, stamps: tuple[UUID, ...]) -> str:
    """Everything under the marks. `stamps` only make a changed map a new one."""
    map_now, box = sheet.current(), view.box(0.08)
    parts = [f'<rect class="m-land" width="{WIDTH}" height="{view.height}"/>']
    shapes = map_now.shapes.within(box)
    by_kind = {kind: [shape for shape in shapes if shape.kind == kind] for kind in sheet.ORDER}
    streets = map_now.streets.within(box)
    parts += _areas(view, box, by_kind[ShapeKind.TOWN], "m-town")
    parts += _ways(view, box, streets)
    for kind in sheet.ORDER[1:]:
        if kind != ShapeKind.LOT or view.metres <= STREET_SCALE_M:
            parts += _areas(view, box, by_kind[kind], _CLASSES[kind])
    parts += _bridges(view, box, streets, by_kind[ShapeKind.WATER])
    if not shapes and not streets:
        parts += _areas(view, box, map_now.zones.within(box), "m-zone")
    return "".join(parts) + "".join(_labels(view, box, streets, by_kind))


def _areas(view: View, box: Any, shapes: Iterable[Drawn], css: str) -> list[str]:
    """All areas of a kind as one path."""
    path = "".join(_path(view, box, shape.geometry) for shape in shapes)
    return [f'<path class="{css}" d="{path}"/>'] if path else []


def _path(view: View, box: Any, geometry: Any) -> str:
    """A geometry clipped to the view and simplified to half a pixel."""
    import shapely

    if not shapely.contains_properly(box, geometry):
        geometry = shapely.intersection(geometry, box)
    simple = shapely.simplify(geometry, 0.5 / view.per_metre / METRES_PER_DEGREE)
    return "".join(_outline(view, part) for part in shapely.get_parts(simple))


def _outline(view: View, part: Any) -> str:
    if part.is_empty:
        return ""
    if part.geom_type == "LineString":
        return _line(view, part, closed=False)
    if part.geom_type == "Polygon":
        return "".join(_line(view, ring, closed=True) for ring in (part.exterior, *part.interiors))
    return ""


def _line(view: View, line: Any, *, closed: bool) -> str:
    import shapely

    digits = 1 if view.metres <= STREET_SCALE_M else 0
    points = [view.xy(lon, lat) for lon, lat in shapely.get_coordinates(line).tolist()]
    drawn = [f"{round(x, digits):g} {round(y, digits):g}" for x, y in (points[:-1] if closed else points)]
    return f"M{'L'.join(dict.fromkeys(drawn))}{'Z' if closed else ''}"


def _ways(view: View, box: Any, streets: Iterable[Drawn]) -> list[str]:
    """Streets as strokes as wide as they are, never thinner than can be seen."""
    parts = []
    for kind in reversed(StreetKind):
        path = "".join(_path(view, box, street.geometry) for street in streets if street.kind == kind)
        width = max(1.2, sheet.WIDTH_M[kind] * view.per_metre)
        if path:
            parts.append(f'<path class="m-street" stroke-width="{width:.1f}" d="{path}"/>')
    return parts


def _bridges(view: View, box: Any, streets: Iterable[Drawn], water: Iterable[Drawn]) -> list[str]:
    """Streets again where they pass over water."""
    import shapely

    wet = [shape.geometry.buffer(0.0001) for shape in water]
    over = [
        Drawn(street.kind, "", piece, street.pk)
        for street in streets
        for area in wet
        if not (piece := shapely.intersection(street.geometry, area)).is_empty
    ]
    return _ways(view, box, over)


# Words ----------------------------------------------------------


def _labels(view: View, box: Any, streets: list[Drawn], shapes: dict[ShapeKind, list[Drawn]]) -> list[str]:
    words = _Words()
    named = [shape for kind in (ShapeKind.PARK, ShapeKind.WATER, ShapeKind.BUILDING) for shape in shapes[kind]]
    parts = _zone_labels(view, words) if view.metres > STREET_SCALE_M else []
    parts += _street_labels(view, box, streets, words)
    parts += _area_labels(view, box, [shape for shape in named if shape.label], words)
    if view.metres <= STREET_SCALE_M:
        shown = {shape.label for shape in named}
        parts += _landmark_labels(view, box, words, shown)
    return parts


def _zone_labels(view: View, words: _Words) -> list[str]:
    parts = []
    wanted = {"district"} if view.metres > QUARTER_SCALE_M else {"neighborhood"}
    for zone in sheet.current().zones.within(view.box()):
        if zone.kind in wanted:
            inside = zone.geometry.representative_point()
            parts += _word(view, words, zone.label, inside.x, inside.y, css=" m-label--zone", size=12.6)
    return parts


def _area_labels(view: View, box: Any, shapes: Iterable[Drawn], words: _Words) -> list[str]:
    """Names of parks, water and buildings that are wide enough to bear them."""
    import shapely

    parts = []
    for shape in shapes:
        seen = shapely.intersection(shape.geometry, box)
        if seen.is_empty:
            continue
        is_water = shape.kind == ShapeKind.WATER
        size = 10.5 if is_water or view.metres <= STREET_SCALE_M else 9.5
        west, south, east, north = seen.bounds
        wide = (east - west) * METRES_PER_DEGREE * view.per_metre
        tall = (north - south) * METRES_PER_DEGREE * view.per_metre
        if is_water or view.metres <= STREET_SCALE_M or (wide > len(shape.label) * size * LETTER and tall > size):
            inside = seen.representative_point()
            css = " m-label--water" if is_water else ""
            parts += _word(view, words, shape.label, inside.x, inside.y, css=css, size=size)
    return parts


def _landmark_labels(view: View, box: Any, words: _Words, shown: set[str]) -> list[str]:
    """A dot and a name for each landmark that isn't `shown` already as the name of its building or park."""
    parts = []
    for landmark in sheet.current().landmarks.within(box):
        if landmark.label in shown:
            continue
        x, y = view.xy(landmark.geometry.x, landmark.geometry.y)
        text = _word(view, words, landmark.label, landmark.geometry.x, landmark.geometry.y, size=9.6, below=10)
        if text:
            parts += [f'<circle class="m-dot" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>', *text]
    return parts


def _street_labels(view: View, box: Any, streets: list[Drawn], words: _Words) -> list[str]:
    """Each street's name along its longest straight run in sight, where it fits."""
    parts = []
    for street in streets:
        if view.metres > QUARTER_SCALE_M and street.kind in {StreetKind.STREET, StreetKind.PATH}:
            continue
        size = 11.0 if street.kind != StreetKind.STREET or view.metres <= STREET_SCALE_M else 9.6
        run = _longest_run(view, box, street.geometry)
        if run is not None and run[2] > len(street.label) * size * LETTER + 6:
            parts += _turned(words, street.label, run, size)
    return parts


def _longest_run(view: View, box: Any, geometry: Any) -> tuple[float, float, float, float] | None:
    """Middle (x, y), length in pixels and angle of the longest nearly straight run of a line in sight."""
    import shapely

    best: tuple[float, float, float, float] | None = None
    bound = view.box(-0.05)
    seen = shapely.simplify(shapely.intersection(geometry, bound), 3 / view.per_metre / METRES_PER_DEGREE)
    for part in shapely.get_parts(seen):
        if part.geom_type != "LineString":
            continue
        points = [view.xy(lon, lat) for lon, lat in shapely.get_coordinates(part).tolist()]
        for (ax, ay), (bx, by) in pairwise(points):
            length = math.hypot(bx - ax, by - ay)
            if best is None or length > best[2]:
                best = ((ax + bx) / 2, (ay + by) / 2, length, math.degrees(math.atan2(by - ay, bx - ax)))
    return best


def _turned(words: _Words, text: str, run: tuple[float, float, float, float], size: float) -> list[str]:
    x, y, _length, angle = run
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    if not words.fits(x, y, len(text) * size * LETTER, size * 1.1, angle):
        return []
    # The baseline lies a third of the letters' height below the middle of the street.
    dx, dy = -math.sin(math.radians(angle)) * size * 0.33, math.cos(math.radians(angle)) * size * 0.33
    turn = f" rotate({angle:.0f})" if abs(angle) >= 0.5 else ""
    where = f"translate({x + dx:.0f} {y + dy:.0f}){turn}"
    return [f'<text class="m-label" font-size="{size}" transform="{where}">{escape(text)}</text>']


def _word(
    view: View, words: _Words, text: str, lon: float, lat: float, *, size: float, css: str = "", below: float = 0.0
) -> list[str]:
    x, y = view.xy(lon, lat)
    wide = len(text) * size * (LETTER + (0.2 if css else 0.0))
    is_inside = wide / 2 < x < WIDTH - wide / 2 and size < y + below < view.height - size
    if not is_inside or not words.fits(x, y + below, wide + 4, size + 4, 0):
        return []
    return [f'<text class="m-label{css}" font-size="{size}" x="{x:.0f}" y="{y + below + 3:.0f}">{escape(text)}</text>']
