"""News of the calendar for upper rooms."""

from collections.abc import Callable

from ventanilla.lib.plugins import Registry

changed: Registry[Callable[[], None]] = Registry("who counts terms again")
"""Called in the transaction in which days, hours or the region of the official calendar change."""
