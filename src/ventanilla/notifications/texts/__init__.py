"""The texts of messages: which kinds there are, and in what words, by language and form of address."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ventanilla.notifications.enums import Format
from ventanilla.notifications.models import TextOverride
from ventanilla.organization.enums import FormOfAddress

SHIPPED = Path(__file__).parent
FALLBACK = "es"
_SECONDS = 5.0


@dataclass(frozen=True)
class Kind:
    """A kind of message: what it may say, whether it may be refused or gathered, how long it is worth sending."""

    name: str
    family: str
    is_essential: bool
    must_arrive: bool
    life: timedelta
    variables: Mapping[Format, frozenset[str]]


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name."""
    return {name: _kind(name, said) for name, said in _toml(SHIPPED / "kinds.toml").items() if name != "examples"}


def _kind(name: str, said: Mapping[str, Any]) -> Kind:
    return Kind(
        name=name,
        family=said["family"],
        is_essential=said.get("essential", False),
        must_arrive=said.get("must_arrive", False),
        life=timedelta(hours=said["life_hours"]),
        variables={format_: frozenset(said[format_]) for format_ in Format if format_ in said},
    )


def examples() -> Mapping[str, str]:
    """An example value for every variable, for previews."""
    found: Mapping[str, str] = _toml(SHIPPED / "kinds.toml")["examples"]
    return found


def text_of(kind: str, format_: Format, language: str, manner: str = FormOfAddress.USTED) -> Text:
    """The text in force: the one changed at the desk, a file of the data folder, or the one that comes along.

    `manner` is the municipality's form of address; it tells Spanish texts apart. Raises KeyError for a kind or a
    format without text.
    """
    changed = _changed().get((kind, format_, language))
    return changed or shipped(kind, format_, language, manner)


def shipped(kind: str, format_: Format, language: str, manner: str = FormOfAddress.USTED) -> Text:
    """The text in files, without what was changed at the desk."""
    for folder in _folders(language, manner):
        for root in (settings.DATA / "texts", SHIPPED):
            said = _toml(root / folder / f"{kind}.toml").get(format_)
            if said:
                return Text(said.get("subject", ""), said["body"].strip())
    raise KeyError(f"{kind} {format_}")


def _folders(language: str, manner: str) -> list[str]:
    return list(dict.fromkeys([f"{language}-{manner}", language, f"{FALLBACK}-{manner}", FALLBACK]))


@lru_cache(maxsize=1024)
def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


_held: tuple[float, dict[tuple[str, str, str], Text]] | None = None


def _changed() -> dict[tuple[str, str, str], Text]:
    """Kept for a few seconds, so that announcing costs its one INSERT."""
    global _held
    if _held is None or time.monotonic() - _held[0] > _SECONDS:
        rows = TextOverride.objects.all()
        _held = (time.monotonic(), {(row.kind, row.format, row.language): Text(row.subject, row.body) for row in rows})
    return _held[1]


def forget() -> None:
    """Read files and changes anew: called when a text changes."""
    global _held
    _held = None
    _toml.cache_clear()
    kinds.cache_clear()
