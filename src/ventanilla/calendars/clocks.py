"""The doors of the legal clock: this municipality's working calendar, the terms in force, and words for them.

What they need is kept in memory (`official`), so that filing asks them without any SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ventanilla.calendars import official, presets
from ventanilla.calendars.enums import Act, LegalNature
from ventanilla.calendars.rules import GENERAL, LegalTerm, choose
from ventanilla.lib import workingtime
from ventanilla.lib.workingtime import HOURS, Calendar, Pause, Remaining, Term, Unit
from ventanilla.organization import municipality


def working_calendar(*, residence: str = "") -> Calendar:
    """The official calendar of the municipality.

    `residence` is the region where the person lives, as the `holidays` library codes it ("CT"): where the country's
    law says so (ES 30.6) its holidays count too. Raises Municipality.DoesNotExist before `init`.
    """
    return official.current().calendar(residence)


def heeds_residence() -> bool:
    """Whether a holiday where the person lives is one for their terms too (ES 30.6)."""
    return presets.load(municipality.current().country).holidays.either_seat


def is_open(moment: datetime) -> bool:
    """Whether the municipality's offices are open at a moment."""
    return working_calendar().is_open(moment)


def response_term(nature: str, *, identified: bool, scope: str = GENERAL) -> LegalTerm | None:
    """The term in law to answer a dealing of a `LegalNature`; None where law sets none, or none is in force.

    A service notice never has one: what it has is the service charter's target. `scope` is the matter, as the
    country's preset names it ("access_to_information", "liability" …).
    """
    return choose(official.current().facts.terms, Act.ANSWER, nature, identified=identified, scope=scope)


def term_for(act: Act, nature: str = "", *, scope: str = GENERAL) -> LegalTerm | None:
    """The term in force for another act: acknowledging, curing, an opinion, a hearing, a transfer."""
    return choose(official.current().facts.terms, act, nature, identified=True, scope=scope)


def identifying() -> Mapping[LegalNature, str]:
    """The natures of dealing whose author has to be known here, each with the norm that takes it for granted."""
    return presets.identifying(municipality.current().country)


def due(
    term: LegalTerm | Term,
    starts_at: datetime,
    *,
    pauses: Iterable[Pause] = (),
    extension: Term | None = None,
    urgent: bool = False,
    residence: str = "",
    owed_by_person: bool = False,
    now: datetime | None = None,
) -> datetime:
    """The last moment, in UTC, to meet a term that starts at a moment. For a pause that lasts, give `now`.

    `owed_by_person` says that the person has to act (to cure, to allege): published outages always extend that, and
    the municipality's own terms only where the publication says so. Raises `rules.NotAllowed` for an extension or
    urgency that the law of a LegalTerm does not know, ValueError for a moment without zone.
    """
    if isinstance(term, LegalTerm):
        extension = extension and term.extended_by(extension)
        term, urgent = (term.urgent().term if urgent else term.term), False
    outages = [outage for covers, outage in official.current().facts.outages if covers or owed_by_person]
    calendar = working_calendar(residence=residence)
    return workingtime.due_at(term, starts_at, calendar, pauses, extension, urgent=urgent, outages=outages, now=now)


def remaining(due_at: datetime, now: datetime, *, unit: Unit = Unit.WORKING_DAY) -> Remaining:
    """What is left until a moment, or how much it is overdue, on the municipality's calendar."""
    return workingtime.remaining(due_at, now, working_calendar(), unit)


def elapsed_fraction(
    starts_at: datetime,
    due_at: datetime,
    now: datetime,
    *,
    pauses: Iterable[Pause] = (),
    unit: Unit = Unit.WORKING_DAY,
) -> float:
    """How much of a term has run, 0 to 1, for the term bar."""
    return workingtime.elapsed_fraction(starts_at, due_at, now, working_calendar(), pauses, unit=unit)


# Words


def describe_due(due_at: datetime, now: datetime, *, unit: Unit = Unit.WORKING_DAY) -> str:
    """A due date for people: «a más tardar el lunes 7 de diciembre (quedan 8 días hábiles)», «vence hoy»."""
    calendar = working_calendar()
    left = workingtime.remaining(due_at, now, calendar, unit)
    if calendar.day_of(due_at) == calendar.day_of(now):
        return _today(due_at, calendar, unit, is_late=left.is_late)
    if left.is_late:
        return _overdue(due_at, now, calendar, left)
    when = _day(due_at, now, calendar) if unit not in HOURS else _moment(due_at, now, calendar)
    return _("a más tardar el %(when)s (%(left)s)") % {"when": when, "left": _left(left)}


def describe_term(term: Term) -> str:
    """A length of time for people: «10 días hábiles», «3 meses»."""
    said = _length(term.quantity, term.unit)
    if not term.extra_days:
        return said
    extra = _length(term.extra_days, Unit.CALENDAR_DAY)
    return _("%(months)s y %(days)s") % {"months": said, "days": extra} if term.quantity else extra


def _today(due_at: datetime, calendar: Calendar, unit: Unit, *, is_late: bool) -> str:
    if unit not in HOURS:
        return _("vence hoy")
    at = date_format(due_at.astimezone(calendar.zone), "G:i")
    return (_("venció hoy a las %(at)s") if is_late else _("vence hoy a las %(at)s")) % {"at": at}


def _overdue(due_at: datetime, now: datetime, calendar: Calendar, left: Remaining) -> str:
    if not left.amount:
        # Overdue, but no working day has passed since.
        left = workingtime.remaining(due_at, now, calendar, Unit.CALENDAR_DAY)
    return _("venció hace %(length)s") % {"length": _length(left.amount, left.unit)}


def _day(moment: datetime, now: datetime, calendar: Calendar) -> str:
    day = calendar.day_of(moment)
    # Translators: a date as Django's `date` filter writes it, «lunes 7 de diciembre».
    form = _("l j \\d\\e F") if day.year == calendar.day_of(now).year else _("l j \\d\\e F \\d\\e Y")
    return date_format(day, form)


def _moment(moment: datetime, now: datetime, calendar: Calendar) -> str:
    at = date_format(moment.astimezone(calendar.zone), "G:i")
    return _("%(day)s a las %(at)s") % {"day": _day(moment, now, calendar), "at": at}


def _left(left: Remaining) -> str:
    length = _length(left.amount, left.unit)
    return ngettext("queda %(length)s", "quedan %(length)s", left.amount) % {"length": length}


def _length(amount: int, unit: Unit) -> str:
    if unit == Unit.WORKING_DAY:
        said = ngettext("%(n)d día hábil", "%(n)d días hábiles", amount)
    elif unit == Unit.MONTH:
        said = ngettext("%(n)d mes", "%(n)d meses", amount)
    elif unit == Unit.CALENDAR_DAY:
        said = ngettext("%(n)d día", "%(n)d días", amount)
    elif unit == Unit.CLOCK_HOUR:
        said = ngettext("%(n)d hora", "%(n)d horas", amount)
    else:
        said = ngettext("%(n)d hora hábil", "%(n)d horas hábiles", amount)
    return said % {"n": amount}
