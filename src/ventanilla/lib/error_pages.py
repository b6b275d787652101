"""Errors said in the tongue of each face: a face registers how it says them under its addresses.

In `AppConfig.ready()`: `error_pages.faces.register("/api/", problem)`, where
`problem(request, status, text)` makes the response.
"""

from collections.abc import Callable
from typing import Any

from ventanilla.lib.plugins import Registry

faces: Registry[Callable[[Any, int, str], Any]] = Registry("face's errors")


class TooManyRequests(Exception):
    """Answered with 429; `retry_after` in seconds."""

    def __init__(self, retry_after: int = 60) -> None:
        super().__init__("too many requests")
        self.retry_after = retry_after


def face_of(path: str) -> Callable[[Any, int, str], Any] | None:
    """How errors are said under this address; None where pages say them."""
    return next((say for prefix, say in faces.items() if path.startswith(prefix)), None)
