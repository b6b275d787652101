"""Importing vector files. Each import can be run again: what is there and unchanged is passed over, so an import
that was cut goes on where it stopped. The report says which rows were left out and why."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import tee
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.places import building
from ventanilla.places.actions import storing
from ventanilla.places.actions.storing import Progress, Rejected, Report
from ventanilla.places.rows import (
    AddressRow,
    AssetRow,
    LandmarkRow,
    ParcelRow,
    RowRejected,
    ShapeRow,
    StreetRow,
    ZoneRow,
)
from ventanilla.places.rules import name_key
from ventanilla.places.vectors import Mapping, Row, as_mapping, read, require

_GREATEST_WEIGHT = 32_767


def import_zones(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import zones of one or more kinds.

    Fields: `key`, `name`, `kind` (a `ZoneKind`), and perhaps `word` («Colonia»), `parent` with `parent_kind`.
    Raises WrongMapping and UnreadableFile, before anything is written.
    """
    others = ("word", "parent", "parent_kind")
    numbered = _numbered(file, mapping, ("key", "name", "kind"), others, _zone_row)
    return storing.zones_numbered(numbered, by=by, progress=progress)


def import_landmarks(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import landmarks from any vector file, or from a table with `lon` and `lat`.

    Fields: `name`, and perhaps `key` (else the name), `kind`, `aliases` (separated by «;»), `weight`, `is_facility`.
    """
    others = ("key", "kind", "aliases", "weight", "is_facility")
    numbered = _numbered(file, mapping, ("name",), others, _landmark_row)
    return storing.landmarks_numbered(numbered, by=by, progress=progress)


def import_assets(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import numbered assets. Fields: `code`, `kind` (an `AssetKind`), and perhaps `key` (else the code)."""
    numbered = _numbered(file, mapping, ("code", "kind"), ("key",), _asset_row)
    return storing.assets_numbered(numbered, by=by, progress=progress)


def import_shapes(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import shapes of the background map. Fields: `key`, `kind` (a `ShapeKind`), and perhaps `label`."""
    numbered = _numbered(file, mapping, ("key", "kind"), ("label",), _shape_row)
    return storing.shapes_numbered(numbered, by=by, progress=progress)


def import_streets(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import streets, and find where they cross.

    Fields: `name`, and perhaps `key` (else the name: pieces of one name are one street), `kind`, `aliases`,
    `first_kilometre`. The report counts streets; what can be no piece of one is rejected with its row.
    """
    how = as_mapping(mapping)
    require(how, ("name",), ("key", "kind", "aliases", "first_kilometre"))
    streets, rejected = _in_pieces(read(file, how))
    report = storing.streets_numbered(map(_joined, streets), by=by, progress=progress)
    report.read += len(rejected)
    report.rejected += rejected
    storing.connect_streets(by=by)
    return report


def import_addresses(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import doors with their numbers.

    Fields: `street`, `number`, and perhaps `suffix` («BIS»), `key` (else street and number), `parcel` (its number).
    """
    others = ("suffix", "key", "parcel")
    numbered = _numbered(file, mapping, ("street", "number"), others, lambda row: _door(row, "key", "parcel"))
    return storing.addresses_numbered(numbered, by=by, progress=progress)


def import_parcels(
    *, file: Path | str, mapping: Mapping | dict[str, Any], by: str, progress: Progress | None = None
) -> Report:
    """Import parcels and, where the file has them, their addresses.

    Fields: `key` (the parcel's number; rows of one number are one parcel with several doors), and perhaps `street`,
    `number`, `suffix` and `address_key` for its doors. The report counts parcels; what is wrong with a door is
    rejected with its row, and its parcel stays.
    """
    how = as_mapping(mapping)
    require(how, ("key",), ("street", "number", "suffix", "address_key"))
    rows = read(file, how)
    for_parcels, for_doors = tee(rows)
    report = storing.parcels_numbered(_parcels(for_parcels), by=by, progress=progress)
    if {"street", "number"} <= set(how.fields):
        doors = storing.addresses_numbered(_doors(for_doors), by=by, progress=progress)
        report.rejected += doors.rejected
    return report


def _numbered(
    file: Path | str,
    mapping: Mapping | dict[str, Any],
    needed: tuple[str, ...],
    others: tuple[str, ...],
    make: Callable[[Row], Any],
) -> Iterator[tuple[int, Any]]:
    how = as_mapping(mapping)
    require(how, needed, others)
    return ((row.number, make(row)) for row in read(file, how))


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
        weight=min(int(row.get("weight")), _GREATEST_WEIGHT) if row.get("weight").isdecimal() else 1,
        is_facility=row.get("is_facility").lower() in {"1", "true", "yes", "si", "sí"},
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _asset_row(row: Row) -> AssetRow:
    lon, lat = _position(row)
    return AssetRow(row.get("key") or row.get("code"), row.get("kind"), row.get("code"), lon, lat)


def _shape_row(row: Row) -> ShapeRow:
    return ShapeRow(row.get("key"), row.get("kind"), row.geometry, row.get("label"))


def _in_pieces(rows: Iterator[Row]) -> tuple[Iterable[list[tuple[int, StreetRow]]], list[Rejected]]:
    """Streets, each with its pieces in the order of the file, and the rows that are a piece of none."""
    streets: dict[str, list[tuple[int, StreetRow]]] = {}
    rejected = []
    for row in rows:
        try:
            piece = _street_row(row)
            building.street(piece)  # what wouldn't do as a street is no piece of one
            streets.setdefault(piece.key, []).append((row.number, piece))
        except RowRejected as error:
            rejected.append(Rejected(row.number, row.get("key") or name_key(row.get("name")), str(error)))
    return streets.values(), rejected


def _street_row(row: Row) -> StreetRow:
    return StreetRow(
        key=row.get("key") or name_key(row.get("name")),
        name=row.get("name"),
        geometry=row.geometry,
        kind=row.get("kind") or "street",
        aliases=_listed(row.get("aliases")),
        first_kilometre=_kilometre(row.get("first_kilometre")),
    )


def _kilometre(said: str) -> float | None:
    if not said:
        return None
    try:
        kilometre = float(said.replace(",", "."))
    except ValueError:
        kilometre = math.nan
    if not math.isfinite(kilometre):
        raise RowRejected(_("El kilómetro «%(said)s» no es un número.") % {"said": said[:40]})
    return kilometre


def _joined(pieces: list[tuple[int, StreetRow]]) -> tuple[int, StreetRow]:
    """The pieces of a street as one row, with the number of the first."""
    import shapely

    number, first = pieces[0]
    lines = [piece.geometry for _number, piece in pieces]
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
        if row.get("street") or row.get("number"):
            yield row.number, _door(row, "address_key", "key")


def _door(row: Row, key: str, parcel: str) -> AddressRow:
    """A door; `key` and `parcel` are the fields that say its own key and its parcel's."""
    lon, lat = _position(row)
    number = f"{row.get('number')} {row.get('suffix')}".strip()
    own = row.get(key) or f"{name_key(row.get('street'))}|{number}"
    return AddressRow(own, row.get("street"), number, lon, lat, row.get(parcel))
