"""SpiffWorkflow, held tight: it parses what we rewrite, decides by CEL alone, and keeps no time.

Its own parser never sees the file: `specification` writes a fresh, minimal BPMN document from the `Diagram`, so that
nothing outside the whitelist can reach it. Its own script engine, which runs Python, is never made: `Conditions` takes
its place. Timers are events that we throw; the engine's timers are never built.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import BoundaryEventParser, EndEventParser, StartEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import ConditionalGatewayParser, GatewayParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    BpmnSpecMixin,
    EndEvent,
    ExclusiveGateway,
    InclusiveGateway,
    ManualTask,
    ParallelGateway,
    StartEvent,
    UserTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.task import Task, TaskState

from ventanilla.lib import expressions
from ventanilla.workflow import whitelist
from ventanilla.workflow.enums import NodeKind
from ventanilla.workflow.rules import Diagram, Node

Call = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""Calls a service task by its node's id with the values known, and returns those it adds."""


class Conditions:
    """Stands where the engine wants a script engine: evaluates CEL over the instance's values, refuses all else."""

    def __init__(self, values: dict[str, Any], call: Call) -> None:
        self.values = values
        self._call = call

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> bool:
        """Whether a flow's condition holds. Raises expressions.ExpressionError."""
        return expressions.holds(expressions.compile(expression), self.values)

    def call(self, node_id: str) -> None:
        """Run a registered service and keep what it says."""
        self.values.update(self._call(node_id, self.values))

    def refuse(self, *_: object, **__: object) -> NoReturn:
        """No script, service operator or correlation ever runs."""
        raise PermissionError("processes run no scripts")

    validate = execute = call_service = refuse


_AHEAD = TaskState.PREDICTED_MASK | TaskState.FUTURE


class _Near:
    """Looks two nodes ahead and no further; looks again when it is reached.

    The engine foresees everything that is sure to come, once for each way to it: with every fork and join in a row the
    foreseen tasks double, so that a drawing with twenty would not start in an hour.
    """

    lookahead: int

    def _update(self, my_task: Task) -> None:
        if my_task.has_state(_AHEAD):
            self._predict(my_task, mask=_AHEAD)
        if self._update_hook(my_task):  # type: ignore[attr-defined]
            my_task._ready()

    def _predict(
        self, my_task: Task, seen: list[Any] | None = None, looked_ahead: int = 0, mask: int = TaskState.PREDICTED_MASK
    ) -> None:
        if my_task.has_state(mask):
            self._predict_hook(my_task)  # type: ignore[attr-defined]
        for child in my_task.children:
            if child.has_state(mask):
                _predict_child(child, seen or [], looked_ahead + 1, mask, near=looked_ahead + 1 < self.lookahead)


def _predict_child(child: Task, seen: list[Any], looked_ahead: int, mask: int, *, near: bool) -> None:
    """The engine's inner tasks don't look again when reached: what follows them is foreseen, and nothing after it."""
    if near:
        child.task_spec._predict(child, seen, looked_ahead, mask)
    elif not isinstance(child.task_spec, _Near):
        child.task_spec._predict_hook(child)


class _Start(_Near, StartEvent):  # type: ignore[misc]
    pass


class _End(_Near, EndEvent):  # type: ignore[misc]
    pass


class _User(_Near, UserTask):  # type: ignore[misc]
    pass


class _Manual(_Near, ManualTask):  # type: ignore[misc]
    pass


class _Exclusive(_Near, ExclusiveGateway):  # type: ignore[misc]
    pass


class _Inclusive(_Near, InclusiveGateway):  # type: ignore[misc]
    pass


class _Parallel(_Near, ParallelGateway):  # type: ignore[misc]
    pass


class _Boundary(_Near, BoundaryEvent):  # type: ignore[misc]
    pass


class RegisteredService(_Near, BpmnSpecMixin):  # type: ignore[misc]
    """A service task: calls a handler that an upper room registered by name."""

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.script_engine.call(self.name)
        return True


class NamedTerm(EventDefinition):  # type: ignore[misc]
    """The event of a boundary timer. It has no time in it: it fires when it is told to."""


class _TimerParser(BoundaryEventParser):  # type: ignore[misc]
    def create_task(self) -> BoundaryEvent:
        return self._create_task(NamedTerm(), self.node.get("cancelActivity") == "true")


class RestrictedParser(BpmnParser):  # type: ignore[misc]
    """The engine's parser, knowing only the elements of the whitelist."""

    PARSER_CLASSES = {
        full_tag(NodeKind.START): (StartEventParser, _Start),
        full_tag(NodeKind.END): (EndEventParser, _End),
        full_tag(NodeKind.USER): (TaskParser, _User),
        full_tag(NodeKind.MANUAL): (TaskParser, _Manual),
        full_tag(NodeKind.SERVICE): (TaskParser, RegisteredService),
        full_tag(NodeKind.EXCLUSIVE): (ConditionalGatewayParser, _Exclusive),
        full_tag(NodeKind.INCLUSIVE): (ConditionalGatewayParser, _Inclusive),
        full_tag(NodeKind.PARALLEL): (GatewayParser, _Parallel),
        full_tag(NodeKind.TIMER): (_TimerParser, _Boundary),
    }
    OVERRIDE_PARSER_CLASSES: dict[str, Any] = {}


def specification(diagram: Diagram) -> BpmnProcessSpec:
    """What the engine runs. Read-only once made: any number of instances and threads share it."""
    parser = RestrictedParser()
    parser.add_bpmn_xml(_document(diagram))
    return parser.get_spec(diagram.id)


def _document(diagram: Diagram) -> etree._Element:
    root = etree.Element(f"{{{whitelist.MODEL}}}definitions", nsmap={"bpmn": whitelist.MODEL})
    process = _add(root, "process", id=diagram.id, isExecutable="true")
    for node in diagram.nodes.values():
        _add_node(process, node)
    for flow in diagram.flows:
        element = _add(process, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
        if flow.condition:
            _add(element, "conditionExpression").text = flow.condition
    return root


def _add(parent: etree._Element, local: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{whitelist.MODEL}}}{local}", attributes)


def _add_node(process: etree._Element, node: Node) -> None:
    element = _add(process, node.kind, id=node.id)
    if node.default:
        element.set("default", node.default)
    if node.kind is NodeKind.TIMER:
        element.set("attachedToRef", node.attached_to)
        element.set("cancelActivity", "true" if node.interrupts else "false")
    if node.terminates:
        _add(element, "terminateEventDefinition")
