"""The texts of messages: which kinds there are, and in what words, by language and form of address."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ventanilla.lib.held import Held
from ventanilla.notifications.enums import Format
from ventanilla.notifications.models import TextOverride
from ventanilla.notifications.rules import wording
from ventanilla.organization.enums import FormOfAddress

SHIPPED = Path(__file__).parent
FALLBACK = "es"
_log = logging.getLogger(__name__)


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
    """An example value for every variable, to show a text with."""
    found: Mapping[str, str] = _toml(SHIPPED / "kinds.toml")["examples"]
    return found


def text_of(kind: str, format_: Format, language: str, manner: str = FormOfAddress.USTED) -> Text:
    """The text in force: the one that was set, a file of the data folder, or the one that comes along.

    One of the municipality's own that may not be used is passed over, so that no filing ever fails for it.
    `manner` is the municipality's form of address; it tells Spanish texts apart. Raises KeyError for a kind or a
    format without text.
    """
    changed = _changed.get(None).get((kind, format_, language))
    if changed and _is_right(kind, format_, changed, f"the text that was set for {kind} {format_} {language}"):
        return changed
    return shipped(kind, format_, language, manner)


def shipped(kind: str, format_: Format, language: str, manner: str = FormOfAddress.USTED) -> Text:
    """The text in files, without what was set."""
    for folder in _folders(language, manner):
        name = f"{folder}/{kind}.toml"
        found = _own(settings.DATA / "texts" / name, kind, format_) or _text(_toml(SHIPPED / name).get(format_))
        if found:
            return found
    raise KeyError(f"{kind} {format_}")


@lru_cache(maxsize=1024)
def _own(path: Path, kind: str, format_: Format) -> Text | None:
    """What a file of the data folder says; None where it says nothing, or nothing that may be used."""
    if not path.exists():
        return None
    try:
        found = _text(read(path).get(format_))
    except BadFile as error:
        _log.warning("%s is not used: %s", path, error)
        return None
    return found if found and _is_right(kind, format_, found, str(path)) else None


@lru_cache(maxsize=1024)
def _is_right(kind: str, format_: str, text: Text, where: str) -> bool:
    """Whether a text may be used; said in the log once, if it may not."""
    found = problems(kind, format_, text)
    if found:
        _log.warning("%s is not used: %s", where, "; ".join(found))
    return not found


def problems(kind: str, format_: str, text: Text) -> list[str]:
    """What must be mended before a text may be used, in words; empty if nothing."""
    if kind not in kinds():
        return [_("No existe el mensaje «%s».") % kind]
    declared = kinds()[kind].variables.get(Format(format_)) if format_ in set(Format) else None
    if declared is None:
        return [_("Este mensaje no tiene texto «%s».") % format_]
    has_subject = format_ == Format.EMAIL
    return wording.problems(subject=text.subject, body=text.body, declared=declared, has_subject=has_subject)


# The municipality's own files --------------------------------------------------------------------------------------


class BadFile(ValueError):
    """A file of texts that can't be read."""


def read(path: Path) -> dict[str, Any]:
    """The tables of a file of texts, by format. Raises BadFile."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadFile(_("No se puede leer: %s.") % error) from error


def _text(said: Any) -> Text | None:
    """A text as its table says it: what is no text is as if it were empty."""
    if not said:
        return None
    held = said if isinstance(said, dict) else {}
    subject, body = (held.get(name, "") for name in ("subject", "body"))
    return Text(subject if isinstance(subject, str) else "", body.strip() if isinstance(body, str) else "")


def problems_of_file(path: Path) -> list[str]:
    """What must be mended in a file named after its kind, each with the part where it stands."""
    try:
        said = read(path)
    except BadFile as error:
        return [str(error)]
    return [f"[{name}] {problem}" for name in said for problem in problems(path.stem, name, texts_of(said)[name])]


def texts_of(said: Mapping[str, Any]) -> dict[str, Text]:
    """The texts of a file, by format."""
    return {name: _text(table) or Text("", "") for name, table in said.items()}


def own_problems() -> Iterator[tuple[Path, Sequence[str]]]:
    """The files of the data folder that are passed over, each with what must be mended."""
    for path in sorted((settings.DATA / "texts").glob("*/*.toml")):
        found = problems_of_file(path)
        if found:
            yield path, found


def _folders(language: str, manner: str) -> list[str]:
    return list(dict.fromkeys([f"{language}-{manner}", language, f"{FALLBACK}-{manner}", FALLBACK]))


@lru_cache(maxsize=1024)
def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _read() -> dict[tuple[str, str, str], Text]:
    rows = TextOverride.objects.all()
    return {(row.kind, row.format, row.language): Text(row.subject, row.body) for row in rows}


_changed: Held[None, dict[tuple[str, str, str], Text]] = Held(lambda _key: _read())
"""What the municipality set, so that announcing costs its one INSERT."""


def forget() -> None:
    """Read files and changes anew: called when a text changes."""
    _changed.forget()
    _toml.cache_clear()
    kinds.cache_clear()
    _own.cache_clear()
    _is_right.cache_clear()
