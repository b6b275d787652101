"""What upper rooms plug in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from ventanilla.lib.plugins import Registry


@dataclass(frozen=True)
class Unreached:
    """Somebody who must be called, or told by hand: no channel reaches them, or a message that must arrive did not.

    `script` is what to say. `reason` is `no_channel` or the state the message ended in. `message` names the row of
    the outbox; a handler hears of each message and reason once.
    """

    message: UUID
    kind: str
    about: str
    recipient: str
    address: str
    script: str
    reason: str


Handler: TypeAlias = Callable[[Unreached], None]

unreachable: Registry[Handler] = Registry("handler of who can't be reached")
"""Each handler is called in the transaction that records it: what it writes is there once, or not at all."""
