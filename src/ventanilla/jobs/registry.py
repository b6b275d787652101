"""Periodic work: what the tick enqueues, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks import task
from django_tasks.base import Task

from ventanilla.lib.plugins import Registry


@dataclass(frozen=True)
class Periodic:
    """A job without arguments and the least time between two of its runs."""

    task: Task[Any, Any]
    every: timedelta


periodic: Registry[Periodic] = Registry("periodic job")
"""By the full name of the job's function."""


def every(interval: timedelta) -> Callable[[Callable[[], None]], Task[Any, Any]]:
    """Declare a job that the tick enqueues again and again: `@every(timedelta(minutes=5))`, in a room's `jobs.py`."""

    def declare(func: Callable[[], None]) -> Task[Any, Any]:
        made = task()(func)
        periodic.register(f"{func.__module__}.{func.__qualname__}", Periodic(made, interval))
        return made

    return declare
