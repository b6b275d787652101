"""What comes in, before it is stored: plain values from a file or a generator. Positions in WGS84 degrees."""

from __future__ import annotations

from typing import Any, NamedTuple


class ZoneRow(NamedTuple):
    """`parent` is the (kind, key) of a wider zone; `word` how people call the kind here («Barrio», «Colonia»)."""

    key: str
    kind: str
    name: str
    geometry: Any
    word: str = ""
    parent: tuple[str, str] | None = None


class StreetRow(NamedTuple):
    """`geometry` is a line or several; rows of one key are pieces of one street."""

    key: str
    name: str
    geometry: Any
    kind: str = "street"
    aliases: tuple[str, ...] = ()
    first_kilometre: float | None = None


class ParcelRow(NamedTuple):
    key: str
    lon: float
    lat: float
    geometry: Any = None


class AddressRow(NamedTuple):
    """`number` begins with a figure: «340», «1449 BIS», «12-34»."""

    key: str
    street: str
    number: str
    lon: float
    lat: float
    parcel: str = ""


class LandmarkRow(NamedTuple):
    """`weight`: of two churches, the one people mean when they say «la iglesia» weighs more."""

    key: str
    name: str
    lon: float
    lat: float
    kind: str = "other"
    aliases: tuple[str, ...] = ()
    weight: int = 1
    is_facility: bool = False


class AssetRow(NamedTuple):
    key: str
    kind: str
    code: str
    lon: float
    lat: float


class ShapeRow(NamedTuple):
    key: str
    kind: str
    geometry: Any
    label: str = ""


class RowRejected(Exception):
    """A row that can't be stored; the message is for whoever prepares the file."""
