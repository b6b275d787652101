"""The benchmark's table, on the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ventanilla.operations.bench.filling import Loaded
from ventanilla.operations.bench.measuring import Row
from ventanilla.operations.console import say

_HEAD = ("operation", "sql", "cpu_ms", "p50_ms", "p95_ms", "p99_ms", "rps", "rss_mb")


def say_load(loaded: Loaded) -> None:
    """What was loaded, how long it took, how large it is."""
    took = f"en {loaded.seconds:.0f} s" if loaded.seconds else "ya estaban"
    say(f"{loaded.cases} expedientes en {loaded.database}, {took}, {loaded.size / 1e6:.0f} MB")


def say_rows(rows: Sequence[Row]) -> None:
    """The table, one line an operation."""
    width = max((len(row.operation) for row in rows), default=10)
    say(f"{_HEAD[0]:{width}}" + "".join(f"{name:>9}" for name in _HEAD[1:]))
    for row in rows:
        told = row.as_dict()
        cells = "".join(f"{'' if told[name] is None else told[name]:>9}" for name in _HEAD[1:])
        say(f"{row.operation:{width}}{cells}")


def write_json(path: Path, loaded: Loaded, rows: Sequence[Row]) -> None:
    """Everything, for machines."""
    told = {
        "load": {"cases": loaded.cases, "seconds": round(loaded.seconds, 1), "bytes": loaded.size},
        "rows": [row.as_dict() for row in rows],
    }
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
