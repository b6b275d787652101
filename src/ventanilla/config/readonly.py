"""Pages that are only looked at change nothing: a guard for tests and development.

Two writes are let through: sessions, and the log of who looked at whose data.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponseBase

from ventanilla.config.statements import locks_rows, writes

WRITABLE = ("django_session", "audit_accessrecord")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class WroteWhileReading(AssertionError):
    """A statement that writes, or locks rows, where only reading is allowed."""


@contextmanager
def reading_only() -> Iterator[None]:
    """Refuse every statement that writes or locks rows. Raises WroteWhileReading at the first."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_refuse_writes))
        yield


def _refuse_writes(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if (writes(sql) or locks_rows(sql)) and not any(table in sql for table in WRITABLE):
        raise WroteWhileReading(sql[:300])
    return execute(sql, params, many, context)


class ReadOnlyGets:
    """Middleware: GET, HEAD and OPTIONS run under `reading_only`. The last in the list; for tests and DEBUG."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in _SAFE:
            return self.get_response(request)
        with reading_only():
            return self.get_response(request)
