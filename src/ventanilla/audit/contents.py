"""Holding the rows of upper rooms against the digests in the trail."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ventanilla.audit import rules
from ventanilla.audit.enums import ProblemKind
from ventanilla.audit.models import ChainHead, TrailEntry
from ventanilla.audit.registry import Problem

ERASED = "data.erased"
_BATCH = 500

Row = tuple[str, Any, str]
"""A chain, the value as it stands now (None where erased) and its salt."""


def compare_contents(field: str, rows: Iterable[Row]) -> Iterator[Problem]:
    """The problems of one sealed field: each row against the last digest its chain records under `digests[field]`.

    A value that is gone is right where a `data.erased` entry of its chain names the field. Rows are read in batches,
    so that a million of them take no memory.
    """
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        digests, erased = _recorded(field, [chain for chain, _, _ in batch])
        for chain, value, salt in batch:
            kind = _judge(value, salt, digests.get(chain), was_erased=chain in erased)
            if kind:
                yield Problem(kind, f"{chain} {field}")


def without_subject(prefix: str, there: QuerySet[Any]) -> Iterator[Problem]:
    """The chains of a kind (`case:`) that tell of something which is gone; `there` are the rows, known by `uuid`.

    A chain outlives what it tells of, so a row that somebody deleted behind the trail's back is missed here.
    """
    last, kind = prefix, ChainHead.objects.filter(chain__startswith=prefix).order_by("chain")
    while chains := list(kind.filter(chain__gt=last).values_list("chain", flat=True)[:_BATCH]):
        uuids = [uuid for chain in chains if (uuid := _uuid(chain.removeprefix(prefix)))]
        found = there.filter(uuid__in=uuids).values_list("uuid", flat=True)
        for chain in sorted(set(chains) - {f"{prefix}{uuid}" for uuid in found}):
            yield Problem(ProblemKind.MISSING_CONTENT, chain)
        last = chains[-1]


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:  # a chain that somebody made up
        return None


def _recorded(field: str, chains: list[str]) -> tuple[dict[str, str], set[str]]:
    """The last digest of the field by chain, and the chains in which it was erased."""
    telling = Q(verb=ERASED) | Q(data__contains='"digests":')
    entries = TrailEntry.objects.filter(telling, chain__in=chains).order_by("chain", "seq")
    digests: dict[str, str] = {}
    erased: set[str] = set()
    for chain, verb, data in entries.values_list("chain", "verb", "data"):
        if verb == ERASED and field in data.get("fields", ()):
            erased.add(chain)
        elif field in data.get("digests", {}):
            digests[chain] = data["digests"][field]
            erased.discard(chain)
    return digests, erased


def _judge(value: Any, salt: str, recorded: str | None, *, was_erased: bool) -> ProblemKind | None:
    if value is None:
        return None if was_erased or recorded is None else ProblemKind.MISSING_CONTENT
    if recorded is None:
        return ProblemKind.UNRECORDED_CONTENT
    right = rules.same(rules.digest(value, salt), recorded)
    return None if right and not was_erased else ProblemKind.CHANGED_CONTENT
