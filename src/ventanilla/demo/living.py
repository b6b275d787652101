"""Living the plan day by day, one transaction each: the deeds in their order, and what time itself brings."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from django.db import transaction
from msgspec.structs import replace

from ventanilla.cases import actions
from ventanilla.cases.actions import time as passing
from ventanilla.cases.enums import WorkKind, WorkState
from ventanilla.cases.models import WorkItem
from ventanilla.demo import post, progress
from ventanilla.demo.cast import actor
from ventanilla.demo.deeds import Doer
from ventanilla.demo.hours import Office
from ventanilla.demo.progress import Progress
from ventanilla.demo.telling import Deed
from ventanilla.lib import clock

LOOKS, CALLS = (time(6, 40), time(12, 45)), time(14, 10)
"""When, in a simulated day, the house looks at its clocks (the real one does every five minutes), and the front desk
calls whom no message reached."""
TOLD_EVERY = 30

Story = Callable[[str, datetime], AbstractContextManager[None]]
Say = Callable[[str], None]
Moment = tuple[datetime, int, Callable[[], Any]]
"""When, before which others of the same moment, and what happens."""


def live(held: Progress, doer: Doer, office: Office, *, story: Story, say: Say) -> None:
    """Live the days that are not done yet. Each leaves its mark in its own transaction."""
    first = office.local(held.until).date() - timedelta(days=held.days)
    deeds = {day: list(found) for day, found in groupby(doer.plan.deeds, lambda deed: office.local(deed.at).date())}
    for number in range(held.done, held.days + 1):
        day = first + timedelta(days=number)
        if number % TOLD_EVERY == 0:
            say(f"Pasan los días: {day:%d/%m/%Y}…")
        with transaction.atomic(), story(f"day {number}", office.moment(day, time(0, 1))):
            _day(doer, office, day, deeds.get(day, []), held.until)
            progress.write(replace(held, done=number + 1))


def _day(doer: Doer, office: Office, day: date, deeds: list[Deed], until: datetime) -> None:
    """The deeds in their order, and between them what the house does of itself."""
    usual: list[Moment] = [(office.moment(day, at), -1, _look) for at in LOOKS]
    if office.is_working(day):
        usual.append((office.moment(day, CALLS), -1, partial(_call, doer, day)))
    done: list[Moment] = [(deed.at, order, partial(doer.do, deed)) for order, deed in enumerate(deeds)]
    for at, _order, happen in heapq.merge(done, [each for each in usual if each[0] < until]):
        with clock.at(at):
            happen()
    with clock.at(min(until, office.moment(day, time(23, 55)))):
        _look()
        if day != office.local(until).date():
            post.deliver()


def _look() -> None:
    """What the tick does: pauses that end, terms that near, timers that fire, until nothing is left."""
    passing.lapse_corrections()
    passing.end_expired_pauses()
    while passing.escalate() >= passing.BATCH:
        pass
    passing.fire_due_timers()


def _call(doer: Doer, day: date) -> None:
    """The front desk calls whom no message reached the days before."""
    waiting = WorkItem.objects.filter(
        kind=WorkKind.CALL, state=WorkState.OPEN, opened_at__lt=clock.now() - timedelta(days=2)
    )
    for item in waiting.select_related("case")[:20]:
        user = doer.staff.desk[day.toordinal() % len(doer.staff.desk)]
        actions.complete_work(item, answers={}, user=user, by=actor(user), note="Se le avisó por teléfono.")
