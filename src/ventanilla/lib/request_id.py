"""The id of the request being served, for logs and for whoever reports an error."""

import re
from contextvars import ContextVar

from ventanilla.lib import ids

_current: ContextVar[str] = ContextVar("request_id", default="")
_PLAIN = re.compile(r"[A-Za-z0-9-]{8,64}")


def current() -> str:
    """The id of the request in hand; the empty string outside one."""
    return _current.get()


def begin(said: str | None) -> str:
    """Take the id a proxy gave, where it is plain, or make one; returns it."""
    chosen = said if said and _PLAIN.fullmatch(said) else ids.secret(8)
    _current.set(chosen)
    return chosen


def end() -> None:
    """Forget the id: the thread serves somebody else next."""
    _current.set("")
