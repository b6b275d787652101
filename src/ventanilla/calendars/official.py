"""The municipality's calendar and terms as its tables say, kept in memory.

Kept for as long as `organization` keeps the municipality (seconds, and anew when it changes), and read again at once
after a change made in this room. When nothing has changed, the calendars laid out before live on.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ventanilla.calendars import presets
from ventanilla.calendars.enums import Act, LegalNature, Silence, Source, StartEvent
from ventanilla.calendars.models import NonWorkingDay, OfficeHours, Outage, TermRule, term_of
from ventanilla.calendars.rules import LegalTerm, SilenceException, SuspensionCause
from ventanilla.lib import held, workingtime
from ventanilla.lib.workingtime import Calendar
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

OpenHours = dict[int, tuple[tuple[time, time], ...]]


@dataclass(frozen=True)
class Facts:
    """What the tables say. Of an outage, whether it covers the municipality's own terms too."""

    days: dict[date, bool]
    hours: OpenHours
    terms: tuple[LegalTerm, ...]
    outages: tuple[tuple[bool, workingtime.Outage], ...]


@dataclass
class Official:
    """What is kept between two readings: calendars by the region of residence they heed."""

    municipality: Municipality
    facts: Facts
    calendars: dict[str, Calendar] = field(default_factory=dict)

    @property
    def region(self) -> str:
        """The municipality's region for holidays: its own preference, or the preset's."""
        return str(self.municipality.preferences.get("holiday_region") or self._holidays.subdivision)

    @property
    def _holidays(self) -> presets.Holidays:
        return presets.load(self.municipality.country).holidays

    def calendar(self, residence: str) -> Calendar:
        """The working calendar, heeding the holidays where a person lives if the country's law does."""
        elsewhere = residence if self._holidays.either_seat and residence != self.region else ""
        if elsewhere not in self.calendars:
            self.calendars[elsewhere] = self._made(elsewhere)
        return self.calendars[elsewhere]

    def _made(self, elsewhere: str) -> Calendar:
        here, own_days = self.municipality, self.facts.days
        regions = [self.region, elsewhere] if elsewhere else [self.region]

        def exceptions(year: int) -> Mapping[date, bool]:
            off = {day: False for region in regions for day in national_holidays(here.country, region, year)}
            return {**off, **own_days}

        weekdays = frozenset(presets.load(here.country).working_weekdays)
        return Calendar(here.zone, weekdays, exceptions, self.facts.hours)

    def has_days_of(self, other: Official) -> bool:
        """Whether both lead to the same calendars."""
        return self._basis() == other._basis()

    def _basis(self) -> tuple[object, ...]:
        here = self.municipality
        return here.country, here.time_zone, self.region, self.facts.days, self.facts.hours


_held: Official | None = None


def current() -> Official:
    """The calendar and terms of this installation. Raises Municipality.DoesNotExist before `init`."""
    global _held
    here = municipality.current()
    if _held is None or _held.municipality is not here:
        with held.reading():
            read = Official(here, _facts(here))
        if _held is not None and read.has_days_of(_held):
            read.calendars = _held.calendars
        _held = read
    return _held


def forget() -> None:
    """Read calendar and terms again the next time: called when they change."""
    global _held
    _held = None


@cache
def _library() -> Any:
    """The `holidays` library, imported on first use, with the countries that are asked for.

    Its package of countries imports two hundred of them, 8 MB in every process; a bare one in its place lets each be
    imported alone.
    """
    found = importlib.util.find_spec("holidays")
    countries = ModuleType("holidays.countries")
    countries.__path__ = [str(Path(root) / "countries") for root in (found.submodule_search_locations or ())]  # type: ignore[union-attr]
    sys.modules.setdefault("holidays.countries", countries)
    return importlib.import_module("holidays")


@cache
def national_holidays(country: str, region: str, year: int) -> Mapping[date, str]:
    """The holidays of a year by the `holidays` library: day and Spanish name. Never changed by the caller.

    Raises ValueError for a region that it doesn't know.
    """
    source = presets.load(country).holidays
    try:
        found = _library().country_holidays(
            source.code, subdiv=region or None, years=year, language="es", categories=source.categories
        )
    except NotImplementedError as unknown:
        raise ValueError(f"no holidays are known for region {region!r} of {country}") from unknown
    return {day: name for day, name in sorted(found.items()) if day.year == year}


@cache
def regions(country: str) -> Mapping[str, str]:
    """The regions of a country that have holidays of their own: code and name; none where the nation's are all."""
    known = _library().country_holidays(presets.load(country).holidays.code)
    aliases: Mapping[str, str] = getattr(known, "subdivisions_aliases", {})
    names = {code: name for name, code in aliases.items()}
    found = {code: names.get(code, code) for code in known.subdivisions}
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _facts(here: Municipality) -> Facts:
    hours: OpenHours = {}
    for row in OfficeHours.objects.order_by("weekday", "opens"):
        hours[row.weekday] = (*hours.get(row.weekday, ()), (row.opens, row.closes))
    return Facts(
        days=dict(NonWorkingDay.objects.order_by("date").values_list("date", "is_working")),
        hours=hours,
        terms=tuple(_legal_term(rule) for rule in TermRule.objects.in_force(here.country)),
        outages=tuple(
            (row.covers_municipality, workingtime.Outage(row.starts_at, row.ends_at, row.extends_until))
            for row in Outage.objects.order_by("starts_at")
        ),
    )


def _legal_term(rule: TermRule) -> LegalTerm:
    if rule.term is None:  # a constraint of the table
        raise ValueError("a term in force has a length")
    return LegalTerm(
        key=rule.key,
        act=Act(rule.act),
        term=rule.term,
        law=rule.law,
        article=rule.article,
        says=rule.says,
        source=Source(rule.source),
        start=StartEvent(rule.start_event),
        silence=Silence(rule.silence),
        natures=frozenset(LegalNature(nature) for nature in rule.natures),
        scope=rule.scope,
        needs_identified=rule.needs_identified,
        causes=tuple(_cause(**cause) for cause in rule.suspensions),
        exceptions=tuple(_exception(**exception) for exception in rule.silence_exceptions),
        extension=rule.extension,
        cure=rule.cure,
        urgency_article=rule.urgency_article,
        url=rule.url,
    )


def _cause(*, key: str, name: str, article: str, quantity: int | None, unit: str) -> SuspensionCause:
    return SuspensionCause(key, name, article, term_of(quantity, unit))


def _exception(*, scope: str, name: str, silence: str, article: str) -> SilenceException:
    return SilenceException(scope, name, Silence(silence), article)
