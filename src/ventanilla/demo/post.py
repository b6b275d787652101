"""The messages of the past: they went out at the time, so no file is written for them now.

They are delivered, but for a few that found a dead number: those go through the door by which a dialogue is recorded,
and somebody has to call. What was told on the demo's last day stays in the outbox, whose first tick writes it to the
folder.
"""

from __future__ import annotations

from ventanilla.lib import clock
from ventanilla.notifications import delivery
from ventanilla.notifications.enums import State
from ventanilla.notifications.models import Message
from ventanilla.notifications.rules.retrying import Outcome

ONE_IN = 90
"""Of the messages that must arrive, how many don't."""


def deliver() -> None:
    """End everything that was due until now."""
    now = clock.now()
    due = list(Message.objects.due(now))
    for message in due:
        if message.must_arrive and message.uuid.int % ONE_IN == 0:
            heard = "SMTP 550" if "@" in message.address else "HTTP 400"
            delivery.record(message, Outcome(State.PERMANENT_FAILURE, heard))
    # The rest in one statement: twelve thousand single ones would take longer than all the rest of a month.
    left = Message.objects.waiting().filter(pk__in=[message.pk for message in due])
    left.update(state=State.DELIVERED, attempts=1, next_attempt_at=None, finished_at=now)
