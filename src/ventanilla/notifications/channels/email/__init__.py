"""E-mail by SMTP."""

from __future__ import annotations

import smtplib
from types import TracebackType
from typing import ClassVar

from django.core.mail.backends.smtp import EmailBackend

from ventanilla.notifications.channels.base import TIMEOUT, Channel, Outgoing, secret_of
from ventanilla.notifications.enums import ContactKind, Format, State
from ventanilla.notifications.mail import as_email
from ventanilla.notifications.rules.retrying import Outcome, of_smtp


class Email(Channel):
    """Options: `host`, `port`, `user`, `password` (or `file:keys/…`), `security` (starttls, tls, none), `from`."""

    name: ClassVar[str] = "email"
    reaches: ClassVar[frozenset[str]] = frozenset({ContactKind.EMAIL})
    _server: EmailBackend | None = None

    @property
    def is_configured(self) -> bool:
        return bool(self.options.get("host"))

    def format_for(self, address: str) -> Format:
        return Format.EMAIL

    def send(self, outgoing: Outgoing) -> Outcome:
        """One dialogue. A failed one closes the connection, since nothing is known of its state."""
        down = self._open()
        if down:
            return down
        try:
            self._connection().send_messages([as_email(outgoing)])
        except Exception as error:  # whatever the server does is an outcome
            self._close()
            return _outcome(error)
        return Outcome(State.ACCEPTED)

    def _connection(self) -> EmailBackend:
        if self._server is None:
            security = self.options.get("security", "starttls")
            self._server = EmailBackend(
                host=self.options["host"],
                port=int(self.options.get("port", 587)),
                username=self.options.get("user", ""),
                password=secret_of(self.options.get("password", "")),
                use_tls=security == "starttls",
                use_ssl=security == "tls",
                timeout=float(self.options.get("timeout", TIMEOUT)),
            )
        return self._server

    def _open(self) -> Outcome | None:
        try:
            self._connection().open()
        except (OSError, ValueError) as error:
            self._close()
            outcome = _outcome(error)
            ours = outcome.state == State.TECHNICAL_FAILURE
            state = State.TECHNICAL_FAILURE if ours else State.TEMPORARY_FAILURE
            return Outcome(state, outcome.said, is_channel_down=True)
        return None

    def _close(self) -> None:
        server, self._server = self._server, None
        if server is not None and server.connection is not None:
            # Not QUIT: a server that hangs would make us wait once more.
            server.connection.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()


def _outcome(error: Exception) -> Outcome:
    """What an error of the dialogue means. Its text is left out: it may repeat the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return Outcome(of_smtp(code), f"SMTP {code}")
    if isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
        # What the server has against our own sender is ours to mend, not the recipient's.
        ours = isinstance(error, smtplib.SMTPSenderRefused) and 500 <= code < 600
        return Outcome(State.TECHNICAL_FAILURE if ours else of_smtp(code), f"SMTP {code}")
    if isinstance(error, OSError):
        return Outcome(State.TEMPORARY_FAILURE, type(error).__name__)
    return Outcome(State.PERMANENT_FAILURE, type(error).__name__)


CHANNEL = Email
