"""Which failures pass and which are ours."""

import errno
import sqlite3

import pytest

from ventanilla.lib.outages import Outage, outage


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("some text")
    error.sqlite_errorcode = code
    return error


class PostgresError(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "full"), Outage.DISK_FULL),
        (OSError(errno.ENOENT, "no file"), None),
        (sqlite_error(5), Outage.LOCKED),
        (sqlite_error(517), Outage.LOCKED),
        (sqlite_error(10 | 19 << 8), Outage.UNREACHABLE),
        (sqlite_error(13), Outage.DISK_FULL),
        (sqlite_error(1), None),
        (sqlite3.OperationalError("database is locked"), Outage.LOCKED),
        (sqlite3.OperationalError("no such table: x"), None),
        (ValueError("database is locked"), None),
        (PostgresError("53100"), Outage.DISK_FULL),
        (PostgresError("55P03"), Outage.LOCKED),
        (PostgresError("57P01"), Outage.UNREACHABLE),
        (PostgresError("08006"), Outage.UNREACHABLE),
        (PostgresError("23505"), None),
        (None, None),
    ],
)
def test_it_tells_outages_from_faults(error: BaseException | None, expected: Outage | None) -> None:
    assert outage(error) is expected


def test_it_looks_at_what_caused_an_error() -> None:
    error = RuntimeError("could not save")
    error.__cause__ = OSError(errno.ENOSPC, "full")
    assert outage(error) is Outage.DISK_FULL
