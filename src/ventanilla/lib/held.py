"""What is read again and again and seldom changes: kept in memory for a few seconds."""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_reading = ContextVar("reading what is held", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """What is read inside is kept for others: whoever counts what one request asks of the database leaves it out."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def is_reading() -> bool:
    """Whether what is held is being read at this moment."""
    return _reading.get()


class Held(Generic[K, T]):
    """Values by key, each read by `load` when it is not held or older than `seconds`.

    Another process's change is seen after that long; `forget` makes one's own be seen at once. `shared` says that what
    is held is the same for everybody, so that reading it is no part of what one request asks (`is_reading`).
    """

    def __init__(self, load: Callable[[K], T], seconds: float = 5.0, *, shared: bool = True) -> None:
        self._load = load
        self._seconds = seconds
        self._shared = shared
        self._values: dict[K, tuple[float, T]] = {}

    def get(self, key: K) -> T:
        held = self._values.get(key)
        if held is None or time.monotonic() - held[0] > self._seconds:
            return self.put(key, self._read(key))
        return held[1]

    def put(self, key: K, value: T) -> T:
        """Hold a value that was learnt on another way."""
        self._values[key] = (time.monotonic(), value)
        return value

    def _read(self, key: K) -> T:
        if not self._shared:
            return self._load(key)
        with reading():
            return self._load(key)

    def forget(self) -> None:
        self._values.clear()
