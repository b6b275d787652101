"""Working days and hours of one office: which they are, and moving along them. Pure: no clock, no database.

A day is working when its weekday is one and no exception says otherwise; an exception may also make a Saturday
working. Each year's working days are laid out once as sorted ordinals, so that counting over years costs two
binary searches. Moments are aware datetimes; hours are counted in UTC, so that the nights in which a zone changes
its clocks last as long as they really last.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

MONDAY_TO_FRIDAY = frozenset(range(5))
DAY = timedelta(days=1)

Exceptions = Callable[[int], Mapping[date, bool]]
"""Of a year, the days that are not as their weekday says: True for working, False for non-working."""
Hours = Mapping[int, tuple[tuple[time, time], ...]]
"""Of a weekday (Monday is 0), the stretches in which the office is open, in order and apart."""
Stretch = tuple[datetime, datetime]


def no_exceptions(_year: int) -> Mapping[date, bool]:
    """Every day is as its weekday says."""
    return {}


def from_dates(dates: Mapping[date, bool]) -> Exceptions:
    """The exceptions given as one mapping of dates."""
    return lambda year: {day: works for day, works in dates.items() if day.year == year}


@dataclass(frozen=True)
class Calendar:
    """An office's working time. Raises ValueError when no weekday is working or a year has no working day."""

    zone: ZoneInfo
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    exceptions: Exceptions = no_exceptions
    hours: Hours = field(default_factory=dict)
    _years: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.weekdays <= frozenset(range(7)) or not self.weekdays:
            raise ValueError("a calendar needs at least one working weekday, Monday is 0 and Sunday 6")

    # Days

    def is_working(self, day: date) -> bool:
        """Whether terms in working days count this day."""
        table, ordinal = self._table(day.year), day.toordinal()
        place = bisect_left(table, ordinal)
        return place < len(table) and table[place] == ordinal

    def next_working(self, day: date) -> date:
        """The day itself if working, else the next one that is."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def add_working_days(self, day: date, days: int) -> date:
        """The `days`-th working day after `day`, which itself does not count; `day` when `days` is 0."""
        if days < 0:
            raise ValueError("terms run forwards")
        if days == 0:
            return day
        year, table = day.year, self._table(day.year)
        place = bisect_right(table, day.toordinal()) + days - 1
        while place >= len(table):
            place -= len(table)
            year += 1
            table = self._table(year)
        return date.fromordinal(table[place])

    def count(self, after: date, until: date) -> int:
        """How many working days lie after one day and until another, the latter included; 0 if it is not later."""
        if until <= after:
            return 0
        whole = sum(len(self._table(year)) for year in range(after.year, until.year))
        first = bisect_right(self._table(after.year), after.toordinal())
        return whole - first + bisect_right(self._table(until.year), until.toordinal())

    def also(self, other: "Calendar") -> "Calendar":
        """The calendar whose days are working only where both are: ES 30.6, a holiday at either seat."""

        def either(year: int) -> Mapping[date, bool]:
            table, theirs = self._table(year), set(other._table(year))
            off = {date.fromordinal(day): False for day in table if day not in theirs}
            return {**self.exceptions(year), **off}

        return Calendar(self.zone, self.weekdays, either, self.hours)

    def _table(self, year: int) -> list[int]:
        table = self._years.get(year)
        if table is None:
            table = self._years[year] = self._laid_out(year)
        return table

    def _laid_out(self, year: int) -> list[int]:
        exceptions, first = self.exceptions(year), date(year, 1, 1).toordinal()
        days = (date.fromordinal(first + n) for n in range(366))
        table = [
            day.toordinal()
            for day in takewhile(lambda day: day.year == year, days)
            if exceptions.get(day, day.weekday() in self.weekdays)
        ]
        if not table:
            raise ValueError(f"the calendar has no working day in {year}")
        return table

    # Moments

    def day_of(self, moment: datetime) -> date:
        """The day on the office's wall when it is this aware moment."""
        if moment.tzinfo is None:
            raise ValueError("terms take aware moments only")
        return moment.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """The first instant of a day, in UTC, also where the clocks jump over midnight."""
        return self._instant(day, time.min)

    def end_of(self, day: date) -> datetime:
        """The last microsecond of a day, in UTC: the second 23:59 where the clocks go back at midnight."""
        return self._instant(day, time.max)

    def _instant(self, day: date, at: time) -> datetime:
        fold = 1 if at == time.max else 0
        return datetime.combine(day, at.replace(fold=fold), tzinfo=self.zone).astimezone(UTC)

    # Hours

    def add_hours(self, start: datetime, amount: timedelta, *, office: bool) -> datetime:
        """The moment, in UTC, when `amount` of working time has passed: office hours, or all 24 of working days."""
        left = amount
        for begins, ends in self._stretches(start, office=office):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        raise AssertionError("stretches never end")  # pragma: no cover

    def hours_between(self, start: datetime, end: datetime, *, office: bool) -> timedelta:
        """The working time that lies between two moments; none if the second is not later."""
        passed = timedelta()
        if end <= start:
            return passed
        for begins, ends in self._stretches(start, office=office):
            if begins >= end:
                break
            passed += min(ends, end) - begins
        return passed

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open: in its hours of a working day; on the whole of it where no hours are known."""
        day = self.day_of(moment)
        if not self.is_working(day):
            return False
        return not self.hours or any(opens <= moment < closes for opens, closes in self._open(day, office=True))

    def _stretches(self, start: datetime, *, office: bool) -> Iterator[Stretch]:
        """Open stretches from a moment on, without end, in UTC and each longer than nothing."""
        if office and not any(self.hours.get(weekday) for weekday in self.weekdays):
            raise ValueError("the calendar has no office hours")
        day, start = self.day_of(start), start.astimezone(UTC)
        while True:
            if self.is_working(day):
                for begins, ends in self._open(day, office=office):
                    if ends > start:
                        yield max(begins, start), ends
            day += DAY

    def _open(self, day: date, *, office: bool) -> Iterator[Stretch]:
        if not office:
            # Up to the next midnight exactly, so that consecutive days leave no gap.
            yield self.start_of(day), self.start_of(day + DAY)
            return
        for opens, closes in self.hours.get(day.weekday(), ()):
            yield self._instant(day, opens), self._instant(day, closes)
