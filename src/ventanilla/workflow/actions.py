"""Everything that happens to processes. Each move of an instance locks its row; the trail of a move is the case's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ventanilla.audit import actions as audit
from ventanilla.lib import clock
from ventanilla.organization.models import Role
from ventanilla.workflow import library, rules, running
from ventanilla.workflow.engine import Call
from ventanilla.workflow.enums import Closing, InstanceStatus
from ventanilla.workflow.models import ProcessDefinition, ProcessInstance
from ventanilla.workflow.registry import ServiceCall, services
from ventanilla.workflow.rules import Closed, InvalidDiagram, Outline, Problem, PublicStep, Step, StepNotOpen

CHAIN = "workflow"
READY = Path(__file__).parent / "diagrams"
READY_ROLES = frozenset({"front_desk", "service_manager", "crew", "coordinator", "oversight"})
"""The roles that the ready diagrams hand work to; `init` makes them."""


class NotRunning(StepNotOpen):
    """The instance has ended, was cancelled, or moved on meanwhile."""


@dataclass(frozen=True)
class Advance:
    """What a move did: steps that are now owed, steps no longer owed, and the outcome once it has ended."""

    instance: ProcessInstance
    opened: tuple[Step, ...] = ()
    closed: tuple[Closed, ...] = ()
    ended: bool = False
    outcome: str = ""


@transaction.atomic
def load_definition(
    xml: bytes, *, key: str, by: str, name: str = "", roles: Collection[str] | None = None
) -> ProcessDefinition:
    """Check a BPMN 2.0 diagram and make it the current version of `key`; instances under way keep theirs.

    `roles` are the keys that lanes may name, those of the organisation if none are given. Loading what is current
    already changes nothing. Raises InvalidDiagram, whose `problems` name each element.
    """
    if not rules.KEY.match(key):
        raise InvalidDiagram([Problem("", "", _("«%(key)s» no es una clave") % {"key": key})])
    known = roles if roles is not None else set(Role.objects.values_list("key", flat=True))
    diagram = library.check(xml, roles=known, services=list(services))
    own = library.digest(xml)
    current = ProcessDefinition.objects.select_for_update().filter(key=key, is_current=True).first()
    if current is not None and current.digest == own:
        return current
    made = _replace(current, key=key, name=(name or diagram.name or key)[:200], xml=xml, digest=own, loaded_by=by)
    audit.append(CHAIN, [audit.Entry("workflow.loaded", {"key": key, "version": made.version, "digest": own})], by=by)
    return made


def _replace(current: ProcessDefinition | None, **fields: Any) -> ProcessDefinition:
    if current is not None:
        current.is_current = False
        current.save(update_fields=["is_current"])
    return ProcessDefinition.objects.create(version=current.version + 1 if current else 1, **fields)


def load_ready_diagrams(*, by: str) -> list[ProcessDefinition]:
    """Load the diagrams that come along where no one has loaded another under their key. Safe to repeat."""
    taken = set(ProcessDefinition.objects.values_list("key", flat=True))
    roles = READY_ROLES | set(Role.objects.values_list("key", flat=True))
    files = [file for file in sorted(READY.glob("*.bpmn")) if file.stem not in taken]
    return [load_definition(file.read_bytes(), key=file.stem, by=by, roles=roles) for file in files]


def current_definition(key: str) -> ProcessDefinition:
    """The current version of a process, without its XML. Raises ProcessDefinition.DoesNotExist."""
    return ProcessDefinition.objects.defer("xml").get(key=key, is_current=True)


@transaction.atomic
def begin(definition: ProcessDefinition, *, subject: str, values: Mapping[str, Any] | None = None) -> Advance:
    """Start a process for a subject. One INSERT. `values` are what its conditions read; the rest isn't kept.

    Raises expressions.ExpressionError when a condition on the way to the first step can't be decided.
    """
    instance, advance = _begun(definition, subject, values or {})
    instance.save(force_insert=True)
    return advance


@transaction.atomic
def begin_many(
    definition: ProcessDefinition, subjects: Iterable[str], values: Mapping[str, Any] | None = None
) -> list[Advance]:
    """Start a process for many subjects alike, with one INSERT for each thousand or so."""
    advances = [_begun(definition, subject, values or {})[1] for subject in subjects]
    ProcessInstance.objects.bulk_create([advance.instance for advance in advances], batch_size=1_000)
    return advances


def _begun(definition: ProcessDefinition, subject: str, values: Mapping[str, Any]) -> tuple[ProcessInstance, Advance]:
    instance = ProcessInstance(definition=definition, subject=subject)
    move = running.start(library.process_of(definition), values, _caller(subject, definition))
    return instance, _apply(instance, move)


@transaction.atomic
def complete(instance: ProcessInstance, *, task_id: str, values: Mapping[str, Any] | None = None) -> Advance:
    """Do an open step. One SELECT, one UPDATE. `values` are the answers that conditions may read.

    Raises StepNotOpen (done by another meanwhile, withdrawn, never there), NotRunning, expressions.ExpressionError.
    """
    locked = _locked(instance)
    process, call = library.process_of(locked.definition), _caller(locked.subject, locked.definition)
    return _save(locked, running.complete(process, bytes(locked.state or b""), task_id, values or {}, call))


@transaction.atomic
def fire_timer(instance: ProcessInstance, *, task_id: str) -> Advance:
    """The term that a timer names has run out. One SELECT, one UPDATE. Raises StepNotOpen, NotRunning."""
    locked = _locked(instance)
    process, call = library.process_of(locked.definition), _caller(locked.subject, locked.definition)
    return _save(locked, running.fire(process, bytes(locked.state or b""), task_id, call))


@transaction.atomic
def erase_words(instance: ProcessInstance) -> None:
    """Take out of a running instance every word that no condition of its diagram knows: somebody may have typed it.

    What decides the ways ahead (`"real"`, `"mended"`, numbers, yes and no) stays. Without effect on one that has ended.
    """
    locked = ProcessInstance.objects.select_for_update(of=("self",)).select_related("definition").get(pk=instance.pk)
    if locked.state is None:
        return
    locked.state = running.without_words(library.process_of(locked.definition), bytes(locked.state))
    _update(locked)


@transaction.atomic
def cancel(instance: ProcessInstance) -> Advance:
    """Stop an instance wherever it stands; its open steps are withdrawn. Raises NotRunning."""
    locked = _locked(instance)
    steps = running.open_steps(library.process_of(locked.definition), bytes(locked.state or b""))
    closed = tuple(Closed(step.task_id, step.node, Closing.WITHDRAWN) for step in steps)
    _end(locked, InstanceStatus.CANCELLED, "")
    _update(locked)
    return Advance(locked, closed=closed, ended=True)


def open_steps(instance: ProcessInstance) -> tuple[Step, ...]:
    """What is owed in an instance now, with the timers on it; nothing once it has ended."""
    stored = instance.state
    return running.open_steps(library.process_of(instance.definition), bytes(stored)) if stored is not None else ()


def public_line(definition: ProcessDefinition) -> list[PublicStep]:
    """The steps that the person can expect, in order, from filing to the end, as things usually go."""
    return rules.public_line(library.process_of(definition).diagram)


def outline(definition: ProcessDefinition) -> Outline:
    """What a process needs from others: forms, terms, roles, and the values that its conditions read."""
    process = library.process_of(definition)
    return rules.outline(process.diagram, process.variables)


def _caller(subject: str, definition: ProcessDefinition) -> Call:
    def call(node_id: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        name = library.process_of(definition).diagram.nodes[node_id].service
        return services[name](ServiceCall(subject, node_id, dict(values))) or {}

    return call


def _locked(instance: ProcessInstance) -> ProcessInstance:
    rows = ProcessInstance.objects.select_for_update(of=("self",)).select_related("definition")
    locked = rows.defer("definition__xml").get(pk=instance.pk)
    if not locked.is_running:
        raise NotRunning(str(locked.uuid))
    return locked


def _apply(instance: ProcessInstance, move: running.Move) -> Advance:
    if move.ended:
        _end(instance, InstanceStatus.ENDED, move.outcome)
    else:
        instance.state = move.state
    return Advance(instance, move.opened, move.closed, move.ended, move.outcome)


def _end(instance: ProcessInstance, status: InstanceStatus, outcome: str) -> None:
    instance.status, instance.outcome = status, outcome
    instance.state, instance.ended_at = None, clock.now()


def _save(instance: ProcessInstance, move: running.Move) -> Advance:
    advance = _apply(instance, move)
    _update(instance)
    return advance


def _update(instance: ProcessInstance) -> None:
    """Write a move over the state it was made from, or not at all."""
    unchanged = ProcessInstance.objects.filter(pk=instance.pk, turn=instance.turn)
    instance.turn += 1
    changed = unchanged.update(
        state=instance.state,
        status=instance.status,
        outcome=instance.outcome,
        ended_at=instance.ended_at,
        turn=instance.turn,
    )
    if not changed:
        raise NotRunning(str(instance.uuid))
