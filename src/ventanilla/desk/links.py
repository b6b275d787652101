"""Where the desk's pages are, for the rooms below."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ventanilla.lib import links


def register() -> None:
    """Say them once, when the room is ready."""
    settings = ("settings", "town", "catalogue", "calendar", "terms", "areas", "roles", "routing", "urgency")
    for name in ("inbox", "attend", "how", "map", "search", "erase", *settings):
        links.register(f"desk.{name}", _plain(name))
    links.register("desk.case", lambda uuid: reverse("desk:case", args=[uuid]))


def _plain(name: str) -> Any:
    return lambda: reverse(f"desk:{name}")
