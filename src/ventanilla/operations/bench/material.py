"""What the benchmark's cases are made of: invented words with the frequencies of real language."""

from __future__ import annotations

import random
from itertools import accumulate

COMMON = [
    "calle",
    "luz",
    "noche",
    "vecinos",
    "esquina",
    "basura",
    "agua",
    "hueco",
    "acera",
    "poste",
    "semana",
    "frente",
    "casa",
    "parada",
    "escuela",
    "niños",
    "días",
    "bombillo",
    "apagado",
    "camión",
    "pasa",
    "peligro",
    "carros",
    "gente",
    "lluvia",
    "barrio",
    "parque",
    "árbol",
    "ramas",
    "cables",
    "perro",
    "ruido",
]
_SYLLABLES = [
    "ba",
    "be",
    "ca",
    "co",
    "cha",
    "da",
    "de",
    "fa",
    "fi",
    "ga",
    "gue",
    "lla",
    "le",
    "lo",
    "ma",
    "mi",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "po",
    "que",
    "ra",
    "re",
    "ri",
    "sa",
    "se",
    "so",
    "ta",
    "te",
    "va",
    "vi",
    "za",
]
WORDS = 6_000


def vocabulary(source: random.Random) -> tuple[list[str], list[float]]:
    """Words and their cumulative weights after Zipf's law: the commonest stands in about a third of the texts."""
    made = dict.fromkeys(COMMON)
    while len(made) < WORDS:
        made["".join(source.choices(_SYLLABLES, k=source.choice((2, 3, 3, 4))))] = None
    return list(made), list(accumulate(1 / (rank + 8) for rank in range(WORDS)))


def text(source: random.Random, words: list[str], weights: list[float]) -> str:
    """What somebody might have said: ten to thirty words."""
    return " ".join(source.choices(words, cum_weights=weights, k=source.randint(10, 30))).capitalize() + "."


NAMES = [
    "Ana",
    "Luis",
    "Rosa",
    "Carlos",
    "María",
    "José",
    "Elena",
    "Julián",
    "Marta",
    "Pedro",
    "Lucía",
    "Jorge",
    "Sofía",
    "Diego",
    "Laura",
    "Mario",
]
SURNAMES = [
    "Mora",
    "Vega",
    "Solís",
    "Rojas",
    "Castro",
    "Benítez",
    "Núñez",
    "Brenes",
    "Jiménez",
    "Arias",
    "Soto",
    "Mata",
    "Gil",
    "Paz",
    "León",
    "Quirós",
]


def name(source: random.Random) -> tuple[str, str, str]:
    """Given name and two surnames."""
    return source.choice(NAMES), source.choice(SURNAMES), source.choice(SURNAMES)
