"""What an answer of a carrier means, and when to try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ventanilla.notifications.enums import State

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)
SPREAD = 0.2
_DOUBLINGS = 12
_CLOCKS_DIFFER = timedelta(seconds=5)
"""Those of several machines."""

AUTHENTICATION = {530, 534, 535, 538}
"""SMTP codes that speak of our account, not of the message (RFC 4954, section 6)."""


@dataclass(frozen=True)
class Outcome:
    """What the dialogue told. `said` is for the systems desk and holds no personal data.

    `is_channel_down` says that the other messages of this channel would fare the same.
    """

    state: State
    said: str = ""
    reference: str = ""
    is_channel_down: bool = False


def back_off(attempts: int, luck: float) -> timedelta:
    """How long to wait after so many failed attempts (≥1): 30 s, doubled each time up to an hour.

    `luck`, from 0 to 1, spreads it by a fifth either way, so that what failed together doesn't return together.
    """
    whole: timedelta = min(FIRST * 2 ** min(attempts - 1, _DOUBLINGS), LONGEST)
    return timedelta(seconds=whole.total_seconds() * (1 - SPREAD + 2 * SPREAD * luck))


def after_clock_went_back(
    *, now: datetime, created_at: datetime, next_attempt_at: datetime, attempts: int, lease: timedelta, is_leased: bool
) -> datetime | None:
    """When a message is to be tried instead, where its time was set by a clock that has been set back since.

    Such a message was made in the future, or waits longer than any pause, or is held longer than any lease. None
    where its time is right.
    """
    if is_leased:
        return now if next_attempt_at > now + 2 * lease else None
    if attempts:
        return now if next_attempt_at > now + LONGEST * (1 + SPREAD) else None
    if created_at > now + _CLOCKS_DIFFER:
        return now + max(next_attempt_at - created_at, timedelta(0))
    return None


def of_smtp(code: int) -> State:
    """The state an SMTP reply leaves a message in (RFC 5321, section 4.2.1): 4yz passes, 5yz stays."""
    if code in AUTHENTICATION:
        return State.TECHNICAL_FAILURE
    if 200 <= code < 300:
        return State.ACCEPTED
    return State.PERMANENT_FAILURE if 500 <= code < 600 else State.TEMPORARY_FAILURE


def of_http(status: int) -> State:
    """The state a gateway's HTTP status leaves a message in (RFC 9110, section 15)."""
    if 200 <= status < 300:
        return State.ACCEPTED
    if status in {408, 409, 425, 429} or status >= 500:
        return State.TEMPORARY_FAILURE
    if 300 <= status < 400 or status in {401, 402, 403, 404, 405, 407}:
        return State.TECHNICAL_FAILURE
    return State.PERMANENT_FAILURE


_TOLD = {
    "read": State.READ,
    "played": State.READ,
    "delivered": State.DELIVERED,
    "sent": State.ACCEPTED,
    "accepted": State.ACCEPTED,
    "queued": State.ACCEPTED,
    "failed": State.PERMANENT_FAILURE,
    "undelivered": State.PERMANENT_FAILURE,
    "rejected": State.PERMANENT_FAILURE,
}
"""How gateways say how far a message got: WhatsApp's own words, and those that carriers of text messages share."""


def of_word(word: str) -> State | None:
    """The state that a gateway's word leaves a message in; None for a word that says nothing we know."""
    return _TOLD.get(word.strip().lower())


def is_crowd(in_window: int, limit: int) -> bool:
    """Whether so many messages to one address call for one digest instead."""
    return in_window > limit
