"""What upper rooms tell this one: what a new municipality begins with, and what still needs an area or a team.

In `AppConfig.ready()`: `registry.starting.register("catalog", fill_starting_catalogue)`.
"""

from collections.abc import Callable

from ventanilla.lib.plugins import Registry
from ventanilla.organization.models import Department, Municipality, Team

starting: Registry[Callable[[Municipality], None]] = Registry("starting content")
uses: Registry[Callable[[Department | Team], list[str]]] = Registry("use of an area or a team")
"""Each says in words what of its room still needs it («3 tipos de trámite»); nothing where nothing does."""


def in_order() -> list[Callable[[Municipality], None]]:
    """Lower floors first: Django readies the rooms from the top floor down, so the list is read backwards."""
    return starting.values()[::-1]
