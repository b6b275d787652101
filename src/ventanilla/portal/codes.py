"""Codes sent to a contact to prove it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from ventanilla.design import languages
from ventanilla.notifications import actions as notifications
from ventanilla.organization import municipality
from ventanilla.people import actions as people
from ventanilla.people.enums import CodePurpose, ContactKind


class Unreachable(Exception):
    """No channel of this municipality reaches that contact: no code can be sent to it."""


@transaction.atomic
def send(purpose: CodePurpose, kind: ContactKind, value: str) -> str:
    """Send a code and return the id under which it is checked. Raises people.TooManyCodes and Unreachable."""
    issued, code = people.issue_code(purpose=purpose, kind=kind, value=value)
    sent = notifications.announce_to_contact(
        kind="verification_code",
        contact=(kind, value),
        about=f"code:{issued.uuid}",
        context={"code": code, "municipality": municipality.current().name},
        language=languages.current(),
    )
    if not sent:
        raise Unreachable
    return str(issued.uuid)


def demo_folder() -> str:
    """The folder where who tries the demo finds the messages; empty where they are really sent."""
    folder = settings.NOTIFICATIONS.get("folder", {})
    if not settings.DEMO or not folder.get("enabled", True):
        return ""
    return str(Path(Path(settings.DATA).name, folder.get("path", "outbox")))
