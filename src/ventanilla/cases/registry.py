"""News of cases that upper rooms may want to hear, inside the transaction that makes them."""

from collections.abc import Callable
from typing import TypeAlias

from ventanilla.cases.models import Case, Event
from ventanilla.lib.plugins import Registry

Listener: TypeAlias = Callable[[Case, Event], None]

events: Registry[Listener] = Registry("listener to case events")
