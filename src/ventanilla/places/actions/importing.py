"""Importing vector files. Each import can be run again: what is there and unchanged is passed over, so an import
that was cut goes on where it stopped. The report says which rows were left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import tee
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.places.actions import storing
from ventanilla.places.actions.storing import Progress, Report
from ventanilla.places.rows import (
    AddressRow,
    AssetRow,
    LandmarkRow,
    ParcelRow,
    ShapeRow,
    StreetRow,
    ZoneRow,
)
from ventanilla.places.rules import name_key
from ventanilla.places.vectors import Mapping, Row, UnreadableFile, as_mapping, read


def import_zones(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import zones of one or more kinds.

    Fields: `key`, `name`, `kind` (a `ZoneKind`), and perhaps `word` («Colonia»), `parent` with `parent_kind`.
    Raises UnreadableFile, before anything is written.
    """
    numbered = _numbered(file, mapping, ("key", "name", "kind"), _zone_row)
    return storing.zones_numbered(numbered, by=by, progress=progress)


def import_landmarks(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import landmarks from any vector file, or from a table with `lon` and `lat`.

    Fields: `name`, and perhaps `key` (else the name), `kind`, `aliases` (separated by «;»), `weight`, `is_facility`.
    """
    numbered = _numbered(file, mapping, ("name",), _landmark_row)
    return storing.landmarks_numbered(numbered, by=by, progress=progress)


def import_assets(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import numbered assets. Fields: `code`, `kind` (an `AssetKind`), and perhaps `key` (else the code)."""
    numbered = _numbered(file, mapping, ("code", "kind"), _asset_row)
    return storing.assets_numbered(numbered, by=by, progress=progress)


def import_shapes(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import shapes of the background map. Fields: `key`, `kind` (a `ShapeKind`), and perhaps `label`."""
    numbered = _numbered(file, mapping, ("key", "kind"), _shape_row)
    return storing.shapes_numbered(numbered, by=by, progress=progress)


def import_streets(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import streets, and find where they cross.

    Fields: `name`, and perhaps `key` (else the name: pieces of one name are one street), `kind`, `aliases`,
    `first_kilometre`.
    """
    how = as_mapping(mapping)
    _require(how, ("name",))
    rows = read(file, how)
    pieces: dict[str, list[tuple[int, StreetRow]]] = {}
    for row in rows:
        made = _street_row(row)
        pieces.setdefault(made.key, []).append((row.number, made))
    report = storing.streets_numbered((_joined(same) for same in pieces.values()), by=by, progress=progress)
    if report.created or report.changed:
        storing.connect_streets(by=by)
    return report


def import_parcels(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import parcels and, where the file has them, their addresses.

    Fields: `key` (the parcel's number; rows of one number are one parcel with several doors), and perhaps `street`,
    `number`, `suffix` and `address_key` for its doors. The report counts parcels; what is wrong with a door is
    rejected with its row, and its parcel stays.
    """
    how = as_mapping(mapping)
    _require(how, ("key",))
    rows = read(file, how)
    for_parcels, for_doors = tee(rows)
    report = storing.parcels_numbered(_parcels(for_parcels), by=by, progress=progress)
    if {"street", "number"} <= set(how.fields):
        doors = storing.addresses_numbered(_doors(for_doors), by=by, progress=progress)
        report.rejected += doors.rejected
    return report


def _numbered(
    file: Path | str, mapping: Mapping | dict[str, Any], needed: tuple[str, ...], make: Callable[[Row], Any]
) -> Iterator[tuple[int, Any]]:
    how = as_mapping(mapping)
    _require(how, needed)
    return ((row.number, make(row)) for row in read(file, how))


def _require(mapping: Mapping, needed: tuple[str, ...]) -> None:
    missing = [name for name in needed if name not in mapping.fields]
    if missing:
        raise UnreadableFile(
            _("La correspondencia no dice de dónde sale: %(missing)s.") % {"missing": ", ".join(missing)}
        )


def _zone_row(row: Row) -> ZoneRow:
    parent = (row.get("parent_kind"), row.get("parent")) if row.get("parent") else None
    return ZoneRow(row.get("key"), row.get("kind"), row.get("name"), row.geometry, row.get("word"), parent)


def _position(row: Row) -> tuple[float, float]:
    """Where a feature is: a point itself, or a point inside its shape. NaN where it has none."""
    if row.geometry is None or row.geometry.is_empty:
        return float("nan"), float("nan")
    inside = row.geometry.representative_point()
    return inside.x, inside.y


def _landmark_row(row: Row) -> LandmarkRow:
    lon, lat = _position(row)
    return LandmarkRow(
        key=row.get("key") or name_key(row.get("name")),
        name=row.get("name"),
        lon=lon,
        lat=lat,
        kind=row.get("kind") or "other",
        aliases=_listed(row.get("aliases")),
        weight=int(row.get("weight")) if row.get("weight").isdigit() else 1,
        is_facility=row.get("is_facility").lower() in {"1", "true", "yes", "si", "sí"},
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _asset_row(row: Row) -> AssetRow:
    lon, lat = _position(row)
    return AssetRow(row.get("key") or row.get("code"), row.get("kind"), row.get("code"), lon, lat)


def _shape_row(row: Row) -> ShapeRow:
    return ShapeRow(row.get("key"), row.get("kind"), row.geometry, row.get("label"))


def _street_row(row: Row) -> StreetRow:
    kilometre = row.get("first_kilometre").replace(",", ".")
    return StreetRow(
        key=row.get("key") or name_key(row.get("name")),
        name=row.get("name"),
        geometry=row.geometry,
        kind=row.get("kind") or "street",
        aliases=_listed(row.get("aliases")),
        first_kilometre=float(kilometre) if kilometre.replace(".", "", 1).isdigit() else None,
    )


def _joined(pieces: list[tuple[int, StreetRow]]) -> tuple[int, StreetRow]:
    """The pieces of a street as one row, with the number of the first."""
    import shapely

    number, first = pieces[0]
    lines = [piece.geometry for _number, piece in pieces if piece.geometry is not None]
    parts = [part for part in shapely.get_parts(shapely.get_parts(lines)) if part.geom_type == "LineString"]
    joined = shapely.MultiLineString(parts) if len(parts) > 1 else first.geometry
    return number, first._replace(geometry=joined)


def _parcels(rows: Iterator[Row]) -> Iterator[tuple[int, ParcelRow]]:
    """One row for each parcel number: its first one."""
    seen: set[str] = set()
    for row in rows:
        if row.get("key") and row.get("key") in seen:
            continue
        seen.add(row.get("key"))
        lon, lat = _position(row)
        is_area = row.geometry is not None and row.geometry.geom_type in {"Polygon", "MultiPolygon"}
        yield row.number, ParcelRow(row.get("key"), lon, lat, row.geometry if is_area else None)


def _doors(rows: Iterator[Row]) -> Iterator[tuple[int, AddressRow]]:
    for row in rows:
        if not row.get("street") and not row.get("number"):
            continue
        lon, lat = _position(row)
        number = f"{row.get('number')} {row.get('suffix')}".strip()
        key = row.get("address_key") or f"{name_key(row.get('street'))}|{number}"
        yield row.number, AddressRow(key, row.get("street"), number, lon, lat, row.get("key"))
