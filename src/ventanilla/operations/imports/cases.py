"""Cases of another system, from tables or JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from ventanilla.cases.actions import CaseRow
from ventanilla.cases.actions import import_cases as take_in
from ventanilla.cases.actions.sourced import SEEN_AT
from ventanilla.cases.enums import CaseState, Channel
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.lib.imports import ImportOrder, ImportReport, WrongMapping
from ventanilla.operations.imports import columns, mapping, services
from ventanilla.operations.imports.columns import Record
from ventanilla.operations.imports.mapping import OTHERWISE, CaseMapping
from ventanilla.operations.imports.reading import Fault, Source
from ventanilla.operations.imports.runs import note_run
from ventanilla.organization import municipality

NEEDED = {"key", "procedure", "filed_at"}
FIELDS = NEEDED | {"description", "address", "lon", "lat", "state", "channel", "closed_at", "seen_at"}
_WORDS = {"state": {str(each) for each in CaseState}, "channel": {str(each) for each in Channel}}
_FIRST_YEAR = 1990
_LONGEST = 20_000
_SOURCE, _KEY = 40, 100
_AHEAD = timedelta(days=1)


class BadRow(ValueError):
    """A record that doesn't make a case; the text says why in Spanish."""


def import_cases(order: ImportOrder) -> ImportReport:
    """Import cases. Raises WrongMapping, UnreadableFile."""
    how = _checked(mapping.load(order, "cases", CaseMapping))
    by = Actor(f"import:{how.source}", how.title or how.source)
    if how.types:
        services.define_types(how.types, how, by=by.ref)
    source, faults = Source(order.file, how), ImportReport()
    done = 0

    def progress(more: int) -> None:
        nonlocal done
        done += more
        order.progress(done, source.total())

    report = take_in(
        _rows(source, how, faults),
        source=how.source,
        by=by,
        update=how.update,
        outside=how.outside,
        with_clocks=how.with_clocks,
        progress=progress,
    )
    order.progress(done, done)
    report.rejected = sorted(report.rejected + faults.rejected)
    note_run(report, what="cases", source=how.source, file=order.file.name, by=by.ref)
    return report


def _checked(how: CaseMapping) -> CaseMapping:
    mapping.require(how, NEEDED, FIELDS)
    if not 0 < len(how.source) <= _SOURCE:
        raise WrongMapping(f"«source» lleva de 1 a {_SOURCE} letras.")
    if how.update and SEEN_AT not in how.fields:
        raise WrongMapping("Con update = true hace falta «seen_at»: sin él no se sabe qué fila es la más nueva.")
    if SEEN_AT in how.external:
        raise WrongMapping("«seen_at» es un campo, no puede llamarse así algo de [external].")
    if how.time_zone and how.time_zone not in available_timezones():
        raise WrongMapping(f"«{how.time_zone}» no es un huso horario.")
    for name, words in _WORDS.items():
        wrong = sorted(set(how.values.get(name, {}).values()) - words)
        if wrong:
            raise WrongMapping(f"En [values.{name}], «{wrong[0]}» no es de {', '.join(sorted(words))}.")
    return how


def _rows(source: Source, how: CaseMapping, faults: ImportReport) -> Iterator[CaseRow]:
    made = _Maker(how)
    for record in source.records(how.fields | {f"external.{name}": said for name, said in how.external.items()}):
        if isinstance(record, Fault):
            faults.reject(record.number, "", record.reason)
            continue
        try:
            yield made.row(record)
        except BadRow as error:
            faults.reject(record.number, made.key(record)[:_KEY], str(error))


class _Maker:
    """Makes a row of a record, as the mapping says."""

    def __init__(self, how: CaseMapping) -> None:
        self._fields = {name: columns.reader(said) for name, said in how.fields.items()}
        self._external = {name: columns.raw_reader(said) for name, said in how.external.items()}
        self._values = how.values
        self._dates = [_date_reader(form) for form in how.dates]
        self._zone: tzinfo = ZoneInfo(how.time_zone) if how.time_zone else municipality.current().zone
        self._latest = clock.now() + _AHEAD
        self.key: Callable[[Record], str] = self._fields["key"]

    def row(self, record: Record) -> CaseRow:
        filed_at = self._moment("filed_at", record)
        if filed_at is None:
            raise BadRow("Le falta la fecha.")
        lon, lat = self._point(record)
        return CaseRow(
            number=record.number,
            key=self._key(record),
            procedure=self._translated("procedure", record),
            filed_at=filed_at,
            state=CaseState(self._translated("state", record) or CaseState.RECEIVED),
            closed_at=self._moment("closed_at", record),
            seen_at=self._moment("seen_at", record),
            description=self._text("description", record, _LONGEST),
            address=self._text("address", record, _LONGEST),
            lon=lon,
            lat=lat,
            channel=Channel(self._translated("channel", record) or Channel.IMPORT),
            external={name: read(record) for name, read in self._external.items()},
        )

    def _key(self, record: Record) -> str:
        key = self.key(record)
        if not 0 < len(key) <= _KEY:
            raise BadRow("Le falta la clave." if not key else "La clave es demasiado larga.")
        return key

    def _text(self, name: str, record: Record, longest: int) -> str:
        read = self._fields.get(name)
        said = read(record) if read else ""
        if len(said) > longest:
            raise BadRow(f"El texto de «{name}» pasa de {longest} letras.")
        return said

    def _translated(self, name: str, record: Record) -> str:
        said = self._text(name, record, _LONGEST)
        table = self._values.get(name)
        if table is not None:
            if said not in table and OTHERWISE not in table and name in _WORDS:
                raise BadRow(f"«{said}» no está en [values.{name}] de la correspondencia.")
            said = table.get(said, table.get(OTHERWISE, said))
        if said and name in _WORDS and said not in _WORDS[name]:
            raise BadRow(f"«{said}» no es un valor de «{name}».")
        return said

    def _moment(self, name: str, record: Record) -> datetime | None:
        said = self._text(name, record, 100)
        if not said:
            return None
        moment = self._read_moment(said)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone)
        if moment.year < _FIRST_YEAR or moment > self._latest:
            raise BadRow(f"La fecha «{said}» no puede ser.")
        return moment

    def _read_moment(self, said: str) -> datetime:
        for read in self._dates:
            try:
                return read(said)
            except (ValueError, OverflowError, OSError):
                continue
        raise BadRow(f"La fecha «{said}» no se entiende.")

    def _point(self, record: Record) -> tuple[float | None, float | None]:
        said = self._text("lon", record, 100), self._text("lat", record, 100)
        if not all(said):
            return None, None
        try:
            lon, lat = (float(each.replace(",", ".")) for each in said)
        except ValueError:
            raise BadRow("Las coordenadas no se entienden.") from None
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            raise BadRow("Las coordenadas no son de la Tierra, en grados.")
        return lon, lat


def _date_reader(form: str) -> Callable[[str], datetime]:
    """How to read a moment: ISO 8601, seconds or milliseconds since 1970, or a form of `strptime`."""
    if form == "iso":
        return datetime.fromisoformat
    if form in {"unix", "unix_ms"}:
        share = 1000 if form == "unix_ms" else 1
        return lambda said: datetime.fromtimestamp(float(said) / share, tz=ZoneInfo("UTC"))
    return lambda said: datetime.strptime(said, form)  # noqa: DTZ007 (the zone is set by whoever asks)
