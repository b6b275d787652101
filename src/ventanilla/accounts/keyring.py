"""The keys of machines that just called, held in memory for two seconds: a client calls many times with one key."""

from __future__ import annotations

from copy import copy

from ventanilla.accounts.models import ApiKey, key_digest
from ventanilla.lib.held import Held

# What is asked of a key and of whom it acts as; never their password.
_READ = (
    "uuid", "name", "prefix", "scopes", "per_minute", "expires_at", "revoked_at",
    "user__uuid", "user__username", "user__name", "user__is_active",
)  # fmt: skip


def _read(digest: str) -> ApiKey:
    return ApiKey.objects.select_related("user").only(*_READ).get(digest=digest)


_held: Held[str, ApiKey] = Held(_read, seconds=2.0, shared=False)


def live_key(secret: str) -> ApiKey | None:
    """The key of a secret, with its user, unless it was revoked, has expired or its user's account is closed.

    One statement, if any. What another process revoked is known two seconds later; what was not found isn't held.
    """
    try:
        key = copy(_held.get(key_digest(secret))) if secret else None
    except ApiKey.DoesNotExist:
        return None
    if key is not None and key.user is not None:
        key.user = copy(key.user)
    return key if key is not None and _opens(key) else None


def _opens(key: ApiKey) -> bool:
    return key.is_live and (key.user is None or key.user.is_active)


def forget() -> None:
    """Read them again: called when a key or an account is closed."""
    _held.forget()
