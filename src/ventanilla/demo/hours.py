"""The office's hours on the municipality's calendar: staff do things when they are at work. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from ventanilla.lib.workingdays import Calendar

OPEN = ((time(7, 30), time(15, 45)),)


@dataclass(frozen=True)
class Office:
    """Moments in working time. All moments are aware, in UTC."""

    calendar: Calendar

    @classmethod
    def on(cls, calendar: Calendar) -> Office:
        """The office that keeps a calendar's days."""
        return cls(replace(calendar, hours=dict.fromkeys(calendar.weekdays, OPEN)))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.calendar.zone)

    def is_working(self, day: date) -> bool:
        return self.calendar.is_working(day)

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at that moment."""
        begins, ends = OPEN[0]
        return self.is_working(self.local(at).date()) and begins <= self.local(at).time() <= ends

    def moment(self, day: date, at: time) -> datetime:
        """A time of day on the office's wall."""
        return datetime.combine(day, at, tzinfo=self.calendar.zone).astimezone(UTC)

    def after(self, start: datetime, hours: float, *, round_the_clock: bool = False) -> datetime:
        """The moment when so many hours of work have gone by, on duty by night too where the clock never stops."""
        if round_the_clock:
            return start + timedelta(hours=max(hours, 0.02))
        return self.calendar.add_hours(start, timedelta(hours=max(hours, 0.02)), office=True)

    def between(self, start: datetime, end: datetime, *, round_the_clock: bool = False) -> float:
        """The hours of work from one moment to another."""
        if round_the_clock:
            return (end - start) / timedelta(hours=1)
        return self.calendar.hours_between(start, end, office=True).total_seconds() / 3600
