"""Cases on a map: grouped by cell where there are many, one by one where there are few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateTimeField,
    Exists,
    Field,
    FloatField,
    UUIDField,
    Value,
)
from django.http import Http404

from ventanilla.cases import rules
from ventanilla.cases.models import Case, CaseQuerySet
from ventanilla.design.registry import states
from ventanilla.lib import clock
from ventanilla.places.rules import cell_center, cells_of_box

POINTS_LIMIT = 400
FEW = 60
"""So many, wherever they are, are shown one by one: there is nothing to group."""
WIDEST = 1.0
"""Degrees that a window may span from near: no screen shows more, and its cells are written out one by one."""
_BY_CELL_9, _ONE_BY_ONE = 14, 16
"""Zooms from which small cells, and single pins, are shown."""
_WIDE = 2.0
"""Degrees. No screen shows more at those zooms; covering it with cells would take minutes."""


@dataclass(frozen=True)
class Window:
    """What of the map is seen: west, south, east, north in degrees, and the zoom (0-20)."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    def shows(self, zoom: int) -> bool:
        """Whether it is near enough to show what is shown from this zoom."""
        return self.zoom >= zoom and max(self.east - self.west, self.north - self.south) <= _WIDE


def window_of(data: Mapping[str, str]) -> Window:
    """The window a browser asks for: `bbox=west,south,east,north` and `zoom`. Raises Http404 for what is no window."""
    try:
        west, south, east, north = (float(side) for side in data["bbox"].split(","))
        zoom = int(float(data["zoom"]))
    except (KeyError, ValueError, OverflowError) as error:
        raise Http404 from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90 and 0 <= zoom <= 24):
        raise Http404
    if zoom >= _BY_CELL_9 and max(east - west, north - south) > WIDEST:
        raise Http404
    return Window(west, south, east, north, zoom)


def points(cases: CaseQuerySet, window: Window, link: Callable[[str], str]) -> dict[str, Any]:
    """GeoJSON of what the window holds, in one statement: groups by cell from afar, pins from near, or where there
    are few.

    `link` makes a case's uuid into the path of its page.
    """
    seen = _in_cells(cases.filter(cell_7__isnull=False).order_by(), window)
    if window.shows(_ONE_BY_ONE):
        return _collection(_pins(_in_sight(seen, window).values_list(*_PIN)[:POINTS_LIMIT], link))
    rows = list(_grouped(seen, window).union(_if_few(seen, window), all=True))
    groups = [(cell, count) for cell, count, *_pin in rows if cell is not None]
    if sum(count for _cell, count in groups) <= FEW:
        return _collection(_pins((pin for cell, _count, *pin in rows if cell is None), link))
    return _collection([_feature(*cell_center(cell), {"count": count}) for cell, count in groups])


_PIN = ("lon", "lat", "state", "due_at", "uuid", "procedure__name")
_NO_PIN = (FloatField, FloatField, CharField, DateTimeField, UUIDField, CharField)


def _grouped(seen: CaseQuerySet, window: Window) -> Any:
    """How many cases each cell holds, wide cells from afar and small ones from nearer; the columns of a pin empty."""
    counted = seen.values_list("cell_9" if window.shows(_BY_CELL_9) else "cell_7").annotate(Count("pk"))
    return counted.annotate(**{f"no_{at}": _nothing(field) for at, field in enumerate(_NO_PIN)})


def _if_few(seen: CaseQuerySet, window: Window) -> Any:
    """The pins in sight, where all there is are few; the columns of a group empty."""
    many = Exists(seen.values("pk")[FEW : FEW + 1])
    few = _in_sight(seen.filter(~many, pk__in=seen.values("pk")[:FEW]), window)
    return few.annotate(no_cell=_nothing(BigIntegerField), no_count=_nothing(BigIntegerField)).values_list(
        "no_cell", "no_count", *_PIN
    )


def _nothing(field: type[Field[Any, Any]]) -> Value:
    return Value(None, output_field=field())


def _in_cells(cases: CaseQuerySet, window: Window) -> CaseQuerySet:
    """From afar all of them; from nearer those of the wide cells that the window touches."""
    if not window.shows(_BY_CELL_9):
        return cases
    return cases.filter(cell_7__in=cells_of_box(window.west, window.south, window.east, window.north, 7))


def _in_sight(cases: CaseQuerySet, window: Window) -> CaseQuerySet:
    return cases.filter(lon__range=(window.west, window.east), lat__range=(window.south, window.north))


def _pins(rows: Iterable[Sequence[Any]], link: Callable[[str], str]) -> list[dict[str, Any]]:
    """Cases one by one."""
    now = clock.now()
    return [
        _feature(
            lon, lat, {"shape": str(states[rules.look(state, due, now)].shape), "title": name, "path": link(str(uuid))}
        )
        for lon, lat, state, due, uuid, name in rows
    ]


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _feature(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


def public_counts(since: datetime) -> dict[str, int]:
    """How many public reports are open, and how many of those filed since a moment were mended."""
    seen = Case.objects.public()
    return {
        "open": seen.open().count(),
        "recent": seen.filter(filed_at__gte=since).count(),
        "mended": seen.closed().filter(filed_at__gte=since, state="resolved").count(),
    }
