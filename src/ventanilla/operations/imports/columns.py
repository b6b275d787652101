"""The small language in which a mapping says where a value comes from.

`"Barrio"` is a column; `"{calle} {altura}"` a text with columns in it; `"=bache"` a constant. In JSON a dot goes down
(`"status.id"`) and a slash begins at the top of the line when the records are a list inside it (`"/captured_at"`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ventanilla.lib.imports import WrongMapping
from ventanilla.lib.text import printable

_PART = re.compile(r"\{([^{}]+)\}")


class Record(NamedTuple):
    """One record of a file: its number from 1, its cells, and in JSON the whole line they stand in."""

    number: int
    cells: Mapping[str, Any]
    whole: Mapping[str, Any] = {}


Read = Callable[[Record], Any]


def columns_of(how: str) -> list[str]:
    """The columns that a value is made of."""
    if how.startswith("="):
        return []
    return _PART.findall(how) or [how]


def check(said: Mapping[str, str], header: list[str]) -> None:
    """Raises WrongMapping where the mapping names columns that the file hasn't."""
    missing = sorted({column for how in said.values() for column in columns_of(how)} - set(header))
    if missing:
        raise WrongMapping(f"Al archivo le faltan estas columnas: {', '.join(missing)}. Tiene: {', '.join(header)}.")


def reader(how: str) -> Callable[[Record], str]:
    """How to read a value as text."""
    if how.startswith("="):
        return lambda _record: how[1:]
    if _PART.search(how):
        return lambda record: _PART.sub(lambda part: text(value(record, part.group(1))), how).strip()
    return lambda record: text(value(record, how))


def raw_reader(how: str) -> Read:
    """How to read a value as it is, if it is a single column that holds a list or an object; else as text."""
    as_text = reader(how)

    def read(record: Record) -> Any:
        held = value(record, how) if columns_of(how) == [how] else None
        return clean(held) if isinstance(held, list | dict) else as_text(record)

    return read


def value(record: Record, column: str) -> Any:
    """A cell; None where there is no such column."""
    if column in record.cells:
        return record.cells[column]
    found: Any = record.whole if column.startswith("/") else record.cells
    for step in column.removeprefix("/").split("."):
        if not isinstance(found, Mapping) or step not in found:
            return None
        found = found[step]
    return found


def text(held: Any) -> str:
    """A cell as text that any database stores, without space around it."""
    if isinstance(held, str):
        return printable(held).strip()
    if held is None or isinstance(held, list | dict):
        return ""
    if isinstance(held, bool):
        return "true" if held else "false"
    return str(held)


def clean(held: Any) -> Any:
    """The same of a list or an object, all the way down."""
    if isinstance(held, str):
        return printable(held)
    if isinstance(held, list):
        return [clean(each) for each in held]
    if isinstance(held, dict):
        return {printable(str(name)): clean(each) for name, each in held.items()}
    return held
