"""Anchors: what the trail was at a moment, in files that are signed, numbered and chained.

A file is gzipped JSON lines: `{"anchor": 12, "at": …, "previous": <digest of anchor 11>}`, then `[chain, count, hash]`
for each head that changed since the anchor before, then `{"heads": n, "digest": …, "signature": …}`. The digest is
SHA-256 over all lines before the last, so each stands on all those before it: quoting number and digest on a receipt
pins down the whole trail up to then.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from ventanilla.audit import rules
from ventanilla.audit.models import Anchor, ChainHead
from ventanilla.lib import clock

HEADS_PER_FILE = 50_000
_MARKED_AT_ONCE = 1_000
_REMEMBERED_SECONDS = 30.0

HeadLine = tuple[str, int, str]
"""A chain, its number of entries and its last hash."""


class AnchorRef(NamedTuple):
    """An anchor as it is quoted: number and digest; 0 and nothing before the first."""

    number: int
    digest: str


NONE = AnchorRef(0, rules.GENESIS)
_latest: tuple[float, AnchorRef] | None = None


class BrokenAnchor(Exception):
    """A file that isn't an anchor, or no longer."""


@dataclass
class AnchorFile:
    """What an anchor's file says of itself. `heads` streams what it witnesses and must be read to the end before
    `footer` and `digest` are there. Raises BrokenAnchor on the way."""

    path: Path
    header: dict[str, Any]
    lines: Iterator[bytes]
    digest: str = ""
    footer: dict[str, Any] | None = None

    def heads(self) -> Iterator[HeadLine]:
        hashed, count, line = hashlib.sha256(_line(self.header)), 0, b""
        for line in self.lines:
            said = _parsed(line)
            if isinstance(said, dict):
                self.footer = said
                break
            hashed.update(line)
            count += 1
            yield tuple(said)
        self.digest = hashed.hexdigest()
        if self.footer is None or self.footer.get("heads") != count or any(self.lines):
            raise BrokenAnchor(self.path.name)

    def is_signed(self, number: int) -> bool:
        """Whether digest and signature are right for this number, once the heads were read."""
        said = self.footer or {}
        mac = rules.anchor_mac(key=settings.AUDIT_KEY, number=number, digest=self.digest)
        return rules.same(said.get("digest", ""), self.digest) and rules.same(said.get("signature", ""), mac)


def folder() -> Path:
    """Where the anchors are; part of what must be backed up."""
    return Path(settings.DATA) / "anchors"


def path_of(number: int) -> Path:
    return folder() / f"{number:06d}.jsonl.gz"


@contextmanager
def opened(number: int) -> Iterator[AnchorFile]:
    """An anchor's file, to be streamed. Raises FileNotFoundError, BrokenAnchor."""
    path = path_of(number)
    with path.open("rb") as raw, gzip.open(raw) as lines:
        first = iter(_read(path, lines))
        header = _parsed(next(first, b""))
        if not isinstance(header, dict):
            raise BrokenAnchor(path.name)
        yield AnchorFile(path, header, first)


def _read(path: Path, lines: Any) -> Iterator[bytes]:
    try:
        yield from lines
    except (OSError, EOFError, ValueError) as error:  # gzip says what is broken in each of these ways
        raise BrokenAnchor(path.name) from error


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise BrokenAnchor("not JSON") from error


def _line(said: Any) -> bytes:
    return rules.canonical(said).encode() + b"\n"


def anchor() -> int:
    """Write down what changed since the last anchor, sign it and mark it. Returns the number of heads witnessed.

    Run by the tick. Bears being run twice and being killed at any moment: files come first, marks after, and what
    isn't marked is witnessed again.
    """
    with _alone() as mine:
        return sum(_anchor_some()) if mine else 0


def _anchor_some() -> Iterator[int]:
    """A file's worth at a time, while files are full: what people write meanwhile is left for the next tick."""
    full = True
    while full and (heads := _unanchored()):
        _write_anchor(heads)
        _mark(heads)
        yield len(heads)
        full = len(heads) == HEADS_PER_FILE


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process is anchoring."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder() / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def _unanchored() -> list[HeadLine]:
    changed = ChainHead.objects.filter(anchored=False).order_by("chain")
    return list(changed.values_list("chain", "count", "last_hash")[:HEADS_PER_FILE])


def _write_anchor(heads: Sequence[HeadLine]) -> None:
    before, now = _last_written(), clock.now()
    number = before.number + 1
    digest = _write_file(number, before.digest, now, heads)
    Anchor.objects.create(number=number, at=now, heads=len(heads), digest=digest)
    _forget()


def _last_written() -> AnchorRef:
    """The last anchor; one whose file was written when the process was killed gets its row now."""
    last = _last_row()
    while path_of(last.number + 1).exists():
        number = last.number + 1
        with opened(number) as file:
            count = sum(1 for _ in file.heads())
            at = datetime.fromisoformat(file.header["at"])
        row = Anchor.objects.create(number=number, at=at, heads=count, digest=file.digest)
        last = AnchorRef(row.number, row.digest)
    return last


def _last_row() -> AnchorRef:
    row = Anchor.objects.order_by("-number").values_list("number", "digest").first()
    return AnchorRef(*row) if row else NONE


def _write_file(number: int, previous: str, at: datetime, heads: Sequence[HeadLine]) -> str:
    """Write an anchor's file whole or not at all, and onto the disk. Returns its digest."""
    hashed = hashlib.sha256()
    target = path_of(number)
    draft = target.with_suffix(".draft")
    with draft.open("wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
            for said in ({"anchor": number, "at": rules.moment(at), "previous": previous}, *heads):
                line = _line(said)
                hashed.update(line)
                out.write(line)
            out.write(_footer(number, len(heads), hashed.hexdigest()))
        raw.flush()
        os.fsync(raw.fileno())
    draft.rename(target)
    _sync_folder()
    return hashed.hexdigest()


def _footer(number: int, heads: int, digest: str) -> bytes:
    mac = rules.anchor_mac(key=settings.AUDIT_KEY, number=number, digest=digest)
    return _line({"heads": heads, "digest": digest, "signature": mac})


def _sync_folder() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mark(heads: Sequence[HeadLine]) -> None:
    """Mark as anchored, in short transactions, the heads that are still as they were written down."""
    sql = "UPDATE audit_chainhead SET anchored = %s WHERE chain = %s AND last_hash = %s"
    for start in range(0, len(heads), _MARKED_AT_ONCE):
        some = heads[start : start + _MARKED_AT_ONCE]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, [(True, chain, last_hash) for chain, _, last_hash in some])


def latest_anchor() -> AnchorRef:
    """Number and digest of the last anchor, to be quoted on receipts; at most half a minute old."""
    global _latest
    if _latest is None or time.monotonic() - _latest[0] > _REMEMBERED_SECONDS:
        _latest = (time.monotonic(), _last_row())
    return _latest[1]


def _forget() -> None:
    global _latest
    _latest = None
