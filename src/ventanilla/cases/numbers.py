"""How we are doing, counted from the clocks of the cases each night: a page never counts a million cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from ventanilla.cases.models import Deadline, MonthlyCount
from ventanilla.lib import clock
from ventanilla.organization import municipality

MONTHS = 6


@dataclass(frozen=True)
class Answered:
    """Of the terms that ended in a stretch: how many, and how many were met in time."""

    owed: int
    in_time: int

    @property
    def share(self) -> int:
        """Per cent in time."""
        return round(100 * self.in_time / self.owed) if self.owed else 0


def month_before(month: date, back: int) -> date:
    """The first day of the month `back` months before; negative, after."""
    index = month.year * 12 + month.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=municipality.current().zone)


def count_months(back: int = MONTHS) -> None:
    """Count again the present month and those before."""
    today = clock.now().astimezone(municipality.current().zone).date()
    for step in range(back + 1):
        _count_month(month_before(today, step))


@transaction.atomic
def _count_month(month: date) -> None:
    ends = min(_start(month_before(month, -1)), clock.now())
    ended = Deadline.objects.filter(due_at__gte=_start(month), due_at__lt=ends)
    in_time = Q(met_at__isnull=False, met_at__lte=F("due_at"))
    counted = (
        ended.order_by()
        .values("case__procedure__service")
        .annotate(owed=Count("pk"), in_time=Count("pk", filter=in_time))
    )
    rows = list(counted)
    MonthlyCount.objects.filter(month=month).delete()
    MonthlyCount.objects.bulk_create(
        MonthlyCount(month=month, service_id=row["case__procedure__service"], owed=row["owed"], in_time=row["in_time"])
        for row in rows
    )


def answered_by_month() -> list[tuple[date, Answered]]:
    """The last months that are over, oldest first, as counted last night."""
    rows = MonthlyCount.objects.order_by().values("month").annotate(all=Sum("owed"), well=Sum("in_time"))
    this_month = clock.now().astimezone(municipality.current().zone).date().replace(day=1)
    over = sorted((row for row in rows if row["month"] < this_month and row["all"]), key=lambda row: row["month"])
    return [(row["month"], Answered(row["all"], row["well"])) for row in over[-MONTHS:]]


def answered_by_service() -> list[tuple[str, Answered]]:
    """The same months by service, worst first."""
    rows = MonthlyCount.objects.order_by().values("service__name").annotate(all=Sum("owed"), well=Sum("in_time"))
    found = [(row["service__name"], Answered(row["all"], row["well"])) for row in rows if row["all"]]
    return sorted(found, key=lambda pair: pair[1].share)
