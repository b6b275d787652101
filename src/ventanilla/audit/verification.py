"""Reading the whole trail again and saying what isn't as it was written."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection

from ventanilla.audit import anchors, registry, rules, triggers
from ventanilla.audit.enums import ProblemKind
from ventanilla.audit.models import Anchor, TrailEntry
from ventanilla.audit.registry import Problem

_BATCH = 5_000
_LOOKED_UP = 500
_KEPT = 1_000

# Each statement sees entries and their heads at one moment, so writers need not stop. The head is looked up row by
# row: given a join, PostgreSQL may read all heads again for every batch.
_ENTRIES = """
SELECT e.chain, e.seq, e.at, e.by, e.verb, e.data, e.previous, e.hash,
(SELECT h.count || '|' || h.last_hash || '|' || h.mac FROM audit_chainhead h WHERE h.chain = e.chain)
FROM audit_trailentry e WHERE (e.chain, e.seq) > (%s, %s) ORDER BY e.chain, e.seq LIMIT %s
"""
_EMPTY = """
SELECT h.chain FROM audit_chainhead h
WHERE NOT EXISTS (SELECT 1 FROM audit_trailentry e WHERE e.chain = h.chain) LIMIT %s
"""
_WITNESSED = """
WITH v (chain, seq, hash) AS (VALUES {values})
SELECT v.chain, v.seq, v.hash, e.hash FROM v LEFT JOIN audit_trailentry e ON e.chain = v.chain AND e.seq = v.seq
WHERE e.hash IS NULL OR e.hash <> v.hash
"""

Progress = Callable[[str, int], None]
"""Told the step (`entries`, `anchors`, `contents`) and how many it has done."""


@dataclass
class Report:
    """What `verify_all` found. Of very many problems the first thousand are kept, and all are counted."""

    problems: list[Problem] = field(default_factory=list)
    found: int = 0
    entries: int = 0
    chains: int = 0
    anchors: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return self.found == 0

    def note(self, problem: Problem) -> None:
        self.found += 1
        if len(self.problems) < _KEPT:
            self.problems.append(problem)


def verify_all(*, progress: Progress | None = None) -> Report:
    """Read every entry, head, anchor and trigger, and what upper rooms hold against the trail.

    Takes little memory however long the trail, and may run while people work. What it proves, and against whom:
    `docs/trail.md`.
    """
    report, started = Report(), time.monotonic()
    tell = progress or (lambda step, done: None)
    for name in triggers.missing(connection):
        report.note(Problem(ProblemKind.MISSING_TRIGGER, name))
    _Walk(report, tell).run()
    for chain in _rows(_EMPTY, [_KEPT]):
        report.note(Problem(ProblemKind.EMPTY_CHAIN, chain[0]))
    _verify_anchors(report, tell)
    for done, check in enumerate(registry.contents.values()):
        tell("contents", done)
        for problem in check():
            report.note(problem)
    report.seconds = time.monotonic() - started
    return report


class _Walk:
    """Along all chains, entry by entry. Holds the last entry seen, and its head as it stood in the same moment."""

    def __init__(self, report: Report, tell: Progress) -> None:
        self.report, self.tell = report, tell
        self.chain, self.seq, self.hash = "", 0, rules.GENESIS
        self.head: str | None = None

    def run(self) -> None:
        while rows := _rows(_ENTRIES, [self.chain, self.seq, _BATCH]):
            for row in rows:
                self._entry(row)
            self.report.entries += len(rows)
            self.tell("entries", self.report.entries)
        self._end_of_chain()

    def _entry(self, row: tuple[Any, ...]) -> None:
        chain, seq, at, by, verb, data, previous, own, head = row
        if chain != self.chain:
            self._end_of_chain()
            self.chain, self.seq, self.hash = chain, 0, rules.GENESIS
        if seq != self.seq + 1:
            self._note(ProblemKind.MISSING_ENTRY, self.seq + 1)
        elif previous != self.hash:
            self._note(ProblemKind.BROKEN_LINK, seq)
        said = rules.entry_hash(chain=chain, seq=seq, at=at, by=by, verb=verb, data=data, previous=previous)
        if said != own:
            self._note(ProblemKind.CHANGED_ENTRY, seq)
        self.seq, self.hash, self.head = seq, own, head

    def _end_of_chain(self) -> None:
        if not self.seq:
            return
        self.report.chains += 1
        if self.head is None:
            self._note(ProblemKind.MISSING_HEAD)
            return
        written, last_hash, mac = self.head.split("|", 2)
        count = int(written)
        signed = rules.head_mac(key=settings.AUDIT_KEY, chain=self.chain, count=count, last_hash=last_hash)
        if not rules.same(signed, mac):
            self._note(ProblemKind.FORGED_HEAD)
        if count > self.seq:
            self._note(ProblemKind.MISSING_ENTRY, self.seq + 1)
        elif count < self.seq:
            self._note(ProblemKind.UNSIGNED_ENTRY, count + 1)
        elif last_hash != self.hash:
            self._note(ProblemKind.CHANGED_ENTRY, self.seq)

    def _note(self, kind: ProblemKind, seq: int | None = None) -> None:
        self.report.note(Problem(kind, self.chain, seq))


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _verify_anchors(report: Report, tell: Progress) -> None:
    """Each anchor stands on the one before it, is signed, and what it witnesses is still there."""
    rows = dict(Anchor.objects.values_list("number", "digest"))
    files = [int(path.name.split(".")[0]) for path in anchors.folder().glob("[0-9]*.jsonl.gz")]
    previous = rules.GENESIS
    for number in range(1, max([*rows, *files], default=0) + 1):
        previous = _verify_anchor(report, number, previous, rows)
        report.anchors += 1
        tell("anchors", report.anchors)


def _verify_anchor(report: Report, number: int, previous: str, rows: dict[int, str]) -> str:
    """Note what is wrong with one anchor. Returns the digest on which the next must stand."""
    try:
        with anchors.opened(number) as file:
            heads = file.heads()
            while some := list(islice(heads, _LOOKED_UP)):
                _verify_witnessed(report, some)
    except FileNotFoundError:
        report.note(Problem(ProblemKind.MISSING_ANCHOR, anchors.path_of(number).name))
        return rows.get(number, "")
    except anchors.BrokenAnchor:
        report.note(Problem(ProblemKind.BROKEN_ANCHOR, anchors.path_of(number).name))
        return rows.get(number, "")
    follows = (file.header.get("anchor"), file.header.get("previous")) == (number, previous)
    if not (follows and file.is_signed(number)) or rows.get(number, file.digest) != file.digest:
        report.note(Problem(ProblemKind.BROKEN_ANCHOR, file.path.name))
    return file.digest


def _verify_witnessed(report: Report, heads: list[anchors.HeadLine]) -> None:
    values = ", ".join(["(%s, %s, %s)"] * len(heads))
    flat = [value for head in heads for value in head]
    for chain, seq, _witnessed, now in _rows(_WITNESSED.format(values=values), flat):
        kind = ProblemKind.REMOVED_SINCE_ANCHOR if now is None else ProblemKind.CHANGED_SINCE_ANCHOR
        report.note(Problem(kind, chain, seq))


@dataclass(frozen=True)
class Receipt:
    """What the public verification page may show: whether it matches, and the moment."""

    matches: bool
    at: datetime | None = None


def verify_receipt(*, chain: str, seq: int, hash: str) -> Receipt:
    """Whether the trail holds this very entry, unchanged. The answer to a wrong hash tells nothing else."""
    entry = TrailEntry.objects.filter(chain=chain, seq=seq).first()
    if entry is None:
        return Receipt(matches=False)
    own = rules.entry_hash(
        chain=entry.chain,
        seq=entry.seq,
        at=entry.at,
        by=entry.by,
        verb=entry.verb,
        data=rules.canonical(entry.data),
        previous=entry.previous,
    )
    matches = rules.same(own, entry.hash) and rules.same(own, hash.strip().lower())
    return Receipt(matches, entry.at if matches else None)
