"""The tick: enqueues each periodic job when its time has come, once, whichever processes are at it."""

from datetime import UTC, datetime

from django.db import transaction

from ventanilla.jobs import registry, rules
from ventanilla.jobs.models import Job, Tick
from ventanilla.lib import clock, ids

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def tick() -> int:
    """Enqueue the periodic jobs that are due. Returns how many."""
    rows = {row.name: row for row in Tick.objects.all()}
    return sum(_tick(name, rows.get(name) or _first(name)) for name in registry.periodic)


def _first(name: str) -> Tick:
    return Tick.objects.get_or_create(name=name, defaults={"last_at": _NEVER})[0]


def _tick(name: str, row: Tick) -> bool:
    """Only who still finds the last tick as it was read may write the next."""
    now = clock.now()
    state = rules.tick_state(last_at=row.last_at, every=registry.periodic[name].every, now=now)
    unmoved = Tick.objects.filter(name=name, last_at=row.last_at)
    if state == rules.TickState.CLOCK_WENT_BACK:
        unmoved.update(last_at=now)
    if state != rules.TickState.DUE or _is_pending(row):
        return False
    with transaction.atomic():
        job = ids.uuid()
        mine = unmoved.update(last_at=now, job=job) == 1
        if mine:
            Job.objects.create(id=job, task=name, priority=rules.level(registry.periodic[name].task.priority))
    return mine


def _is_pending(row: Tick) -> bool:
    """Whether the last one is still to be done: the same work never queues behind itself."""
    return row.job is not None and Job.objects.pending().filter(pk=row.job).exists()
