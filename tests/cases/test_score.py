"""The place in the inbox: stored, the same whenever it is asked, and moved forward by each reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.cases import actions, rules
from ventanilla.cases.actions import clocks, weighing
from ventanilla.cases.models import Case
from ventanilla.cases.rules import Standing, Weights, order_at, urgency
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor

__all__ = ["cast"]

START = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 10_000_000).map(lambda minutes: START + timedelta(minutes=minutes))
hours = st.integers(0, 400)
weights = st.builds(
    Weights,
    per_weight=hours,
    per_follower=hours,
    follower_limit=st.integers(0, 50),
    urgent=hours,
    reopened=hours,
    person_replied=hours,
    escalated=hours,
)
standings = st.builds(
    Standing,
    filed_at=moments,
    due_at=st.none() | moments,
    weight=st.integers(0, 10),
    followers=st.integers(0, 100),
    is_urgent=st.booleans(),
    reopenings=st.integers(0, 5),
    person_replied=st.booleans(),
    escalation=st.integers(0, 2),
)
whatever = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no reason to fail."""
REASONS = [
    lambda each: replace(each, weight=each.weight + 1),
    lambda each: replace(each, followers=each.followers + 1),
    lambda each: replace(each, is_urgent=True),
    lambda each: replace(each, reopenings=each.reopenings + 1),
    lambda each: replace(each, person_replied=True),
    lambda each: replace(each, escalation=each.escalation + 1),
]


@whatever
@given(standings, weights, moments, moments)
def test_it_does_not_depend_on_when_it_is_asked(standing: Standing, held: Weights, now: datetime, later: datetime):
    with clock.at(now):
        first = order_at(standing, held), urgency(standing, held)
    with clock.at(later):
        assert (order_at(standing, held), urgency(standing, held)) == first


@whatever
@given(standings, standings, weights, moments, moments)
def test_two_keep_their_order_as_time_goes_by(one: Standing, other: Standing, held: Weights, now, later):
    with clock.at(now):
        before = order_at(one, held) < order_at(other, held)
    with clock.at(later):
        assert (order_at(one, held) < order_at(other, held)) == before


@pytest.mark.parametrize("more", REASONS)
@whatever
@given(standing=standings, held=weights)
def test_a_reason_more_never_moves_it_back(standing: Standing, held: Weights, more) -> None:
    assert order_at(more(standing), held) <= order_at(standing, held)


@whatever
@given(standings, weights)
def test_it_stands_as_far_ahead_of_its_term_as_its_reasons_say(standing: Standing, held: Weights) -> None:
    base = standing.due_at or standing.filed_at + rules.UNHURRIED
    said = sum(amount for _reason, amount in urgency(standing, held))
    assert base - order_at(standing, held) == timedelta(hours=said)


@whatever
@given(standings, weights, st.integers(1, 10_000))
def test_what_is_due_later_stands_later_all_else_alike(standing: Standing, held: Weights, minutes: int) -> None:
    due = standing.due_at or START
    sooner, later = replace(standing, due_at=due), replace(standing, due_at=due + timedelta(minutes=minutes))
    assert order_at(sooner, held) < order_at(later, held)


@whatever
@given(standings, weights)
def test_no_crowd_weighs_more_than_the_limit(standing: Standing, held: Weights) -> None:
    crowd = replace(standing, followers=10_000)
    enough = replace(standing, followers=held.follower_limit)
    assert order_at(crowd, held) == order_at(enough, held)


@whatever
@given(st.none() | moments, moments)
def test_how_far_up_a_case_belongs(due_at: datetime | None, now: datetime) -> None:
    level = rules.escalation(due_at, now)
    assert level == (0 if due_at is None or due_at >= now + rules.SOON else 2 if due_at < now else 1)


# As cases have it -----------------------------------------------------------------------------------------------------


def test_a_follower_an_urgency_and_an_answer_of_the_person_move_a_case_forward(cast: Cast) -> None:
    case = cast.file(applicant=None, identity="anonymous")
    rosa = Actor(f"person:{cast.rosa.uuid}", cast.rosa.name)
    seen = [case.order_at]
    seen.append(actions.follow(case, person=cast.rosa, by=rosa).order_at)
    seen.append(actions.person_replies(case, text="¿Y?", by=rosa).order_at)
    seen.append(actions.mark_urgent(case, urgent=True, by=actor(cast.olga)).order_at)
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 4


def test_what_is_stored_says_why(cast: Cast) -> None:
    case = actions.mark_urgent(cast.file(), urgent=True, by=actor(cast.olga))
    assert case.urgency == [["weight", 8], ["urgent", 120]]


def test_new_weights_order_every_open_case_anew(cast: Cast) -> None:
    case, closed = cast.file(), actions.resolve_case(cast.file(), text="Listo.", by=actor(cast.olga))
    weighing.set_weights(by="user:coro", per_weight=40)
    clocks.weights_in_force.forget()
    assert weighing.order_anew() == 1
    before = case.order_at
    case.refresh_from_db()
    assert before - case.order_at == timedelta(hours=32)
    assert Case.objects.get(pk=closed.pk).order_at == closed.order_at
    clocks.weights_in_force.forget()
