"""Reports half done: they outlive a closed browser."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ventanilla.cases.models import Case, Draft, DraftFile
from ventanilla.files.actions import Staged, drop, keep
from ventanilla.lib import clock, ids

DRAFT_LIFE = timedelta(days=30)
PHOTO_LIMIT = 5
_AT_ONCE = 100


class TooManyPhotos(ValueError):
    """A report takes a few photos, no more."""


def start_draft(data: dict[str, Any]) -> tuple[Draft, str]:
    """A new draft and the secret that opens it, which its browser keeps."""
    secret = ids.secret(16)
    return Draft.objects.create(data=data, secret=_digest(secret)), secret


def open_drafts(keys: Sequence[tuple[str, str]]) -> list[Draft]:
    """The drafts of these ids whose secrets are their own and that aren't too old, the last touched first."""
    secrets = {uuid: secret for text, secret in keys if (uuid := _uuid(text))}
    if not secrets:
        return []
    held = Draft.objects.filter(pk__in=secrets, updated_at__gt=clock.now() - DRAFT_LIFE).order_by("-updated_at")
    return [each for each in held if hmac.compare_digest(each.secret, _digest(secrets[each.pk]))]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def save_draft(draft: Draft, **changes: Any) -> Draft:
    """Keep what was answered in a step; None takes an answer away."""
    draft.data = {name: value for name, value in {**draft.data, **changes}.items() if value is not None}
    draft.updated_at = clock.now()
    draft.save(update_fields=["data", "updated_at"])
    return draft


@transaction.atomic
def add_staged_photo(draft: Draft, staged: Staged, *, by: str) -> None:
    """Put a photo in a draft. Raises TooManyPhotos."""
    held = DraftFile.objects.select_for_update().filter(draft=draft)
    if len(held) >= PHOTO_LIMIT:
        raise TooManyPhotos
    stored = keep(staged, by=by)
    if all(each.file_id != stored.pk for each in held):
        DraftFile.objects.create(draft=draft, file=stored)


@transaction.atomic
def drop_photo(draft: Draft, uuid: str) -> None:
    """Take a photo out of a draft. Nothing of it is kept."""
    _let_go(DraftFile.objects.filter(draft=draft, file__uuid=uuid))


def _let_go(photos: QuerySet[DraftFile]) -> None:
    for each in list(photos.select_related("file")):
        each.delete()
        drop(each.file)


def settle_draft(draft: Draft, case: Case) -> None:
    """Forget what a draft said, once filed. What is left leads who sends it again to the same case."""
    DraftFile.objects.filter(draft=draft).delete()
    draft.data = {"type": draft.data.get("type"), "filed": str(case.uuid)}
    draft.updated_at = clock.now()
    draft.save(update_fields=["data", "updated_at"])


@transaction.atomic
def forget_draft(draft: Draft) -> None:
    """Drop a draft with its photos: when the person says so, when it is old, or under an order."""
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is not None:
        _let_go(DraftFile.objects.filter(draft=held))
        held.delete()


def forget_old() -> int:
    """Forget the reports that nobody finished in time. Returns how many."""
    forgotten, old = 0, Draft.objects.filter(updated_at__lt=clock.now() - DRAFT_LIFE)
    while some := list(old[:_AT_ONCE]):
        for draft in some:
            forget_draft(draft)
        forgotten += len(some)
    return forgotten
