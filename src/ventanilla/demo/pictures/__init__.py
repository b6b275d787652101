"""The photos of the demo: small illustrations drawn from a motif and a number, the same every time.

They stand for what a neighbour photographs, and are plainly drawn: nobody takes them for a real place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context

from ventanilla.demo.pictures.motifs import MOTIFS
from ventanilla.demo.pictures.scene import Scene

__all__ = ["MOTIFS", "Key", "draw", "draw_all"]

Key = tuple[str, int, bool]
"""Motif, number, and whether it shows how it was left."""
MANY = 24
"""From so many on it is worth the start of other processes."""


def draw(motif: str, number: int, *, mended: bool = False) -> bytes:
    """A PNG of 800 by 600. `mended` shows how it was left. Raises KeyError for an unknown motif."""
    scene = Scene(motif, number)
    MOTIFS[motif](scene, mended)
    out = BytesIO()
    scene.finished().save(out, "PNG", compress_level=1)
    return out.getvalue()


def draw_all(asked: Sequence[Key]) -> Iterator[bytes]:
    """Pictures in the order asked; many of them by processes of their own, while the first are put to use."""
    if len(asked) < MANY:
        yield from map(_draw, asked)
        return
    with ProcessPoolExecutor(max_workers=min(2, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_draw, asked, chunksize=4)


def _draw(key: Key) -> bytes:
    motif, number, mended = key
    return draw(motif, number, mended=mended)
