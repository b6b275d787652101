"""Telling outages that pass from faults of ours: a full disk, a busy or unreachable database."""

import errno
from collections.abc import Iterator
from enum import StrEnum

# https://www.sqlite.org/rescode.html; the low byte is the primary code.
_SQLITE = {5: "locked", 6: "locked", 10: "unreachable", 13: "disk_full", 14: "unreachable"}
# PostgreSQL's appendix A: a class or a whole code.
_POSTGRES = {
    "53100": "disk_full",
    "53300": "unreachable",
    "08": "unreachable",
    "57P": "unreachable",
    "28": "unreachable",
    "3D000": "unreachable",
    "55P03": "locked",
    "40P01": "locked",
}
_TEXTS = {
    "database is locked": "locked",
    "database table is locked": "locked",
    "disk is full": "disk_full",
    "unable to open database file": "unreachable",
    "connection failed": "unreachable",
    "connection refused": "unreachable",
    "server closed the connection": "unreachable",
    "the connection is closed": "unreachable",
    "couldn't get a connection": "unreachable",
}


class Outage(StrEnum):
    """Why the work could not be done now; the same may succeed later."""

    LOCKED = "locked"
    DISK_FULL = "disk_full"
    UNREACHABLE = "unreachable"


def outage(error: BaseException | None) -> Outage | None:
    """The outage behind an exception or one of those that caused it; None where there is none."""
    for each in _causes(error):
        name = _of_system(each) or _of_sqlite(each) or _of_postgres(each) or _of_text(each)
        if name:
            return Outage(name)
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _of_system(error: BaseException) -> str | None:
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    return "disk_full" if full else None


def _of_sqlite(error: BaseException) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    return _SQLITE.get(code & 0xFF) if isinstance(code, int) else None


def _of_postgres(error: BaseException) -> str | None:
    state = getattr(error, "sqlstate", None)
    if not isinstance(state, str):
        return None
    return _POSTGRES.get(state) or _POSTGRES.get(state[:3]) or _POSTGRES.get(state[:2])


def _of_text(error: BaseException) -> str | None:
    if type(error).__name__ not in {"OperationalError", "InterfaceError"}:
        return None
    said = str(error).lower()
    return next((name for text, name in _TEXTS.items() if text in said), None)
