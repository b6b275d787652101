"""Where rooms above say what they hold of a person, so that an order to erase it finds all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias
from uuid import UUID

from ventanilla.lib.actors import Actor
from ventanilla.lib.plugins import Registry
from ventanilla.people.enums import ErasureReason


@dataclass(frozen=True)
class Subject:
    """Who is to be forgotten: every record joined to theirs, and every value by which they are known."""

    pks: tuple[int, ...]
    uuids: tuple[UUID, ...]
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    documents: tuple[str, ...]

    @property
    def refs(self) -> tuple[str, ...]:
        """How trail, timeline and outbox name them."""
        return tuple(f"person:{uuid}" for uuid in self.uuids)


@dataclass(frozen=True)
class Order:
    """An order to erase: its number, who gave it, and why. It is kept for ever, so it says nothing personal."""

    number: str
    authority: str
    reason: ErasureReason

    @property
    def told(self) -> dict[str, str]:
        """What the trail keeps of it besides its number."""
        return {"authority": self.authority, "reason": str(self.reason)}


Count: TypeAlias = tuple[str, int]
"""Something that is held, in words for people, and how many of it."""


class Holding(Protocol):
    """What a room has found that it holds of somebody."""

    def counts(self) -> Sequence[Count]:
        """What would be erased, for whoever decides."""

    def erase(self, order: Order, *, by: Actor) -> None:
        """Erase it, inside the transaction that erases the person."""


holders: Registry[Callable[[Subject], Holding]] = Registry("holder of personal data")
"""Each looks for what its room holds. It is called outside any transaction, for looking may take long."""
