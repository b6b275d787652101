"""People held against their trails: nobody's record is removed, and none is emptied without an order."""

from __future__ import annotations

from collections.abc import Iterator

from ventanilla.audit.actions import without_subject
from ventanilla.audit.contents import ERASED
from ventanilla.audit.enums import ProblemKind
from ventanilla.audit.models import TrailEntry
from ventanilla.audit.registry import Problem
from ventanilla.people.models import Person

_PREFIX = "person:"
_BATCH = 500


def problems() -> Iterator[Problem]:
    """Records that are gone, and records erased without an order. In bounded memory."""
    yield from without_subject(_PREFIX, Person.objects.all())
    yield from _erased_without_order()


def _erased_without_order() -> Iterator[Problem]:
    last, erased = 0, Person.objects.exclude(erased_at=None).order_by("pk")
    while page := list(erased.filter(pk__gt=last).values_list("pk", "uuid")[:_BATCH]):
        chains = [f"{_PREFIX}{uuid}" for _pk, uuid in page]
        ordered = TrailEntry.objects.filter(chain__in=chains, verb=ERASED).values_list("chain", flat=True)
        for chain in sorted(set(chains) - set(ordered)):
            yield Problem(ProblemKind.MISSING_CONTENT, chain)
        last = page[-1][0]
