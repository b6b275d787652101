"""What time does to cases: due soon and overdue reach who answers for them, once each; timers of processes fire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast, actor
from ventanilla.cases import actions, inbox, jobs
from ventanilla.cases.actions import time
from ventanilla.cases.enums import DeadlineKind, EventKind
from ventanilla.cases.models import Case, WorkItem
from ventanilla.lib import clock
from ventanilla.notifications.models import Message


def told(case: Case, kind: str) -> set[str]:
    """Who among the staff was written to."""
    return set(Message.objects.filter(about=case.chain, kind=kind).values_list("address", flat=True))


def mail(*names: str) -> set[str]:
    return {f"{name}@villa.example" for name in names}


def soon(case: Case) -> clock.at:
    return clock.at(case.due_at - timedelta(hours=12))


def late(case: Case) -> clock.at:
    return clock.at(case.due_at + timedelta(hours=1))


def test_a_day_before_its_term_whoever_has_it_is_told(cast: Cast) -> None:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    with soon(case):
        assert time.escalate() == 1
    assert told(case, "due_soon") == mail("olga")


def test_what_nobody_has_taken_reaches_the_department_and_the_coordinator(cast: Cast) -> None:
    case = cast.file()
    with soon(case):
        time.escalate()
    assert told(case, "due_soon") == mail("olga", "carlos", "coro")


def test_overdue_it_reaches_the_coordinator_whoever_has_it(cast: Cast) -> None:
    case = actions.assign_case(cast.file(), user=cast.cuca, by=actor(cast.olga))
    with late(case):
        time.escalate()
    assert told(case, "overdue") == mail("olga", "carlos", "coro", "cuca")


def test_each_level_is_told_once(cast: Cast) -> None:
    case = cast.file()
    with soon(case):
        assert [time.escalate(), time.escalate()] == [1, 0]
    with late(case):
        assert [time.escalate(), time.escalate()] == [1, 0]
    assert case.events.filter(kind=EventKind.ESCALATED).count() == 2


def test_it_rises_in_the_inbox(cast: Cast) -> None:
    case = cast.file()
    with late(case):
        time.escalate()
    case.refresh_from_db()
    assert ["escalated", 48] in case.urgency


@pytest.mark.parametrize("quiet", ["resolved", "waiting", "far"])
def test_what_is_not_due_raises_nobody(cast: Cast, quiet: str) -> None:
    case = cast.file()
    moment = case.due_at + timedelta(hours=1)
    if quiet == "resolved":
        actions.resolve_case(case, text="Listo.", by=actor(cast.olga))
    elif quiet == "waiting":
        actions.ask_person(case, text="¿Dónde?", by=actor(cast.olga))
    else:
        moment = clock.now()
    with clock.at(moment):
        assert time.escalate() == 0


def test_with_a_new_term_it_may_be_raised_again(cast: Cast) -> None:
    case = cast.file()
    with late(case):
        time.escalate()
        case = actions.extend_term(case, kind=DeadlineKind.TARGET, quantity=10, text="Lluvia.", by=actor(cast.olga))
        assert case.escalation == 0
    with late(case):
        assert time.escalate() == 1
    assert case.events.filter(kind=EventKind.ESCALATED).count() == 2


def test_the_coordinator_sees_what_nobody_has_taken_in_every_department(cast: Cast) -> None:
    lamp, complaint = cast.file(), cast.file(procedure=cast.complaint, place=None, answers={})
    taken = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    seen = set(inbox.seen_by(cast.coro, "sin-tomar"))
    assert seen == {lamp, complaint}
    assert taken not in seen


def test_a_timer_of_the_process_fires_when_its_term_has_run_out(cast: Cast) -> None:
    case = cast.file()
    item = WorkItem.objects.filter(case=case, state="open").first()
    assert item is not None
    WorkItem.objects.filter(pk=item.pk).update(timer_id="none", timer_due_at=clock.now() + timedelta(days=1))
    assert time.fire_due_timers() == 0, "not yet"


def test_the_tick_does_it_all(cast: Cast) -> None:
    waiting = actions.ask_person(cast.file(), text="¿Dónde?", by=actor(cast.olga))
    due = cast.file()
    with clock.at(max(waiting.pauses.get().expires_at, due.due_at) + timedelta(hours=1)):
        jobs.watch_the_clocks.func()
    waiting.refresh_from_db()
    due.refresh_from_db()
    assert (waiting.paused, due.escalation) == ("", 2)
