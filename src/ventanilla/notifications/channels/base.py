"""The contract of a channel."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings

from ventanilla.notifications.enums import Format
from ventanilla.notifications.rules.retrying import Outcome

TIMEOUT = 10.0
"""Seconds a carrier has for each of its answers. Few, so that a sender's lease outlasts a whole dialogue."""


@dataclass(frozen=True)
class Outgoing:
    """A message as a channel gets it. `message_id` and `uuid` are the same in every repetition."""

    uuid: UUID
    message_id: str
    kind: str
    about: str
    recipient: str
    address: str
    subject: str
    text: str
    html: str
    sender: str
    stop_url: str
    created_at: datetime


class Channel(ABC):
    """A way to carry messages. Made anew for each round, used as a context manager around its messages.

    A plug-in is a folder here whose package says `CHANNEL = <subclass>`; its options are the table
    `[notifications.<folder>]` of `ventanilla.toml`.
    """

    name: ClassVar[str]
    reaches: ClassVar[frozenset[str]]
    """The kinds of contact (`email`, `phone`) that it reaches."""
    in_transaction: ClassVar[bool] = False
    """Whether it only writes to our own database: it is then sent and recorded in one transaction, so once."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options

    def __enter__(self) -> Self:
        return self

    def __exit__(  # noqa: B027 few channels hold anything open
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened."""

    @property
    @abstractmethod
    def is_configured(self) -> bool:
        """Whether the installation says enough for it to work."""

    @abstractmethod
    def format_for(self, address: str) -> Format:
        """The format of text it takes for an address."""

    @abstractmethod
    def send(self, outgoing: Outgoing) -> Outcome:
        """Hand one message over and tell what the dialogue told. Never raises for what the carrier does."""

    def prepare(self, text: str) -> str:
        """The text as this channel carries it."""
        return text

    def forget(self, uuid: UUID) -> None:  # noqa: B027 few channels keep anything
        """Remove what it keeps of a message on this machine; called when a person is erased."""


def secret_of(value: str) -> str:
    """An option that may be `file:keys/name.key`: the text of that file of the data folder."""
    if not value.startswith("file:"):
        return value
    return (Path(settings.DATA) / value.removeprefix("file:")).read_text(encoding="utf-8").strip()
