"""Filling the slots of what people say, and making it sound like who says it. Pure: values in, text out."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
NUMBERS = ("dos", "tres", "cuatro", "cinco", "seis")
_FIRST_PERSON = re.compile(
    r"\b(mi|mis|me|nos|nuestr\w+|yo|tengo|hice|fui|busco|queremos|cambiamos|estamos|vivimos|somos|pedimos|mandé|reporté"
    r"|reportamos|pagué|pusimos|sacamos|quiero|adjunto|espero|prefiero|podemos)\b",
    re.IGNORECASE,
)
_CONTRACTED = ((re.compile(r"\b(a) el\b"), "al"), (re.compile(r"\b(de) el\b"), "del"))


@dataclass
class Deck:
    """Draws so that nothing comes twice before everything has come once: no boilerplate side by side."""

    rnd: random.Random
    _left: dict[str, list[int]] = field(default_factory=dict)

    def draw(self, name: str, cards: Sequence[T]) -> T:
        """The next card of the pile of that name."""
        left = self._left.get(name)
        if not left:
            left = self._left[name] = self.rnd.sample(range(len(cards)), len(cards))
        return cards[left.pop()]


def slots(rnd: random.Random, now: datetime, *, near: str = "", pole: str = "") -> dict[str, str]:
    """A value for each slot. `now` is local; `near` is a landmark with its article, `pole` a number."""
    days = rnd.randint(2, 12)
    some_day = now - timedelta(days=rnd.randint(1, 5))
    day = rnd.choice(["ayer", "anteayer", f"el {WEEKDAYS[some_day.weekday()]}", "el fin de semana"])
    since = rnd.choice(
        [f"desde hace {days} días", f"desde el {WEEKDAYS[some_day.weekday()]}", "desde ayer", "desde hace una semana",
         "desde hace como quince días", "desde la semana pasada", "desde el último aguacero"]
    )  # fmt: skip
    return {
        "day": day,
        "since": since,
        "since_when": rnd.choice(["hace un mes", "la otra semana", "el año pasado", "hace quince días"]),
        "since_long": rnd.choice(["un mes", "casi tres meses", "como dos meses", "más de un año", "semanas"]),
        "since_hours": f"desde las {rnd.randint(1, 9)}",
        "weekday": WEEKDAYS[rnd.randint(0, 5)],
        "month": MONTHS[(now.month - 2) % 12],
        "n": rnd.choice(NUMBERS),
        "hour": _quarter(now - timedelta(minutes=rnd.randint(20, 80))),
        "size": rnd.choice(["grande", "como de un metro", "hondo", "que ya parece un cráter"]),
        "pole": pole or str(rnd.randint(1001, 2600)),
        "place": near or rnd.choice(["la parada", "la casa de la esquina", "el lote vacío", "la iglesita"]),
    }


def _quarter(at: datetime) -> str:
    """A time of day to the quarter of an hour. Never one o'clock, which would want another article than the rest."""
    at = at - timedelta(hours=1) if at.hour == 1 else at
    return f"{at.hour}:{at.minute // 15 * 15:02}"


def fill(said: str, values: dict[str, str]) -> str:
    """The text with its slots filled, contracted as Spanish does, beginning with a capital."""
    whole = said.format_map(values)
    for pattern, short in _CONTRACTED:
        whole = pattern.sub(short, whole)
    return whole[:1].upper() + whole[1:]


def is_first_person(said: str) -> bool:
    return bool(_FIRST_PERSON.search(said))


def heard(clerk: str, said: str) -> str:
    """What somebody said, as the one who listens writes it down. What is told in the first person stays as it is."""
    if is_first_person(said) or said.startswith("¿") or clerk == "{said}":
        return said
    return clerk.replace("{said}", said[:1].lower() + said[1:])


def led(lead: str, said: str) -> str:
    """What is said after a greeting, or after words that end in a colon."""
    return f"{lead} {said[:1].lower()}{said[1:]}" if lead.endswith(":") else f"{lead} {said}"


def typed(rnd: random.Random, said: str) -> str:
    """As people type on a phone: mostly well, some without accents, some without capitals or the last stop."""
    way = rnd.random()
    if way < 0.08:
        return _without_accents(said).lower().rstrip(".")
    if way < 0.2:
        return _without_accents(said)
    if way < 0.3:
        return said[:1].lower() + said[1:].rstrip(".")
    return said


_PLAIN = str.maketrans("áéíóúüÁÉÍÓÚ", "aeiouuAEIOU")


def _without_accents(said: str) -> str:
    return said.translate(_PLAIN)
