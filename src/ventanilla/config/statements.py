"""What an SQL statement does, told by its words: whether it writes, and whether it locks rows."""

import re

_FIRST = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(\w+)", re.DOTALL)
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"")
_READING = frozenset({"select", "values", "explain", "show", "set", "fetch", "declare", "close"})
_BOUNDS = frozenset({"begin", "start", "commit", "end", "rollback", "savepoint", "release"})
_WRITE_INSIDE = re.compile(
    r"\b(?:(?:insert|replace)\s+(?:or\s+\w+\s+)?into|delete\s+from|update\b.*?\bset)\b", re.IGNORECASE | re.DOTALL
)
_WRITING_PRAGMA = re.compile(r"\b(?:optimize|incremental_vacuum|wal_checkpoint|user_version\s*=)", re.IGNORECASE)
_LOCKING = re.compile(r"\bfor\s+(?:no\s+key\s+)?(?:update|share|key\s+share)\b", re.IGNORECASE)


def writes(sql: str) -> bool:
    """Whether the statement may change data. In doubt it does."""
    found = _FIRST.match(sql)
    word = found.group(1).lower() if found else ""
    if word in _READING or word in _BOUNDS:
        return False
    if word == "with":
        return _WRITE_INSIDE.search(_QUOTED.sub("q", sql)) is not None
    if word == "pragma":
        return _WRITING_PRAGMA.search(sql) is not None
    return True


def locks_rows(sql: str) -> bool:
    """Whether a SELECT keeps others from writing what it reads."""
    return _LOCKING.search(_QUOTED.sub("q", sql)) is not None
