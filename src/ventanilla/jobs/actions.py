"""Enqueueing background work, and looking after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ventanilla.jobs import rules
from ventanilla.jobs.enums import JobState
from ventanilla.jobs.models import Job, Worker
from ventanilla.jobs.worker import run_waiting
from ventanilla.lib import clock

__all__ = ["Status", "enqueue", "enqueue_many", "purge", "retry", "run_waiting", "status"]

_KEPT = timedelta(days=3)
_AT_ONCE = 1_000


def enqueue(task: str, *, urgency: int = 0, not_before: datetime | None = None, **arguments: Any) -> Job:
    """Enqueue a job by its full name (`ventanilla.cases.jobs.make_receipt`): one INSERT in the caller's transaction.

    The job exists if and only if the business does. By name, because an action may not import its room's jobs;
    a test of the house holds that every name leads to a task. Arguments are JSON: ids, never personal data. Urgency
    tells three levels apart: above zero, zero, below. Raises TypeError for what JSON can't say.
    """
    return Job.objects.create(task=task, kwargs=arguments, priority=rules.level(urgency), run_after=not_before)


def enqueue_many(task: str, calls: Iterable[dict[str, Any]], *, urgency: int = 0) -> int:
    """Enqueue many calls of one job, for imports. Returns how many."""
    level = rules.level(urgency)
    jobs = [Job(task=task, kwargs=arguments, priority=level) for arguments in calls]
    return len(Job.objects.bulk_create(jobs, batch_size=_AT_ONCE))


def retry(*, ids: Iterable[UUID] | None = None, task: str | None = None) -> int:
    """Give dead jobs all their attempts again: these, or all of a task, or all. Returns how many."""
    dead = Job.objects.filter(state=JobState.DEAD)
    if ids is not None:
        dead = dead.filter(pk__in=list(ids))
    if task is not None:
        dead = dead.filter(task=task)
    return dead.update(state=JobState.WAITING, attempts=0, run_after=None, finished_at=None)


@dataclass(frozen=True)
class Status:
    """How background work stands. `oldest` is the moment the longest waiting job was enqueued."""

    waiting: int
    running: int
    dead: int
    oldest: datetime | None
    workers: int


def status() -> Status:
    """How background work stands, for `doctor` and the systems page."""
    due = Job.objects.waiting().filter(run_after=None)
    return Status(
        waiting=Job.objects.waiting().count(),
        running=Job.objects.running().count(),
        dead=Job.objects.dead().count(),
        oldest=due.order_by("enqueued_at").values_list("enqueued_at", flat=True).first(),
        workers=Worker.objects.alive().count(),
    )


def purge() -> int:
    """Remove jobs done more than three days ago and workers long gone. Dead jobs stay. Returns how many jobs."""
    old = Job.objects.filter(state=JobState.DONE, finished_at__lt=clock.now() - _KEPT)
    removed = 0
    while some := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
        removed += Job.objects.filter(pk__in=some).delete()[0]
    Worker.objects.filter(beat_at__lt=clock.now() - timedelta(days=1)).delete()
    return removed
