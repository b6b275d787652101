"""Files held against what is known of them: every content is read, and what no file has is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from ventanilla.audit.enums import ProblemKind
from ventanilla.audit.models import TrailEntry
from ventanilla.audit.registry import Problem
from ventanilla.files.actions import ERASED
from ventanilla.files.enums import FileState
from ventanilla.files.models import StoredFile
from ventanilla.files.rules import MissingContent
from ventanilla.files.storage import ORIGINAL, THUMBNAIL, store

_BATCH = 500


def problems() -> Iterator[Problem]:
    """Contents changed or gone, contents that no file has, and files erased without an order. In bounded memory."""
    for number in range(256):
        yield from _of_prefix(f"{number:02x}")
    yield from _erased_without_order()


def _of_prefix(prefix: str) -> Iterator[Problem]:
    # The disk first: a content is placed after its row is committed, so what lies there by now has its row.
    placed = store().placed(prefix)
    rows = StoredFile.objects.filter(sha256__gte=prefix, sha256__lt=f"{prefix}g")
    # What its thumbnail may hash to: one content may have been drawn small by several versions of the program.
    kept: dict[str, set[str]] = defaultdict(set)
    known = set()
    for digest, state, thumbnail in rows.values_list("sha256", "state", "thumbnail_sha256"):
        if state == FileState.KEPT:
            kept[digest].add(thumbnail)
        if state != FileState.ERASED:
            known.add(digest)
    for digest, thumbnails in kept.items():
        yield from _of_content(digest, thumbnails)
    for digest in sorted(placed - known):
        yield Problem(ProblemKind.UNRECORDED_CONTENT, f"file {digest}")


def _of_content(digest: str, thumbnails: set[str]) -> Iterator[Problem]:
    wanted = {ORIGINAL: {digest}} | ({THUMBNAIL: thumbnails - {""}} if thumbnails - {""} else {})
    for variant, right in wanted.items():
        found = _on_disk(digest, variant)
        if found in right or not StoredFile.objects.filter(sha256=digest, state=FileState.KEPT).exists():
            continue  # erased under an order since its row was read
        kind = ProblemKind.MISSING_CONTENT if found is None else ProblemKind.CHANGED_CONTENT
        yield Problem(kind, f"file {digest}{variant}")


def _on_disk(digest: str, variant: str) -> str | None:
    """What the content really hashes to; None where there is none."""
    actual = sha256()
    try:
        with store().open(digest, variant) as content:
            while chunk := content.read(1 << 20):
                actual.update(chunk)
    except MissingContent:
        return None
    return actual.hexdigest()


def _erased_without_order() -> Iterator[Problem]:
    last, gone = 0, StoredFile.objects.filter(state__in=[FileState.ERASING, FileState.ERASED]).order_by("pk")
    while page := list(gone.filter(pk__gt=last).values_list("pk", "uuid")[:_BATCH]):
        chains = [f"file:{uuid}" for _pk, uuid in page]
        ordered = TrailEntry.objects.filter(chain__in=chains, verb=ERASED).values_list("chain", flat=True)
        for chain in sorted(set(chains) - set(ordered)):
            yield Problem(ProblemKind.MISSING_CONTENT, chain)
        last = page[-1][0]
