"""Numbers and lengths as people say them: «doscientos metros», «cuadra y media», «200mts»."""

from __future__ import annotations

import re

_UNITS = {
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16,
    "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veinticinco": 25, "treinta": 30,
    "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100,
    "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
    "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600, "seiscientas": 600,
    "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800, "novecientos": 900,
    "novecientas": 900,
}  # fmt: skip
_METRES = {"m": 1.0, "km": 1000.0, "cuadra": 100.0, "manzana": 100.0, "vara": 0.836}
"""A *cuadra* is a block of about a hundred metres; a *vara* is 0.836 m (the Castilian one)."""

_NUMBER_WORD = "|".join(sorted([*_UNITS, "mil"], key=len, reverse=True))
_UNIT = r"(?:metros|metro|mts|mtrs|mt|m|km|kilometros|cuadras|cuadra|manzanas|varas|vara)"
_SPOKEN = re.compile(rf"\b(?:{_NUMBER_WORD})(?:(?: y)? (?:{_NUMBER_WORD}))*(?= {_UNIT}\b)")
_AND_A_HALF = re.compile(r"\b(dos|tres|cuatro|cinco|seis|[2-9]) (?:cuadras|manzanas) y media\b")
_HALVES = (
    (re.compile(r"\bmedia (?:cuadra|manzana)\b"), "50 m"),
    (re.compile(r"\bmedio (?:km|kilometro)\b"), "500 m"),
    (re.compile(r"\b(?:una )?(?:cuadra|manzana) y media\b"), "150 m"),
    (re.compile(r"\b(?:un )?(?:km|kilometro) y medio\b"), "1500 m"),
    (re.compile(r"\b(?:metros|metro|mtrs|mts|mt)\b"), "m"),
    (re.compile(r"\b(?:cuadras)\b"), "cuadra"),
    (re.compile(r"\b(?:manzanas)\b(?= )"), "manzana"),
    (re.compile(r"\bvaras\b"), "vara"),
)
LENGTH = r"(?P<amount>\d+(?:[.,]\d+)?) (?P<unit>m|km|cuadra|manzana|vara)\b"
"""What `spoken_to_figures` leaves of every length it understands."""


def _value(words: list[str]) -> int:
    """The number that Spanish number words say, up to 999,999."""
    total, current = 0, 0
    for word in words:
        if word == "mil":
            total, current = total + (current or 1) * 1000, 0
        elif word != "y":
            current += _UNITS[word]
    return total + current


def spoken_to_figures(text: str) -> str:
    """Lengths in normalised text written as a figure and a unit: «doscientos metros» → «200 m»."""
    said = _AND_A_HALF.sub(lambda found: f"{_count(found.group(1)) * 100 + 50} m", text)
    for shape, instead in _HALVES:
        said = shape.sub(instead, said)
    return _SPOKEN.sub(lambda found: str(_value(found.group().split())), said)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _UNITS[word]


def metres(amount: str, unit: str) -> float:
    """The metres of a length that matched `LENGTH`. «1.200 m» is twelve hundred: three digits after a point."""
    grouped = re.fullmatch(r"(\d+)[.,](\d{3})", amount)
    figure = float("".join(grouped.groups())) if grouped and unit == "m" else float(amount.replace(",", "."))
    return figure * _METRES[unit]
