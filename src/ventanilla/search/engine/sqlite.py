"""FTS5. The virtual table keeps the folded text itself; its rowid is the document's number."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from ventanilla.lib.text import printable
from ventanilla.search import rules
from ventanilla.search.engine import Ranking, by_way
from ventanilla.search.models import SearchDocument
from ventanilla.search.rules import Clause, Document

_DOCUMENT = "kind, uuid, title, snippet, department_id, is_public, is_reserved, at"
_UPSERT = f"""
INSERT INTO search_searchdocument ({_DOCUMENT})
SELECT {", ".join(f"json_extract(value, '$[{i}]')" for i in range(8))} FROM json_each(%s) WHERE true
ON CONFLICT (kind, uuid) DO UPDATE SET title = excluded.title, snippet = excluded.snippet,
  department_id = excluded.department_id, is_public = excluded.is_public, is_reserved = excluded.is_reserved,
  at = excluded.at
RETURNING id, kind, uuid
"""  # noqa: S608
_WRITE_TEXT = "INSERT OR REPLACE INTO search_fts (rowid, title, words, keys) VALUES (%s, %s, %s, %s)"
_BEST = """
SELECT d.* FROM (
  SELECT rowid, bm25(search_fts, 4.0, 1.0, 1.0) AS score FROM search_fts WHERE search_fts MATCH %s
) hit JOIN search_searchdocument d ON d.id = hit.rowid
WHERE {conditions} ORDER BY hit.score, d.id DESC LIMIT %s OFFSET %s
"""
_OF_A_WAY = (
    "SELECT * FROM (SELECT %s AS way, rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY rowid DESC LIMIT %s)"
)
_STEP = 200
"""Pages merged in one transaction while scrubbing: about 1 MB, so that writers wait some tens of milliseconds."""


def _token(token: str) -> str:
    return f'"{token[:-1]}" *' if token.endswith("*") else f'"{token}"'


def match(clauses: Sequence[Clause]) -> str:
    """FTS5's expression for the clauses."""
    written = [" OR ".join("(" + " AND ".join(map(_token, option)) + ")" for option in clause) for clause in clauses]
    return " AND ".join(f"({clause})" for clause in written)


class StillRead(RuntimeError):
    """Somebody reads so long that the log of writes can't be emptied: to be tried again."""


class SQLiteEngine:
    def write(self, documents: Sequence[Document]) -> None:
        rows = [_row(document) for document in documents]
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [json.dumps(rows, ensure_ascii=False)])
            numbers = {(kind, uuid): pk for pk, kind, uuid in cursor.fetchall()}
            cursor.executemany(_WRITE_TEXT, [(numbers[d.kind, d.uuid], *_texts(d)) for d in documents])

    def delete(self, pk: int) -> None:
        with connection.cursor() as cursor:
            # A trigger takes the text along.
            cursor.execute("DELETE FROM search_searchdocument WHERE id = %s", [pk])

    def words_of(self, pk: int) -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT title || ' ' || words || ' ' || keys FROM search_fts WHERE rowid = %s", [pk])
            row = cursor.fetchone()
        return set(row[0].split()) if row else set()

    def newest(self, clauses: Sequence[Clause], *, before: int | None, limit: int) -> list[int]:
        sql, params = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s", list[Any]([match(clauses)])
        if before is not None:
            sql, params = f"{sql} AND rowid < %s", [*params, before]
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY rowid DESC LIMIT %s", [*params, limit])
            return [row[0] for row in cursor.fetchall()]

    def newest_of(self, ways: Sequence[Sequence[Clause]], *, limit: int) -> list[list[int]]:
        params = [value for way, clauses in enumerate(ways) for value in (way, match(clauses), limit)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_OF_A_WAY] * len(ways)), params)
            return by_way(cursor.fetchall(), len(ways))

    def best(self, ranking: Ranking, *, offset: int, limit: int) -> list[SearchDocument]:
        conditions, params = scope_conditions(ranking)
        sql = _BEST.format(conditions=conditions)
        return list(SearchDocument.objects.raw(sql, [match(ranking.clauses), *params, limit, offset]))

    def contains(self, word: str) -> bool:
        return bool(self.newest([((word,),)], before=None, limit=1))

    def vocabulary(self) -> Iterable[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT term, doc FROM search_terms WHERE term >= 'a'")
            return list(cursor.fetchall())

    def scrub(self) -> None:
        """Merge all segments into one, in short steps: that drops what deleted rows left. Then empty the WAL."""
        step = -_STEP  # a negative number of pages begins a full merge, a positive one goes on with it
        while _merge(step):
            step = _STEP
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, _pages, _moved = cursor.fetchone()
        if is_busy:
            raise StillRead


def _merge(pages: int) -> bool:
    """One step; whether it did anything (FTS5 says so by how many rows it changed)."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = connection.connection.total_changes
        cursor.execute("INSERT INTO search_fts (search_fts, rank) VALUES ('merge', %s)", [pages])
        return bool(connection.connection.total_changes - before >= 2)


def _row(document: Document) -> list[Any]:
    return [
        document.kind,
        document.uuid,
        printable(document.title)[:200],
        printable(document.snippet)[:300],
        document.department_id,
        int(document.is_public),
        int(document.is_reserved),
        connection.ops.adapt_datetimefield_value(document.at),
    ]


def _texts(document: Document) -> tuple[str, str, str]:
    parts = rules.title_words(document), rules.text_words(document), rules.keys(document)
    return " ".join(parts[0]), " ".join(parts[1]), " ".join(parts[2])


def scope_conditions(ranking: Ranking) -> tuple[str, list[Any]]:
    """The scope as SQL over the index row `d`, and its values."""
    scope, conditions, params = ranking.scope, ["1 = 1"], list[Any]()
    if ranking.kinds is not None:
        conditions.append(f"d.kind IN ({_marks(ranking.kinds)})")
        params += sorted(ranking.kinds)
    if scope.public_only:
        conditions.append("d.is_public")
    elif not scope.everything:
        conditions.append(f"(d.department_id IS NULL OR d.department_id IN ({_marks(scope.departments)}))")
        params += sorted(scope.departments)
    if not scope.reserved:
        conditions.append("NOT d.is_reserved")
    return " AND ".join(conditions), params


def _marks(values: Iterable[Any]) -> str:
    return ", ".join("%s" for _ in values)
