"""What a municipality's map knows, from vector files; the places room reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ventanilla.lib.imports import Importer, ImportOrder, ImportReport, Rejected
from ventanilla.operations.imports import mapping
from ventanilla.operations.imports.runs import note_run
from ventanilla.places import actions

_OURS = {"what", "title"}
_STORED: dict[str, Callable[..., actions.Report]] = {
    "zones": actions.import_zones,
    "streets": actions.import_streets,
    "parcels": actions.import_parcels,
    "addresses": actions.import_addresses,
    "landmarks": actions.import_landmarks,
    "assets": actions.import_assets,
    "shapes": actions.import_shapes,
}


def importers() -> dict[str, Importer]:
    """The importer of each kind of thing on a map. Each raises WrongMapping, UnreadableFile."""
    return {what: _importer(what) for what in _STORED}


def _importer(what: str) -> Importer:
    return lambda order: _import(order, what)


def _import(order: ImportOrder, what: str) -> ImportReport:
    read = mapping.raw(order, what)
    how: dict[str, Any] = {name: value for name, value in read.items() if name not in _OURS}
    title = str(read.get("title") or order.file.stem)
    by, checked = f"import:{title}", actions.as_mapping(how)
    progress = _count(order, actions.row_count(order.file, checked))
    report = _report(_STORED[what](file=order.file, mapping=checked, by=by, progress=progress))
    order.progress(report.read, report.read)
    note_run(report, what=what, source=title, file=order.file.name, by=by)
    return report


def _count(order: ImportOrder, total: int) -> Callable[[int], None]:
    """Adds up what is done. A row that is a parcel and a door is done twice: then there is no telling how far it is."""
    done = 0

    def progress(more: int) -> None:
        nonlocal done
        done += more
        order.progress(done, total if done <= total else None)

    return progress


def _report(said: actions.Report) -> ImportReport:
    rejected = [Rejected(each.row, each.key, each.reason) for each in said.rejected]
    return ImportReport(said.created, said.changed, said.unchanged, sorted(rejected))
