"""Can it get stuck? Every path of a diagram is walked in the engine itself before it is loaded.

Conditions are answered both ways, timers fire or don't, steps are done in every order. Found are: states in which
nothing is open and nothing has ended (a gateway that waits for a token that won't come), steps that would be open
twice at once, and states from which no end can be reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from SpiffWorkflow.exceptions import SpiffWorkflowException

from ventanilla.workflow import engine, running, state
from ventanilla.workflow.enums import NodeKind
from ventanilla.workflow.rules import Diagram, Problem
from ventanilla.workflow.running import Move, Process, Stuck

MAX_MOVES = 5_000
"""Moves tried on one diagram: some seconds."""

Marking = tuple[tuple[str, str], ...]
"""What is open and what has arrived where, whatever the order it came in."""
ENDED: Marking = ()


class _Choices(engine.Conditions):
    """Answers conditions by a script, then with no, and remembers what it answered."""

    def __init__(self, script: tuple[bool, ...]) -> None:
        super().__init__({}, lambda _node, _values: {})
        self._script = script
        self.answers: list[bool] = []

    def evaluate(self, task: Any, expression: str, external_context: object = None) -> bool:
        given = len(self.answers)
        self.answers.append(given < len(self._script) and self._script[given])
        return self.answers[-1]

    def others(self) -> Iterator[tuple[bool, ...]]:
        """The scripts still to try: those in which a free answer is yes."""
        for index in range(len(self._script), len(self.answers)):
            yield (*self.answers[:index], True)


def problems(process: Process) -> list[Problem]:
    """What can go wrong while a diagram runs; empty when nothing can."""
    walk = _Walk(process)
    walk.walk()
    return list(walk.problems.values()) or walk.without_end()


class _Walk:
    def __init__(self, process: Process) -> None:
        self.process = process
        self.problems: dict[str, Problem] = {}
        self._came_from: dict[Marking, set[Marking]] = {}
        self._waiting: list[tuple[Marking, bytes]] = []
        self._moves = 0

    def walk(self) -> None:
        self._try(None, None, "")
        while self._waiting and not self.problems:
            marking, stored = self._waiting.pop()
            for place in state.decode(stored).places:
                if place.number:
                    self._try(marking, stored, place.task_id)

    def without_end(self) -> list[Problem]:
        """The steps from which no end can be reached."""
        good, waiting = {ENDED}, [ENDED]
        while waiting:
            new = self._came_from.get(waiting.pop(), set()) - good
            good |= new
            waiting += new
        bad = {node for marking in self._came_from.keys() - good for node, _where in marking}
        return [_at(self.process.diagram, node, _("desde aquí no se llega a ningún fin")) for node in sorted(bad)]

    def _try(self, marking: Marking | None, stored: bytes | None, task_id: str) -> None:
        scripts: list[tuple[bool, ...]] = [()]
        while scripts and not self.problems:
            choices = _Choices(scripts.pop())
            self._moves += 1
            if self._moves > MAX_MOVES:
                self._note("", _("tiene demasiados caminos a la vez para comprobarlo: simplifíquelo"))
                return
            self._arrive(marking, stored, task_id, choices)
            scripts += choices.others()

    def _arrive(self, marking: Marking | None, stored: bytes | None, task_id: str, choices: _Choices) -> None:
        try:
            move = self._moved(stored, task_id, choices)
        except Stuck as stuck:
            for node in stuck.waiting or [task_id.partition(":")[0]]:
                self._note(node, _("el proceso puede quedarse parado aquí, esperando un camino que no llega"))
        except SpiffWorkflowException:
            self._note(task_id.partition(":")[0], _("el proceso no puede seguir después de este paso"))
        else:
            self._reach(marking, move)

    def _moved(self, stored: bytes | None, task_id: str, choices: _Choices) -> Move:
        if stored is None:
            return running.started(self.process, choices)
        before = state.decode(stored)
        node = self.process.diagram.nodes[task_id.partition(":")[0]]
        move = running.fired if node.kind is NodeKind.TIMER else running.completed
        return move(self.process, before, task_id, choices)

    def _reach(self, before: Marking | None, move: Move) -> None:
        marking = ENDED if move.state is None else _marking(move.state)
        for node in {node for node, _where in marking if marking.count((node, "")) > 1}:
            self._note(node, _("podría abrirse dos veces a la vez: cierre antes la otra rama"))
        if marking not in self._came_from:
            self._came_from[marking] = set()
            if move.state is not None:
                self._waiting.append((marking, move.state))
        if before is not None:
            self._came_from[marking].add(before)

    def _note(self, node: str, message: str) -> None:
        self.problems.setdefault(node, _at(self.process.diagram, node, message))


def _marking(stored: bytes) -> Marking:
    places = state.decode(stored).places
    open_ones = [(place.spec, "") for place in places if place.number]
    arrivals = [(place.spec, places[place.parent].spec) for place in places if place.is_arrival]
    return tuple(sorted(open_ones + arrivals))


def _at(diagram: Diagram, node: str, message: str) -> Problem:
    drawn = diagram.nodes.get(node)
    return Problem(drawn.id, drawn.name, message) if drawn else Problem(diagram.id, diagram.name, message)
