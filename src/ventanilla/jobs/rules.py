"""When to try again, when a tick is due, and what is remembered of an error. Pure."""

import traceback
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

MAX_ATTEMPTS = 12
"""With the back-off below, about three and a half hours from the first attempt to the last."""

_FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
_CLOCKS_DIFFER = timedelta(seconds=5)
_FRAMES = 12


def backoff(attempts: int, fraction: float, longest: timedelta = LONGEST_WAIT) -> timedelta:
    """How long to wait after so many failed attempts: 10 s doubled each time, at most `longest`.

    Half of it is certain and half depends on `fraction` (0 to 1), so that what failed together isn't tried together.
    """
    doubled = _FIRST_WAIT * int(2 ** min(attempts - 1, 20))
    return min(doubled, longest) * (0.5 + fraction / 2)


class TickState(StrEnum):
    DUE = "due"
    NOT_YET = "not_yet"
    CLOCK_WENT_BACK = "clock_went_back"


def tick_state(*, last_at: datetime, every: timedelta, now: datetime) -> TickState:
    """Whether a periodic job is due.

    A last tick in the future (by more than the clocks of several machines differ) means that the clock was set
    back: counting then starts anew from now, so the tick comes at most one interval late, and never twice in one.
    """
    if last_at > now + _CLOCKS_DIFFER:
        return TickState.CLOCK_WENT_BACK
    return TickState.DUE if now - last_at >= every else TickState.NOT_YET


def level(priority: int) -> int:
    """The three levels that are told apart: 1 before 0 before -1."""
    return (priority > 0) - (priority < 0)


def describe_error(error: BaseException) -> str:
    """Classes and places of an error and its causes; never its message or values, which may be personal."""
    return "\n".join(_described(error))


def _described(error: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame in traceback.extract_tb(error.__traceback__)[-_FRAMES:]:
            yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(filename: str) -> str:
    """The last three parts of a path: enough to find the file, nothing of the machine."""
    return "/".join(Path(filename).parts[-3:])
