"""What upper rooms plug into processes: services that a diagram may call by name.

A handler runs inside the transaction of the move, so it writes to the database or enqueues a job, and nothing slower.
It is called once for each passing of its node, and what it returns can be read by the conditions that follow.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ventanilla.lib.plugins import Registry


@dataclass(frozen=True)
class ServiceCall:
    """A service task was reached: for which subject, at which node, with which values."""

    subject: str
    node: str
    values: Mapping[str, Any]


Handler = Callable[[ServiceCall], Mapping[str, Any] | None]
services: Registry[Handler] = Registry("workflow service")
