"""A process of its own over the outbox, to be killed: `python -m tests.notifications.worker seed|deliver|report`."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from ventanilla.lib import clock
from ventanilla.notifications import delivery, texts
from ventanilla.notifications.actions import Contact, Notice, announce
from ventanilla.notifications.models import Message
from ventanilla.organization.models import Municipality


def seed(count: int) -> None:
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
    Municipality.objects.create(name="Villa Esperanza", country="CR", time_zone="America/Costa_Rica")
    notices = [
        Notice("case_reply", "", [Contact("email", f"p{index}@example.org")], context=texts.examples())
        for index in range(count)
    ]
    with transaction.atomic():
        announce(*notices)


def deliver(minutes: int) -> None:
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        delivery.deliver_due()


def report() -> None:
    sys.stdout.write(json.dumps(dict(Message.objects.values_list("message_id", "state"))))


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    {"seed": seed, "deliver": deliver, "report": report}[what](*map(int, numbers))
