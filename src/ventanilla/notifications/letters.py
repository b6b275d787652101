"""Letters that Django sends (a forgotten password, a change in an account), by the channel that carries e-mail here."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from ventanilla.design import languages
from ventanilla.lib import clock, ids
from ventanilla.notifications import channels, mail
from ventanilla.notifications.channels.base import Channel, Outgoing
from ventanilla.notifications.delivery import sender
from ventanilla.notifications.enums import ARRIVED, ContactKind


class NotSent(Exception):
    """No channel carries e-mail here, or it did not take the letter. Says nothing of to whom."""


class Letters(BaseEmailBackend):
    """A letter is no message of the outbox: it holds a link that no row may keep. Its job is what repeats it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand each letter over to whom it is for; how many. Raises NotSent."""
        with _carrier() as carrier:
            for letter in email_messages:
                for address in letter.to:
                    outcome = carrier.send(_outgoing(letter, address))
                    if outcome.state not in ARRIVED:
                        raise NotSent(outcome.said)
        return len(email_messages)


def _carrier() -> Channel:
    carries = (each for each in channels.in_use() if ContactKind.EMAIL in each.reaches)
    carrier = next(carries, None)
    if carrier is None:
        raise NotSent("no channel for e-mail")
    return carrier


def _outgoing(letter: EmailMessage, address: str) -> Outgoing:
    uuid, subject = ids.uuid(), str(letter.subject)
    text, html = mail.dressed(subject=subject, body=str(letter.body), language=languages.current())
    return Outgoing(
        uuid=uuid,
        message_id=mail.message_id(uuid),
        kind="account",
        about="",
        recipient="",
        address=address,
        subject=subject,
        text=text,
        html=html,
        sender=sender(),
        stop_url="",
        created_at=clock.now(),
    )
