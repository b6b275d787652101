"""What people say of each type of dealing and what comes of it, from the TOML files beside this one.

A text may hold slots in braces (`{day}`, `{n}`, `{place}`…), filled by `wording`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).parent


class Tale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of dealing as it is lived. `often` is how many of about 3,600; `rain` and `dry` multiply it by season."""

    often: int
    says: list[str | tuple[str, dict[str, Any]]]
    """What is said first; with answers to the type's questions where the words decide them."""
    more: list[str]
    done: list[str]
    """What is told at the end: any of them or, where the tale is `paired`, the one that answers what was said."""
    paired: bool = False
    later: list[str] = []
    asks: list[tuple[str, str]] = []
    account: list[str] = []
    decisions: list[str] = []
    """What becomes of each thing proposed."""
    info: list[str] = []
    look: str = ""
    rain: float = 1.0
    dry: float = 1.0


class Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of any matter."""

    by_phone: list[str]
    at_counter: list[str]
    leads: list[str]
    tails: list[str]
    thanks: list[str]
    moods: list[str]
    where_vague: list[str]
    beside: list[str]
    checked: list[str]
    needs: list[str]
    acted: list[str]
    wanting: list[str]
    unfounded: list[str]
    duplicate: list[str]
    refused: dict[str, list[str]]
    """By service; `other` for the rest."""
    unadmitted: str
    cancelled: list[str]
    withdrawn: list[str]
    reopened: list[str]
    good: list[str]
    fair: list[str]
    bad: list[str]
    clear: list[str]
    unclear: list[str]
    progress: list[str]
    added: list[str]
    contact: list[str]
    notes: list[str]
    routed: list[str]
    corrected: list[str]
    measures: list[str]


@cache
def common() -> Common:
    return msgspec.toml.decode((FOLDER / "common.toml").read_bytes(), type=Common)


@cache
def tales() -> dict[str, Tale]:
    """The tales by the key of their type, in a fixed order."""
    found: dict[str, Tale] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        if path.stem != "common":
            found |= msgspec.toml.decode(path.read_bytes(), type=dict[str, Tale])
    return dict(sorted(found.items()))
