"""Moving an instance: start it, complete a step, fire a timer. Values in, values out; no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task, TaskState

from ventanilla.lib import expressions
from ventanilla.workflow import engine, state
from ventanilla.workflow.enums import TASKS, Closing, NodeKind
from ventanilla.workflow.rules import NO_TERM, Closed, Diagram, Node, Step, StepNotOpen, Timer
from ventanilla.workflow.state import Place, State


class Stuck(RuntimeError):
    """Nothing is open and the process hasn't ended; loading refuses diagrams that can come to this."""

    def __init__(self, waiting: list[str]) -> None:
        self.waiting = waiting
        super().__init__(", ".join(waiting))


@dataclass(frozen=True)
class Process:
    """A version of a process, ready to run: parsed once, shared by all threads."""

    diagram: Diagram
    spec: BpmnProcessSpec
    variables: frozenset[str]

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass(frozen=True)
class Move:
    """What one move did: the state after it (None once ended), steps opened and closed, and the outcome of the end."""

    state: bytes | None
    opened: tuple[Step, ...]
    closed: tuple[Closed, ...]
    outcome: str = ""

    @property
    def ended(self) -> bool:
        return self.state is None


def process_of(diagram: Diagram) -> Process:
    """A process of a diagram that has passed the checks."""
    compiled = (expressions.compile(flow.condition) for flow in diagram.flows if flow.condition)
    names = frozenset(name for expression in compiled for name in expression.variables)
    return Process(diagram, engine.specification(diagram), names)


def no_services(node_id: str, _values: Mapping[str, Any]) -> Mapping[str, Any]:
    raise LookupError(f"{node_id} can't be called here")


def start(process: Process, values: Mapping[str, Any], call: engine.Call = no_services) -> Move:
    """The first move. The same values give the same bytes, so a start that calls no service is remembered."""
    kept = _kept(process, values)
    if any(process.diagram.of(NodeKind.SERVICE)):
        return started(process, engine.Conditions(kept, call))
    return _remembered_start(process, msgspec.json.encode(kept, order="sorted"))


@lru_cache(maxsize=256)
def _remembered_start(process: Process, values: bytes) -> Move:
    return started(process, engine.Conditions(msgspec.json.decode(values), no_services))


def complete(
    process: Process, stored: bytes, task_id: str, values: Mapping[str, Any], call: engine.Call = no_services
) -> Move:
    """Do a step. Raises StepNotOpen; expressions.ExpressionError when a condition can't be decided by the values."""
    before = state.decode(stored)
    before.values.update(_kept(process, values))
    return completed(process, before, task_id, engine.Conditions(before.values, call))


def fire(process: Process, stored: bytes, task_id: str, call: engine.Call = no_services) -> Move:
    """A timer's term has run out. Raises StepNotOpen when the timer isn't waiting."""
    before = state.decode(stored)
    return fired(process, before, task_id, engine.Conditions(before.values, call))


def started(process: Process, conditions: engine.Conditions) -> Move:
    """The first move, decided by some conditions."""
    workflow = BpmnWorkflow(process.spec, script_engine=conditions)
    workflow.do_engine_steps()
    return _move(process, workflow, State(state.VERSION, 0, conditions.values, []), {})


def completed(process: Process, before: State, task_id: str, conditions: engine.Conditions) -> Move:
    """A step done, decided by some conditions."""
    workflow, was_open = _woken(process, before, conditions)
    _find(workflow, was_open, task_id, TaskState.READY).run()
    workflow.do_engine_steps()
    return _move(process, workflow, before, was_open)


def fired(process: Process, before: State, task_id: str, conditions: engine.Conditions) -> Move:
    """A timer thrown, decided by some conditions."""
    workflow, was_open = _woken(process, before, conditions)
    task = _find(workflow, was_open, task_id, TaskState.WAITING)
    task.task_spec.catch(task, None)
    task.task_spec._update(task)
    workflow.do_engine_steps()
    return _move(process, workflow, before, was_open)


def open_steps(process: Process, stored: bytes) -> tuple[Step, ...]:
    """The steps that are open, with the timers on them; read from the state without waking the engine."""
    return _steps(process.diagram, state.decode(stored).places)


