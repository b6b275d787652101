"""The database wrapper: the fair lock is taken before `BEGIN IMMEDIATE` and around autocommit writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base, operations

from ventanilla.config.sqlite.lock import LockTimeout, WriterLock
from ventanilla.config.statements import writes


class CursorWrapper(base.SQLiteCursorWrapper):
    """Queues before it writes. Rows that a write returns are read at once: SQLite commits only after the last."""

    wrapper: DatabaseWrapper
    _returned: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        self._returned = None
        if not self.wrapper.must_queue(query):
            return super().execute(query, params)
        with self.wrapper.writing():
            super().execute(query, params)
            if self.description is not None:
                self._returned = iter(super().fetchall())
            return self

    def executemany(self, query: str, param_list: Any) -> Any:
        self._returned = None
        if not self.wrapper.must_queue(query):
            return super().executemany(query, param_list)
        with self.wrapper.writing():
            return super().executemany(query, param_list)

    def fetchone(self) -> Any:
        return super().fetchone() if self._returned is None else next(self._returned, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = self.arraysize if size is None else size
        if self._returned is None:
            return super().fetchmany(wanted)
        return [row for _, row in zip(range(wanted), self._returned, strict=False)]

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._returned is None else list(self._returned)

    def __next__(self) -> Any:
        return super().__next__() if self._returned is None else next(self._returned)


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "ventanilla.config.sqlite.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    writer_lock: WriterLock | None = None
    transaction_mode: str | None
    _lock_timeout = 5.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        self._lock_timeout = float(conn_params.get("timeout") or 5.0)
        # Tests point a connection to another database than the one it was made for.
        self.writer_lock = None if self.is_in_memory_db() else WriterLock(conn_params["database"])
        return made

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=CursorWrapper)
        cursor.wrapper = self
        return cursor

    def must_queue(self, query: str) -> bool:
        """Whether the statement writes and the lock isn't held yet."""
        lock = self.writer_lock
        return lock is not None and not lock.held and writes(query)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock for one statement, or to the end of the transaction where there is one."""
        self._take_writer_lock()
        try:
            yield
        finally:
            if self.autocommit and not self.in_atomic_block:
                self._drop_writer_lock()

    def _take_writer_lock(self) -> None:
        if self.writer_lock is None or self.writer_lock.held:
            return
        try:
            self.writer_lock.acquire(self._lock_timeout)
        except LockTimeout as error:
            raise OperationalError("database is locked: another writer did not finish in time") from error
        except OSError as error:
            raise OperationalError("the writer's lock files beside the database can't be opened") from error

    def _drop_writer_lock(self) -> None:
        if self.writer_lock is not None:
            self.writer_lock.release()

    def _drop_after_transaction(self) -> None:
        if self.connection is None or not self.connection.in_transaction:
            self._drop_writer_lock()

    def _start_transaction_under_autocommit(self) -> None:
        self._take_writer_lock()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._drop_writer_lock()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        """Without autocommit too, a transaction begins as the settings say (Django always says DEFERRED here)."""
        with self.wrap_database_errors:
            self.connection.isolation_level = None if autocommit else (self.transaction_mode or "")
        self._drop_after_transaction()

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._drop_after_transaction()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._drop_writer_lock()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._drop_writer_lock()
