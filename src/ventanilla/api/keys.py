"""The keys of machines: whose they are, what they may do, how much is left of their allowance."""

from __future__ import annotations

from django.http import HttpRequest

from ventanilla.accounts import limits
from ventanilla.accounts.limits import Allowance
from ventanilla.accounts.models import ApiKey, key_digest
from ventanilla.lib.actors import Actor

WINDOW = 60
"""Seconds in which a key may make its `per_minute` calls."""
STRANGERS_PER_MINUTE = 300
"""Calls without a live key, from one address of the network."""

# What is asked of a key and of whom it acts as; never their password.
_READ = (
    "uuid", "name", "prefix", "scopes", "per_minute", "expires_at", "revoked_at",
    "user__uuid", "user__username", "user__name", "user__is_active",
)  # fmt: skip


def live_key(secret: str) -> ApiKey | None:
    """The key of a secret, with its user, unless it was revoked, has expired or its user's account is closed.

    One statement, if any.
    """
    if not secret:
        return None
    key = ApiKey.objects.select_related("user").only(*_READ).filter(digest=key_digest(secret)).first()
    return key if key is not None and _opens(key) else None


def _opens(key: ApiKey) -> bool:
    return key.is_live and (key.user is None or key.user.is_active)


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
