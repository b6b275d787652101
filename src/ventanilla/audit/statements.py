"""The trail's own SQL. Every act of the house writes here, so it goes past the ORM, in the fewest statements."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from ventanilla.audit.models import ChainHead, TrailEntry

_ROWS_AT_ONCE = 2_000  # SQLite takes 32,766 parameters

_INSERT_ENTRIES = "INSERT INTO audit_trailentry (chain, seq, at, by, verb, data, previous, hash) VALUES "
_INSERT_HEADS = "INSERT INTO audit_chainhead (chain, count, last_hash, mac, anchored) VALUES "
_UPDATE_HEAD = "UPDATE audit_chainhead SET count = %s, last_hash = %s, mac = %s, anchored = %s WHERE chain = %s"
_LOCK_HEADS = "SELECT chain, count, last_hash FROM audit_chainhead WHERE chain IN ({marks}) ORDER BY chain"


def insert_entries(entries: Sequence[TrailEntry], texts: Sequence[str]) -> None:
    """Insert entries with their data as the canonical JSON that was hashed."""
    adapted = connection.ops.adapt_datetimefield_value
    rows = [
        (e.chain, e.seq, adapted(e.at), e.by, e.verb, text, e.previous, e.hash)
        for e, text in zip(entries, texts, strict=True)
    ]
    _insert(_INSERT_ENTRIES, rows)


def insert_heads(heads: Sequence[ChainHead], *, unless_there: bool = False) -> None:
    rows = [(h.chain, h.count, h.last_hash, h.mac, False) for h in heads]
    _insert(_INSERT_HEADS, rows, " ON CONFLICT DO NOTHING" if unless_there else "")


def _insert(sql: str, rows: Sequence[tuple[Any, ...]], ending: str = "") -> None:
    row = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[start : start + _ROWS_AT_ONCE]
            cursor.execute(sql + ", ".join([row] * len(some)) + ending, [value for one in some for value in one])


def update_heads(heads: Sequence[ChainHead]) -> None:
    rows = [(h.count, h.last_hash, h.mac, False, h.chain) for h in heads]
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(_UPDATE_HEAD, rows[0])
        else:
            cursor.executemany(_UPDATE_HEAD, rows)


def lock_heads(chains: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Count and last hash by chain, locked to the end of the transaction in one order for all."""
    sql = _LOCK_HEADS.format(marks=", ".join(["%s"] * len(chains)))
    with connection.cursor() as cursor:
        cursor.execute(sql + _for_update(), chains)
        return {chain: (count, last_hash) for chain, count, last_hash in cursor.fetchall()}


def _for_update() -> str:
    """SQLite's transactions hold the only writer's lock from their beginning."""
    return " FOR UPDATE" if connection.features.has_select_for_update else ""
