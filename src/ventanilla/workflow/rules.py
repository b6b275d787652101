"""What a process is, as values, and what makes its diagram sound on paper. Pure.

The diagram says what work is owed, by which role, in which order. When it is due is the upper rooms' to compute: a
term is only named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ventanilla.workflow.enums import CHOICES, GATEWAYS, TASKS, Closing, NodeKind, TermUnit

KEY = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
_QUANTITY = re.compile(r"^([1-9]\d{0,3}) ([a-z_]+)$")
NO_TERM = "none"


@dataclass(frozen=True)
class Problem:
    """Why a diagram is refused: which element (id and name as drawn, empty for the whole) and what is wrong."""

    element_id: str
    element_name: str
    message: str

    def __str__(self) -> str:
        drawn = f"«{self.element_name}» ({self.element_id})" if self.element_name else self.element_id
        return f"{drawn}: {self.message}" if drawn else self.message


class InvalidDiagram(ValueError):
    """A diagram that is not loaded, with every reason found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


class StepNotOpen(ValueError):
    """The step or timer is not open (any more) in this instance."""


@dataclass(frozen=True)
class Term:
    """How long: a quantity of a unit, or the key of a term that the type or the preset defines, or neither."""

    key: str = ""
    quantity: int = 0
    unit: str = ""


def parse_term(text: str) -> Term | None:
    """The term written as `3 working_days`, as a key (`service_target`) or as `none`; None when it is neither."""
    if text == NO_TERM:
        return Term()
    found = _QUANTITY.match(text)
    if found:
        return Term(quantity=int(found[1]), unit=found[2]) if found[2] in TermUnit.values else None
    return Term(key=text) if KEY.match(text) else None


@dataclass(frozen=True)
class Node:
    """A node of the diagram with all that was drawn on it."""

    id: str
    kind: NodeKind
    name: str = ""
    lane: str = ""
    form: str = ""
    term: str = ""
    service: str = ""
    step: str = ""
    public_title: str = ""
    public_text: str = ""
    outcome: str = ""
    description: str = ""
    default: str = ""
    attached_to: str = ""
    interrupts: bool = True
    terminates: bool = False


