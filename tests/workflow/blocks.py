"""Processes made of nested blocks, drawn as BPMN and played by hand: what the engine does must be what is played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise

from hypothesis import strategies as st

from tests.workflow.drawing import bpmn, flow, user

Values = dict[str, bool]


@dataclass
class Task:
    name: str = ""


@dataclass
class Many:
    """Blocks one after another, side by side, or of which some (or one) are chosen."""

    kind: str
    blocks: list[Task | Many | Loop]
    names: list[str] = field(default_factory=list)


@dataclass
class Loop:
    """A task and what follows it, again while its condition holds."""

    body: Many
    name: str = ""


Block = Task | Many | Loop


def blocks() -> st.SearchStrategy[Block]:
    """Any block."""

    def larger(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
        several = st.lists(inner, min_size=2, max_size=3)
        many = st.builds(Many, st.sampled_from(["sequence", "parallel", "exclusive", "inclusive"]), several)
        loop = inner.map(lambda block: Loop(Many("sequence", [Task(), block])))
        return many | loop

    return st.recursive(st.builds(Task), larger, max_leaves=7).map(_named)


def _named(block: Block) -> Block:
    numbers = count(1)

    def name(one: Block) -> Block:
        if isinstance(one, Task):
            return Task(f"t{next(numbers)}")
        if isinstance(one, Loop):
            return Loop(name(one.body), f"c{next(numbers)}")  # type: ignore[arg-type]
        return Many(one.kind, [name(inner) for inner in one.blocks], [f"c{next(numbers)}" for _inner in one.blocks])

    return name(block)


def names(block: Block) -> Iterator[str]:
    """The names of the conditions in a block."""
    if isinstance(block, Loop):
        yield block.name
        yield from names(block.body)
    elif isinstance(block, Many):
        yield from block.names
        for inner in block.blocks:
            yield from names(inner)


def draw(block: Block) -> bytes:
    """The BPMN of a block between start and end."""
    drawn = _Drawn()
    first, last = drawn.add(block)
    return bpmn(*drawn.elements, flow(f"s>{first}"), flow(f"{last}>e"))


class _Drawn:
    def __init__(self) -> None:
        self.elements: list[str] = []
        self._numbers = count(1)

    def add(self, block: Block) -> tuple[str, str]:
        if isinstance(block, Task):
            self.elements.append(user(block.name))
            return block.name, block.name
        if isinstance(block, Loop):
            return self._loop(block)
        return self._sequence(block) if block.kind == "sequence" else self._gateways(block)

    def _sequence(self, block: Many) -> tuple[str, str]:
        ends = [self.add(inner) for inner in block.blocks]
        self.elements += [flow(f"{one[1]}>{two[0]}") for one, two in pairwise(ends)]
        return ends[0][0], ends[-1][1]

    def _gateways(self, block: Many) -> tuple[str, str]:
        number = next(self._numbers)
        split, join = f"split{number}", f"join{number}"
        chosen = block.kind != "parallel"
        default = f'default="{split}_0"' if chosen else ""
        self.elements.append(f'<{block.kind}Gateway id="{split}" {default}/><{block.kind}Gateway id="{join}"/>')
        for index, inner in enumerate(block.blocks):
            first, last = self.add(inner)
            condition = block.names[index] if chosen and index else ""
            self.elements += [flow(f"{split}>{first}", condition, f"{split}_{index}"), flow(f"{last}>{join}")]
        return split, join

    def _loop(self, block: Loop) -> tuple[str, str]:
        number = next(self._numbers)
        again, done = f"again{number}", f"done{number}"
        first, last = self.add(block.body)
        gates = f'<exclusiveGateway id="{again}"/><exclusiveGateway id="{done}" default="out{number}"/>'
        after = f'<exclusiveGateway id="after{number}"/>'
        self.elements += [gates, after, flow(f"{again}>{first}"), flow(f"{last}>{done}")]
        self.elements += [flow(f"{done}>{again}", block.name), flow(f"{done}>after{number}", own=f"out{number}")]
        return again, f"after{number}"


class Played:
    """A block under way, by hand. Ask what is open; complete what is open."""

    def __init__(self, block: Block, values: Values) -> None:
        self._block = block
        self._inner: list[tuple[int, Played]] = []
        self.over = False
        self._enter(values)

    @property
    def open(self) -> set[str]:
        if isinstance(self._block, Task):
            return set() if self.over else {self._block.name}
        return {name for _index, inner in self._inner for name in inner.open}

    def complete(self, name: str, values: Values) -> None:
        if isinstance(self._block, Task):
            self.over = True
            return
        for _index, inner in self._inner:
            if name in inner.open:
                inner.complete(name, values)
        self._settle(values)

    def _enter(self, values: Values) -> None:
        if isinstance(self._block, Loop):
            self._inner = [(0, Played(self._block.body, values))]
        elif isinstance(self._block, Many):
            self._inner = [(i, Played(self._block.blocks[i], values)) for i in _chosen(self._block, values)]
        if not isinstance(self._block, Task):
            self._settle(values)

    def _settle(self, values: Values) -> None:
        self._inner = [(index, inner) for index, inner in self._inner if not inner.over] or self._next(values)
        self.over = not self._inner

    def _next(self, values: Values) -> list[tuple[int, Played]]:
        if isinstance(self._block, Loop) and values[self._block.name]:
            return [(0, Played(self._block.body, values))]
        if isinstance(self._block, Many) and self._block.kind == "sequence":
            index = self._inner[-1][0] + 1
            if index < len(self._block.blocks):
                return [(index, Played(self._block.blocks[index], values))]
        return []


def _chosen(block: Many, values: Values) -> list[int]:
    everything = range(len(block.blocks))
    if block.kind == "sequence":
        return [0]
    if block.kind == "parallel":
        return list(everything)
    held = [index for index in everything if index and values[block.names[index]]]
    return (held[:1] if block.kind == "exclusive" else held) or [0]
