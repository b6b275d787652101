"""Nobody can be reached by machine: somebody is asked to call, with a script."""

from __future__ import annotations

from typing import ClassVar

from ventanilla.notifications import registry
from ventanilla.notifications.channels.base import Channel, Outgoing
from ventanilla.notifications.enums import ContactKind, Format, State
from ventanilla.notifications.rules.retrying import Outcome


class Call(Channel):
    """Hands the script to the rooms that make work of it. The choice of last resort, never listed in options."""

    name: ClassVar[str] = "call"
    reaches: ClassVar[frozenset[str]] = frozenset({ContactKind.PHONE})
    in_transaction: ClassVar[bool] = True

    @property
    def is_configured(self) -> bool:
        return bool(registry.unreachable.values())

    def format_for(self, address: str) -> Format:
        return Format.CALL

    def send(self, outgoing: Outgoing) -> Outcome:
        if not self.is_configured:
            return Outcome(State.TECHNICAL_FAILURE, "no handler", is_channel_down=True)
        unreached = registry.Unreached(
            message=outgoing.uuid,
            kind=outgoing.kind,
            about=outgoing.about,
            recipient=outgoing.recipient,
            address=outgoing.address,
            script=outgoing.text,
            reason="no_channel",
        )
        for handler in registry.unreachable.values():
            handler(unreached)
        return Outcome(State.ACCEPTED)


CHANNEL = Call
