"""What a diagram must be before it runs: each check yields the problems it finds. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from ventanilla.lib import expressions
from ventanilla.workflow import rules, whitelist
from ventanilla.workflow.enums import TASKS, NodeKind
from ventanilla.workflow.rules import Diagram, Flow, Node, Problem

_RESERVED = ("Root", "Start", "End")
_RESERVED_ENDINGS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin")
"""Names the engine gives its own inner tasks."""


def problems(diagram: Diagram, *, roles: Collection[str], services: Collection[str]) -> list[Problem]:
    """Everything wrong with a diagram, as far as paper shows it. `roles` and `services` are the known names."""
    found = [*_shape(diagram), *_ends_of_flows(diagram)]
    if found:
        return found
    for node in diagram.nodes.values():
        found += _node(diagram, node)
        found += _words(node, roles=roles, services=services)
    found += [problem for flow in diagram.flows for problem in _condition(diagram, flow)]
    return found + list(_reach(diagram)) + list(_loops(diagram))


def at(node: Node, message: str) -> Problem:
    """A problem of a node."""
    return Problem(node.id, node.name, message)


def on(diagram: Diagram, flow: Flow, message: str) -> Problem:
    """A problem of a flow; one without a name is named by where it goes from and to."""
    ends = [diagram.nodes[end].name or end if end in diagram.nodes else end for end in (flow.source, flow.target)]
    return Problem(flow.id, flow.name or " → ".join(ends), message)


def _shape(diagram: Diagram) -> Iterator[Problem]:
    whole = Problem(diagram.id, diagram.name, "")
    starts = list(diagram.of(NodeKind.START))
    if not diagram.id:
        yield Problem("", diagram.name, _("al proceso le falta el identificador"))
    if not starts:
        yield Problem(whole.element_id, whole.element_name, _("falta el evento de inicio"))
    for extra in starts[1:]:
        yield at(extra, _("hay más de un inicio"))
    if not any(diagram.of(NodeKind.END)):
        yield Problem(whole.element_id, whole.element_name, _("falta el evento de fin"))
    if len(diagram.nodes) > whitelist.MAX_NODES:
        message = _("tiene más de %(max)s elementos: divídalo") % {"max": whitelist.MAX_NODES}
        yield Problem(whole.element_id, whole.element_name, message)
    for node in diagram.nodes.values():
        if node.id in _RESERVED or node.id.endswith(_RESERVED_ENDINGS) or ":" in node.id or len(node.id) > 100:
            yield at(node, _("cambie el identificador: no puede llamarse así"))


def _ends_of_flows(diagram: Diagram) -> Iterator[Problem]:
    for flow in diagram.flows:
        if flow.source not in diagram.nodes or flow.target not in diagram.nodes:
            yield on(diagram, flow, _("la flecha no une dos elementos del proceso"))
    for timer in diagram.of(NodeKind.TIMER):
        watched = diagram.nodes.get(timer.attached_to)
        if watched is None or watched.kind not in TASKS:
            yield at(timer, _("el temporizador debe estar sobre una tarea de usuario o manual"))
    for several in diagram.timers.values():
        for extra in several[1:]:
            yield at(extra, _("la tarea ya tiene un temporizador: deje uno solo"))


def _node(diagram: Diagram, node: Node) -> Iterator[Problem]:
    leaving, arriving = diagram.leaving.get(node.id, []), diagram.arriving.get(node.id, [])
    if node.kind in (NodeKind.START, NodeKind.TIMER) and arriving:
        yield at(node, _("aquí no puede llegar ninguna flecha"))
    if node.kind is NodeKind.END:
        if leaving:
            yield at(node, _("de un fin no puede salir ninguna flecha"))
    elif not leaving:
        yield at(node, _("de aquí no sale ninguna flecha: lleve el camino hasta un fin"))
    elif len(leaving) > 1 and not rules.is_fork(diagram, node):
        yield at(node, _("salen varias flechas: reparta con una compuerta"))
    if len({flow.target for flow in leaving}) < len(leaving):
        yield at(node, _("dos flechas van al mismo sitio: deje una sola"))
    if rules.is_choice(diagram, node) and node.default not in {flow.id for flow in leaving}:
        yield at(node, _("falta la salida por defecto, para cuando ninguna condición se cumpla"))


def _words(node: Node, *, roles: Collection[str], services: Collection[str]) -> Iterator[Problem]:
    if node.kind in TASKS:
        yield from _task_words(node, roles)
    if node.kind is NodeKind.TIMER and (not node.term or node.term == rules.NO_TERM):
        yield at(node, _("falta v:term: el temporizador tiene que nombrar su plazo"))
    if node.term and rules.parse_term(node.term) is None:
        message = _("el plazo «%(term)s» no se entiende: escriba por ejemplo «3 working_days», una clave o «none»")
        yield at(node, message % {"term": node.term})
    if node.kind is NodeKind.SERVICE and node.service not in services:
        yield at(node, _("el servicio «%(service)s» no está registrado") % {"service": node.service})
    for name, value in (("form", node.form), ("step", node.step), ("outcome", node.outcome)):
        if value and not rules.KEY.match(value):
            yield at(node, _("v:%(name)s: «%(value)s» no es una clave") % {"name": name, "value": value})


def _task_words(node: Node, roles: Collection[str]) -> Iterator[Problem]:
    if not node.name:
        yield at(node, _("la tarea no tiene nombre"))
    if not node.lane:
        yield at(node, _("la tarea no está en ningún carril: ¿a quién le toca?"))
    elif node.lane not in roles:
        yield at(node, _("el carril «%(lane)s» no es ningún papel conocido") % {"lane": node.lane})
    if node.kind is NodeKind.USER and not node.form:
        yield at(node, _("falta v:form: la clave del formulario de la tarea"))
    if node.kind is NodeKind.USER and not node.term:
        yield at(node, _("falta v:term: el plazo de la tarea, o «none» si no lo tiene"))


def _condition(diagram: Diagram, flow: Flow) -> Iterator[Problem]:
    source = diagram.nodes[flow.source]
    needs = rules.is_choice(diagram, source) and flow.id != source.default
    if needs and not flow.condition:
        yield on(diagram, flow, _("falta la condición de esta salida"))
    if flow.condition and not needs:
        yield on(
            diagram, flow, _("aquí no va ninguna condición: solo en las salidas de una decisión, salvo la de defecto")
        )
    elif flow.condition:
        try:
            expressions.compile(flow.condition)
        except expressions.BadExpression as error:
            yield on(diagram, flow, _(error.template) % error.params)


def _reach(diagram: Diagram) -> Iterator[Problem]:
    from_start = rules.reached(diagram, [node.id for node in diagram.of(NodeKind.START)])
    to_end = rules.reached(diagram, [node.id for node in diagram.of(NodeKind.END)], backwards=True)
    for node in diagram.nodes.values():
        if node.id not in from_start:
            yield at(node, _("desde el inicio no se llega aquí"))
        elif node.id not in to_end:
            yield at(node, _("desde aquí no se llega a ningún fin"))


def _loops(diagram: Diagram) -> Iterator[Problem]:
    for node_id in rules.endless(diagram):
        yield at(diagram.nodes[node_id], _("está en una vuelta sin ninguna tarea: no acabaría nunca"))
