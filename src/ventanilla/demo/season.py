"""How many matters come in on each day: the week, the month, the rain. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

WETNESS = {1: 0.0, 2: 0.0, 3: 0.0, 4: 0.2, 5: 0.6, 6: 0.8, 7: 0.5, 8: 0.7, 9: 1.0, 10: 1.0, 11: 0.6, 12: 0.1}
"""The rainy season of Costa Rica's Central Valley, by month."""
WEEK = (1.28, 1.14, 1.06, 1.0, 0.94, 0.46, 0.34)
HOLIDAY = 0.4
STORMS_A_MONTH = 3
STORM = 1.9


def wetness(day: date) -> float:
    """From 0 (dry) to 1 (the rains), smoothly from one month to the next."""
    this, after = WETNESS[day.month], WETNESS[day.month % 12 + 1]
    return this + (after - this) * (day.day - 1) / 31


def storms(rnd: random.Random, days: Sequence[date]) -> set[date]:
    """The days of a downpour: the wetter the month, the more of them."""
    return {day for day in days if rnd.random() < wetness(day) * STORMS_A_MONTH / 30}


def weight(day: date, *, is_working: bool, after_storm: bool) -> float:
    """How much comes in on a day against a usual Thursday."""
    held = WEEK[day.weekday()] if is_working or day.weekday() > 4 else HOLIDAY
    return held * (0.85 + 0.3 * wetness(day)) * (STORM if after_storm else 1.0)


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """`total` shared out in proportion, whole numbers that add up to it."""
    whole, given, shares = sum(weights), 0.0, []
    for each in weights:
        before, given = round(given), given + each * total / whole
        shares.append(round(given) - before)
    return shares


def by_day(
    rnd: random.Random, days: Sequence[date], total: int, is_working: Callable[[date], bool], last: float
) -> tuple[list[int], set[date]]:
    """How many come in on each day, and the stormy days. `last` is how much of the last day has gone by, 0 to 1."""
    stormy = storms(rnd, days)
    weights = [
        weight(day, is_working=is_working(day), after_storm=bool({day, day - timedelta(days=1)} & stormy))
        for day in days
    ]
    weights[-1] *= last
    return spread(total, weights), stormy


def season_factor(*, rain: float, dry: float, day: date, stormy: bool) -> float:
    """How much oftener a type of matter comes in on this day than in the year's mean."""
    wet = wetness(day)
    factor = (1 + (rain - 1) * wet) * (1 + (dry - 1) * (1 - wet))
    return factor * (2.5 if stormy and rain > 1.25 else 1.0)
