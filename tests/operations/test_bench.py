"""The benchmark on a small town: what it fills is valid, and nobody asks the database more than they may.

How long things take is not looked at here: that is for `./ventanilla bench` on a quiet machine (docs/benchmark.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.operations.conftest import Installation, free_port

CASES = 20_000
MOST = {
    "file": 20, "follow": 4, "inbox": 8, "closed": 8, "case page": 15, "act": 20, "map": 3, "search": 6,
}  # fmt: skip
"""Business statements by how the name of a deed begins."""


def test_it_fills_a_town_with_valid_chains_and_measures_every_deed(
    place: Callable[[str], Installation], tmp_path: Path
) -> None:
    here, told = place("bench"), tmp_path / "told.json"
    words = ["--cases", str(CASES), "--requests", "10", "--port", str(free_port()), "--json", str(told)]
    ended = here.run("bench", *words)
    assert ended.returncode == 0, ended.stderr[-2000:]
    found = json.loads(told.read_text(encoding="utf-8"))
    assert found["load"]["cases"] == CASES
    rows = found["rows"]
    assert rows[-1]["operation"] == "filing, 8 at once (0 lost)"
    assert [row["operation"] for row in rows[:-1] if row["sql"] > allowed(row["operation"])] == []
    assert all(row["cpu_ms"] > 0 and row["p99_ms"] >= row["p50_ms"] > 0 and row["rss_mb"] > 0 for row in rows)
    assert here.run("verify").returncode == 0


def allowed(operation: str) -> int:
    return next(most for begun, most in MOST.items() if operation.startswith(begun))
