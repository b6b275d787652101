"""The arithmetic of legal terms: when a term ends, what is left of it, what has run. Pure: no clock, no database.

The counting is that of Ley 39/2015 (Spain), arts. 30-31, which the other countries' laws share in its essentials:
the day of the act does not count (30.3); months run from date to date, to the last day of the month where there is
no such date (30.4); a term that ends on a non-working day moves to the next working one (30.5); what is filed on a
non-working day counts, for terms in working days, as filed in the first hour of the next working day (31.2.b); a
term in days or months ends with its last day. Hours run from minute to minute (30.1).

Pauses. For terms in days, the day on which a pause begins is paused and the day on which it ends counts again, so
that what was stopped on a term's last day still has that day when it resumes. Paused working days lengthen a term
in working days, paused calendar days any other; for terms in hours it is the paused time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from math import ceil, floor

from ventanilla.lib.workingdays import DAY, Calendar

__all__ = [
    "Calendar",
    "Outage",
    "Pause",
    "Remaining",
    "Term",
    "Unit",
    "add_months",
    "due_at",
    "elapsed_fraction",
    "halved",
    "paused_at",
    "remaining",
]


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    WORKING_HOUR = "working_hour"
    """All 24 hours of working days (ES 30.1)."""
    OFFICE_HOUR = "office_hour"
    """Hours in which the office is open: service charters."""
    CLOCK_HOUR = "clock_hour"


HOURS = frozenset({Unit.WORKING_HOUR, Unit.OFFICE_HOUR, Unit.CLOCK_HOUR})
HALF_MONTH = 15
"""Days in half a month, when urgency halves an odd number of months."""


@dataclass(frozen=True)
class Term:
    """A length of time as law or charter says it. `extra_days` go with months only: half of one is 15 days."""

    quantity: int
    unit: Unit
    extra_days: int = 0

    def __post_init__(self) -> None:
        if self.quantity < 0 or self.extra_days < 0 or self.quantity + self.extra_days == 0:
            raise ValueError("a term has a length")
        if self.extra_days and self.unit != Unit.MONTH:
            raise ValueError("extra days go with months only")

    @property
    def is_in_hours(self) -> bool:
        return self.unit in HOURS


@dataclass(frozen=True)
class Pause:
    """A stretch in which a term does not run. `ends` is None while it lasts; no pause outlasts its `maximum`."""

    starts: datetime
    ends: datetime | None = None
    cause: str = ""
    maximum: Term | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.starts:
            raise ValueError("a pause ends after it starts")


@dataclass(frozen=True)
class Outage:
    """A published breakdown of the system: terms alive during it that would end before `until` end then (ES 32.4)."""

    starts: datetime
    ends: datetime
    until: date


@dataclass(frozen=True)
class Remaining:
    """What is left of a term in whole days or hours of `unit`, or how much it is overdue by."""

    amount: int
    unit: Unit
    is_late: bool


def due_at(
    term: Term,
    starts_at: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extension: Term | None = None,
    *,
    urgent: bool = False,
    outages: Iterable[Outage] = (),
    now: datetime | None = None,
) -> datetime:
    """The last moment, in UTC, in which the term is met.

    `extension` adds to the term itself, from date to date; `urgent` halves the term, not its extension. A pause that
    still lasts counts up to `now`, or to its maximum when `now` is not given. Raises ValueError for a moment without
    zone, and for an endless pause without maximum when `now` is not given.
    """
    terms = _merged(halved(term) if urgent else term, extension)
    stops = [_stop(pause, calendar, now) for pause in pauses]
    if term.is_in_hours:
        due = _due_moment(terms, starts_at, calendar, _joined(stops))
    else:
        due = calendar.end_of(_due_day(terms, starts_at, calendar, _joined_days(stops, calendar)))
    for outage in sorted(outages, key=lambda outage: outage.starts):
        if starts_at <= outage.ends and outage.starts <= due:
            due = max(due, calendar.end_of(calendar.next_working(outage.until)))
    return due


def halved(term: Term) -> Term:
    """Half of a term, rounded up; of an odd number of months, fifteen days for the half one (ES 33)."""
    if term.unit != Unit.MONTH:
        return replace(term, quantity=-(-term.quantity // 2))
    days = HALF_MONTH * (term.quantity % 2) + -(-term.extra_days // 2)
    return Term(term.quantity // 2, Unit.MONTH, days)


def add_months(day: date, months: int) -> date:
    """The same date so many months later, or the last day of that month where there is no such date."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def paused_at(pauses: Iterable[Pause], moment: datetime, calendar: Calendar) -> Pause | None:
    """The pause in force at a moment, if any."""
    for pause in pauses:
        starts, ends = _stop(pause, calendar, moment)
        if starts <= moment and (moment < ends or (pause.ends is None and moment == ends)):
            return pause
    return None


