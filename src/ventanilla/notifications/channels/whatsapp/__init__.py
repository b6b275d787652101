"""WhatsApp by a generic HTTP gateway."""

from __future__ import annotations

from typing import ClassVar

from ventanilla.notifications.channels.http import HttpGateway


class WhatsApp(HttpGateway):
    name: ClassVar[str] = "whatsapp"


CHANNEL = WhatsApp
