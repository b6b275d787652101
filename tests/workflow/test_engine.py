"""The engine does what the drawing says, and nothing else."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.blocks import Block, Played, blocks, draw, names
from tests.workflow.drawing import CHOICE, FORK, LINE, ROLES, bpmn, flow, timer, user
from ventanilla.lib.expressions import CannotEvaluate, MissingValue
from ventanilla.workflow import engine, library, reading, running, state
from ventanilla.workflow.enums import Closing
from ventanilla.workflow.rules import StepNotOpen
from ventanilla.workflow.running import Move, Process


def process(*elements: str) -> Process:
    return running.process_of(library.check(bpmn(*elements), roles=ROLES, services=["greet"]))


def open_nodes(owner: Process, move: Move) -> dict[str, str]:
    return {step.node: step.task_id for step in running.open_steps(owner, move.state)} if move.state else {}


def test_a_step_opens_closes_and_ends_with_its_outcome() -> None:
    line = process(*LINE)
    begun = running.start(line, {})
    (step,) = begun.opened
    assert (step.task_id, step.node, step.name, step.lane, step.form) == ("a:1", "a", "A", "front_desk", "form_a")
    done = running.complete(line, begun.state or b"", "a:1", {})
    assert done.ended
    assert done.outcome == "done"
    assert [(closed.task_id, closed.how) for closed in done.closed] == [("a:1", Closing.COMPLETED)]


def test_a_choice_follows_the_values_and_each_visit_has_its_own_number() -> None:
    choice = process(*CHOICE)
    move = running.start(choice, {})
    for number in (1, 2, 3):
        assert open_nodes(choice, move) == {"a": f"a:{number}"}
        move = running.complete(choice, move.state or b"", f"a:{number}", {"again": number < 3})
    assert move.ended


def test_the_state_is_as_small_after_a_hundred_rounds() -> None:
    choice = process(*CHOICE)
    move = running.start(choice, {})
    for number in range(1, 101):
        move = running.complete(choice, move.state or b"", f"a:{number}", {"again": True})
    assert len(move.state or b"") < 60


def test_branches_wait_for_each_other() -> None:
    fork = process(*FORK)
    move = running.start(fork, {})
    assert set(open_nodes(fork, move)) == {"a", "b"}
    move = running.complete(fork, move.state or b"", open_nodes(fork, move)["b"], {})
    assert set(open_nodes(fork, move)) == {"a"}
    move = running.complete(fork, move.state or b"", open_nodes(fork, move)["a"], {})
    assert set(open_nodes(fork, move)) == {"c"}


def test_a_step_is_done_once() -> None:
    fork = process(*FORK)
    begun = running.start(fork, {})
    a = open_nodes(fork, begun)["a"]
    after = running.complete(fork, begun.state or b"", a, {})
    for task_id in (a, "c:9", "", "a", "join:0", "fork:1"):
        with pytest.raises(StepNotOpen):
            running.complete(fork, after.state or b"", task_id, {})


def test_only_the_values_that_conditions_read_are_kept() -> None:
    choice = process(*CHOICE)
    move = running.start(choice, {"again": True, "phone": "8888 8888"})
    assert b"8888" not in (move.state or b"")
    move = running.complete(choice, move.state or b"", "a:1", {"name": "Rosa", "again": True})
    assert state.decode(move.state or b"").values == {"again": True}


def test_a_condition_without_its_value_names_it_and_moves_nothing() -> None:
    choice = process(*CHOICE)
    begun = running.start(choice, {})
    with pytest.raises(MissingValue) as caught:
        running.complete(choice, begun.state or b"", "a:1", {})
    assert caught.value.name == "again"
    with pytest.raises(CannotEvaluate):
        running.complete(choice, begun.state or b"", "a:1", {"again": "quizá"})
    assert running.complete(choice, begun.state or b"", "a:1", {"again": False}).ended


def test_the_same_values_start_in_the_same_bytes() -> None:
    choice = process(*CHOICE)
    assert running.start(choice, {"again": True, "x": 1}) is running.start(choice, {"x": 2, "again": True})


TIMED = (user("a"), user("b"), timer("late", "a"), flow("s>a"), flow("a>e"), flow("late>b"), flow("b>e"))


def test_a_timer_is_told_with_its_step_and_interrupts_it() -> None:
    timed = process(*TIMED)
    begun = running.start(timed, {})
    (clock,) = begun.opened[0].timers
    assert (clock.node, clock.term, clock.watches, clock.interrupts) == ("late", "response_deadline", "a:1", True)
    fired = running.fire(timed, begun.state or b"", clock.task_id)
    assert [step.node for step in fired.opened] == ["b"]
    assert [(closed.node, closed.how) for closed in fired.closed] == [("a", Closing.WITHDRAWN)]
    with pytest.raises(StepNotOpen):
        running.fire(timed, fired.state or b"", clock.task_id)


def test_a_timer_goes_with_the_step_it_watched() -> None:
    timed = process(*TIMED[:3], user("c"), flow("s>a"), flow("a>c"), flow("c>e"), flow("late>b"), flow("b>e"))
    begun = running.start(timed, {})
    after = running.complete(timed, begun.state or b"", "a:1", {})
    assert [step.node for step in running.open_steps(timed, after.state or b"")] == ["c"]
    with pytest.raises(StepNotOpen):
        running.fire(timed, after.state or b"", "late:2")


def test_a_timer_that_does_not_interrupt_adds_a_step_and_fires_once() -> None:
    timed = process(*TIMED[:2], timer("late", "a", interrupts=False), *TIMED[3:])
    begun = running.start(timed, {})
    fired = running.fire(timed, begun.state or b"", "late:2")
    assert set(open_nodes(timed, fired)) == {"a", "b"}
    assert fired.closed == ()
    with pytest.raises(StepNotOpen):
        running.fire(timed, fired.state or b"", "late:2")
    once = running.complete(timed, fired.state or b"", "a:1", {})
    assert not once.ended
    assert running.complete(timed, once.state or b"", open_nodes(timed, once)["b"], {}).ended


def test_a_step_is_not_fired_nor_a_timer_completed() -> None:
    timed = process(*TIMED)
    begun = running.start(timed, {})
    with pytest.raises(StepNotOpen):
        running.complete(timed, begun.state or b"", "late:2", {})
    with pytest.raises(StepNotOpen):
        running.fire(timed, begun.state or b"", "a:1")


def test_an_end_that_stops_everything_withdraws_the_rest() -> None:
    stop = '<endEvent id="stop" v:outcome="stopped"><terminateEventDefinition/></endEvent>'
    fork = process(
        user("a"), user("b"), '<parallelGateway id="g"/>', stop,
        flow("s>g"), flow("g>a"), flow("g>b"), flow("a>e"), flow("b>stop"),
    )  # fmt: skip
    begun = running.start(fork, {})
    done = running.complete(fork, begun.state or b"", open_nodes(fork, begun)["b"], {})
    assert done.ended
    assert done.outcome == "stopped"
    assert {(closed.node, closed.how) for closed in done.closed} == {("a", Closing.WITHDRAWN), ("b", Closing.COMPLETED)}


def test_a_service_is_called_with_the_values_and_adds_to_them() -> None:
    seen: list[tuple[str, dict[str, Any]]] = []

    def call(node: str, values: Any) -> dict[str, Any]:
        seen.append((node, dict(values)))
        return {"again": False}

    service = '<serviceTask id="greeting" v:service="greet"/>'
    gate = '<exclusiveGateway id="g" default="g_e"/>'
    served = process(
        user("a"), service, gate,
        flow("s>a"), flow("a>greeting"), flow("greeting>g"), flow("g>a", "again"), flow("g>e"),
    )  # fmt: skip
    begun = running.start(served, {"again": True}, call)
    assert running.complete(served, begun.state or b"", "a:1", {}, call).ended
    assert seen == [("greeting", {"again": True})]


def test_a_state_of_another_version_is_not_read() -> None:
    stored = running.start(process(*LINE), {}).state or b""
    with pytest.raises(ValueError, match="version"):
        state.decode(b"[99" + stored[2:])


SHAPE = (
    '<d:BPMNShape xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" bpmnElement="{}"><c:Bounds '
    'xmlns:c="http://www.omg.org/spec/DD/20100524/DC" y="{}"/></d:BPMNShape>'
)


@pytest.mark.parametrize(("tops", "first"), [((10, 90), "a"), ((90, 10), "b"), (("x", "nan"), "a")])
def test_the_ways_out_of_a_choice_are_tried_from_the_top(tops: tuple[object, object], first: str) -> None:
    gate = '<exclusiveGateway id="g" default="g_e"/>'
    arrows = [flow("s>g"), flow("g>a", "true"), flow("g>b", "true"), flow("g>e"), flow("a>e"), flow("b>e")]
    shapes = SHAPE.format("a", tops[0]) + SHAPE.format("b", tops[1])
    xml = bpmn(gate, user("a"), user("b"), *arrows).replace(b"</definitions>", f"{shapes}</definitions>".encode())
    drawn = running.process_of(library.check(xml, roles=ROLES, services=[]))
    assert set(open_nodes(drawn, running.start(drawn, {}))) == {first}


# What must never run


PYTHON = "__import__('os').environ.__setitem__('VENTANILLA_PWNED', '1') or True"


def test_python_in_a_condition_cannot_run_even_past_the_checks() -> None:
    diagram, _problems = reading.read(re.sub(rb">again<", f">{PYTHON}<".encode(), bpmn(*CHOICE)))
    forced = Process(diagram, engine.specification(diagram), frozenset())
    begun = running.started(forced, engine.Conditions({}, running.no_services))
    with pytest.raises(ValueError, match="no se entiende"):
        running.complete(forced, begun.state or b"", "a:1", {})
    assert "VENTANILLA_PWNED" not in os.environ


def test_a_script_never_reaches_the_engine_even_past_the_checks() -> None:
    script = f'<scriptTask id="x"><script>{PYTHON}</script></scriptTask>'
    diagram, problems = reading.read(bpmn(user("a"), script, flow("s>a"), flow("a>e")))
    assert problems
    assert "x" not in engine.specification(diagram).task_specs


def test_the_engines_own_script_engine_is_never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine

    def explode(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the Python script engine was made")

    monkeypatch.setattr(PythonScriptEngine, "__init__", explode)
    choice = process(*CHOICE)
    begun = running.started(choice, engine.Conditions({}, running.no_services))
    assert running.complete(choice, begun.state or b"", "a:1", {"again": False}).ended


def test_every_other_request_for_a_script_is_refused() -> None:
    conditions = engine.Conditions({}, running.no_services)
    for method in (conditions.execute, conditions.call_service, conditions.validate):
        with pytest.raises(PermissionError):
            method(None, PYTHON)


def test_many_forks_in_a_row_start_at_once() -> None:
    elements, before = [], "s"
    for i in range(20):
        gates = f'<parallelGateway id="f{i}"/><parallelGateway id="j{i}"/>'
        arrows = [f"{before}>f{i}", f"f{i}>a{i}", f"f{i}>b{i}", f"a{i}>j{i}", f"b{i}>j{i}"]
        elements += [gates, user(f"a{i}"), user(f"b{i}"), *map(flow, arrows)]
        before = f"j{i}"
    assert process(*elements, flow(f"{before}>e"))


# Whatever is drawn


@settings(max_examples=60, deadline=None)
@given(blocks(), st.data())
def test_any_nest_of_blocks_does_what_is_played_by_hand(block: Block, data: st.DataObject) -> None:
    owner = running.process_of(library.check(draw(block), roles=ROLES, services=[]))
    conditions = sorted(set(names(block)))

    def some_values() -> dict[str, bool]:
        return {name: data.draw(st.booleans()) for name in conditions}

    values = some_values()
    played, move = Played(block, values), running.start(owner, values)
    for turn in range(40):
        assert set(open_nodes(owner, move)) == played.open
        assert move.ended is played.over
        if move.ended:
            return
        assert state.encode(state.decode(move.state or b"")) == move.state
        node = data.draw(st.sampled_from(sorted(played.open)))
        values = some_values() if turn < 15 else dict.fromkeys(conditions, False)
        task_id = open_nodes(owner, move)[node]
        played.complete(node, values)
        move = running.complete(owner, move.state or b"", task_id, values)
    raise AssertionError("the walk did not end")


@given(st.dictionaries(st.sampled_from(["again", "x"]), st.booleans() | st.integers() | st.text() | st.none()))
def test_values_survive_the_state(values: dict[str, Any]) -> None:
    choice = process(*CHOICE)
    kept = state.decode(running.start(choice, values).state or b"").values
    assert kept == {name: value for name, value in values.items() if name == "again"}


def test_moments_are_kept_as_text() -> None:
    moment = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)
    choice = process(*CHOICE)
    assert state.decode(running.start(choice, {"again": moment}).state or b"").values == {
        "again": "2026-11-25T16:24:00Z"
    }


def test_the_longest_chain_allowed_loads_even_from_deep_in_a_program() -> None:
    tasks = [f"t{i}" for i in range(148)]
    chain = [flow(f"{one}>{two}") for one, two in pairwise(["s", *tasks, "e"])]

    def deep(levels: int) -> Process:
        return deep(levels - 1) if levels else process(*map(user, tasks), *chain)

    assert deep(250)
