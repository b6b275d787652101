"""What is wrong with the channels of this installation, told when it starts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as Advice

from ventanilla.notifications import channels


def check_channels(**_context: Any) -> list[CheckMessage]:
    """Names in `channels` that no channel has, and listed channels without their options."""
    found: list[CheckMessage] = []
    for name in channels.options().get("channels", []):
        if name not in channels.known():
            known = ", ".join(channels.known())
            found.append(
                Advice(f"No existe el canal «{name}».", hint=f"Los que hay: {known}.", id="notifications.W001")
            )
        elif not channels.channel(name).is_configured:
            hint = f"Complete [notifications.{name}] en ventanilla.toml; mientras tanto no se usa."
            found.append(Advice(f"El canal «{name}» no está configurado.", hint=hint, id="notifications.W002"))
    return found
