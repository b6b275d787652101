"""Measuring deeds over HTTP on the production server: statements, processor time, waiting times, memory."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import asdict, dataclass
from itertools import islice
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client as InProcess

from ventanilla.lib import held
from ventanilla.operations.bench import deeds
from ventanilla.operations.bench.client import Client, Server, serving
from ventanilla.operations.bench.deeds import Deed, Request
from ventanilla.operations.console import note

WARM_UP = 20
"""Requests before any is measured."""
ROUNDS = 10
COUNTED = 10
CLIENTS = 8
_NOT_BUSINESS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")


@dataclass(frozen=True)
class Row:
    """A line of the table. `sql` counts business statements; `cpu_ms` is the web workers' time for one request."""

    operation: str
    database: str
    cases: int
    sql: int | None
    cpu_ms: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    rps: float
    rss_mb: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def measure(*, cases: int, port: int, requests: int, only: str) -> list[Row]:
    """Every deed, in rounds, then filing by eight at once."""
    chosen = [deed for deed in deeds.all_deeds() if only in deed.name]
    logging.getLogger("ventanilla.access").setLevel(logging.WARNING)
    counted = {deed.name: _statements(deed) for deed in chosen}
    with serving(port) as server:
        takings = [_Taking(deed, server) for deed in chosen]
        for number in range(ROUNDS):
            for taking in takings:
                taking.take(max(1, requests // ROUNDS))
            note(f"Vuelta {number + 1} de {ROUNDS}")
        rows = [taking.row(cases, counted[taking.deed.name]) for taking in takings]
        if only in "filing, 8 at once":
            rows.append(_filing_together(server, cases, filings=4 * requests))
    return rows


def _statements(deed: Deed) -> int:
    """The most business statements of a few requests, counted in this process on the same database.

    What is only read has been asked for once before: a process keeps diagrams and forms from the first time on.
    """
    client, source = InProcess(SERVER_NAME="127.0.0.1"), deed.requests()
    asked = list(islice(source, COUNTED))
    for request in asked if asked[0].method == "GET" else islice(source, WARM_UP):
        _count(client, deed, request)
    return max(_count(client, deed, request) for request in asked)


def _count(client: InProcess, deed: Deed, request: Request) -> int:
    seen, kind = _Statements(), deed.headers.get("Content-Type", "application/octet-stream")
    headers = {name: value for name, value in deed.headers.items() if name != "Content-Type"}
    with connection.execute_wrapper(seen):
        client.generic(request.method, request.path, request.body or "", content_type=kind, headers=headers)
    return seen.count


class _Statements:
    """Counts what is business: not transactions, sessions, nor what is held in memory for seconds."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        business = not sql.lstrip().upper().startswith(_NOT_BUSINESS) and "django_session" not in sql
        if business and not held.is_reading():
            self.count += 1
        return execute(sql, params, many, context)


class _Taking:
    """One deed under measure: some requests in every round, so that no deed has the machine's slow minutes alone."""

    def __init__(self, deed: Deed, server: Server) -> None:
        self.deed, self._server = deed, server
        self._source = deed.requests()
        self._waits: list[float] = []
        self._cpu: list[float] = []
        self._lasted = 0.0
        self._ask(WARM_UP)

    def take(self, requests: int) -> None:
        """A round: `requests` of them, one after another."""
        cpu, begun = self._server.cpu_seconds(), time.monotonic()
        self._waits += self._ask(requests)
        self._lasted += time.monotonic() - begun
        self._cpu.append(1000 * (self._server.cpu_seconds() - cpu) / requests)

    def _ask(self, requests: int) -> list[float]:
        client = Client(self._server.port, self.deed.headers)
        waits = [_do(client, next(self._source)) for _index in range(requests)]
        client.close()
        return waits

    def row(self, cases: int, sql: int) -> Row:
        """What was seen: of processor time the median of the rounds, of waiting all requests."""
        rps, rss = len(self._waits) / self._lasted, self._server.rss_mb()
        return _row(self.deed.name, cases, sql, self._waits, cpu_ms=median(self._cpu), rps=rps, rss=rss)


def _do(client: Client, request: Request) -> float:
    begun = time.monotonic()
    client.ask(request.method, request.path, request.body)
    return 1000 * (time.monotonic() - begun)


def _row(name: str, cases: int, sql: int | None, waits: list[float], *, cpu_ms: float, rps: float, rss: float) -> Row:
    ordered = sorted(waits)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)

    return Row(
        name, connection.vendor, cases, sql, round(cpu_ms, 2), at(0.5), at(0.95), at(0.99), round(rps, 1), round(rss, 1)
    )


def _filing_together(server: Server, cases: int, *, filings: int) -> Row:
    """Eight clients filing at once; every answer is a case that is there."""
    from ventanilla.cases.models import Case

    deed = next(each for each in deeds.all_deeds() if each.name.startswith("file a report"))
    before, waits, guard = Case.objects.count(), [], threading.Lock()
    source = deed.requests()
    work = [next(source) for _index in range(filings)]

    def file(some: list[Request]) -> None:
        client = Client(server.port, deed.headers)
        own = [_do(client, request) for request in some]
        client.close()
        with guard:
            waits.extend(own)

    threads = [threading.Thread(target=file, args=(work[index::CLIENTS],)) for index in range(CLIENTS)]
    cpu, begun = server.cpu_seconds(), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.monotonic() - begun
    lost = filings - (Case.objects.count() - before)
    name = f"filing, {CLIENTS} at once ({lost} lost)"
    spent = 1000 * (server.cpu_seconds() - cpu) / filings
    return _row(name, cases, None, waits, cpu_ms=spent, rps=filings / lasted, rss=server.rss_mb())