def remaining(due: datetime, now: datetime, calendar: Calendar, unit: Unit = Unit.WORKING_DAY) -> Remaining:
    """What is left until `due` or, when it has passed, since then.

    Days are those after today: a term that ends today has 0 left and is not late. Months are told in calendar days.
    Hours are those begun.
    """
    is_late = now > due
    first, last = (due, now) if is_late else (now, due)
    shown = Unit.CALENDAR_DAY if unit == Unit.MONTH else unit
    if unit in HOURS:
        hours = _between(first, last, calendar, unit) / timedelta(hours=1)
        amount = floor(hours) if is_late else ceil(hours)
    else:
        amount = _days_between(calendar.day_of(first), calendar.day_of(last), calendar, shown)
    return Remaining(amount, shown, is_late)


def elapsed_fraction(
    starts_at: datetime,
    due: datetime,
    now: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    *,
    unit: Unit = Unit.WORKING_DAY,
) -> float:
    """How much of a term has run, from 0 to 1, leaving out what was paused; 1 once it is overdue."""
    if now >= due:
        return 1.0
    stops = _joined([_stop(pause, calendar, max(now, pause.starts)) for pause in pauses])
    whole = _run(starts_at, due, calendar, unit, stops)
    return min(1.0, _run(starts_at, now, calendar, unit, stops) / whole) if whole > 0 else 1.0


# How far a term reaches


def _merged(term: Term, extension: Term | None) -> list[Term]:
    """The terms to count one after the other: an extension in the same unit makes one longer term."""
    if extension is None:
        return [term]
    if extension.is_in_hours != term.is_in_hours:
        raise ValueError("hours extend hours, and days or months extend days or months")
    if extension.unit != term.unit:
        return [term, extension]
    extra = term.extra_days + extension.extra_days
    return [Term(term.quantity + extension.quantity, term.unit, extra)]


def _due_day(terms: Sequence[Term], starts_at: datetime, calendar: Calendar, stops: list[tuple[date, date]]) -> date:
    start = day = calendar.day_of(starts_at)
    if terms[0].unit == Unit.WORKING_DAY:
        start = day = calendar.next_working(start)
    for term in terms:
        day = _add_days(day, term, calendar)
    unit = terms[0].unit
    for begins, ends in stops:
        if ends <= start or begins > calendar.next_working(day):
            continue
        first_paused = max(begins, start + DAY)
        lost = _days_between(first_paused - DAY, ends - DAY, calendar, unit)
        # A pause between the last day and the working day it moves to: the term still ends once resumed.
        day = ends if begins > day else _later(day, lost, calendar, unit)
    return calendar.next_working(day)


def _add_days(day: date, term: Term, calendar: Calendar) -> date:
    if term.unit == Unit.WORKING_DAY:
        day = calendar.add_working_days(day, term.quantity)
    elif term.unit == Unit.MONTH:
        day = add_months(day, term.quantity)
    else:
        day += timedelta(days=term.quantity)
    return day + timedelta(days=term.extra_days)


