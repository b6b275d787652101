"""Erased under an order, a person leaves no trace: every table and every file of the data folder is searched."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.operations.conftest import Installation
from ventanilla.lib.text import fold


def run(installation: Installation, *words: str) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("erased.py")), *words]
    ended = subprocess.run(command, env=installation.env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@dataclass
class Traces:
    """Where something of the person is: of each value the places, and contents of theirs that lie on the disk."""

    values: dict[str, list[str]]
    contents: list[str]
    verified: int
    said: str


def spellings(value: str) -> set[bytes]:
    """A value as it may be stored: as it is, in JSON, as the index folds it, in an e-mail."""
    written = {value, value.lower(), fold(value), fold(value).replace("ñ", "n"), json.dumps(value)[1:-1]}
    quoted = value.encode().replace(b"=", b"=3D")
    quoted_printable = re.sub(rb"[\x80-\xff]", lambda byte: f"={byte[0][0]:02X}".encode(), quoted)
    return {each.encode() for each in written} | {quoted_printable, b64encode(value.encode()).rstrip(b"=")[:-1]}


def places(installation: Installation) -> Iterator[tuple[str, bytes]]:
    """Every row of every table and every file of the data folder, each as its bytes."""
    yield from rows(installation)
    for path in sorted(installation.data.rglob("*")):
        if path.is_file() and "static" not in path.relative_to(installation.data).parts:
            yield str(path.relative_to(installation.data)), path.read_bytes()
            yield f"name of {path.name}", path.name.encode()


def rows(installation: Installation) -> Iterator[tuple[str, bytes]]:
    if not installation.database:  # SQLite's tables are bytes of its file, what was removed included
        with closing(sqlite3.connect(installation.data / "ventanilla.sqlite3")) as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    else:
        found = installation.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in found]
    for name in names:
        query = f'SELECT t::text FROM "{name}" t' if installation.database else f'SELECT * FROM "{name}"'
        for row in installation.rows(query):
            for cell in row:
                yield name, cell if isinstance(cell, bytes) else str(cell).encode()
                if name == "django_session":
                    yield name, unpacked(str(cell))


def unpacked(said: str) -> bytes:
    """What a session says, which Django signs and may compress."""
    from base64 import urlsafe_b64decode

    said = next((part for part in said.strip("()").split(",") if ":" in part), said).strip('"')
    body = said.split(":")[0]
    try:
        raw = urlsafe_b64decode(body.lstrip(".") + "=" * (-len(body.lstrip(".")) % 4))
        return zlib.decompress(raw) if body.startswith(".") else raw
    except (ValueError, zlib.error):
        return b""


def look(installation: Installation, planted: dict[str, Any]) -> Traces:
    wanted = {value: spellings(value) for value in planted["values"]}
    found: dict[str, list[str]] = {value: [] for value in wanted}
    contents = []
    for where, said in places(installation):
        small = said.lower()
        for value, ways in wanted.items():
            if any(way in said or way.lower() in small for way in ways):
                found[value].append(where)
        if sha256(said).hexdigest() in planted["digests"]:
            contents.append(where)
    verified = installation.run("verify")
    return Traces(found, contents, verified.returncode, verified.stdout)


@dataclass
class Story:
    before: Traces
    after: Traces
    installation: Installation
    planted: dict[str, Any]
    erased: dict[str, Any]


@pytest.fixture(scope="module")
def story(own_installation: Installation) -> Story:
    planted = run(own_installation, "plant")
    before = look(own_installation, planted)
    erased = run(own_installation, "erase", planted["person"])
    return Story(before, look(own_installation, planted), own_installation, planted, erased)


def test_the_search_finds_everything_that_was_planted(story: Story) -> None:
    assert [value for value, where in story.before.values.items() if not where] == []
    assert len(story.before.contents) >= 4
    tables = {place for where in story.before.values.values() for place in where}
    assert {
        "people_person", "people_contactpoint", "people_identitydocument", "people_onetimecode", "cases_case",
        "cases_event", "cases_workitem", "cases_survey", "cases_draft", "cases_attachment", "files_storedfile",
        "notifications_message", "search_searchdocument", "search_searchword", "django_session",
    } <= tables  # fmt: skip
    assert any(place.startswith("outbox/") for place in tables)


def test_no_value_is_left_in_any_table_or_file(story: Story) -> None:
    assert {value: sorted(set(where)) for value, where in story.after.values.items() if where} == {}


def test_no_photo_and_no_document_is_left(story: Story) -> None:
    assert story.after.contents == []
    assert story.installation.rows("SELECT count(*) FROM cases_receipt") == [(0,)]


def test_the_trail_verifies_before_and_after(story: Story) -> None:
    assert (story.before.verified, story.after.verified) == (0, 0), story.after.said


def test_the_order_is_in_the_trail_of_the_person_and_of_each_case(story: Story) -> None:
    found = story.installation.rows("SELECT chain, data FROM audit_trailentry WHERE verb = 'data.erased'")
    assert len(found) == 3
    assert f"person:{story.planted['person']}" in {chain for chain, _data in found}
    assert all(json.loads(data)["order"] == "2026-000045" for _chain, data in found)


def test_what_is_nobodys_stays(story: Story) -> None:
    kept = story.installation.rows("SELECT state, lon FROM cases_case ORDER BY id")
    assert [state for state, _lon in kept] == ["resolved", "received", "received"]
    assert kept[0][1] is not None
    assert story.erased["erased"] > 5
