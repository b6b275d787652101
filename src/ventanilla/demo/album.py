"""The demo's photos, each drawn and taken in once, before the transactions that keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ventanilla.demo import pictures
from ventanilla.demo.pictures import Key
from ventanilla.demo.plan import Plan
from ventanilla.files import actions as files
from ventanilla.files.enums import FileKind
from ventanilla.files.models import StoredFile

FOUND, LEFT = 5, 2
"""How many pictures there are of each motif, as it was found and as it was left."""


@dataclass(frozen=True)
class _Drawn:
    """A picture as `files.actions.receive` takes it."""

    name: str | None
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        yield self.content


@dataclass
class Album:
    """Pictures taken in, by motif, number and whether they show it mended."""

    _staged: dict[Key, files.Staged] = field(default_factory=dict)

    def fill(self, plan: Plan) -> None:
        """Draw and take in every picture the plan asks for: some seconds, outside any transaction."""
        keys = sorted(set(_wanted(plan)))
        for key, drawn in zip(keys, pictures.draw_all(keys), strict=True):
            self._staged[key] = files.receive(_Drawn("foto.png", drawn), kinds=FileKind.PHOTO)

    def keep(self, photos: Iterable[tuple[str, int]], *, by: str) -> list[tuple[StoredFile, str]]:
        """Photos of how something was found, kept in the caller's transaction."""
        return [file for photo in photos for file in self.keep_one(photo, mended=False, by=by)]

    def keep_one(self, photo: tuple[str, int] | None, *, mended: bool, by: str) -> list[tuple[StoredFile, str]]:
        if photo is None:
            return []
        staged = self._staged[_key(photo, mended=mended)]
        return [(files.keep(staged, by=by), staged.name)]


def _key(photo: tuple[str, int], *, mended: bool) -> Key:
    motif, number = photo
    return motif, number % (LEFT if mended else FOUND), mended


def _wanted(plan: Plan) -> Iterator[Key]:
    for matter in plan.matters.values():
        yield from (_key(photo, mended=False) for photo in matter.photos)
    for deed in plan.deeds:
        look: Any = deed.told.get("look")
        if look:
            yield _key(look, mended=deed.kind != "says")
