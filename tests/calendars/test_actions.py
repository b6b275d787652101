"""What is written of the calendar, by whom, and what the trail keeps of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from ventanilla.accounts.models import User
from ventanilla.audit.models import TrailEntry
from ventanilla.calendars import actions, clocks
from ventanilla.calendars.enums import DayKind, LegalNature, Silence, Source
from ventanilla.calendars.models import NonWorkingDay, OfficeHours, TermRule
from ventanilla.calendars.presets import COUNTRIES, load
from ventanilla.calendars.rules import NotAllowed
from ventanilla.lib.workingtime import Term, Unit
from ventanilla.organization.models import Municipality

FRIDAY = date(2026, 11, 27)


def last_word() -> TrailEntry:
    return TrailEntry.objects.filter(chain="calendar").order_by("-seq")[0]


@pytest.mark.parametrize("country", COUNTRIES)
def test_starting_copies_all_rules_and_enables_those_read_in_the_norm(
    started: Callable[..., Municipality], country: str
) -> None:
    started(country)
    rules = {rule.key: rule for rule in TermRule.objects.all()}
    assert list(rules) == [rule.key for rule in load(country).rules]
    assert all(rule.enabled == (rule.source == Source.PRIMARY) for rule in rules.values())


def test_starting_again_changes_nothing(costa_rica: Municipality, clara: User) -> None:
    actions.disable_rule(key="cr-ljc-7135-32", by=clara)
    before, entries = list(TermRule.objects.values()), TrailEntry.objects.count()
    actions.start(costa_rica)
    assert list(TermRule.objects.values()) == before
    assert TrailEntry.objects.count() == entries


def test_a_rule_new_in_the_preset_comes_in_later(costa_rica: Municipality) -> None:
    TermRule.objects.filter(key="cr-ley-9158").delete()
    actions.start(costa_rica)
    assert TermRule.objects.filter(key="cr-ley-9158").exists()
    assert last_word().data == {"country": "CR", "keys": ["cr-ley-9158"]}


def test_a_country_without_preset_is_refused(db: None) -> None:
    with pytest.raises(KeyError):
        actions.start(Municipality(country="FR"))


def test_confirming_puts_a_secondary_rule_in_force(costa_rica: Municipality, clara: User, still_clock: Any) -> None:
    assert TermRule.objects.awaiting_confirmation().filter(key="cr-ley-9097-answer").exists()
    rule = actions.confirm_rule(key="cr-ley-9097-answer", by=clara)
    assert (rule.enabled, rule.confirmed_by, rule.confirmed_at) == (True, clara, still_clock)
    assert rule.source == Source.SECONDARY
    assert not TermRule.objects.awaiting_confirmation().filter(key="cr-ley-9097-answer").exists()
    term = clocks.response_term(LegalNature.PETITION, identified=True)
    assert term is not None
    assert term.law == "Ley 9097"
    entry = last_word()
    assert (entry.verb, entry.by) == ("calendar.term_confirmed", f"user:{clara.uuid}")
    assert (entry.data["before"]["enabled"], entry.data["after"]["enabled"]) == (False, True)


def test_a_rule_without_length_cannot_be_confirmed(costa_rica: Municipality, clara: User) -> None:
    with pytest.raises(NotAllowed):
        actions.confirm_rule(key="cr-ley-9158", by=clara)


def test_a_missing_rule_is_filled_in_with_its_article(costa_rica: Municipality, clara: User) -> None:
    assert clocks.response_term(LegalNature.COMPLAINT, identified=True) is None
    said = {"term": Term(8, Unit.WORKING_DAY), "law": "Reglamento", "silence": Silence.NONE, "by": clara}
    with pytest.raises(ValueError, match="article"):
        actions.edit_rule(key="cr-ley-9158", article="", **said)
    rule = actions.edit_rule(key="cr-ley-9158", article="41", **said)
    assert (rule.source, rule.enabled, rule.term) == (Source.OWN, True, Term(8, Unit.WORKING_DAY))
    term = clocks.response_term(LegalNature.COMPLAINT, identified=True)
    assert term is not None
    assert term.citation == "Reglamento, art. 41"


def test_a_disabled_rule_is_no_longer_in_force(costa_rica: Municipality, clara: User) -> None:
    assert clocks.response_term(LegalNature.PETITION, identified=True) is not None
    actions.disable_rule(key="cr-ljc-7135-32", by=clara)
    assert clocks.response_term(LegalNature.PETITION, identified=True) is None


def test_a_declared_day_counts_at_once_and_can_be_withdrawn(costa_rica: Municipality, clara: User) -> None:
    assert clocks.working_calendar().is_working(FRIDAY)
    actions.declare_day(day=FRIDAY, name="Aniversario del cantón", by=clara)
    assert not clocks.working_calendar().is_working(FRIDAY)
    assert last_word().data == {
        "date": "2026-11-27",
        "name": "Aniversario del cantón",
        "kind": "local",
        "is_working": False,
    }
    actions.withdraw_day(day=FRIDAY, by=clara)
    assert clocks.working_calendar().is_working(FRIDAY)
    with pytest.raises(NonWorkingDay.DoesNotExist):
        actions.withdraw_day(day=FRIDAY, by=clara)


def test_a_day_said_again_is_the_new_word(costa_rica: Municipality, clara: User) -> None:
    actions.declare_day(day=FRIDAY, name="Cierre", kind=DayKind.OFFICIAL_CLOSURE, by=clara)
    actions.declare_day(day=FRIDAY, name="Sin cierre", is_working=True, by=clara)
    assert NonWorkingDay.objects.get().name == "Sin cierre"
    assert clocks.working_calendar().is_working(FRIDAY)


def test_a_national_holiday_can_be_a_working_day_here(costa_rica: Municipality, clara: User) -> None:
    tuesday = date(2026, 12, 1)
    assert not clocks.working_calendar().is_working(tuesday)
    actions.declare_day(day=tuesday, name="Se trabaja", kind=DayKind.NATIONAL, is_working=True, by=clara)
    assert clocks.working_calendar().is_working(tuesday)


def test_office_hours_are_replaced_as_a_whole(costa_rica: Municipality, clara: User) -> None:
    actions.set_office_hours(hours={0: [(time(8), time(12)), (time(12), time(16))]}, by=clara)
    actions.set_office_hours(hours={1: [(time(13), time(16)), (time(8), time(12))]}, by=clara)
    assert clocks.working_calendar().hours == {1: ((time(8), time(12)), (time(13), time(16)))}
    assert last_word().data == {"hours": ["1 08:00-12:00", "1 13:00-16:00"]}


@pytest.mark.parametrize("stretches", [[(time(8), time(8))], [(time(8), time(12)), (time(11), time(16))]])
def test_office_hours_run_forwards_and_apart(
    costa_rica: Municipality, clara: User, stretches: list[tuple[time, time]]
) -> None:
    before = list(OfficeHours.objects.values())
    with pytest.raises(ValueError, match="forwards"):
        actions.set_office_hours(hours={0: stretches}, by=clara)
    assert list(OfficeHours.objects.values()) == before


OUTAGE = {
    "starts_at": datetime(2026, 12, 9, 8, tzinfo=UTC),
    "ends_at": datetime(2026, 12, 10, 8, tzinfo=UTC),
    "extends_until": date(2026, 12, 14),
    "reason": "Corte de la sede electrónica",
}


def test_an_outage_extends_what_persons_owe_and_the_municipality_only_if_it_says_so(
    spain: Municipality, clara: User
) -> None:
    start, term = datetime(2026, 11, 25, 9, tzinfo=UTC), Term(10, Unit.WORKING_DAY)
    actions.publish_outage(**OUTAGE, by=clara)
    here = clocks.working_calendar()
    assert here.day_of(clocks.due(term, start, owed_by_person=True)) == date(2026, 12, 14)
    assert here.day_of(clocks.due(term, start)) == date(2026, 12, 10)
    actions.publish_outage(**OUTAGE, covers_municipality=True, by=clara)
    assert here.day_of(clocks.due(term, start)) == date(2026, 12, 14)


def test_an_outage_extends_nothing_where_no_norm_says_so(costa_rica: Municipality, clara: User) -> None:
    with pytest.raises(NotAllowed):
        actions.publish_outage(**OUTAGE, by=clara)


def test_an_outage_ends_after_it_starts(spain: Municipality, clara: User) -> None:
    with pytest.raises(ValueError, match="after it starts"):
        actions.publish_outage(**{**OUTAGE, "ends_at": datetime(2026, 12, 1, tzinfo=UTC)}, by=clara)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (actions.declare_day, {"day": FRIDAY, "name": "Puente"}),
        (actions.withdraw_day, {"day": FRIDAY}),
        (actions.set_office_hours, {"hours": {}}),
        (actions.confirm_rule, {"key": "es-ley-39-2015-21-3"}),
        (actions.disable_rule, {"key": "es-ley-39-2015-21-3"}),
        (
            actions.edit_rule,
            {"key": "es-ley-39-2015-21-3", "term": Term(9, Unit.MONTH), "law": "x", "article": "1", "silence": "none"},
        ),
        (actions.publish_outage, OUTAGE),
    ],
)
def test_who_does_not_keep_the_catalogue_changes_nothing(
    spain: Municipality, dario: User, action: Callable[..., Any], said: dict[str, Any]
) -> None:
    before = list(TermRule.objects.values()), TrailEntry.objects.count()
    with pytest.raises(PermissionDenied):
        action(**said, by=dario)
    assert (list(TermRule.objects.values()), TrailEntry.objects.count()) == before


def test_the_table_holds_no_term_in_force_without_length_or_word_for_it(costa_rica: Municipality) -> None:
    rule = TermRule.objects.get(key="cr-ley-9158")
    rule.enabled = True
    with pytest.raises(IntegrityError):
        rule.save()


def test_the_table_holds_no_secondary_rule_in_force_that_nobody_confirmed(costa_rica: Municipality) -> None:
    rule = TermRule.objects.get(key="cr-ley-9097-answer")
    rule.enabled = True
    with pytest.raises(IntegrityError):
        rule.save()
