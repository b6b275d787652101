"""Killed at any step, nothing is lost that was said to be kept, and nothing lies about that nobody owns."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def _environment(folder: Path) -> dict[str, str]:
    """The child's own data folder; on PostgreSQL, the test database."""
    said = {**os.environ, "VENTANILLA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    said.pop("DATABASE_URL", None)
    if connection.vendor == "postgresql":
        to = connection.settings_dict
        said["DATABASE_URL"] = f"postgres://{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT']}/{to['NAME']}"
    return said


@pytest.fixture
def lives(transactional_db: None, tmp_path: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.files.killed"],
        cwd=ROOT,
        env=_environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_killed_at_any_step_nothing_is_lost_and_nothing_is_orphaned(lives: list[dict[str, Any]]) -> None:
    assert len(lives) > 15
    assert [life["alive"] for life in lives] == [False] * (len(lives) - 1) + [True]
    for life in lives:
        assert life["problems"] == []
        assert life["staged"] == []
        assert len(life["states"]) <= 1
        assert life["contents"] == (2 if life["states"] == ["kept"] else 0)
        if "kept" in life["said"]:
            assert life["states"] in (["kept"], ["erased"])
        if "erased" in life["said"]:
            assert life["states"] == ["erased"]
    seen = {tuple(life["states"]) for life in lives}
    assert seen == {(), ("kept",), ("erased",)}
