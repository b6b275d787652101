"""Storing rows in bulk: by their key, only what changed, in transactions of a thousand with one trail entry each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from ventanilla.audit.actions import Entry, append
from ventanilla.places import building, crossings
from ventanilla.places.crossings import Found
from ventanilla.places.enums import ZoneKind
from ventanilla.places.models import Address, Asset, Crossing, Landmark, MapShape, Parcel, Sourced, Street, Zone
from ventanilla.places.revisions import Body, renew
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

CHAIN = "places"
ROWS_A_TRANSACTION = 1000
Progress = Callable[[int], None]
"""Called with the rows done since the last call."""

Numbered = Iterable[tuple[int, Any]]
T = TypeVar("T")


@dataclass(frozen=True)
class Rejected:
    """A row that was left out: its number in the file (from 1), its key and why, in plain words."""

    row: int
    key: str
    reason: str


@dataclass
class Report:
    """What a bulk write did, in rows of the source."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {
            "read": self.read,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
        }


@dataclass(frozen=True)
class _Kind:
    """How rows of one kind are stored. `identity` are the fields that tell a record from another."""

    model: type[Sourced]
    identity: tuple[str, ...]
    body: Body
    verb: str
    build: Callable[[Any], Sourced]


def store_zones(*, rows: Sequence[ZoneRow], by: str, progress: Progress | None = None) -> Report:
    """Store zones, wider kinds first so that parents are there. One transaction: a map of half the zones is wrong."""
    return zones_numbered(enumerate(rows, start=1), by=by, progress=progress)


def zones_numbered(numbered: Numbered, *, by: str, progress: Progress | None = None) -> Report:
    """`store_zones` with the rows' numbers in their file."""
    order = {str(kind): rank for rank, kind in enumerate(ZoneKind)}
    ranked = sorted(numbered, key=lambda pair: order.get(pair[1].kind, len(order)))
    report, seen = Report(), set[tuple[str, ...]]()
    with transaction.atomic():
        for kind in dict.fromkeys(row.kind for _number, row in ranked):
            parents = {(kind, key): pk for pk, kind, key in Zone.objects.values_list("pk", "kind", "key")}
            how = _Kind(Zone, ("kind", "key"), "zones", "places.zones_stored", _with(building.zone, parents))
            same = [pair for pair in ranked if pair[1].kind == kind]
            _store_chunk(how, same, report, by, seen)
            _tell(progress, len(same))
    return report


def store_streets(*, rows: Iterable[StreetRow], by: str, progress: Progress | None = None) -> Report:
    """Store streets. `connect_streets` afterwards finds where they cross."""
    return streets_numbered(enumerate(rows, start=1), by=by, progress=progress)


def streets_numbered(numbered: Numbered, *, by: str, progress: Progress | None = None) -> Report:
    """`store_streets` with the rows' numbers in their file."""
    return _store(_Kind(Street, ("key",), "names", "places.streets_stored", building.street), numbered, by, progress)


def store_landmarks(*, rows: Iterable[LandmarkRow], by: str, progress: Progress | None = None) -> Report:
    """Store landmarks."""
    return landmarks_numbered(enumerate(rows, start=1), by=by, progress=progress)


def landmarks_numbered(numbered: Numbered, *, by: str, progress: Progress | None = None) -> Report:
    """`store_landmarks` with the rows' numbers in their file."""
    how = _Kind(Landmark, ("key",), "names", "places.landmarks_stored", building.landmark)
    return _store(how, numbered, by, progress)


def store_assets(*, rows: Iterable[AssetRow], by: str, progress: Progress | None = None) -> Report:
    """Store numbered assets."""
    return assets_numbered(enumerate(rows, start=1), by=by, progress=progress)


def assets_numbered(numbered: Numbered, *, by: str, progress: Progress | None = None) -> Report:
    """`store_assets` with the rows' numbers in their file."""
    how = _Kind(Asset, ("kind", "key"), "names", "places.assets_stored", building.asset)
    return _store(how, numbered, by, progress)


def store_parcels(*, rows: Iterable[ParcelRow], by: str, progress: Progress | None = None) -> Report:
    """Store parcels."""
    return parcels_numbered(enumerate(rows, start=1), by=by, progress=progress)


def parcels_numbered(numbered: Numbered, *, by: str, progress: Progress | None = None) -> Report:
    """`store_parcels` with the rows' numbers in their file."""
    return _store(_Kind(Parcel, ("key",), "names", "places.parcels_stored", building.parcel), numbered, by, progress)


def store_addresses(*, rows: Iterable[AddressRow], by: str, progress: Progress | None = None) -> Report:
    """Store addresses, each with the street of its name and its parcel where they are known."""
    return addresses_numbered(enumerate(rows, start=1), by=by, progress=progress)


def addresses_numbered(numbered: Numbered, *, by: str, progress: Progress | None = None) -> Report:
    """`store_addresses` with the rows' numbers in their file."""
    streets = dict(Street.objects.order_by("-pk").values_list("folded", "pk"))
    parcels = dict(Parcel.objects.values_list("key", "pk"))
    build = _with(building.address, streets, parcels)
    return _store(_Kind(Address, ("key",), "names", "places.addresses_stored", build), numbered, by, progress)


