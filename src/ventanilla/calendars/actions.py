"""Writes of the calendar: its days and hours, the legal terms, outages. Each leaves its mark in the trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ventanilla.accounts.models import User
from ventanilla.audit.actions import Entry, append
from ventanilla.calendars import official, presets, registry
from ventanilla.calendars.enums import DayKind, Silence, Source
from ventanilla.calendars.models import NonWorkingDay, OfficeHours, Outage, TermRule
from ventanilla.calendars.permissions import can_edit_calendar
from ventanilla.calendars.rules import NotAllowed
from ventanilla.lib import clock
from ventanilla.lib.workingtime import Term
from ventanilla.organization import actions as organization
from ventanilla.organization.models import Municipality

CHAIN = "calendar"
SYSTEM = "system"


STARTING_HOURS = (time(8), time(16))
"""From Monday to Friday, for the municipality to change."""


@transaction.atomic
def start(municipality: Municipality) -> None:
    """Copy the country's legal terms that are not here yet, and open the offices at some hours if none are set.

    What the municipality has changed stays as it is. Raises KeyError for a country without preset.
    """
    _start_hours()
    preset = presets.load(municipality.country)
    here = set(TermRule.objects.filter(country=preset.country).values_list("key", flat=True))
    new = [_copied(preset, rank, rule) for rank, rule in enumerate(preset.rules, start=1) if rule.key not in here]
    if not new:
        return
    TermRule.objects.bulk_create(new)
    copied = {"country": preset.country, "keys": [rule.key for rule in new]}
    _record("calendar.terms_copied", copied, by=SYSTEM)


def _start_hours() -> None:
    if not OfficeHours.objects.exists():
        opens, closes = STARTING_HOURS
        OfficeHours.objects.bulk_create(OfficeHours(weekday=day, opens=opens, closes=closes) for day in range(5))


@transaction.atomic
def declare_day(
    *, day: date, name: str, kind: DayKind = DayKind.LOCAL, is_working: bool = False, by: User
) -> NonWorkingDay:
    """Say that a day is non-working, or working after all; said again, the new word replaces the old."""
    _permit(by)
    said = {"name": name, "kind": kind, "is_working": is_working}
    declared, _created = NonWorkingDay.objects.update_or_create(date=day, defaults=said)
    _record("calendar.day_declared", {"date": day.isoformat(), **said}, by=_who(by))
    _tell_of_change()
    return declared


@transaction.atomic
def withdraw_day(*, day: date, by: User) -> None:
    """Take back what was said of a day. Raises NonWorkingDay.DoesNotExist when nothing was."""
    _permit(by)
    NonWorkingDay.objects.get(date=day).delete()
    _record("calendar.day_withdrawn", {"date": day.isoformat()}, by=_who(by))
    _tell_of_change()


@transaction.atomic
def set_office_hours(*, hours: Mapping[int, Sequence[tuple[time, time]]], by: User) -> None:
    """Replace the office hours: of each weekday (Monday is 0), the stretches open.

    Raises ValueError for a stretch that ends before it starts or overlaps another.
    """
    _permit(by)
    for stretches in hours.values():
        _check_stretches(stretches)
    OfficeHours.objects.all().delete()
    rows = [OfficeHours(weekday=day, opens=a, closes=b) for day in sorted(hours) for a, b in sorted(hours[day])]
    OfficeHours.objects.bulk_create(rows)
    _record("calendar.hours_set", {"hours": [str(row) for row in rows]}, by=_who(by))
    _tell_of_change()


@transaction.atomic
def set_region(*, region: str, by: User) -> None:
    """Whose holidays count beside the national ones: a region of the country as the `holidays` library codes it.

    Raises ValueError for one that it doesn't know.
    """
    _permit(by)
    town = official.current().municipality
    official.national_holidays(town.country, region, clock.now().year)
    organization.prefer(by=_who(by), holiday_region=region)
    _record("calendar.region_set", {"region": region}, by=_who(by))
    _tell_of_change()


@transaction.atomic
def confirm_rule(*, key: str, by: User) -> TermRule:
    """Put a legal term in force, on the word of an administrator who has read the norm.

    Raises rules.NotAllowed while it has no length, TermRule.DoesNotExist for an unknown key.
    """
    _permit(by)
    rule = _locked(key)
    if rule.term is None:
        raise NotAllowed(f"{key} has no length yet")
    return _changed(rule, "calendar.term_confirmed", by, enabled=True)


@transaction.atomic
def edit_rule(*, key: str, term: Term, law: str, article: str, silence: Silence, says: str = "", by: User) -> TermRule:
    """Set what a legal term says as the municipality's own reading, and put it in force.

    Raises ValueError without law or article, or for a term with half a month; TermRule.DoesNotExist.
    """
    _permit(by)
    if not law or not article or term.extra_days:
        raise ValueError("a term of one's own needs its law, its article and a whole number")
    rule = _locked(key)
    said = {"quantity": term.quantity, "unit": term.unit.value, "law": law, "article": article, "silence": silence}
    return _changed(rule, "calendar.term_edited", by, **said, says=says or rule.says, source=Source.OWN, enabled=True)


@transaction.atomic
def disable_rule(*, key: str, by: User) -> TermRule:
    """Take a legal term out of force. Raises TermRule.DoesNotExist for an unknown key."""
    _permit(by)
    return _changed(_locked(key), "calendar.term_disabled", by, enabled=False)


@transaction.atomic
def publish_outage(
    *,
    starts_at: datetime,
    ends_at: datetime,
    extends_until: date,
    reason: str,
    covers_municipality: bool = False,
    by: User,
) -> Outage:
    """Publish a technical outage and the day to which it extends the terms that were alive (ES 32.4).

    Raises rules.NotAllowed where the country's law knows no such extension, ValueError when it ends before it starts.
    """
    _permit(by)
    if ends_at < starts_at:
        raise ValueError("an outage ends after it starts")
    if not presets.load(official.current().municipality.country).outage_article:
        raise NotAllowed("no norm is known here that lets an outage extend terms")
    outage = Outage.objects.create(
        starts_at=starts_at,
        ends_at=ends_at,
        extends_until=extends_until,
        reason=reason,
        published_at=clock.now(),
        covers_municipality=covers_municipality,
    )
    said = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat(), "until": extends_until.isoformat()}
    _record("calendar.outage_published", {**said, "covers_municipality": covers_municipality}, by=_who(by))
    _tell_of_change()
    return outage


def _copied(preset: presets.Preset, rank: int, rule: presets.Rule) -> TermRule:
    return TermRule(
        key=rule.key,
        country=preset.country,
        rank=rank,
        act=rule.act,
        natures=[nature.value for nature in rule.natures],
        scope=rule.scope,
        needs_identified=rule.needs_identified,
        **_columns("", rule.term),
        **_columns("extension_", rule.extension),
        **_columns("cure_", rule.cure),
        start_event=rule.start,
        suspensions=[_cause(cause) for cause in preset.causes.get(rule.suspensions, ())],
        silence=rule.silence,
        silence_exceptions=[_divergence(exception) for exception in rule.exceptions],
        urgency_article=rule.urgency,
        law=rule.law,
        article=rule.article,
        url=rule.url,
        says=rule.says,
        caveat=rule.caveat,
        source=rule.source,
        verified_on=rule.verified_on,
        enabled=rule.source == Source.PRIMARY and rule.term is not None,
    )


def _columns(prefix: str, length: presets.Quantity | None) -> dict[str, Any]:
    quantity, unit = (length.quantity, length.unit.value) if length else (None, "")
    return {f"{prefix}quantity": quantity, f"{prefix}unit": unit}


def _cause(cause: presets.Cause) -> dict[str, Any]:
    return {"key": cause.key, "name": cause.name, "article": cause.article, **_columns("", cause.maximum)}


def _divergence(divergence: presets.Divergence) -> dict[str, Any]:
    said = {"scope": divergence.scope, "name": divergence.name, "article": divergence.article}
    return {**said, "silence": divergence.silence.value}


def _check_stretches(stretches: Sequence[tuple[time, time]]) -> None:
    in_order = sorted(stretches)
    overlapping = any(following[0] < earlier[1] for earlier, following in pairwise(in_order))
    if overlapping or any(closes <= opens for opens, closes in in_order):
        raise ValueError("stretches of office hours run forwards and apart")


def _locked(key: str) -> TermRule:
    return TermRule.objects.select_for_update().get(key=key)


def _changed(rule: TermRule, verb: str, by: User, **fields: Any) -> TermRule:
    """Save a rule with its new values and who answers for them; the trail keeps both the old and the new."""
    before = rule.facts
    for name, value in {**fields, "confirmed_by": by, "confirmed_at": clock.now()}.items():
        setattr(rule, name, value)
    rule.save()
    _record(verb, {"key": rule.key, "before": before, "after": rule.facts}, by=_who(by))
    return rule


def _permit(by: User) -> None:
    if not can_edit_calendar(by):
        raise PermissionDenied


def _who(by: User) -> str:
    return f"user:{by.uuid}"


def _tell_of_change() -> None:
    for tell in registry.changed.values():
        tell()


def _record(verb: str, data: dict[str, Any], *, by: str) -> None:
    """Write the trail and let go of what is in memory: now for this transaction, after it for everybody."""
    append(CHAIN, [Entry(verb, data)], by=by)
    official.forget()
    transaction.on_commit(official.forget)
