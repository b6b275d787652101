"""Taking jobs from the table and giving them back: each step one conditional statement, whoever else is at it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from ventanilla.jobs import registry, rules
from ventanilla.jobs.enums import JobState
from ventanilla.jobs.models import Job
from ventanilla.lib import clock, ids

LEASE = timedelta(seconds=60)
LOST = "lease lost: the process that ran it died"

_TAKE = (
    "UPDATE jobs_job SET state = 'running', attempts = attempts + 1, leased_by = %s, leased_until = %s"
    " WHERE state = 'waiting' AND id = {next} RETURNING id, task, attempts, kwargs"
)


@dataclass(frozen=True)
class Lease:
    """A job taken to be done: by whom, and in which attempt. What is said of it counts only while both still hold."""

    id: UUID
    task: str
    attempts: int
    by: str
    kwargs: dict[str, Any] = field(default_factory=dict)

    def held(self) -> Q:
        return Q(pk=self.id, state=JobState.RUNNING, leased_by=self.by, attempts=self.attempts)


@cache
def _next_sql(lock: str) -> str:
    """The next job: by level, first what is due at once in the order it came, then what was put off and is due.

    Six look-ups in one index at most, however many wait for another day.
    """
    chosen = "SELECT id FROM jobs_job WHERE state = 'waiting' AND priority = {level} AND {due} LIMIT 1 {lock}"
    at_once, put_off = "run_after IS NULL ORDER BY run_after, id", "run_after <= %s ORDER BY run_after"
    picks = [chosen.format(level=level, due=due, lock=lock) for level in (1, 0, -1) for due in (at_once, put_off)]
    return "COALESCE(" + ", ".join(f"({pick})" for pick in picks) + ")"


def is_anything_due() -> bool:
    """Whether a job could be taken now: a reading, so that idling costs nobody a lock."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_next_sql('')}", _moments(3))
        return bool(cursor.fetchone()[0])


def take(by: str, *, lease: timedelta = LEASE) -> Lease | None:
    """Take the next job, if there is one: no other process can take the same."""
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    until = connection.ops.adapt_datetimefield_value(clock.now() + lease)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(next=_next_sql(lock)), [by, until, *_moments(3)])
        row = cursor.fetchone()
    return Lease(UUID(str(row[0])), row[1], row[2], by, json.loads(row[3])) if row else None


def _moments(count: int) -> list[Any]:
    return [connection.ops.adapt_datetimefield_value(clock.now())] * count


def renew(by: str, *, lease: timedelta = LEASE) -> int:
    """Prolong the leases of all jobs this process is doing."""
    return Job.objects.running().filter(leased_by=by).update(leased_until=clock.now() + lease)


def finish(lease: Lease) -> bool:
    """Note that a job is done. False where its lease was lost in the meantime."""
    done = {"state": JobState.DONE, "finished_at": clock.now(), "leased_until": None, "error": ""}
    return Job.objects.filter(lease.held()).update(**done) == 1


def fail(lease: Lease, error: str) -> bool:
    """Put a failed job off to another attempt, or give it up after the last. False where its lease was lost."""
    return Job.objects.filter(lease.held()).update(**_after_failure(lease, error)) == 1


def _after_failure(lease: Lease, error: str) -> dict[str, Any]:
    now = clock.now()
    if lease.attempts >= rules.MAX_ATTEMPTS:
        return {"state": JobState.DEAD, "finished_at": now, "leased_until": None, "error": error}
    wait = rules.backoff(lease.attempts, ids.source().random(), **_longest_wait(lease.task))
    return {"state": JobState.WAITING, "run_after": now + wait, "leased_until": None, "error": error}


def _longest_wait(task: str) -> dict[str, timedelta]:
    """A periodic job is tried again at the latest when it would have been due anyway."""
    periodic = registry.periodic.get(task)
    return {"longest": min(periodic.every, rules.LONGEST_WAIT)} if periodic else {}


def reclaim(*, lease: timedelta = LEASE) -> int:
    """Give back what dead processes held, and what a clock set back would hold up. Returns how many jobs."""
    given = sum(_give_back(job) for job in Job.objects.abandoned(clock.now(), lease)[:1000])
    return given + _bring_forward()


def _bring_forward() -> int:
    """A failed job never waits longer than the longest pause: one that would was put off before the clock went back."""
    late = Job.objects.put_off_too_long(clock.now() + rules.LONGEST_WAIT).values_list("pk", flat=True)[:1000]
    return Job.objects.waiting().filter(pk__in=list(late)).update(run_after=None) if late else 0


def _give_back(job: Job) -> int:
    """A job that killed its process every time is given up like any other."""
    back: dict[str, Any] = {"state": JobState.WAITING, "run_after": None, "leased_until": None}
    if job.attempts >= rules.MAX_ATTEMPTS:
        back = {"state": JobState.DEAD, "finished_at": clock.now(), "leased_until": None, "error": LOST}
    same = Q(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts, leased_until=job.leased_until)
    return Job.objects.filter(same).update(**back)