def store_shapes(*, rows: Iterable[ShapeRow], by: str, progress: Progress | None = None) -> Report:
    """Store shapes of the background map."""
    return shapes_numbered(enumerate(rows, start=1), by=by, progress=progress)


def shapes_numbered(numbered: Numbered, *, by: str, progress: Progress | None = None) -> Report:
    """`store_shapes` with the rows' numbers in their file."""
    return _store(_Kind(MapShape, ("key",), "map", "places.shapes_stored", building.shape), numbered, by, progress)


def connect_streets(*, by: str) -> int:
    """Find where streets cross, and the street of each door that was stored before it. Returns how many corners.

    It is computed anew each time, so that an import cut before it is whole when run again; where it comes out as it
    was, nothing is written.
    """
    found = crossings.find(
        [(pk, bytes(wkb)) for pk, wkb in Street.objects.order_by("pk").values_list("pk", "geometry")]
    )
    with transaction.atomic():
        doors = _find_streets_of_doors()
        if _stored_crossings() != set(found) or doors:
            Crossing.objects.all().delete()
            Crossing.objects.bulk_create([Crossing(**vars(one)) for one in found], batch_size=ROWS_A_TRANSACTION)
            append(CHAIN, [Entry("places.streets_connected", {"corners": len(found) // 2, "doors": doors})], by=by)
            renew("names")
    return len(found) // 2


def _stored_crossings() -> set[Found]:
    return {Found(*side) for side in Crossing.objects.values_list("street_id", "other_id", "lon", "lat", "along_m")}


def _find_streets_of_doors() -> int:
    """Give doors without a street the one of their name. Returns how many got theirs."""
    named = Subquery(Street.objects.filter(folded=OuterRef("folded")).order_by("pk").values("pk")[:1])
    return Address.objects.filter(street=None, folded__in=Street.objects.values("folded")).update(street=named)


def _with(build: Callable[..., Sourced], *known: Any) -> Callable[[Any], Sourced]:
    return lambda row: build(row, *known)


def _tell(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done)


def _store(how: _Kind, numbered: Numbered, by: str, progress: Progress | None) -> Report:
    report, seen = Report(), set[tuple[str, ...]]()
    for chunk in _chunks(numbered):
        with transaction.atomic():
            _store_chunk(how, chunk, report, by, seen)
        _tell(progress, len(chunk))
    return report


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    source = iter(rows)
    while chunk := list(islice(source, ROWS_A_TRANSACTION)):
        yield chunk


def _store_chunk(
    how: _Kind, chunk: Sequence[tuple[int, Any]], report: Report, by: str, seen: set[tuple[str, ...]]
) -> None:
    """Store a chunk inside the transaction that is open. Nothing is written, not even a trace, if nothing changed."""
    built = _built(how, chunk, report, seen)
    before = _fingerprints(how, built)
    to_write = [one for identity, one in built.items() if before.get(identity) != one.fingerprint]
    created = sum(1 for identity in built if identity not in before)
    report.created += created
    report.changed += len(to_write) - created
    report.unchanged += len(built) - len(to_write)
    if not to_write:
        return
    how.model._base_manager.bulk_create(
        to_write,
        update_conflicts=True,
        unique_fields=list(how.identity),
        update_fields=_changeable(how),
        batch_size=ROWS_A_TRANSACTION,
    )
    append(CHAIN, [Entry(how.verb, {"created": created, "changed": len(to_write) - created})], by=by)
    renew(how.body)


def _built(
    how: _Kind, chunk: Sequence[tuple[int, Any]], report: Report, seen: set[tuple[str, ...]]
) -> dict[tuple[str, ...], Sourced]:
    """Records by identity. The first row of a key is kept; later ones are rejected, never silently merged."""
    built: dict[tuple[str, ...], Sourced] = {}
    for number, row in chunk:
        report.read += 1
        try:
            one = how.build(row)
            identity = tuple(str(getattr(one, name)) for name in how.identity)
            if identity in seen:
                raise RowRejected(_("La clave está repetida en el archivo."))
            seen.add(identity)
            built[identity] = one
        except RowRejected as error:
            report.rejected.append(Rejected(number, row.key, str(error)))
    return built


def _fingerprints(how: _Kind, built: dict[tuple[str, ...], Sourced]) -> dict[tuple[str, ...], str]:
    keys = [one.key for one in built.values()]
    rows = how.model._base_manager.filter(key__in=keys).values_list(*how.identity, "fingerprint")
    return {tuple(str(value) for value in identity): held for *identity, held in rows}


def _changeable(how: _Kind) -> list[str]:
    fixed = {*how.identity, "id", "uuid"}
    names: list[models.Field[Any, Any]] = list(how.model._meta.concrete_fields)
    return [one.name for one in names if one.name not in fixed]
