"""Mappings: TOML files that say what a file of another system means. `docs/importing.md` tells how they are written."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from ventanilla.cases.enums import Outside
from ventanilla.catalog.enums import Kind
from ventanilla.lib.imports import ImportOrder, WrongMapping

READY = Path(__file__).resolve().parents[1] / "mappings"
"""The mappings that come along."""

OTHERWISE = "*"
"""Stands in a table of values for every value it doesn't name."""


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all mappings say: the file's form, and our fields from its columns (`columns.py` has the language)."""

    what: str
    fields: dict[str, str]
    title: str = ""
    values: dict[str, dict[str, str]] = {}
    update: bool = False
    format: Literal["csv", "jsonl", "json"] | None = None
    encoding: str = "utf-8"
    delimiter: str = ","
    records: str = ""
    json_columns: list[str] = []


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A service under which types are shown, and the department (a key) that gets them."""

    name: str
    department: str
    icon: str = "tool"
    description: str = ""
    order: int = 50
    public: bool = True


class Type(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A type of dealing, as a row of a catalogue says it or as a mapping of cases brings it along."""

    key: str
    name: str
    group: str
    description: str = ""
    words: Sequence[str] = ()
    kind: Kind = Kind.SERVICE_REQUEST
    nature: str = ""
    needs_document: bool = False


class ServiceMapping(Mapping, frozen=True, kw_only=True):
    """A catalogue: each row a type."""

    groups: dict[str, Group]
    departments: dict[str, str]


class CaseMapping(Mapping, frozen=True, kw_only=True):
    """Cases. `external` is what is kept as delivered, by our name for it."""

    source: str
    external: dict[str, str] = {}
    dates: Sequence[str] = ("iso",)
    time_zone: str = ""
    outside: Outside = Outside.KEEP
    with_clocks: bool = False
    groups: dict[str, Group] = {}
    departments: dict[str, str] = {}
    types: list[Type] = []


M = TypeVar("M", bound=Mapping)


def ready() -> list[str]:
    """The names of the mappings that come along."""
    return sorted(path.stem for path in READY.glob("*.toml"))


def find(named: Path) -> Path | None:
    """The file of a mapping: a path, or the name of one that comes along. None where there is neither."""
    if named.is_file():
        return named
    own = READY / f"{named.name.removesuffix('.toml')}.toml"
    return own if own.is_file() else None


def raw(order: ImportOrder, what: str) -> dict[str, Any]:
    """The mapping of an order as plain values, if it is for this kind of file. Raises WrongMapping."""
    if order.mapping is None:
        raise WrongMapping("Hace falta --mapping: un archivo que diga qué columna es qué.")
    try:
        read = tomllib.loads(order.mapping.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongMapping(f"La correspondencia no es un TOML válido: {error}") from error
    if read.get("what") != what:
        raise WrongMapping(f"La correspondencia es para «{read.get('what', '')}», no para «{what}».")
    return read


def load(order: ImportOrder, what: str, kind: type[M]) -> M:
    """The mapping of an order, checked. Raises WrongMapping naming what is wrong in it."""
    try:
        return msgspec.convert(raw(order, what), kind)
    except msgspec.ValidationError as error:
        raise WrongMapping(f"La correspondencia no sirve: {error}") from error


def require(mapping: Mapping, needed: set[str], allowed: set[str]) -> None:
    """Hold the fields of a mapping to what its kind knows. Raises WrongMapping."""
    if len(mapping.delimiter) != 1:
        raise WrongMapping("«delimiter» es una sola letra.")
    missing = sorted(needed - set(mapping.fields))
    unknown = sorted((set(mapping.fields) | set(mapping.values)) - allowed)
    if missing:
        raise WrongMapping(f"La correspondencia no dice de dónde sale: {', '.join(missing)}.")
    if unknown:
        raise WrongMapping(f"La correspondencia nombra campos que no hay: {', '.join(unknown)}.")
