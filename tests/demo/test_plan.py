"""The plan of the demo: half a year of some three thousand cases, decided beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import forget_everything
from tests.demo.conftest import UNTIL, found
from ventanilla.calendars.clocks import working_calendar
from ventanilla.cases.enums import Channel, Identity
from ventanilla.catalog import published
from ventanilla.demo import actions, pictures, plan
from ventanilla.demo.hours import Office
from ventanilla.demo.plan import Plan
from ventanilla.demo.town import Town
from ventanilla.demo.whereabouts import Atlas
from ventanilla.lib import clock

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def draw(built: Town, cases: int = actions.CASES) -> Plan:
    return plan.draw(
        procedures=list(published.current().by_key.values()),
        atlas=Atlas(built),
        office=Office.on(working_calendar()),
        until=UNTIL,
        days=actions.DAYS,
        cases=cases,
    )


@pytest.fixture(scope="module")
def planned(django_db_setup: None, django_db_blocker: DjangoDbBlocker, built: Town) -> Iterator[Plan]:
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(UNTIL):
            found()
            yield draw(built)
        transaction.set_rollback(True)
    forget_everything()


def test_some_three_thousand_matters_of_six_months(planned: Plan) -> None:
    assert len(planned.matters) == actions.CASES == 3000
    filed = [matter.at for matter in planned.matters.values()]
    assert min(filed) > UNTIL - timedelta(days=actions.DAYS + 1)
    assert max(filed) < UNTIL
    months = Counter(moment.strftime("%Y-%m") for moment in filed)
    assert len([month for month, count in months.items() if count > 200]) >= 6


def test_every_service_is_asked_for_by_every_door(planned: Plan) -> None:
    known = published.current().by_key
    asked = {matter.procedure for matter in planned.matters.values()}
    assert {known[key].service.key for key in asked} == {each.service.key for each in known.values()}
    assert {matter.channel for matter in planned.matters.values()} == {
        Channel.WEB, Channel.PHONE, Channel.COUNTER, Channel.OPEN311,
    }  # fmt: skip
    assert {matter.identity for matter in planned.matters.values()} == set(Identity)


def test_photos_for_many_and_a_place_for_most(planned: Plan) -> None:
    matters = planned.matters.values()
    assert sum(bool(matter.photos) for matter in matters) > 500
    assert {motif for matter in matters for motif, _number in matter.photos} <= set(pictures.MOTIFS)
    assert sum(matter.spot is not None for matter in matters) > 2400


def test_what_comes_of_them_leads_to_every_state(planned: Plan) -> None:
    """A deed may come too late to be done: what is lived below says so too."""
    last = {deed.number: deed for deed in planned.deeds if deed.kind not in {"survey", "follow", "note", "contact"}}
    ends = Counter(deed.kind for deed in last.values())
    assert {"file", "ask", "resolve", "step", "refused", "cancelled", "withdrawn", "extend"} <= set(ends)
    kinds = {each.kind for each in planned.deeds}
    assert {"duplicate", "reopen", "route", "assign", "reply", "answer", "urgent", "correct"} <= kinds


def test_the_same_moment_gives_the_same_plan(planned: Plan, built: Town) -> None:
    again, third = draw(built, 200), draw(built, 200)
    assert (again.matters, again.deeds) == (third.matters, third.deeds)