def without_words(process: Process, stored: bytes) -> bytes:
    """The state without the words that stand in none of the diagram's conditions."""
    before = state.decode(stored)
    conditions = [flow.condition for flow in process.diagram.flows if flow.condition]
    for name, value in before.values.items():
        if not isinstance(value, bool | int | float | None) and not _is_fixed(value, conditions):
            before.values[name] = ""
    return state.encode(before)


def _is_fixed(value: Any, conditions: list[str]) -> bool:
    quoted = (f"{mark}{value}{mark}" for mark in "\"'")
    return isinstance(value, str) and any(words in condition for words in quoted for condition in conditions)


def _kept(process: Process, values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what some condition reads: answers live in the upper rooms' tables, not here."""
    return {name: value for name, value in values.items() if name in process.variables}


def _woken(process: Process, before: State, conditions: engine.Conditions) -> tuple[BpmnWorkflow, dict[UUID, Place]]:
    workflow = BpmnWorkflow(process.spec, script_engine=conditions, deserializing=True)
    return workflow, state.restore(workflow, before)


def _find(workflow: BpmnWorkflow, was_open: dict[UUID, Place], task_id: str, wanted: int) -> Task:
    for own, place in was_open.items():
        if place.task_id == task_id and place.state == wanted:
            return workflow.tasks[own]
    raise StepNotOpen(task_id)


def _move(process: Process, workflow: BpmnWorkflow, before: State, was_open: dict[UUID, Place]) -> Move:
    closed = _closed(process.diagram, workflow, was_open)
    if workflow.completed:
        return Move(None, (), closed, _outcome(process.diagram, workflow))
    numbers = {own: place.number for own, place in was_open.items()}
    last = before.opened
    for task in [task for task in workflow.tasks.values() if state.is_open(task) and task.id not in numbers]:
        last += 1
        numbers[task.id] = last
    places = state.capture(workflow, numbers)
    new = [place for place in places if place.number > before.opened]
    if not any(place.number for place in places):
        raise Stuck([place.spec for place in places if place.spec in process.diagram.joins])
    after = State(state.VERSION, last, before.values, places)
    return Move(state.encode(after), _steps(process.diagram, new), closed)


def _closed(diagram: Diagram, workflow: BpmnWorkflow, was_open: dict[UUID, Place]) -> tuple[Closed, ...]:
    found = []
    for own, place in was_open.items():
        task = workflow.tasks.get(own)
        if diagram.nodes[place.spec].kind in TASKS and not (task and state.is_open(task)):
            done = task is not None and task.state == TaskState.COMPLETED
            how = Closing.COMPLETED if done else Closing.WITHDRAWN
            found.append(Closed(place.task_id, place.spec, how))
    return tuple(found)


def _outcome(diagram: Diagram, workflow: BpmnWorkflow) -> str:
    """The outcome of the end that was reached; of several, the last that has one."""
    done = [task.task_spec.name for task in workflow.tasks.values() if task.state == TaskState.COMPLETED]
    ends = [diagram.nodes[name].outcome for name in done if _is_end(diagram, name)]
    return next((outcome for outcome in reversed(ends) if outcome), "")


def _is_end(diagram: Diagram, name: str) -> bool:
    node = diagram.nodes.get(name)
    return node is not None and node.kind is NodeKind.END


def _steps(diagram: Diagram, places: list[Place]) -> tuple[Step, ...]:
    numbered = [(place, diagram.nodes[place.spec]) for place in places if place.number]
    timers = [(place, node) for place, node in numbered if node.kind is NodeKind.TIMER]
    made = []
    for place, node in numbered:
        if node.kind in TASKS:
            own = tuple(_timer(p, n, place.task_id) for p, n in timers if n.attached_to == node.id)
            made.append(_step(place, node, own))
    return tuple(made)


def _timer(place: Place, node: Node, watches: str) -> Timer:
    return Timer(place.task_id, node.id, node.name, node.term, node.interrupts, watches)


def _step(place: Place, node: Node, timers: tuple[Timer, ...]) -> Step:
    return Step(
        task_id=place.task_id,
        node=node.id,
        kind=node.kind,
        name=node.name,
        lane=node.lane,
        form=node.form,
        term="" if node.term == NO_TERM else node.term,
        description=node.description,
        step=node.step or node.id,
        public_title=node.public_title,
        public_text=node.public_text,
        timers=timers,
    )
