"""Writing the trail. Called inside the transaction of what it records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from ventanilla.audit import rules, statements
from ventanilla.audit.anchors import anchor, latest_anchor
from ventanilla.audit.contents import ERASED, compare_contents, without_subject
from ventanilla.audit.models import AccessRecord, ChainHead, TrailEntry
from ventanilla.audit.verification import Receipt, Report, verify_all, verify_receipt
from ventanilla.lib import clock, ids

__all__ = [
    "Entry",
    "Receipt",
    "Report",
    "Seal",
    "anchor",
    "append",
    "append_many",
    "compare_contents",
    "latest_anchor",
    "record_access",
    "record_erasure",
    "seal",
    "signed_head",
    "verify_all",
    "verify_receipt",
    "without_subject",
]


@dataclass(frozen=True)
class Entry:
    """What happened, in facts that are not personal; personal values go in sealed, under `digests` by field."""

    verb: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seal:
    """A personal value's digest, for the trail, and its salt, to be kept beside the value and erased with it."""

    digest: str
    salt: str


def seal(value: Any) -> Seal:
    """Seal a personal value (any JSON value) with a fresh salt."""
    salt = ids.secret(16)
    return Seal(rules.digest(value, salt), salt)


def append(chain: str, entries: Sequence[Entry], *, by: str, new: bool = False) -> list[TrailEntry]:
    """Add entries to a chain, in order. `new` says that the chain begins here and spares the look for its head.

    The head is locked until the transaction ends, so two writers of one chain wait for each other and those of
    different chains don't. Must run inside a transaction. Raises IntegrityError where a `new` chain exists.
    """
    return append_many({chain: entries}, by=by, new=new)


def append_many(chains: Mapping[str, Sequence[Entry]], *, by: str, new: bool = False) -> list[TrailEntry]:
    """Add entries to many chains at once, each as `append` does: an import's thousand cases in two statements."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the trail is written in the transaction of what it records")
    if not chains or not all(chains.values()):
        raise ValueError("nothing to record")
    heads = {} if new else _locked_heads(sorted(chains))
    made: list[TrailEntry] = []
    texts: list[str] = []
    tips: list[ChainHead] = []
    for chain, entries in chains.items():
        said = [rules.canonical(entry.data) for entry in entries]
        made += _chained(chain, entries, said, by=by, after=heads.get(chain, (0, rules.GENESIS)))
        texts += said
        tips.append(signed_head(chain, made[-1].seq, made[-1].hash))
    statements.insert_entries(made, texts)
    (statements.insert_heads if new else statements.update_heads)(tips)
    return made


def _locked_heads(chains: list[str]) -> dict[str, tuple[int, str]]:
    """Count and last hash of each chain, locked; heads that aren't there yet are made."""
    found = statements.lock_heads(chains)
    absent = [chain for chain in chains if chain not in found]
    if absent:
        # Two may begin one chain at the same moment: one makes its head, the other waits for it here.
        begun = [signed_head(chain, 0, rules.GENESIS) for chain in absent]
        statements.insert_heads(begun, unless_there=True)
        return statements.lock_heads(chains)
    return found


def _chained(
    chain: str, entries: Sequence[Entry], texts: Sequence[str], *, by: str, after: tuple[int, str]
) -> list[TrailEntry]:
    (count, previous), now, made = after, clock.now(), []
    for seq, (entry, data) in enumerate(zip(entries, texts, strict=True), start=count + 1):
        own = rules.entry_hash(chain=chain, seq=seq, at=now, by=by, verb=entry.verb, data=data, previous=previous)
        made.append(
            TrailEntry(
                chain=chain, seq=seq, at=now, by=by, verb=entry.verb, data=entry.data, previous=previous, hash=own
            )
        )
        previous = own
    return made


def signed_head(chain: str, count: int, last_hash: str) -> ChainHead:
    """A chain's head with its signature, not yet saved."""
    mac = rules.head_mac(key=settings.AUDIT_KEY, chain=chain, count=count, last_hash=last_hash)
    return ChainHead(chain=chain, count=count, last_hash=last_hash, mac=mac)


def record_erasure(chain: str, *, order: str, fields: Sequence[str], by: str, **told: str) -> TrailEntry:
    """Say that the sealed values of these fields were erased under an order (its reference, nothing personal).

    `told` is what else there is to say of the order: who gave it and why, in words that are not personal either.

    Called in the transaction that removes values and salts. The trail keeps the digests, which say nothing without
    their salts, and `verify_all` stays green because the absence is recorded.
    """
    return append(chain, [Entry(ERASED, {**told, "order": order, "fields": sorted(fields)})], by=by)[0]


def record_access(*, by: str, about: str, what: str, purpose: str = "") -> None:
    """Note that somebody looked at a person's data: the one write that a page view may do."""
    AccessRecord.objects.create(by=by, about=about, what=what, purpose=purpose)
