"""The trail of the catalogue, and letting go of what is in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ventanilla.audit.actions import Entry, append
from ventanilla.catalog import published
from ventanilla.forms.models import FormVersion

CHAIN = "catalog"


def plain(fields: dict[str, Any]) -> dict[str, Any]:
    """What of some fields the trail can say: rows by their key, forms by their version, users by UUID."""
    return {name: _told(value) for name, value in fields.items()}


def _told(value: Any) -> Any:
    if isinstance(value, FormVersion):
        return str(value)
    return getattr(value, "key", str(value.uuid) if hasattr(value, "uuid") else value)


def record(entries: Iterable[Entry], *, by: str) -> None:
    """Write the trail and let go of what is in memory: now for this transaction, after it for everybody."""
    append(CHAIN, list(entries), by=by)
    published.forget()
    transaction.on_commit(published.forget)
