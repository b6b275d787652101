"""Reading vector files of any format and coordinate system as rows of text and shapes in WGS84.

pyogrio and pyproj are imported here, inside functions: only imports need them, never a web worker.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from ventanilla.lib.imports import UnreadableFile, WrongMapping

WGS84 = "EPSG:4326"
OTHERWISE = "*"
"""Stands in a table of values for every value it doesn't name."""
_FIELD = re.compile(r"\{([^{}]+)\}")


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file says what we ask. `fields` gives for each of our fields a column (`"COLONIA"`), a text with
    columns in it (`"Comuna {comunas}"`) or a constant (`"=neighborhood"`); `values`, by field, turns what stands there
    into our words. `crs` and `encoding` only where the file doesn't say them or says them wrong.
    """

    fields: dict[str, str]
    values: dict[str, dict[str, str]] = {}
    layer: str | None = None
    encoding: str | None = None
    crs: str | None = None

    def columns(self) -> set[str]:
        """The columns of the file that are needed."""
        needed: set[str] = set()
        for value in self.fields.values():
            needed |= set(_FIELD.findall(value)) if "{" in value else set() if value.startswith("=") else {value}
        return needed


@dataclass(frozen=True)
class Row:
    """One feature: its number in the file from 1, our fields as text, its shape in WGS84 (or None)."""

    number: int
    values: dict[str, str]
    geometry: Any

    def get(self, name: str) -> str:
        return self.values.get(name, "")


def as_mapping(mapping: Mapping | dict[str, Any]) -> Mapping:
    """A mapping from what was read of a TOML or JSON file.

    Raises WrongMapping naming what is wrong in it.
    """
    try:
        return mapping if isinstance(mapping, Mapping) else msgspec.convert(mapping, Mapping)
    except msgspec.ValidationError as error:
        raise WrongMapping(_("La correspondencia no sirve: %(why)s") % {"why": error}) from error


def require(mapping: Mapping, needed: tuple[str, ...], others: tuple[str, ...]) -> None:
    """Hold a mapping to the fields that its kind of thing has; `lon` and `lat` stand for the shape of any.

    Raises WrongMapping.
    """
    missing = [name for name in needed if name not in mapping.fields]
    if missing:
        raise WrongMapping(
            _("La correspondencia no dice de dónde sale: %(missing)s.") % {"missing": ", ".join(missing)}
        )
    unknown = sorted({*mapping.fields, *mapping.values} - {*needed, *others, "lon", "lat"})
    if unknown:
        raise WrongMapping(
            _("La correspondencia nombra campos que no hay: %(unknown)s.") % {"unknown": ", ".join(unknown)}
        )


def read(file: Path | str, mapping: Mapping) -> Iterator[Row]:
    """Read a file.

    Raises UnreadableFile where it isn't there or isn't a vector file, WrongMapping where it lacks a column.
    """
    crs, wkb, columns = _raw(Path(file), mapping)
    missing = sorted(mapping.columns() - set(columns))
    if missing:
        raise WrongMapping(
            _("Al archivo le faltan estas columnas: %(missing)s. Tiene: %(there)s.")
            % {"missing": ", ".join(missing), "there": ", ".join(columns)}
        )
    total = len(wkb) if wkb is not None else len(next(iter(columns.values()), []))
    shapes = _shapes(wkb, total, mapping, columns, crs)
    return _rows(mapping, columns, shapes)


def row_count(file: Path | str, mapping: Mapping | dict[str, Any]) -> int:
    """How many rows a file has, for a progress bar.

    Raises UnreadableFile.
    """
    import pyogrio

    with _explained(Path(file)):
        layer = _layer(Path(file), as_mapping(mapping))
        return int(pyogrio.read_info(file, layer=layer, force_feature_count=True)["features"])


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """What the reader says of a file it can't read, with the file's name."""
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        yield
    except (DataSourceError, DataLayerError, UnicodeDecodeError, FileNotFoundError) as error:
        raise UnreadableFile(_("No se puede leer «%(file)s»: %(why)s") % {"file": file.name, "why": error}) from error


def _raw(file: Path, mapping: Mapping) -> tuple[str | None, Any, dict[str, Any]]:
    import pyogrio

    with _explained(file):
        layer = _layer(file, mapping)
        meta, _fids, wkb, values = pyogrio.raw.read(file, layer=layer, encoding=mapping.encoding, force_2d=True)
    return meta["crs"], wkb, dict(zip(meta["fields"].tolist(), values, strict=True))


def _layer(file: Path, mapping: Mapping) -> str | None:
    """The layer to read; None is the only one. Of several with shapes (folders of a KML), none is guessed.

    Raises WrongMapping.
    """
    import pyogrio

    drawn = [str(name) for name, shape in pyogrio.list_layers(file) if shape is not None]
    if mapping.layer or len(drawn) <= 1:
        return mapping.layer or (drawn[0] if drawn else None)
    raise WrongMapping(
        _("El archivo tiene varias capas: %(layers)s. En la correspondencia falta decir cuál, con layer = "
          '"%(first)s".') % {"layers": ", ".join(drawn), "first": drawn[0]}
    )  # fmt: skip


def _shapes(wkb: Any, total: int, mapping: Mapping, columns: dict[str, Any], crs: str | None) -> list[Any]:
    import shapely

    if wkb is not None:
        found = shapely.from_wkb(wkb, on_invalid="ignore")
    elif {"lon", "lat"} <= set(mapping.fields):
        found = [_point(columns, mapping, number) for number in range(total)]
    else:
        return [None] * total
    return list(_to_wgs84(found, mapping.crs or crs))


def _point(columns: dict[str, Any], mapping: Mapping, number: int) -> Any:
    import shapely

    try:
        lon, lat = (float(_value(mapping.fields[name], columns, number).replace(",", ".")) for name in ("lon", "lat"))
    except ValueError:
        return None
    return shapely.Point(lon, lat) if math.isfinite(lon) and math.isfinite(lat) else None


def _to_wgs84(shapes: Any, crs: str | None) -> Any:
    """Shapes in WGS84; those of a file that says nothing are taken to be in it already."""
    import numpy
    import pyproj
    import shapely

    array = numpy.asarray(shapes, dtype=object)
    if crs is None or pyproj.CRS(crs).equals(pyproj.CRS(WGS84), ignore_axis_order=True):
        return array
    change = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
    project: Any = change.transform
    return shapely.transform(array, project, interleaved=False)


def _rows(mapping: Mapping, columns: dict[str, Any], shapes: list[Any]) -> Iterator[Row]:
    for number, shape in enumerate(shapes):
        values = {
            name: _translated(name, _value(how, columns, number), mapping) for name, how in mapping.fields.items()
        }
        yield Row(number + 1, values, shape)


def _translated(name: str, said: str, mapping: Mapping) -> str:
    table = mapping.values.get(name, {})
    return table.get(said, table.get(OTHERWISE, said))


def _value(how: str, columns: dict[str, Any], number: int) -> str:
    if how.startswith("="):
        return how[1:]
    if "{" in how:
        return _FIELD.sub(lambda found: _text(columns[found.group(1)][number]), how).strip()
    return _text(columns[how][number])


def _text(value: Any) -> str:
    """A cell as text. A whole number stored as a float is that number («15.0» is comuna 15)."""
    if value is None or value != value:  # noqa: PLR0124 (NaN and NaT differ from themselves)
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
