"""Processes ready to run: each version is parsed once in a process of the server and shared by its threads."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from threading import Lock

from ventanilla.workflow import checks, reading, running, soundness
from ventanilla.workflow.models import ProcessDefinition
from ventanilla.workflow.rules import Diagram, InvalidDiagram
from ventanilla.workflow.running import Process

_MAX_KEPT = 200
_kept: dict[str, Process] = {}
_lock = Lock()


def check(xml: bytes, *, roles: Collection[str], services: Collection[str]) -> Diagram:
    """The diagram of some BPMN 2.0 XML. Raises InvalidDiagram with everything found wrong in it."""
    diagram, refused = reading.read(xml)
    found = refused or checks.problems(diagram, roles=roles, services=services)
    found = found or soundness.problems(running.process_of(diagram))
    if found:
        raise InvalidDiagram(found)
    return diagram


def digest(xml: bytes) -> str:
    """SHA-256 of a diagram's bytes: 64 hexadecimal digits."""
    return hashlib.sha256(xml).hexdigest()


def process_of(definition: ProcessDefinition) -> Process:
    """The process of a version. Its XML is read only where this process of the server doesn't know it yet.

    Kept by the digest of the diagram: a row's key may come to mean another after a rollback.
    """
    known = _kept.get(definition.digest)
    return known or _learn(definition.digest, bytes(definition.xml))


def _learn(own: str, xml: bytes) -> Process:
    diagram, _refused = reading.read(xml)
    learnt = running.process_of(diagram)
    with _lock:
        while len(_kept) >= _MAX_KEPT:
            _kept.pop(next(iter(_kept)))
        return _kept.setdefault(own, learnt)
