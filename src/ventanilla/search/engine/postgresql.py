"""`tsvector`. Vectors and queries are written by us, token by token, so no text-search configuration takes part."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from ventanilla.lib.text import printable
from ventanilla.search import rules
from ventanilla.search.engine import Ranking, by_way
from ventanilla.search.models import SearchDocument
from ventanilla.search.rules import Clause, Document

_SHAPE = (
    "kind text, uuid text, title text, snippet text, department_id int, is_public bool, is_reserved bool, "
    "at timestamptz, vector tsvector"
)
_COLUMNS = ", ".join(part.split()[0] for part in _SHAPE.split(", "))
_UPSERT = f"""
INSERT INTO search_searchdocument ({_COLUMNS})
SELECT {_COLUMNS} FROM json_to_recordset(%s::json) AS given ({_SHAPE})
ON CONFLICT (kind, uuid) DO UPDATE SET title = excluded.title, snippet = excluded.snippet,
  department_id = excluded.department_id, is_public = excluded.is_public, is_reserved = excluded.is_reserved,
  at = excluded.at, vector = excluded.vector
"""  # noqa: S608
_FIELDS = "id, kind, uuid, title, snippet, department_id, is_public, is_reserved, at"
_BEST = f"""
SELECT {_FIELDS} FROM search_searchdocument WHERE vector @@ %s::tsquery
ORDER BY ts_rank(vector, %s::tsquery) DESC, id DESC LIMIT %s OFFSET %s
"""  # noqa: S608
_OF_A_WAY = (
    "(SELECT %s::int AS way, id FROM search_searchdocument WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT %s)"
)
_WORDS = """
SELECT word, ndoc FROM ts_stat('SELECT ts_filter(vector, ''{a,d}'') FROM search_searchdocument') WHERE word ~ '^[a-z]'
"""
_MAX_POSITION = 16_383
_OURS, _TITLE, _TEXT = "C", "A", "D"


def _token(token: str) -> str:
    return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"


def match(clauses: Sequence[Clause]) -> str:
    """PostgreSQL's `tsquery` for the clauses."""
    written = [" | ".join("(" + " & ".join(map(_token, option)) + ")" for option in clause) for clause in clauses]
    return " & ".join(f"({clause})" for clause in written)


def vector(document: Document) -> str:
    """PostgreSQL's `tsvector` for a document: title weighs A, text D; C marks our own tokens."""
    places: dict[str, list[str]] = {}
    weighed = [(word, _TITLE) for word in rules.title_words(document)]
    weighed += [(word, _TEXT) for word in rules.text_words(document)]
    weighed += [(word, _OURS) for word in rules.keys(document)]
    for position, (word, weight) in enumerate(weighed, start=1):
        places.setdefault(word, []).append(f"{min(position, _MAX_POSITION)}{weight}")
    return " ".join(f"'{word}':{','.join(where)}" for word, where in places.items())


class PostgreSQLEngine:
    def write(self, documents: Sequence[Document]) -> None:
        rows = json.dumps([_row(document) for document in documents], ensure_ascii=False)
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [rows])

    def delete(self, pk: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_searchdocument WHERE id = %s", [pk])

    def words_of(self, pk: int) -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tsvector_to_array(vector) FROM search_searchdocument WHERE id = %s", [pk])
            row = cursor.fetchone()
        return set(row[0]) if row else set()

    def newest(self, clauses: Sequence[Clause], *, before: int | None, limit: int) -> list[int]:
        sql, params = "SELECT id FROM search_searchdocument WHERE vector @@ %s::tsquery", list[Any]([match(clauses)])
        if before is not None:
            sql, params = f"{sql} AND id < %s", [*params, before]
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY id DESC LIMIT %s", [*params, limit])
            return [row[0] for row in cursor.fetchall()]

    def newest_of(self, ways: Sequence[Sequence[Clause]], *, limit: int) -> list[list[int]]:
        params = [value for way, clauses in enumerate(ways) for value in (way, match(clauses), limit)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_OF_A_WAY] * len(ways)), params)
            return by_way(cursor.fetchall(), len(ways))

    def best(self, ranking: Ranking, *, offset: int, limit: int) -> list[SearchDocument]:
        everything = match([*ranking.clauses, *rules.scope_clauses(ranking.scope, ranking.kinds)])
        params = [everything, match(ranking.clauses), limit, offset]
        return list(SearchDocument.objects.raw(_BEST, params))

    def contains(self, word: str) -> bool:
        return bool(self.newest([((word,),)], before=None, limit=1))

    def vocabulary(self) -> Iterable[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(_WORDS)
            return list(cursor.fetchall())

    def scrub(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM search_searchdocument, search_searchword, search_spellingkey")


def _row(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "uuid": document.uuid,
        "title": printable(document.title)[:200],
        "snippet": printable(document.snippet)[:300],
        "department_id": document.department_id,
        "is_public": document.is_public,
        "is_reserved": document.is_reserved,
        "at": document.at.isoformat(),
        "vector": vector(document),
    }
