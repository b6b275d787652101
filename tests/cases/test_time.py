"""What time does to cases: due soon and overdue reach who answers for them, once each; timers of processes fire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast, actor
from tests.workflow.drawing import bpmn, flow, timer, user
from ventanilla.audit.actions import verify_all
from ventanilla.cases import actions, inbox, jobs
from ventanilla.cases.actions import process, time
from ventanilla.cases.enums import CaseState, DeadlineKind, EventKind, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.lib import clock
from ventanilla.notifications.models import Message
from ventanilla.workflow import actions as workflow


def told(case: Case, kind: str) -> set[str]:
    """Who was written to."""
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


# Timers of processes --------------------------------------------------------------------------------------------------


def in_charge_of_a_complaint(cast: Cast) -> Case:
    """A complaint that was admitted: the department gives account of it within five working days."""
    case = cast.file(procedure=cast.complaint, place=None, answers={})
    return actions.complete_work(
        work(case, "admit"), answers={"admission": "admitted"}, user=cast.vera, by=actor(cast.vera)
    )


def work(case: Case, node: str) -> WorkItem:
    return WorkItem.objects.get(case=case, node=node)


def timed(cast: Cast, *elements: str, outcome: str = "mended") -> Case:
    """A case of a process drawn here, filed now."""
    drawn = bpmn(*elements).replace(b'v:outcome="done"', f'v:outcome="{outcome}"'.encode())
    workflow.load_definition(drawn, key="report", by="test")
    process.definitions.forget()
    return cast.file()


def waited(case: Case, node: str) -> clock.at:
    """Just after the term of a step's timer has run out."""
    due = work(case, node).timer_due_at
    assert due is not None
    return clock.at(due + timedelta(minutes=1))


ENDING = (user("look"), timer("late", "look"), flow("s>look"), flow("look>e"), flow("late>e"))


def ending(cast: Cast, outcome: str = "mended") -> Case:
    """A case whose process ends if nobody looks within two days."""
    return timed(cast, *(each.replace("response_deadline", "2 working_days") for each in ENDING), outcome=outcome)


def waiting_for_budget(cast: Cast, *, interrupts: bool) -> Case:
    """A thing put off for want of money, whose process asks about it after two days."""
    wait = '<manualTask id="await_budget" name="Esperar presupuesto" v:term="none"/>'
    late = timer("late", "await_budget", interrupts).replace("response_deadline", "2 working_days")
    arrows = (flow("s>look"), flow("look>await_budget"), flow("await_budget>e"), flow("late>ask"), flow("ask>e"))
    case = timed(cast, user("look"), wait, late, user("ask"), *arrows)
    return actions.complete_work(work(case, "look"), answers={}, user=cast.olga, by=actor(cast.olga))


def test_a_timer_of_the_process_fires_when_its_term_has_run_out(cast: Cast) -> None:
    case = in_charge_of_a_complaint(cast)
    assert time.fire_due_timers() == 0, "not yet"
    with waited(case, "give_account"):
        assert [time.fire_due_timers(), time.fire_due_timers()] == [1, 0]
    assert (work(case, "give_account").state, work(case, "answer").state) == (WorkState.CANCELLED, WorkState.OPEN)


def test_a_timer_that_fires_is_told_and_its_trail_verifies(cast: Cast) -> None:
    case = in_charge_of_a_complaint(cast)
    with waited(case, "give_account"):
        time.fire_due_timers()
    told = case.events.latest("seq")
    assert (told.kind, told.data["node"], told.data["late"]) == (EventKind.ESCALATED, "give_account", True)
    assert verify_all().is_clean


def test_what_was_done_in_time_has_no_timer_left(cast: Cast) -> None:
    case = in_charge_of_a_complaint(cast)
    late = waited(case, "give_account")
    actions.complete_work(work(case, "give_account"), answers={}, user=cast.otilia, by=actor(cast.otilia))
    with late:
        assert time.fire_due_timers() == 0


@pytest.mark.parametrize(("outcome", "state"), [("mended", CaseState.RESOLVED), ("explained", CaseState.REFUSED)])
def test_a_timer_that_ends_its_process_ends_the_case(cast: Cast, outcome: str, state: CaseState) -> None:
    case = ending(cast, outcome)
    with waited(case, "look"):
        time.fire_due_timers()
    case.refresh_from_db()
    assert (case.state, case.is_open) == (state, False)
    assert case.outcome == "Terminó al acabarse el plazo de su último paso."
    assert told(case, f"case_{state}") == {"rosa.benitez@correo.example"}
    assert verify_all().is_clean


def test_a_timer_that_finds_no_money_puts_the_case_off(cast: Cast) -> None:
    wait = '<manualTask id="await_budget" name="Esperar presupuesto" v:term="none"/>'
    late = timer("late", "look").replace("response_deadline", "2 working_days")
    arrows = (flow("s>look"), flow("look>e"), flow("late>await_budget"), flow("await_budget>e"))
    case = timed(cast, user("look"), late, wait, *arrows)
    with waited(case, "look"):
        time.fire_due_timers()
    case.refresh_from_db()
    assert case.state == CaseState.SCHEDULED


def test_a_reminder_leaves_what_was_put_off_as_it_is(cast: Cast) -> None:
    case = waiting_for_budget(cast, interrupts=False)
    with waited(case, "await_budget"):
        assert time.fire_due_timers() == 1
    case.refresh_from_db()
    assert case.state == CaseState.SCHEDULED
    assert {work(case, node).state for node in ("await_budget", "ask")} == {WorkState.OPEN}


def test_a_wait_for_money_that_runs_out_puts_the_case_under_way_again(cast: Cast) -> None:
    case = waiting_for_budget(cast, interrupts=True)
    with waited(case, "await_budget"):
        time.fire_due_timers()
    case.refresh_from_db()
    assert case.state == CaseState.IN_PROGRESS
    assert work(case, "ask").state == WorkState.OPEN


def test_the_tick_does_it_all(cast: Cast) -> None:
    waiting = actions.ask_person(cast.file(), text="¿Dónde?", by=actor(cast.olga))
    due = cast.file()
    with clock.at(max(waiting.pauses.get().expires_at, due.due_at) + timedelta(hours=1)):
        jobs.watch_the_clocks.func()
    waiting.refresh_from_db()
    due.refresh_from_db()
    assert (waiting.paused, due.escalation) == ("", 2)
