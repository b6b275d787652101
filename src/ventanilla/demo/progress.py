"""How far the making of the demo has come: written in the transaction of each day it makes.

Whatever is killed, what stands there is whole days, and the next start goes on with the day after. The same plan is
drawn again from the moment kept here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

_KEY = "demo"


class Progress(msgspec.Struct, frozen=True):
    """The moment the demo is made for, its size, the days that are done, and whether everything is."""

    until: datetime
    cases: int
    days: int
    done: int = 0
    is_complete: bool = False


def read() -> Progress | None:
    """How far it came; None where it hasn't begun."""
    held: dict[str, Any] = Municipality.objects.values_list("preferences", flat=True)[0]
    return msgspec.convert(held[_KEY], Progress) if _KEY in held else None


def write(progress: Progress) -> Progress:
    """Keep it, in the caller's transaction."""
    row = Municipality.objects.get()
    row.preferences = {**row.preferences, _KEY: msgspec.to_builtins(progress)}
    row.save(update_fields=["preferences"])
    municipality.forget()
    return progress
