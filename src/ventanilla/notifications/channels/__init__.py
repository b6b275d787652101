"""Channels by which messages go out. Each folder here is one; see `docs/channels.md`."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings

from ventanilla.notifications.channels.base import Channel
from ventanilla.notifications.rules.choosing import CALL, Reach


@lru_cache(maxsize=1)
def known() -> Mapping[str, type[Channel]]:
    """Every channel there is a folder for, by the folder's name."""
    folders = sorted(found.name for found in pkgutil.iter_modules(__path__) if found.ispkg)
    return {name: import_module(f"{__name__}.{name}").CHANNEL for name in folders}


def channel(name: str) -> Channel:
    """A channel with the options `[notifications.<name>]` of this installation. Raises KeyError."""
    return known()[name](options().get(name, {}))


def options() -> Mapping[str, Any]:
    """The table `[notifications]` of `ventanilla.toml`."""
    found: Mapping[str, Any] = settings.NOTIFICATIONS
    return found


def in_use() -> list[Channel]:
    """The channels that work here: those `channels` lists, in its order, or else every one that is configured."""
    names = options().get("channels")
    chosen = [channel(name) for name in (known() if names is None else names) if name in known() and name != CALL]
    return [each for each in chosen if each.is_configured]


def reaches() -> list[Reach]:
    return [Reach(each.name, each.reaches) for each in in_use()]
