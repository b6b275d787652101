"""What happens to cases by the passing of time."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from ventanilla.cases import numbers, search
from ventanilla.cases.actions import drafts, receipts, time, weighing
from ventanilla.jobs.registry import every


@every(timedelta(minutes=5))
def watch_the_clocks() -> None:
    """Escalate what is due soon or overdue, end pauses that reached their maximum, fire the processes' timers.

    Terms to correct go first: with them ends the pause that waited for them.
    """
    time.lapse_corrections()
    time.end_expired_pauses()
    time.escalate()
    time.fire_due_timers()


@every(timedelta(seconds=20))
def index_owed() -> None:
    """What was said and changed can be found."""
    search.index_owed()


@every(timedelta(hours=6))
def count_the_months() -> None:
    """How many terms were met in time, month by month."""
    numbers.count_months()


@task()
def order_the_inbox() -> None:
    """The weights of urgency changed."""
    weighing.order_anew()


@task()
def make_receipt(case: str) -> None:
    """Make the receipt of a case, by its uuid."""
    receipts.make(case)


@every(timedelta(hours=6))
def forget_old_drafts() -> None:
    """A report nobody finished in a month is forgotten with all it says."""
    drafts.forget_old()
