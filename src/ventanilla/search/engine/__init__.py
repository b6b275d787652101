"""The port to the database's full-text search: one engine for each database, with the same doors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.db import connection

from ventanilla.search.models import SearchDocument
from ventanilla.search.rules import Clause, Document, Scope


@dataclass(frozen=True)
class Ranking:
    """What is asked for by best match: the words, apart from the scope, which must not weigh."""

    clauses: Sequence[Clause]
    scope: Scope
    kinds: frozenset[str] | None


class Engine(Protocol):
    """Everything here takes tokens made by `rules`, never text that somebody typed."""

    def write(self, documents: Sequence[Document]) -> None:
        """Add or replace documents, each (kind, uuid) at most once. At most two statements."""

    def delete(self, pk: int) -> None:
        """Remove a document."""

    def words_of(self, pk: int) -> set[str]:
        """The words of a document, our own tokens included."""

    def newest(self, clauses: Sequence[Clause], *, before: int | None, limit: int) -> list[int]:
        """Numbers of the documents that hold all clauses, newest first. One statement."""

    def newest_of(self, ways: Sequence[Sequence[Clause]], *, limit: int) -> list[list[int]]:
        """The same for several ways of asking, each of them in its place. One statement."""

    def best(self, ranking: Ranking, *, offset: int, limit: int) -> list[SearchDocument]:
        """Documents by best match. For few hits only. One statement."""

    def contains(self, word: str) -> bool:
        """Whether any document has the word."""

    def vocabulary(self) -> Iterable[tuple[str, int]]:
        """Every word that begins with a letter, and in how many documents it occurs."""

    def scrub(self) -> None:
        """Overwrite what removed documents left behind in the engine's storage. Outside any transaction."""


def by_way(rows: Iterable[tuple[int, int]], ways: int) -> list[list[int]]:
    """Numbers found by several ways, as rows of (way, number), apart and the newest first."""
    found: list[list[int]] = [[] for _way in range(ways)]
    for way, number in sorted(rows, reverse=True):
        found[way].append(number)
    return found


@cache
def _of(vendor: str) -> Engine:
    if vendor == "postgresql":
        from ventanilla.search.engine.postgresql import PostgreSQLEngine

        return PostgreSQLEngine()
    from ventanilla.search.engine.sqlite import SQLiteEngine

    return SQLiteEngine()


def engine() -> Engine:
    """The engine of the database in use."""
    return _of(connection.vendor)
