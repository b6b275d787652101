"""Zones and landmarks from vector files; the places room reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ventanilla.lib.imports import ImportOrder, ImportReport, Rejected, UnreadableFile, WrongMapping
from ventanilla.operations.imports import mapping
from ventanilla.operations.imports.runs import note_run
from ventanilla.places import actions

_OURS = {"what", "title"}


def import_zones(order: ImportOrder) -> ImportReport:
    """Import zones. Raises WrongMapping, UnreadableFile."""
    return _import(order, "zones", actions.import_zones)


def import_landmarks(order: ImportOrder) -> ImportReport:
    """Import landmarks. Raises WrongMapping, UnreadableFile."""
    return _import(order, "landmarks", actions.import_landmarks)


def _import(order: ImportOrder, what: str, store: Callable[..., actions.Report]) -> ImportReport:
    read = mapping.raw(order, what)
    how: dict[str, Any] = {name: value for name, value in read.items() if name not in _OURS}
    title = str(read.get("title") or order.file.stem)
    try:
        checked = actions.as_mapping(how)
    except actions.UnreadableFile as error:
        raise WrongMapping(str(error)) from error
    try:
        total = actions.row_count(order.file, checked)
        report = _report(store(file=order.file, mapping=checked, by=f"import:{title}", progress=_count(order, total)))
    except actions.UnreadableFile as error:
        raise UnreadableFile(str(error)) from error
    order.progress(report.read, report.read)
    note_run(report, what=what, source=title, file=order.file.name, by=f"import:{title}")
    return report


def _count(order: ImportOrder, total: int) -> Callable[[int], None]:
    done = 0

    def progress(more: int) -> None:
        nonlocal done
        done += more
        order.progress(done, total)

    return progress


def _report(said: actions.Report) -> ImportReport:
    rejected = [Rejected(each.row, each.key, each.reason) for each in said.rejected]
    return ImportReport(said.created, said.changed, said.unchanged, sorted(rejected))
