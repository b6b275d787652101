"""Whether what a process keeps in memory is still what the database says, asked at most every few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, Literal, TypeVar
from uuid import UUID

from ventanilla.lib import ids
from ventanilla.lib.held import reading
from ventanilla.places.models import Revision

Body = Literal["zones", "names", "map"]
T = TypeVar("T")

_SECONDS = 5.0
_NEVER = UUID(int=0)
_stamps: tuple[float, dict[str, UUID]] | None = None
_kept: list[Kept[object]] = []


def stamps() -> dict[str, UUID]:
    """The stamp of each body of data."""
    global _stamps
    if _stamps is None or time.monotonic() - _stamps[0] > _SECONDS:
        with reading():
            _stamps = (time.monotonic(), dict(Revision.objects.values_list("name", "stamp")))
    return _stamps[1]


def stamp(*bodies: Body) -> tuple[UUID, ...]:
    """The stamps of these bodies, to keep something by."""
    found = stamps()
    return tuple(found.get(body, _NEVER) for body in bodies)


def renew(*bodies: Body) -> None:
    """Say that a body of data changed, in the transaction that changes it."""
    for body in bodies:
        Revision.objects.update_or_create(name=body, defaults={"stamp": ids.uuid()})
    forget_stamps()


def forget_stamps() -> None:
    """Ask again the next time."""
    global _stamps
    _stamps = None


def forget() -> None:
    """Drop everything kept in this process. Tests call it, since a rolled back database has no new stamp."""
    forget_stamps()
    for kept in _kept:
        kept.drop()


class Kept(Generic[T]):
    """Something built from the database and kept while its stamps stand."""

    def __init__(self, build: Callable[[], T], *bodies: Body) -> None:
        self._build, self._bodies = build, bodies
        self._held: tuple[tuple[UUID, ...], T] | None = None
        _kept.append(self)  # type: ignore[arg-type]

    def get(self) -> T:
        """What was built; built again where the data changed. Two threads may both build: the later one stays."""
        now, held = stamp(*self._bodies), self._held
        if held is None or held[0] != now:
            held = self._held = (now, self._build())
        return held[1]

    def drop(self) -> None:
        self._held = None
