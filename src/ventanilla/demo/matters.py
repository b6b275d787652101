"""A matter as it is filed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ventanilla.cases.enums import Channel, Identity
from ventanilla.demo.whereabouts import Spot


@dataclass(frozen=True)
class Matter:
    """One matter as it is filed. `photos` are pictures by motif and number."""

    number: int
    procedure: str
    at: datetime
    channel: Channel
    identity: Identity
    person: int | None
    description: str
    answers: dict[str, Any]
    spot: Spot | None
    said: int = 0
    """Which of the things its tale says."""
    pole: str = ""
    """The number of the pole that stands nearest."""
    affected: int | None = None
    missing: tuple[str, ...] = ()
    photos: tuple[tuple[str, int], ...] = ()
    mood: str = ""
    is_urgent: bool = False
