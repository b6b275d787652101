"""From a row to a record not yet saved. Each function raises RowRejected with the reason in plain words."""

from __future__ import annotations

import hashlib
import math
import re
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ventanilla.places.models import Address, Asset, Landmark, MapShape, Parcel, Sourced, Street, Zone
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
from ventanilla.places.rules import along, cell, is_position, name_key
from ventanilla.places.rules.geometry import METRES_PER_DEGREE

_FIGURE = re.compile(r"\d+")
_GREATEST_FIGURE = 2_000_000_000
_DRAWABLE = {"LineString", "MultiLineString", "Polygon", "MultiPolygon"}


def fingerprint(row: tuple[Any, ...]) -> str:
    """What tells whether a row says the same as the last time."""
    import shapely

    said = [shapely.to_wkb(value).hex() if isinstance(value, shapely.Geometry) else repr(value) for value in row]
    return hashlib.blake2s("\x1f".join(said).encode(), digest_size=16).hexdigest()


def coordinates(geometry: Any) -> list[tuple[float, float]]:
    """All points of a line, its pieces one after the other."""
    import shapely

    return [(x, y) for x, y in shapely.get_coordinates(geometry).tolist()]


def zone(row: ZoneRow, parents: dict[tuple[str, str], int]) -> Zone:
    polygon = _polygon(row.geometry)
    inside = polygon.representative_point()
    if row.parent is not None and row.parent not in parents:
        raise RowRejected(_("No existe la zona «%(key)s» a la que pertenece.") % {"key": row.parent[1]})
    return Zone(
        **_base(row, row.key),
        kind=_choice(row.kind, Zone.kind.field),
        word=row.word,
        name=_named(row.name, 120),
        folded=name_key(row.name)[:160],
        parent_id=parents[row.parent] if row.parent else None,
        geometry=polygon.wkb,
        area_m2=_area_m2(polygon),
        label_lon=inside.x,
        label_lat=inside.y,
    )


def street(row: StreetRow) -> Street:
    line = _line(row.geometry)
    return Street(
        **_base(row, row.key),
        name=_named(row.name, 160),
        folded=name_key(row.name)[:200],
        aliases=[alias for alias in row.aliases if alias.strip()],
        kind=_choice(row.kind, Street.kind.field),
        first_kilometre=row.first_kilometre,
        geometry=line.wkb,
        length_m=along(coordinates(line))[-1],
    )


def parcel(row: ParcelRow) -> Parcel:
    _check_position(row.lon, row.lat)
    polygon = _polygon(row.geometry).wkb if row.geometry is not None else None
    return Parcel(**_base(row, row.key), lon=row.lon, lat=row.lat, geometry=polygon)


def address(row: AddressRow, streets: dict[str, int], parcels: dict[str, int]) -> Address:
    _check_position(row.lon, row.lat)
    figure = _FIGURE.match(row.number.strip())
    if figure is None or int(figure.group()) > _GREATEST_FIGURE:
        raise RowRejected(_("El número «%(number)s» no empieza con una cifra.") % {"number": row.number[:20]})
    folded = name_key(row.street)[:200]
    parcel_id = parcels.get(row.parcel)
    return Address(
        **_base((*row, parcel_id), row.key),  # the same door of a parcel that was not known yet is not the same
        street_id=streets.get(folded),
        street_name=_named(row.street, 160),
        folded=folded,
        number=row.number.strip().upper()[:20],
        figure=int(figure.group()),
        parcel_id=parcel_id,
        lon=row.lon,
        lat=row.lat,
        cell=cell(row.lon, row.lat),
    )


def landmark(row: LandmarkRow) -> Landmark:
    _check_position(row.lon, row.lat)
    return Landmark(
        **_base(row, row.key),
        name=_named(row.name, 160),
        folded=name_key(row.name)[:200],
        aliases=[alias for alias in row.aliases if alias.strip()],
        kind=_choice(row.kind, Landmark.kind.field),
        weight=row.weight,
        is_facility=row.is_facility,
        lon=row.lon,
        lat=row.lat,
    )


def asset(row: AssetRow) -> Asset:
    _check_position(row.lon, row.lat)
    return Asset(
        **_base(row, row.key),
        kind=_choice(row.kind, Asset.kind.field),
        code=_named(row.code, 40),
        folded=asset_key(row.code),
        lon=row.lon,
        lat=row.lat,
        cell=cell(row.lon, row.lat),
    )


def shape(row: ShapeRow) -> MapShape:
    return MapShape(
        **_base(row, row.key),
        kind=_choice(row.kind, MapShape.kind.field),
        label=row.label[:120],
        geometry=_drawable(row.geometry).wkb,
    )


def asset_key(code: str) -> str:
    """«22-0334», «22 0334» and «220334» are one number."""
    return re.sub(r"[\s-]", "", code).upper()[:40]


def _base(row: tuple[Any, ...], key: str) -> dict[str, Any]:
    if not key.strip():
        raise RowRejected(_("No trae clave."))
    if len(key) > Sourced._meta.get_field("key").max_length:  # type: ignore[operator]
        raise RowRejected(_("La clave es demasiado larga."))
    return {"key": key, "fingerprint": fingerprint(row)}


def _named(name: str, longest: int) -> str:
    if not name.strip():
        raise RowRejected(_("No trae nombre."))
    if len(name.strip()) > longest:
        raise RowRejected(_("El nombre es demasiado largo."))
    return name.strip()


def _choice(value: str, field: models.Field[Any, Any]) -> str:
    if value not in {key for key, _label in field.flatchoices}:
        raise RowRejected(_("«%(value)s» no es una clase conocida.") % {"value": value[:40]})
    return value


def _check_position(lon: float, lat: float) -> None:
    if not is_position(lon, lat):
        raise RowRejected(_("No trae una posición válida."))


def _polygon(geometry: Any) -> Any:
    """A valid polygon or several. Bow ties and doubled edges of real files are mended, not refused."""
    import shapely

    if geometry is None or geometry.is_empty:
        raise RowRejected(_("No trae geometría."))
    mended = geometry if geometry.is_valid else shapely.make_valid(geometry)
    faces = [part for part in shapely.get_parts(shapely.get_parts(mended)) if part.geom_type == "Polygon"]
    if not faces:
        raise RowRejected(_("La geometría no es un polígono."))
    _check_extent(mended)
    return faces[0] if len(faces) == 1 else shapely.MultiPolygon(faces)


def _line(geometry: Any) -> Any:
    import shapely

    if geometry is None or geometry.is_empty:
        raise RowRejected(_("No trae geometría."))
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]
    if not parts:
        raise RowRejected(_("La geometría no es una línea."))
    _check_extent(geometry)
    return shapely.line_merge(shapely.MultiLineString(parts)) if len(parts) > 1 else parts[0]


def _drawable(geometry: Any) -> Any:
    if geometry is None or geometry.is_empty:
        raise RowRejected(_("No trae geometría."))
    if geometry.geom_type not in _DRAWABLE:
        raise RowRejected(_("La geometría no es una línea ni un polígono."))
    _check_extent(geometry)
    return geometry


def _check_extent(geometry: Any) -> None:
    west, south, east, north = geometry.bounds
    if not (is_position(west, south) and is_position(east, north)):
        raise RowRejected(_("Las coordenadas no son grados de longitud y latitud: falta decir su sistema."))


def _area_m2(polygon: Any) -> float:
    """Area on the plane that touches the Earth there: exact to a few parts in ten thousand for a municipality."""
    scale = math.cos(math.radians(polygon.centroid.y))
    return float(polygon.area * METRES_PER_DEGREE**2 * scale)
