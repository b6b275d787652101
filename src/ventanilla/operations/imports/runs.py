"""That an import was made, in the trail."""

from __future__ import annotations

from django.db import transaction

from ventanilla.audit.actions import Entry, append
from ventanilla.lib.imports import ImportReport

CHAIN = "imports"


@transaction.atomic
def note_run(report: ImportReport, *, what: str, source: str, file: str, by: str) -> None:
    """Record what an import changed. One that changed nothing leaves no trace."""
    if report.created or report.updated:
        counts = {"created": report.created, "updated": report.updated, "rejected": len(report.rejected)}
        append(CHAIN, [Entry("import.done", {"what": what, "source": source, "file": file, **counts})], by=by)
