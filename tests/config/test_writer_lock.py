"""The writer's lock of SQLite: fair, let go whatever happens, and held around everything that writes."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.config.writer import database
from tests.conftest import start_python, wait_for
from ventanilla.config.sqlite.lock import LockTimeout, WriterLock

ALIAS = "lockable"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "lockable.sqlite3"
    with sqlite3.connect(made) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, who TEXT, n INTEGER)")
    file.close()
    return made


@pytest.fixture
def db_on_file(path: Path, django_db_blocker: Any) -> Iterator[Any]:
    """A connection with the fair lock, whatever the database of the other tests; it waits half a second at most."""
    connections.settings[ALIAS] = connections.configure_settings({"default": {}, ALIAS: database(path, timeout=0.5)})[
        ALIAS
    ]
    with django_db_blocker.unblock():
        yield connections[ALIAS]
        connections[ALIAS].close()
    del connections[ALIAS]
    del connections.settings[ALIAS]


def insert(connection: BaseDatabaseWrapper, sql: str = "INSERT INTO t (n) VALUES (1)") -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def insert_and_fail(connection: BaseDatabaseWrapper, error: type[BaseException]) -> None:
    with transaction.atomic(using=ALIAS):
        insert(connection)
        raise error


def count(path: Path) -> int:
    file = sqlite3.connect(path)
    try:
        found: int = file.execute("SELECT COUNT(*) FROM t").fetchone()[0]
        return found
    finally:
        file.close()


def is_free(path: Path) -> bool:
    """Whether another would get the lock at once."""
    lock = WriterLock(path)
    try:
        lock.acquire(0)
    except LockTimeout:
        return False
    lock.release()
    return True


# Fairness, between real processes


def run_writers(path: Path, engine: str, processes: int, threads: int, seconds: float) -> list[float]:
    """How long each writer waited for its transaction to begin, in milliseconds, sorted."""
    command = ["-m", "tests.config.writer", str(path), engine, str(seconds), str(threads)]
    started = [start_python(*command, str(n)) for n in range(processes)]
    waits: list[float] = []
    for process in started:
        out, _ = process.communicate(timeout=180)
        assert process.returncode == 0
        waits += json.loads(out)
    return sorted(wait * 1000 for wait in waits)


@pytest.mark.parametrize(("processes", "threads"), [(8, 1), (2, 4)])
def test_nothing_is_lost_and_nobody_starves(path: Path, processes: int, threads: int) -> None:
    """Timings are printed (`pytest -s`) for the curious; what is asserted is that every writer had its share."""
    waits = run_writers(path, "fair", processes, threads, 2.0)
    file = sqlite3.connect(path)
    shares = [n for _, n in file.execute("SELECT who, COUNT(*) FROM t GROUP BY who")]
    distinct = file.execute("SELECT COUNT(DISTINCT who || n) FROM t WHERE n >= 0").fetchone()[0]
    file.close()
    assert count(path) == 2 * len(waits)
    assert distinct == len(waits)
    assert len(shares) == processes * threads
    _show("fair", waits, shares)
    _show("SQLite's own", run_writers(path, "plain", processes, threads, 2.0), [])


def _show(name: str, waits: list[float], shares: list[int]) -> None:
    p50, p99 = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    share = f", each wrote {min(shares)} to {max(shares)}" if shares else ""
    sys.stdout.write(f"\n{name}: {len(waits)} writes, waited p50 {p50:.1f} p99 {p99:.1f} max {waits[-1]:.1f} ms{share}")


def test_those_who_wait_are_served_in_the_order_they_came(path: Path) -> None:
    served: list[int] = []
    first = WriterLock(path)
    first.acquire(1)

    def wait(number: int) -> None:
        lock = WriterLock(path)
        lock.acquire(5)
        served.append(number)
        lock.release()

    threads = []
    for number in range(6):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        time.sleep(0.02)
    first.release()
    for thread in threads:
        thread.join()
    assert served == list(range(6))


# Letting go

HOLDER = """
import sys, time
from ventanilla.config.sqlite.lock import WriterLock
lock = WriterLock(sys.argv[1])
lock.acquire(5)
sys.stdout.write("held\\n")
sys.stdout.flush()
time.sleep(60)
"""


def start_holder(path: Path) -> subprocess.Popen[str]:
    process = start_python("-c", HOLDER, str(path))
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_killed_holder_lets_go(path: Path) -> None:
    holder = start_holder(path)
    assert not is_free(path)
    waiting = threading.Thread(target=WriterLock(path).acquire, args=(10,))
    waiting.start()
    time.sleep(0.1)
    assert waiting.is_alive()
    holder.send_signal(signal.SIGKILL)
    waiting.join(2)
    assert not waiting.is_alive()
    holder.communicate()


def test_who_waits_too_long_gives_up_and_holds_up_nobody(path: Path) -> None:
    holder = start_holder(path)
    lock = WriterLock(path)
    for _ in range(2):
        with pytest.raises(LockTimeout):
            lock.acquire(0.1)
        assert not lock.held
    holder.kill()
    holder.communicate()
    wait_for(lambda: is_free(path), 2)
    other = start_holder(path)  # another process gets it: what was given up is not kept
    other.kill()
    other.communicate()


def test_who_gave_up_and_comes_again_is_served(path: Path) -> None:
    holder = start_holder(path)
    lock = WriterLock(path)
    with pytest.raises(LockTimeout):
        lock.acquire(0.1)
    threading.Timer(0.3, holder.kill).start()
    lock.acquire(5)
    assert lock.held
    lock.release()
    holder.communicate()


def test_an_interrupted_wait_leaves_the_line(path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise InterruptedError

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        for hold in (WriterLock(path), None):
            holder = None if hold else start_holder(path)
            if hold:
                hold.acquire(1)
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            with pytest.raises(InterruptedError):
                WriterLock(path).acquire(5)
            if hold:
                hold.release()
            elif holder:
                holder.kill()
                holder.communicate()
            wait_for(lambda: is_free(path), 2)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_thread_that_ends_in_a_transaction_takes_the_lock_along(path: Path) -> None:
    def end_badly() -> None:
        WriterLock(path).acquire(1)

    thread = threading.Thread(target=end_badly)
    thread.start()
    thread.join()
    assert is_free(path)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_holds_nothing_and_takes_nothing_from_its_parent(path: Path) -> None:
    mine = WriterLock(path)
    mine.acquire(1)
    child = os.fork()
    if child == 0:  # pragma: no cover
        own = WriterLock(path)
        held_up = not mine.held and not is_free(path)
        mine.release()
        try:
            own.acquire(0.1)
            os._exit(1)
        except LockTimeout:
            os._exit(0 if held_up else 2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not is_free(path)
    mine.release()
    assert is_free(path)


def test_a_child_left_behind_does_not_keep_the_lock_of_a_dead_parent(path: Path) -> None:
    script = HOLDER.replace("time.sleep(60)", "import os; os.fork() and os._exit(0); time.sleep(5)")
    process = start_python("-c", script, str(path))
    assert process.stdout
    process.stdout.readline()
    process.wait(5)
    wait_for(lambda: is_free(path), 2)
    process.stdout.close()


# Around everything that writes

STATEMENTS = [
    "INSERT INTO t (n) VALUES (1)",
    "UPDATE t SET n = 2",
    "DELETE FROM t WHERE n = 99",
    "WITH v AS (SELECT 5 AS n) INSERT INTO t (n) SELECT n FROM v",
    "INSERT INTO t (n) VALUES (1), (2) RETURNING id",
    "CREATE INDEX i ON t (n)",
]


@pytest.mark.parametrize("sql", STATEMENTS)
def test_a_statement_outside_transactions_takes_its_turn_and_lets_go(db_on_file: Any, path: Path, sql: str) -> None:
    with db_on_file.cursor() as cursor:
        cursor.execute(sql)
        assert is_free(path)
        assert outsider_can_write(path)
    holder = WriterLock(path)
    holder.acquire(1)
    with pytest.raises(OperationalError, match="locked"):
        insert(db_on_file, sql)
    holder.release()


def outsider_can_write(path: Path) -> bool:
    """Whether SQLite itself lets another connection write at this moment."""
    file = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        file.execute("BEGIN IMMEDIATE")
        file.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        file.close()
    return True


def test_many_rows_at_once_take_one_turn(db_on_file: Any, path: Path) -> None:
    with db_on_file.cursor() as cursor:
        cursor.executemany("INSERT INTO t (n) VALUES (%s)", [(n,) for n in range(5)])
        assert is_free(path)
    holder = WriterLock(path)
    holder.acquire(1)
    with pytest.raises(OperationalError), db_on_file.cursor() as cursor:
        cursor.executemany("INSERT INTO t (n) VALUES (%s)", [(1,)])
    holder.release()
    assert count(path) == 5


@pytest.mark.parametrize("way", ["fetchone", "fetchmany", "fetchall", "iterate"])
def test_rows_returned_by_a_write_are_read_as_ever(db_on_file: Any, way: str) -> None:
    with db_on_file.cursor() as cursor:
        cursor.execute("INSERT INTO t (n) VALUES (7), (8), (9) RETURNING n")
        if way == "fetchone":
            found = [cursor.fetchone(), cursor.fetchone(), cursor.fetchone()]
            assert cursor.fetchone() is None
        elif way == "fetchmany":
            found = cursor.fetchmany(2) + cursor.fetchmany(2)
            assert cursor.fetchmany(2) == []
        elif way == "fetchall":
            found = cursor.fetchall()
        else:
            found = list(cursor)
        assert sorted(found) == [(7,), (8,), (9,)]
        cursor.execute("SELECT 5")
        assert cursor.fetchone() == (5,)


def test_reading_needs_no_turn(db_on_file: Any, path: Path) -> None:
    holder = WriterLock(path)
    holder.acquire(1)
    assert insert(db_on_file, "SELECT COUNT(*) FROM t") == [(0,)]
    assert insert(db_on_file, "WITH a AS (SELECT 3) SELECT * FROM a") == [(3,)]
    holder.release()


def test_a_transaction_holds_it_from_beginning_to_end(db_on_file: Any, path: Path) -> None:
    with transaction.atomic(using=ALIAS, durable=True):
        assert not is_free(path)
        with transaction.atomic(using=ALIAS):
            insert(db_on_file)
        with pytest.raises(RuntimeError):
            insert_and_fail(db_on_file, RuntimeError)
        assert not is_free(path)
    assert is_free(path)
    assert count(path) == 1


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failed_transaction_lets_go(db_on_file: Any, path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        insert_and_fail(db_on_file, error)
    assert is_free(path)
    assert count(path) == 0


def test_a_failed_statement_lets_go(db_on_file: Any, path: Path) -> None:
    with pytest.raises(OperationalError):
        insert(db_on_file, "INSERT INTO nothing VALUES (1)")
    assert is_free(path)


def test_closing_in_a_transaction_lets_go_and_undoes(db_on_file: Any, path: Path) -> None:
    with transaction.atomic(using=ALIAS):
        insert(db_on_file)
        db_on_file.close()
        assert is_free(path)
    assert count(path) == 0
    insert(db_on_file)
    assert count(path) == 1


def test_another_thread_may_not_close_it(db_on_file: Any, path: Path) -> None:
    failed: list[str] = []

    def close() -> None:
        try:
            db_on_file.close()
        except Exception as error:
            failed.append(type(error).__name__)

    with transaction.atomic(using=ALIAS):
        thread = threading.Thread(target=close)
        thread.start()
        thread.join()
        assert not is_free(path)
    assert failed == ["DatabaseError"]
    assert is_free(path)


def test_without_autocommit_it_is_held_from_the_first_write_to_the_end(db_on_file: Any, path: Path) -> None:
    transaction.set_autocommit(False, using=ALIAS)
    insert(db_on_file, "SELECT 1")
    assert is_free(path)
    insert(db_on_file)
    assert not is_free(path)
    transaction.rollback(using=ALIAS)
    assert is_free(path)
    insert(db_on_file)
    transaction.commit(using=ALIAS)
    assert is_free(path)
    insert(db_on_file)
    transaction.set_autocommit(True, using=ALIAS)
    assert is_free(path)
    assert count(path) == 2


def test_an_outsider_who_holds_the_database_is_a_clear_error(db_on_file: Any, path: Path) -> None:
    outsider = sqlite3.connect(path, isolation_level=None)
    outsider.execute("BEGIN IMMEDIATE")
    for _ in range(2):
        with pytest.raises(OperationalError, match="database is locked"), transaction.atomic(using=ALIAS):
            raise AssertionError("it may not begin")
        with pytest.raises(OperationalError, match="database is locked"):
            insert(db_on_file)
        assert is_free(path)
    outsider.execute("COMMIT")
    outsider.close()
    insert(db_on_file)
    assert count(path) == 1


def test_lock_files_that_cannot_be_made_are_a_clear_error(
    db_on_file: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr("ventanilla.config.sqlite.lock._open", refuse)
    with pytest.raises(OperationalError, match="lock files"):
        insert(db_on_file)
    monkeypatch.undo()
    insert(db_on_file)
    assert count(path) == 1
