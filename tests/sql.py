"""Freezing the SQL of a page: what it asks of the database, statement by statement, for each of the two databases.

    def test_the_inbox_asks_the_same(cast, frozen_sql):
        client.get("/mesa/")  # what is kept in memory is read before
        with frozen_sql(most=8):
            client.get("/mesa/")

Counted and kept are the business statements: not BEGIN, COMMIT and SAVEPOINT, nor sessions, nor what is read for
everybody and held in memory for seconds (`lib.held`). What is frozen lies beside
the test in `__snapshots__/<test file>/<test>.<database>.sql`; `--snapshot-update` writes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlparse
from django.db import connection

from ventanilla.lib import held

_NOT_BUSINESS = re.compile(r"\s*(?:BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|SHOW|PRAGMA)\b", re.IGNORECASE)
_SESSION = re.compile(r"\bdjango_session\b")
# What differs from call to call: values written into the SQL, and how many of them a list holds.
_LITERALS = (
    (re.compile(r"'(?:[^']|'')*'(::\w+(\[\])?)?"), "%s"),
    (re.compile(r"(?<=[\s(,=])-?\d+(\.\d+)?\b"), "%s"),
    (re.compile(r"%s(?:, ?%s)+"), "%s, …"),
    (re.compile(r"\((%s, …|%s)\)(?:, ?\((%s, …|%s)\))+"), r"(\1), …"),
)

Freeze = Callable[..., AbstractContextManager[list[str]]]


def is_business(sql: str) -> bool:
    """Whether a statement counts: it is neither the bounds of a transaction nor a session."""
    return not _NOT_BUSINESS.match(sql) and not _SESSION.search(sql)


def normal(sql: str) -> str:
    """A statement without the values it carries, so that two calls of one page are written alike."""
    for pattern, instead in _LITERALS:
        sql = pattern.sub(instead, sql)
    return str(sqlparse.format(sql, reindent=True, wrap_after=110)).strip()


@contextmanager
def statements() -> Iterator[list[str]]:
    """The business statements of what is done inside, as they were sent."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if is_business(sql) and not held.is_reading():
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


@pytest.fixture
def frozen_sql(request: pytest.FixtureRequest) -> Freeze:
    """Asserts that what is done inside sends the frozen statements, and no more than `most`. Once in a test."""

    @contextmanager
    def freeze(*, most: int) -> Iterator[list[str]]:
        with statements() as sent:
            yield sent
        assert len(sent) <= most, f"{len(sent)} statements, {most} at most:\n" + "\n".join(each[:120] for each in sent)
        said = [f"-- {number}\n{normal(sql)}\n" for number, sql in enumerate(sent, start=1)]
        _compare(_kept_at(request), "\n".join(said), update=request.config.getoption("--snapshot-update"))

    return freeze


def _kept_at(request: pytest.FixtureRequest) -> Path:
    name = re.sub(r"[^\w.-]+", "_", request.node.name)
    return request.path.parent / "__snapshots__" / request.path.stem / f"{name}.{connection.vendor}.sql"


def _compare(path: Path, said: str, *, update: bool) -> None:
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said, encoding="utf-8")
    assert path.exists(), "nothing is frozen yet: run this test with --snapshot-update"
    assert said == path.read_text(encoding="utf-8"), "the page asks otherwise than before: look, then --snapshot-update"
