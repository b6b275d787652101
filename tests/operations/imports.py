"""What tests of imports have in common."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ventanilla.lib.imports import ImportOrder, ImportReport
from ventanilla.operations.imports import importers, mapping

CASES = """
what = "cases"
title = "Avisos de antes"
source = "avisos"

[fields]
key = "id"
filed_at = "fecha"
procedure = "=bombillo-quemado"
description = "texto"
"""


def ready(name: str) -> Path:
    """A mapping that comes along."""
    found = mapping.find(Path(name))
    assert found is not None
    return found


def bring(what: str, file: Path, how: Path) -> ImportReport:
    """Import a file in this process."""
    importer = importers.get(what)
    assert importer is not None
    return importer(ImportOrder(file, how, lambda done, total: None))


def shared(*parts: str) -> Path:
    """A file of the real data, read in place; the test is skipped where it isn't."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("VENTANILLA_SHARED_DATA", root.parent / "shared" / "data"))
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the real data isn't here: {'/'.join(parts)} (set VENTANILLA_SHARED_DATA)")
    return path