@dataclass(frozen=True)
class Flow:
    """An arrow, with its condition in CEL if it has one."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    is_main: bool = False


@dataclass(frozen=True)
class Diagram:
    """A process as drawn: its nodes by id, in the order of the file, and its flows."""

    id: str
    name: str
    nodes: dict[str, Node]
    flows: tuple[Flow, ...]

    @cached_property
    def leaving(self) -> dict[str, list[Flow]]:
        """The flows that leave each node."""
        return self._grouped("source")

    @cached_property
    def arriving(self) -> dict[str, list[Flow]]:
        """The flows that arrive at each node."""
        return self._grouped("target")

    @cached_property
    def timers(self) -> dict[str, list[Node]]:
        """The timers on each task."""
        found: dict[str, list[Node]] = {}
        for node in self.of(NodeKind.TIMER):
            found.setdefault(node.attached_to, []).append(node)
        return found

    @cached_property
    def joins(self) -> set[str]:
        """The gateways that wait for tokens on several flows."""
        waiting = self.of(NodeKind.PARALLEL, NodeKind.INCLUSIVE)
        return {node.id for node in waiting if len(self.arriving.get(node.id, [])) > 1}

    def of(self, *kinds: NodeKind) -> Iterator[Node]:
        """The nodes of some kinds, in the order of the file."""
        return (node for node in self.nodes.values() if node.kind in kinds)

    def after(self, node_id: str) -> list[str]:
        """The nodes that can come next: along the flows, or by a timer on the node."""
        return [flow.target for flow in self.leaving.get(node_id, [])] + [t.id for t in self.timers.get(node_id, [])]

    def _grouped(self, end: str) -> dict[str, list[Flow]]:
        found: dict[str, list[Flow]] = {}
        for flow in self.flows:
            found.setdefault(getattr(flow, end), []).append(flow)
        return found


@dataclass(frozen=True)
class Timer:
    """A timer on an open step: when its term (named, computed above) runs out, `actions.fire_timer` is called."""

    task_id: str
    node: str
    name: str
    term: str
    interrupts: bool
    watches: str


@dataclass(frozen=True)
class Step:
    """Work that is owed: what, by which role (a role's key), on which form (a key), in which term."""

    task_id: str
    node: str
    kind: NodeKind
    name: str
    lane: str
    form: str
    term: str
    description: str
    step: str
    public_title: str
    public_text: str
    timers: tuple[Timer, ...] = ()


@dataclass(frozen=True)
class Closed:
    """A step that is no longer owed: done, or withdrawn by a timer or an end that stops everything."""

    task_id: str
    node: str
    how: Closing


@dataclass(frozen=True)
class PublicStep:
    """A step of the line that the person sees: its key, words, the nodes it stands for, and whether it is the end."""

    key: str
    title: str
    text: str
    nodes: tuple[str, ...]
    is_end: bool = False


@dataclass(frozen=True)
class Outline:
    """What upper rooms check a process against: forms, terms, roles, outcomes, and the values its conditions read."""

    name: str
    forms: frozenset[str]
    terms: frozenset[str]
    lanes: frozenset[str]
    outcomes: frozenset[str]
    variables: frozenset[str]
    nodes: tuple[Node, ...] = field(repr=False)


def reached(diagram: Diagram, start: Iterable[str], *, backwards: bool = False) -> set[str]:
    """Every node that can be reached from some, forwards or backwards."""
    seen, waiting = set(start), list(start)
    while waiting:
        node = waiting.pop()
        new = [n for n in (_before(diagram, node) if backwards else diagram.after(node)) if n not in seen]
        seen.update(new)
        waiting += new
    return seen


def _before(diagram: Diagram, node_id: str) -> list[str]:
    node = diagram.nodes[node_id]
    own = [node.attached_to] if node.kind is NodeKind.TIMER else []
    return [flow.source for flow in diagram.arriving.get(node_id, [])] + own


def endless(diagram: Diagram) -> list[str]:
    """The nodes on a loop in which nobody is ever waited for: the engine would turn in it for ever."""
    inner = {node.id for node in diagram.nodes.values() if node.kind not in TASKS}

    def from_here(node: str) -> set[str]:
        seen: set[str] = set()
        waiting = [node]
        while waiting:
            new = {f.target for f in diagram.leaving.get(waiting.pop(), []) if f.target in inner} - seen
            seen |= new
            waiting += new
        return seen

    return [node for node in diagram.nodes if node in inner and node in from_here(node)]


def main_path(diagram: Diagram) -> list[Node]:
    """The nodes from start to end as things usually go.

    At a gateway the flow marked main, else the default one, else the shortest way to an end; at a fork all its
    branches, in the order drawn.
    """
    path: dict[str, Node] = {}
    waiting = [node.id for node in diagram.of(NodeKind.START)]
    while waiting:
        node = diagram.nodes[waiting.pop(0)]
        if node.id in path:
            continue
        path[node.id] = node
        waiting += _usually_next(diagram, node)
    ends = [node for node in path.values() if node.kind is NodeKind.END]
    return [node for node in path.values() if node.kind is not NodeKind.END] + ends[:1]


def _usually_next(diagram: Diagram, node: Node) -> list[str]:
    leaving = diagram.leaving.get(node.id, [])
    if node.kind is NodeKind.PARALLEL or len(leaving) < 2:
        return [flow.target for flow in leaving]
    main = [flow for flow in leaving if flow.is_main] or [flow for flow in leaving if flow.id == node.default]
    return [(main or leaving)[0].target]


def public_line(diagram: Diagram) -> list[PublicStep]:
    """The steps a person sees, in order: nodes with public words on the main path; those of one `step` are one."""
    line: dict[str, PublicStep] = {}
    for node in main_path(diagram):
        key = node.step or (node.id if node.public_title else "")
        if key and key in line:
            known = line[key]
            line[key] = PublicStep(
                key,
                known.title or node.public_title,
                known.text or node.public_text,
                (*known.nodes, node.id),
                known.is_end or node.kind is NodeKind.END,
            )
        elif key:
            line[key] = PublicStep(key, node.public_title, node.public_text, (node.id,), node.kind is NodeKind.END)
    return [step for step in line.values() if step.title]


def outline(diagram: Diagram, variables: frozenset[str]) -> Outline:
    """What a diagram needs from others."""
    nodes = tuple(diagram.nodes.values())
    return Outline(
        name=diagram.name,
        forms=frozenset(node.form for node in nodes if node.form),
        terms=frozenset(node.term for node in nodes if node.term and node.term != NO_TERM),
        lanes=frozenset(node.lane for node in nodes if node.lane),
        outcomes=frozenset(node.outcome for node in nodes if node.outcome),
        variables=variables,
        nodes=nodes,
    )


def is_fork(diagram: Diagram, node: Node) -> bool:
    """Whether a gateway sends on along more than one flow."""
    return node.kind in GATEWAYS and len(diagram.leaving.get(node.id, [])) > 1


def is_choice(diagram: Diagram, node: Node) -> bool:
    """Whether a gateway's flows need conditions."""
    return node.kind in CHOICES and is_fork(diagram, node)
