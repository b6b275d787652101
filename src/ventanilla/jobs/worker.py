"""Who does the jobs: takes one after another, some at a time, and shows that it lives."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.db import close_old_connections, connections, reset_queries
from django.utils.module_loading import import_string
from django_tasks.base import Task

from ventanilla.jobs import queue, rules
from ventanilla.jobs.models import Worker as WorkerRow
from ventanilla.jobs.ticks import tick
from ventanilla.lib import clock, ids

T = TypeVar("T")
log = logging.getLogger(__name__)

_HOUSEKEEPING_SECONDS = 5.0


def perform(lease: queue.Lease) -> bool:
    """Do one job and note how it went. True where it succeeded."""
    error = ""
    try:
        _call(lease)
    except (Exception, SystemExit) as failure:
        error = rules.describe_error(failure)
        log.warning("job failed", extra={"task": lease.task, "attempts": lease.attempts, "error": error})
    noted = queue.fail(lease, error) if error else queue.finish(lease)
    if not noted:
        log.warning("job was taken over by another process", extra={"task": lease.task})
    return noted and not error


def _call(lease: queue.Lease) -> None:
    task = import_string(lease.task)
    if not isinstance(task, Task):
        raise TypeError("not a task")
    task.call(**lease.kwargs)


def run_waiting(*, limit: int | None = None) -> int:
    """Do here and now what is due, in its order, also what the jobs themselves enqueue. Returns how many were done.

    For the demo's simulated days, commands and tests; the server has `run_jobs`.
    """
    name, done = _process_name(), 0
    while (limit is None or done < limit) and (lease := queue.take(name)):
        perform(lease)
        done += 1
    return done


def _process_name() -> str:
    return f"{socket.gethostname()[:50]}-{os.getpid()}-{ids.code(6)}"


@dataclass
class Worker:
    """A process of jobs: `threads` of them at a time, looking for more once in `poll` seconds when there are none.

    A housekeeper's thread shows that the process lives, prolongs the leases of what is being done, takes back what
    dead processes held, and ticks: also while every other thread is at a long job.
    """

    threads: int = 2
    poll: float = 1.0
    lease: timedelta = queue.LEASE
    name: str = field(default_factory=_process_name)

    def __post_init__(self) -> None:
        self._stopping = False
        self._free = threading.Semaphore(self.threads)
        self._finished = threading.Event()
        self._over = threading.Event()
        self._doing: set[UUID] = set()
        self._beat_at = 0.0

    def stop(self) -> None:
        """Take no more; `run` returns when the present jobs are done. May be called from a signal handler."""
        self._stopping = True

    def run(self) -> None:
        """Do jobs until stopped."""
        housekeeper = threading.Thread(target=self._keep_house, name="housekeeper", daemon=True)
        housekeeper.start()
        with ThreadPoolExecutor(self.threads, thread_name_prefix="job") as pool:
            while not self._stopping:
                self._hand_out(pool)
        self._over.set()
        housekeeper.join()
        _calmly("worker row", lambda: WorkerRow.objects.filter(name=self.name).delete())
        connections.close_all()

    def _hand_out(self, pool: ThreadPoolExecutor) -> None:
        """Give the next job to a free thread; wait a little where there is none of either."""
        if not self._free.acquire(timeout=self.poll):
            return
        self._finished.clear()
        lease = _calmly("taking", self._next)
        if lease is None:
            self._free.release()
            self._finished.wait(self.poll)
        else:
            pool.submit(self._do, lease)

    def _next(self) -> queue.Lease | None:
        reset_queries()
        return queue.take(self.name, lease=self.lease) if queue.is_anything_due() else None

    def _do(self, lease: queue.Lease) -> None:
        self._doing.add(lease.id)
        close_old_connections()
        try:
            # Where the database is away, the lease runs out and the job is done again.
            _calmly("doing", lambda: perform(lease))
        finally:
            close_old_connections()
            self._doing.discard(lease.id)
            self._free.release()
            self._finished.set()

    def _keep_house(self) -> None:
        pause = min(_HOUSEKEEPING_SECONDS, self.lease.total_seconds() / 4)
        while True:
            for what, step in self._chores():
                _calmly(what, step)
            if self._over.wait(pause):
                break
        connections.close_all()

    def _chores(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            ("beat", self._beat),
            ("renewing", lambda: queue.renew(self.name, lease=self.lease) if self._doing else None),
            ("reclaiming", lambda: queue.reclaim(lease=self.lease)),
            ("ticking", lambda: None if self._stopping else tick()),
        ]

    def _beat(self) -> None:
        if time.monotonic() - self._beat_at < self.lease.total_seconds() / 4 and self._beat_at:
            return
        if not WorkerRow.objects.filter(name=self.name).update(beat_at=clock.now()):
            WorkerRow.objects.create(name=self.name, beat_at=clock.now())
        self._beat_at = time.monotonic()


def _calmly(what: str, step: Callable[[], T]) -> T | None:
    """Do a step; where it fails, say so, let go of the connection and go on: the database may come back."""
    try:
        return step()
    except Exception as error:
        log.warning("step of the jobs failed", extra={"step": what, "error": rules.describe_error(error)})
        connections.close_all()
        return None