def _later(day: date, days: int, calendar: Calendar, unit: Unit) -> date:
    return calendar.add_working_days(day, days) if unit == Unit.WORKING_DAY else day + timedelta(days=days)


def _days_between(after: date, until: date, calendar: Calendar, unit: Unit) -> int:
    if unit == Unit.WORKING_DAY:
        return calendar.count(after, until)
    return max(0, (until - after).days)


def _due_moment(
    terms: Sequence[Term], starts_at: datetime, calendar: Calendar, stops: list[tuple[datetime, datetime]]
) -> datetime:
    calendar.day_of(starts_at)  # refuses a moment without zone
    due = start = starts_at.astimezone(UTC)
    for term in terms:
        due = _add_time(due, timedelta(hours=term.quantity), calendar, term.unit)
    unit = terms[0].unit
    for begins, ends in stops:
        if ends <= start or begins >= due:
            continue
        due = _add_time(due, _between(max(begins, start), ends, calendar, unit), calendar, unit)
    return due


def _add_time(start: datetime, amount: timedelta, calendar: Calendar, unit: Unit) -> datetime:
    if unit == Unit.CLOCK_HOUR or not amount:
        return start + amount
    return calendar.add_hours(start, amount, office=unit == Unit.OFFICE_HOUR)


def _between(start: datetime, end: datetime, calendar: Calendar, unit: Unit) -> timedelta:
    if unit == Unit.CLOCK_HOUR:
        return max(timedelta(), end - start)
    return calendar.hours_between(start, end, office=unit == Unit.OFFICE_HOUR)


# Pauses


def _stop(pause: Pause, calendar: Calendar, now: datetime | None) -> tuple[datetime, datetime]:
    """When a pause begins and when it ends, at the latest with its maximum."""
    limit = _last_moment(pause.maximum, pause.starts, calendar) if pause.maximum else None
    ends = pause.ends if pause.ends is not None else max(now, pause.starts) if now else limit
    if ends is None:
        raise ValueError("a pause without end and without maximum has no due date yet")
    return pause.starts, min(ends, limit) if limit else ends


def _last_moment(maximum: Term, starts: datetime, calendar: Calendar) -> datetime:
    """When a pause has lasted its maximum: within the day that is so many days, by date, after it began."""
    if maximum.is_in_hours:
        return _add_time(starts.astimezone(UTC), timedelta(hours=maximum.quantity), calendar, maximum.unit)
    first = calendar.day_of(starts)
    return max(starts, calendar.start_of(_add_days(first, maximum, calendar)))


def _joined(stops: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Pauses in order, those that overlap made one, so that no time is counted twice."""
    joined: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(stops):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def _joined_days(stops: Iterable[tuple[datetime, datetime]], calendar: Calendar) -> list[tuple[date, date]]:
    """Pauses as days, from the first paused one to the first that counts again; none for a pause within one day."""
    days = [(calendar.day_of(begins), calendar.day_of(ends)) for begins, ends in _joined(stops)]
    return [(first, last) for first, last in days if last > first]


def _run(
    start: datetime, end: datetime, calendar: Calendar, unit: Unit, stops: list[tuple[datetime, datetime]]
) -> float:
    """Time that ran between two moments: working days or seconds, without what was paused."""
    if end <= start:
        return 0.0
    paused = sum(_length(max(start, a), min(end, b), calendar, unit) for a, b in stops)
    return max(0.0, _length(start, end, calendar, unit) - paused)


def _length(start: datetime, end: datetime, calendar: Calendar, unit: Unit) -> float:
    if unit == Unit.WORKING_DAY:
        first, last = calendar.day_of(start), calendar.day_of(end)
        return float(calendar.count(first, last)) if end > start else 0.0
    if unit in HOURS:
        return _between(start, end, calendar, unit).total_seconds()
    return max(0.0, (end - start).total_seconds())
