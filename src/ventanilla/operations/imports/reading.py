"""Reading tables and JSON, plain or compressed, record by record: a file of any size takes little memory."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from ventanilla.lib.imports import UnreadableFile, WrongMapping
from ventanilla.operations.imports import columns
from ventanilla.operations.imports.columns import Record
from ventanilla.operations.imports.mapping import Mapping

_FORMATS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}
_LONGEST_CELL = 1_000_000


class Fault(NamedTuple):
    """A record that can't be read, and why."""

    number: int
    reason: str


class Source:
    """A file being read. `total` guesses how many records there are from how far the reading has come."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        self.path, self.mapping = path, mapping
        self._size = max(1, path.stat().st_size)
        self._raw: IO[bytes] | None = None
        self.done = 0

    def records(self, said: dict[str, str]) -> Iterator[Record | Fault]:
        """Every record, in order. `said` are the mapping's columns, held against the header of a table.

        Raises WrongMapping where they don't fit, UnreadableFile where the file can't be read on.
        """
        with self._opened() as stream:
            for each in self._read(stream, said):
                self.done = each.number
                yield each

    def total(self) -> int | None:
        """About how many records there are, once some have been read."""
        position = self._raw.tell() if self._raw and not self._raw.closed else 0
        return max(self.done, self.done * self._size // position) if position and self.done else None

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        with self.path.open("rb") as self._raw:
            try:
                if self.path.suffix == ".gz":
                    with gzip.GzipFile(fileobj=self._raw) as unpacked:
                        yield unpacked  # type: ignore[misc]
                else:
                    yield self._raw
            except (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError) as error:
                raise UnreadableFile(
                    f"«{self.path.name}» está cortado o dañado, o no está en {self.mapping.encoding}, "
                    f"después de la fila {self.done}."
                ) from error

    def _read(self, stream: IO[bytes], said: dict[str, str]) -> Iterator[Record | Fault]:
        form = self.mapping.format or _guess(self.path)
        if form == "csv":
            return self._table(stream, said)
        return self._lines(stream) if form == "jsonl" else self._document(stream)

    # Tables

    def _table(self, stream: IO[bytes], said: dict[str, str]) -> Iterator[Record | Fault]:
        encoding = "utf-8-sig" if self.mapping.encoding.lower() in {"utf-8", "utf8"} else self.mapping.encoding
        csv.field_size_limit(_LONGEST_CELL)
        try:
            text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
        except LookupError as error:
            raise WrongMapping(f"No hay una codificación «{encoding}».") from error
        try:
            rows = csv.reader(text, delimiter=self.mapping.delimiter)
            header = _distinct(next(rows, []))
            columns.check(said, header)
            yield from self._rows(rows, header)
        finally:
            text.detach()  # whoever opened the file closes it

    def _rows(self, rows: Iterator[list[str]], header: list[str]) -> Iterator[Record | Fault]:
        number = 0
        while True:
            number += 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Fault(number, f"No se entiende la fila: {error}.")
                continue
            if not row:
                number -= 1
                continue
            fault = self._fault(row, header)
            yield Fault(number, fault) if fault else self._record(number, dict(zip(header, row, strict=True)), {})

    def _fault(self, row: list[str], header: list[str]) -> str:
        if len(row) != len(header):
            return f"Tiene {len(row)} columnas y el encabezado {len(header)}."
        try:
            "".join(row).encode()
        except UnicodeEncodeError:
            return f"Hay letras que no están en {self.mapping.encoding}."
        return ""

    # JSON

    def _lines(self, stream: IO[bytes]) -> Iterator[Record | Fault]:
        number = 0
        for line in stream:
            if not line.strip():
                continue
            for each in self._decoded(line, number):
                number = each.number
                yield each

    def _document(self, stream: IO[bytes]) -> Iterator[Record | Fault]:
        whole = _decode(stream.read())
        if isinstance(whole, list) and not self.mapping.records:
            yield from self._numbered(whole, {}, 0)
        else:
            yield from self._nested(whole, 0)

    def _decoded(self, line: bytes, after: int) -> Iterator[Record | Fault]:
        try:
            whole = _decode(line)
        except UnreadableFile as error:
            yield Fault(after + 1, str(error))
            return
        yield from self._nested(whole, after)

    def _nested(self, whole: Any, after: int) -> Iterator[Record | Fault]:
        """The record that a value is, or those of the list inside it."""
        if not self.mapping.records:
            yield from self._numbered([whole], {}, after)
            return
        inside = columns.value(Record(0, whole), self.mapping.records) if isinstance(whole, dict) else None
        if isinstance(inside, list):
            yield from self._numbered(inside, whole, after)
        else:
            yield Fault(after + 1, f"No hay una lista en «{self.mapping.records}».")

    def _numbered(self, found: Sequence[Any], whole: dict[str, Any], after: int) -> Iterator[Record | Fault]:
        for number, cells in enumerate(found, start=after + 1):
            if isinstance(cells, dict):
                yield self._record(number, cells, whole)
            else:
                yield Fault(number, "No es un objeto JSON.")

    def _record(self, number: int, cells: dict[str, Any], whole: dict[str, Any]) -> Record | Fault:
        for name in self.mapping.json_columns:
            held = cells.get(name)
            if isinstance(held, str) and held:
                try:
                    cells[name] = _decode(held.encode())
                except UnreadableFile:
                    return Fault(number, f"La columna «{name}» no trae JSON.")
        return Record(number, cells, whole)


def _decode(said: bytes) -> Any:
    try:
        return msgspec.json.decode(said)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFile(f"No es JSON válido: {error}.") from error


def _distinct(header: list[str]) -> list[str]:
    """Column names, each once: a second `nombre` is `nombre (2)`."""
    seen: Counter[str] = Counter()
    names = []
    for raw in header:
        name = raw.strip()
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _guess(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    form = _FORMATS.get(Path(name).suffix)
    if form is None:
        raise WrongMapping(f'No sé qué formato tiene «{path.name}»: diga format = "csv", "jsonl" o "json".')
    return form
