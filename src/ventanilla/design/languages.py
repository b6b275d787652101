"""The language of pages: which ones a municipality offers, and the Spanish it speaks.

A language is a code as Django's: `es`, `en`. What is in force for Spanish is a variety of it, `es-ar-x-vos`: the words
of the country and the form of address (BCP 47, private use after the `x`). Each variety has a compiled catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext

from ventanilla.design import municipality

Said = TypeVar("Said", bound=str)
CONTENT = "contenido"
"""The context of the texts that a municipality begins with: names of its services, questions, steps."""

COUNTRIES = {"AR": "es-ar", "CR": "es-cr", "ES": "es-x-es", "MX": "es-mx", "UY": "es-uy"}
"""The countries with words of their own. Spain's is not `es-es`: Python takes plain `es` for that, and would give
its words to all."""

MANNERS = {"tu": "x-tu", "vos": "x-vos"}
"""The forms of address besides «usted»."""


def later(make: Callable[[], object]) -> Any:
    """A text made when it is read, in the language then in force: for whom somebody else's act is told."""
    return _made(make)


def _make(make: Callable[[], object]) -> str:
    return str(make())


_made: Any = lazy(_make, str)
"""Made once: each call of `lazy` makes a class."""


def said_once(make: Callable[..., Said]) -> Callable[..., Said]:
    """Words that lists repeat, made once for what they say and the language in force."""
    held = lru_cache(maxsize=500)(lambda _language, *said, **named: make(*said, **named))

    @wraps(make)
    def once(*said: Any, **named: Any) -> Said:
        return held(translation.get_language(), *said, **named)

    return once


def translated(text: object) -> str:
    """A text that is stored, in the language in force, where it still is as it came with us.

    Names of services and areas, questions, steps. What the municipality wrote itself is said as it wrote it.
    """
    said = str(text)
    return _translated(said) if said else ""


@said_once
def _translated(said: str) -> str:
    found = pgettext(CONTENT, said)
    return gettext(said) if found == said else found


def variety(language: str) -> str:
    """The code to put in force for a language: for Spanish, the municipality's own."""
    if language != settings.LANGUAGE_CODE:
        return language
    town = municipality.current()
    country = COUNTRIES.get(town.country, language)
    manner = MANNERS.get(town.form_of_address)
    return f"{country}-{manner}" if manner else country


def base(code: str | None) -> str:
    """The language of a code: `es` of `es-ar-x-vos`. Spanish where there is none in force."""
    return (code or settings.LANGUAGE_CODE).split("-")[0].lower()


def current() -> str:
    """The language in force, as people choose it: `es`, `en`."""
    return base(translation.get_language())


def offered() -> list[tuple[str, str]]:
    """The languages that the municipality offers, with their names in themselves. Spanish always."""
    chosen = {settings.LANGUAGE_CODE, *municipality.current().languages}
    return [(code, name) for code, name in settings.LANGUAGES if code in chosen]


def known(language: str) -> str:
    """A language that somebody chose, if it is offered; else Spanish."""
    return language if language in dict(offered()) else settings.LANGUAGE_CODE


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, texts come out in a person's language; in Spanish where they said none, or one that is not offered."""
    with translation.override(variety(known(language))):
        yield


@contextmanager
def for_the_record() -> Iterator[None]:
    """Inside, texts come out in the municipality's Spanish: what is stored is read by others than who acts."""
    with speaking(settings.LANGUAGE_CODE):
        yield


def speak(request: HttpRequest, language: str) -> None:
    """Put a language in force for a request: the same rule as `speaking`."""
    translation.activate(variety(known(language)))
    request.LANGUAGE_CODE = translation.get_language()
