"""Reading files of others into the database: rooms register an importer, `./ventanilla import KIND FILE` calls it.

In `AppConfig.ready()`: `imports.importers.register("zones", import_zones)`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ventanilla.lib.plugins import Registry


@dataclass(frozen=True)
class ImportOrder:
    """A file to read, the mapping of its columns (a TOML file) and whom to tell how far it is: `(done, total)`."""

    file: Path
    mapping: Path | None
    progress: Callable[[int, int | None], None]


class Rejected(NamedTuple):
    """A row that was left out: its number in the file (from 1), its key if it has one, and why, in Spanish."""

    row: int
    key: str
    reason: str


@dataclass
class ImportReport:
    """What became of the rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def reject(self, row: int, key: str, reason: str) -> None:
        self.rejected.append(Rejected(row, key, reason))

    @property
    def read(self) -> int:
        """How many rows there were."""
        return self.created + self.updated + self.unchanged + len(self.rejected)


class WrongMapping(ValueError):
    """The mapping doesn't fit the file; the text says in Spanish what to change."""


class UnreadableFile(ValueError):
    """The file can't be read, or not to its end; the text says why in Spanish."""


Importer = Callable[[ImportOrder], ImportReport]

importers: Registry[Importer] = Registry("importer")
