"""Receiving, keeping and erasing files.

First `receive`, outside any transaction, since it reads, draws and flushes to the disk; then `keep`, inside the
transaction of what the file belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from django.db import connection, transaction

from ventanilla.audit import actions as audit
from ventanilla.files import contents, rules
from ventanilla.files.enums import FileKind, FileState
from ventanilla.files.models import StoredFile
from ventanilla.files.rules import RefusedFile
from ventanilla.files.storage import ORIGINAL, THUMBNAIL, store

LEFT_OVER = 3600.0
"""Seconds after which something staged that no row speaks of is thrown away."""
ERASED = "file.erased"
_BATCH = 500


class Upload(Protocol):
    """What `receive` reads: Django's uploaded files are so."""

    @property
    def name(self) -> str | None: ...

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class Staged:
    """A file that was looked through and lies ready on the disk, until it is kept or an hour has gone by."""

    sha256: str
    ticket: str
    size: int
    media_type: str
    name: str
    width: int | None
    height: int | None
    thumbnail_sha256: str = ""


def receive(upload: Upload, *, kinds: FileKind = FileKind.PHOTO | FileKind.DOCUMENT) -> Staged:
    """Take in what somebody sent: judged by its content, photos redrawn without metadata.

    Call it outside any transaction. Raises RefusedFile (with a message for the person) and rules.StorageFull.
    """
    content = _read(upload, kinds)
    examined = contents.examine(content, kinds)
    name = upload.name or ""
    rules.check_extension(name, examined.format)
    return _stage(examined, rules.safe_name(name, examined.format))


def produce(content: bytes, *, name: str) -> Staged:
    """Stage a PDF that we made ourselves. Outside any transaction. Raises rules.StorageFull."""
    return _stage(contents.Examined(content, rules.PDF), rules.safe_name(name, rules.PDF))


def _read(upload: Upload, kinds: FileKind) -> bytes:
    """All of it, stopping as soon as it is too much."""
    takes_documents = FileKind.DOCUMENT in kinds
    limit = rules.DOCUMENT_LIMIT if takes_documents else rules.PHOTO_LIMIT
    read = bytearray()
    for chunk in upload.chunks():
        read += chunk
        if len(read) > limit:
            raise RefusedFile("document_too_big" if takes_documents else "photo_too_big")
    return bytes(read)


def _stage(examined: contents.Examined, name: str) -> Staged:
    parts, small = {ORIGINAL: examined.content}, ""
    if examined.thumbnail is not None:
        parts[THUMBNAIL], small = examined.thumbnail, sha256(examined.thumbnail).hexdigest()
    digest, ticket = store().stage(parts)
    size, media_type = len(examined.content), examined.format.media_type
    return Staged(digest, ticket, size, media_type, name, examined.width, examined.height, small)


def keep(staged: Staged, *, by: str) -> StoredFile:
    """Keep what was received: one INSERT in the caller's transaction; the content is placed after commit."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a file is kept in the transaction of what it belongs to")
    stored = StoredFile.objects.create(
        sha256=staged.sha256,
        size=staged.size,
        media_type=staged.media_type,
        name=staged.name,
        width=staged.width,
        height=staged.height,
        thumbnail_sha256=staged.thumbnail_sha256,
        kept_by=by,
    )
    # robust: should the rename fail, the sweep and the first reader do it again
    transaction.on_commit(lambda: store().place(staged.sha256, staged.ticket), robust=True)
    return stored


def erase(stored: StoredFile, *, order: str, by: str) -> None:
    """Erase a file under a recorded order: its name goes, and its content too where no other file has it."""
    with transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(state=FileState.ERASING, name="", kept_by="")
        audit.append(f"file:{stored.uuid}", [audit.Entry(ERASED, {"order": order})], by=by)
        transaction.on_commit(lambda: _remove_content(stored.pk, stored.sha256), robust=True)
    stored.refresh_from_db()


def drop(stored: StoredFile) -> None:
    """Forget a file that never became part of anything, like the photo of a report nobody sent: it leaves no row.

    Inside the transaction that lets go of it.
    """
    StoredFile.objects.filter(pk=stored.pk).update(state=FileState.DROPPING, name="", kept_by="")
    transaction.on_commit(lambda: _remove_content(stored.pk, stored.sha256), robust=True)


def _remove_content(pk: int, digest: str) -> None:
    others = StoredFile.objects.filter(sha256=digest, state=FileState.KEPT)
    store().remove(digest, unless=others.exists)
    StoredFile.objects.filter(pk=pk, state=FileState.ERASING).update(state=FileState.ERASED)
    StoredFile.objects.filter(pk=pk, state=FileState.DROPPING).delete()


def sweep(*, now: float) -> None:
    """Go on where a process was killed: place what was committed, throw away what wasn't, finish erasing.

    `now` in Unix seconds. May run at any time, beside anything.
    """
    staged = list(store().staged())
    for start in range(0, len(staged), _BATCH):
        _sweep_staged(staged[start : start + _BATCH], now)
    going = StoredFile.objects.filter(state__in=[FileState.ERASING, FileState.DROPPING])
    for pk, digest in list(going.values_list("pk", "sha256")):
        _remove_content(pk, digest)


def _sweep_staged(staged: list[tuple[str, str, float]], now: float) -> None:
    digests = {digest for digest, _ticket, _at in staged}
    kept = StoredFile.objects.filter(sha256__in=digests, state=FileState.KEPT)
    wanted = set(kept.values_list("sha256", flat=True))
    for digest, ticket, at in staged:
        if digest in wanted:
            store().place(digest, ticket)
        elif now - at > LEFT_OVER:
            store().discard(digest, ticket)
