"""Dates and terms in words, in the municipality's zone and the reader's language."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from ventanilla.design import municipality
from ventanilla.design.enums import Unit
from ventanilla.lib import clock

Moment = datetime | date


def local(value: Moment) -> Moment:
    """An aware moment in the municipality's zone; a date as it is."""
    return value.astimezone(municipality.current().zone) if isinstance(value, datetime) else value


def day_of(value: Moment) -> date:
    """The day, in the municipality's zone."""
    there = local(value)
    return there.date() if isinstance(there, datetime) else there


def today() -> date:
    """Today, in the municipality's zone."""
    return day_of(clock.now())


def day(value: Moment) -> str:
    """`martes 24 de noviembre`; with the year where it isn't this one."""
    when = day_of(value)
    if when.year == today().year:
        return date_format(when, pgettext("formato de fecha", r"l j \d\e F"))
    return full_day(when)


def full_day(value: Moment) -> str:
    """`martes 24 de noviembre de 2026`."""
    return date_format(day_of(value), pgettext("formato de fecha", r"l j \d\e F \d\e Y"))


def time(value: datetime) -> str:
    """`9:30`."""
    return date_format(local(value), "G:i")


def moment(value: datetime) -> str:
    """`martes 24 de noviembre, 9:30`."""
    return f"{day(value)}, {time(value)}"


def official(value: datetime) -> str:
    """`martes 24 de noviembre de 2026, 20:41:07`, as receipts say it."""
    return f"{full_day(value)}, {date_format(local(value), 'G:i:s')}"


def when(value: Moment) -> str:
    """Near to now, as the desk says it: `hoy, 10:18`, `ayer, 9:50`, `lunes 23, 20:41`, `3 de marzo, 8:00`."""
    said = near_day(value)
    return f"{said}, {time(value)}" if isinstance(value, datetime) else said


_NEAR = {0: gettext_lazy("hoy"), -1: gettext_lazy("ayer"), 1: gettext_lazy("mañana")}


def near_day(value: Moment) -> str:
    """`hoy`, `ayer`, `mañana`, `lunes 23` within a week, else `3 de marzo`, with the year where it isn't this one."""
    that, now = day_of(value), today()
    away = (that - now).days
    if away in _NEAR:
        return str(_NEAR[away])
    if abs(away) < 7:
        return date_format(that, pgettext("formato de fecha", "l j"))
    if that.year == now.year:
        return date_format(that, pgettext("formato de fecha", r"j \d\e F"))
    return date_format(that, pgettext("formato de fecha", r"j \d\e F \d\e Y"))


def quantity(count: int, unit: Unit) -> str:
    """`8 días hábiles`, `1 hora`."""
    words = {
        Unit.WORKING_DAY: ngettext("%(count)s día hábil", "%(count)s días hábiles", count),
        Unit.CALENDAR_DAY: ngettext("%(count)s día", "%(count)s días", count),
        Unit.HOUR: ngettext("%(count)s hora", "%(count)s horas", count),
    }
    return words[unit] % {"count": count}


def left(count: int, unit: Unit) -> str:
    """`quedan 8 días hábiles`, `queda 1 día hábil`."""
    return ngettext("queda %(what)s", "quedan %(what)s", count) % {"what": quantity(count, unit)}


def at_the_latest(due: Moment) -> str:
    """`a más tardar el lunes 7 de diciembre`: the day is included."""
    return _("a más tardar el %(day)s") % {"day": day(due)}


def is_tomorrow(value: Moment) -> bool:
    return day_of(value) - today() == timedelta(days=1)
