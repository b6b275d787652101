"""Which channel and which address a message takes."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ventanilla.notifications.enums import ContactKind

CALL = "call"
"""The channel of last resort: somebody of the municipality calls, or writes to who left an e-mail address alone."""


@dataclass(frozen=True)
class Contact:
    """A way to reach somebody: an e-mail address, or a telephone in E.164."""

    kind: str
    value: str
    is_preferred: bool = False


@dataclass(frozen=True)
class Reach:
    """A channel that works here, and the kinds of contact it reaches."""

    channel: str
    kinds: AbstractSet[str]


@dataclass(frozen=True)
class Choice:
    channel: str
    address: str


def choose(
    contacts: Sequence[Contact],
    channels: Sequence[Reach],
    *,
    refused: AbstractSet[str] = frozenset(),
    is_essential: bool = False,
) -> Choice | None:
    """The channel and address for one message; None where there is no way at all.

    The preferred contact goes first, then the order in which contacts and channels were given. `refused` are
    channels this person doesn't want; what is essential goes even so. Where no channel reaches any contact,
    a telephone is called; who left none is told by hand of what is essential, and of nothing else.
    """
    wanted = [reach for reach in channels if is_essential or reach.channel not in refused]
    for contact in sorted(contacts, key=lambda each: not each.is_preferred):
        for reach in wanted:
            if contact.kind in reach.kinds:
                return Choice(reach.channel, contact.value)
    return _by_phone(contacts, refused, is_essential) or _by_hand(contacts, is_essential)


def _by_phone(contacts: Sequence[Contact], refused: AbstractSet[str], is_essential: bool) -> Choice | None:
    phones = [contact.value for contact in contacts if contact.kind == ContactKind.PHONE]
    if not phones or (CALL in refused and not is_essential):
        return None
    return Choice(CALL, phones[0])


def _by_hand(contacts: Sequence[Contact], is_essential: bool) -> Choice | None:
    return Choice(CALL, contacts[0].value) if contacts and is_essential else None
