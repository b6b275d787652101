"""Text messages by a generic HTTP gateway."""

from __future__ import annotations

from typing import ClassVar

from ventanilla.notifications.channels.http import HttpGateway
from ventanilla.notifications.rules import sms


class Sms(HttpGateway):
    name: ClassVar[str] = "sms"

    def prepare(self, text: str) -> str:
        """In the GSM alphabet, so that it stays one message; `unicode = true` keeps every accent."""
        return text if self.options.get("unicode", False) else sms.fold(text)


CHANNEL = Sms
