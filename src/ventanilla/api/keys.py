"""The keys of machines: whose they are, what they may do, how much is left of their allowance."""

from __future__ import annotations

from django.http import HttpRequest

from ventanilla.accounts import limits
from ventanilla.accounts.limits import Allowance
from ventanilla.accounts.models import ApiKey
from ventanilla.lib.actors import Actor

WINDOW = 60
"""Seconds in which a key may make its `per_minute` calls."""
STRANGERS_PER_MINUTE = 300
"""Calls without a live key, from one address of the network."""


def spend_as_stranger(request: HttpRequest) -> None:
    """Count a call without a live key by where it comes from. Raises limits.TooMany."""
    limits.demand("api-stranger", limits.origin(request), limit=STRANGERS_PER_MINUTE, seconds=WINDOW)


def spend(key: ApiKey) -> Allowance:
    """Count a call; what is left of the key's allowance. Raises limits.TooMany."""
    return limits.demand("key", str(key.uuid), limit=key.per_minute, seconds=WINDOW)


def source_of(key: ApiKey) -> str:
    """How a case says which key brought it. Prefixes may coincide, this does not."""
    return f"key:{key.uuid}"


def actor_of(key: ApiKey) -> Actor:
    """The key as trail and timeline name it."""
    return Actor(f"key:{key.prefix}", key.name)


def idempotency(key: ApiKey, chosen: str) -> str | None:
    """What a client chose so that nothing is filed twice, kept apart from what other keys choose."""
    return f"{key.uuid}:{chosen}" if chosen else None
