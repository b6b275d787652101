"""The state of an instance: where its tokens stand, in some hundred bytes.

The engine keeps a tree of every task it has ever had or foresees. Of that we keep what decides the future: open tasks,
waiting timers, and arrivals at gateways that still wait for others. The rest is history (told by the case's trail) or
foresight (made again). So an instance that has gone round a loop a hundred times is as small and quick as a new one,
and a fork that is passed again doesn't count the arrivals of the last time.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, InclusiveGateway, ParallelGateway
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task, TaskState

VERSION = 1
_ROOT = -1
_WAITING_ANY = TaskState.NOT_FINISHED_MASK


class Place(msgspec.Struct, array_like=True, frozen=True):
    """A task of the engine that is kept: its name there, its state, the index of its parent, and its number if open."""

    spec: str
    state: int
    parent: int = _ROOT
    number: int = 0

    @property
    def task_id(self) -> str:
        """What upper rooms call it: the node, and a number that no other step of the instance has had."""
        return f"{self.spec}:{self.number}"

    @property
    def is_arrival(self) -> bool:
        """Whether it is a token that has come to a gateway (its parent says from where) and waits there for others."""
        return not self.number and self.parent != _ROOT


class State(msgspec.Struct, array_like=True):
    """Everything stored of a running instance: how many steps were opened, the values conditions read, the places."""

    version: int
    opened: int
    values: dict[str, Any]
    places: list[Place]


_decoder = msgspec.json.Decoder(State)
_encoder = msgspec.json.Encoder()


def encode(state: State) -> bytes:
    return _encoder.encode(state)


def decode(stored: bytes) -> State:
    """The state as stored. Raises ValueError for one of another version."""
    state = _decoder.decode(stored)
    if state.version != VERSION:
        raise ValueError(f"state of version {state.version}; this program reads {VERSION}")
    return state


def restore(workflow: BpmnWorkflow, state: State) -> dict[UUID, Place]:
    """Set the tokens of a blank workflow. Returns its open tasks and timers."""
    root = workflow.task_tree = Task(workflow, workflow.spec.start, state=TaskState.COMPLETED, id=UUID(int=0))
    made: list[Task] = []
    numbered: dict[UUID, Place] = {}
    for index, place in enumerate(state.places, start=1):
        parent = root if place.parent == _ROOT else made[place.parent]
        spec = workflow.spec.task_specs[place.spec]
        task = Task(workflow, spec, parent, state=place.state, id=UUID(int=index))
        made.append(task)
        if place.number:
            numbered[task.id] = place
    for task in made:
        if task.has_state(TaskState.READY | TaskState.WAITING):
            task.task_spec._predict(task, mask=_WAITING_ANY)
    return numbered


def capture(workflow: BpmnWorkflow, numbers: dict[UUID, int]) -> list[Place]:
    """The places of a workflow at rest; `numbers` are those of its open tasks and timers."""
    keeper = _Keeper(numbers)
    passed = {task.task_spec.name for task in workflow.tasks.values() if _is_join(task) and task.state == _DONE}
    for task in workflow.tasks.values():
        if is_open(task):
            keeper.keep_open(task)
        elif _is_join(task) and _is_arrival(task, passed):
            keeper.keep_arrival(task)
    return keeper.places


_DONE = TaskState.COMPLETED


def is_open(task: Task) -> bool:
    """Whether a task is work for a person, or a timer on such work."""
    if task.task_spec.manual:
        return bool(task.state == TaskState.READY)
    return bool(task.state == TaskState.WAITING and isinstance(task.task_spec, BoundaryEvent))


def _is_join(task: Task) -> bool:
    return isinstance(task.task_spec, ParallelGateway | InclusiveGateway)


def _is_arrival(task: Task, passed: set[str]) -> bool:
    """Whether a gateway's task stands for a token that has come and still waits for others.

    The engine cancels all but the latest of them while they wait; once the gateway has fired, those are spent.
    """
    if task.state == TaskState.WAITING:
        return True
    spent = task.task_spec.name in passed
    return bool(task.state == TaskState.CANCELLED and not spent and task.parent.state == _DONE)


class _Keeper:
    def __init__(self, numbers: dict[UUID, int]) -> None:
        self.places: list[Place] = []
        self._numbers = numbers
        self._kept: dict[UUID, int] = {}

    def keep_open(self, task: Task) -> None:
        parent = task.parent
        split = parent is not None and isinstance(parent.task_spec, BoundaryEventSplit)
        self._add(task, self._once(parent) if split else _ROOT, self._numbers[task.id])

    def keep_arrival(self, task: Task) -> None:
        self._add(task, self._once(task.parent))

    def _once(self, parent: Task) -> int:
        if parent.id not in self._kept:
            self._kept[parent.id] = self._add(parent, _ROOT)
        return self._kept[parent.id]

    def _add(self, task: Task, parent: int, number: int = 0) -> int:
        self.places.append(Place(task.task_spec.name, task.state, parent, number))
        return len(self.places) - 1
