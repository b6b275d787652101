"""Every motif by its name."""

from __future__ import annotations

from collections.abc import Callable

from ventanilla.demo.pictures import cleaning, green, networks, roads
from ventanilla.demo.pictures.scene import Scene

Motif = Callable[[Scene, bool], None]
"""Draws a motif on a scene; the second says whether it shows how it was left."""

MOTIFS: dict[str, Motif] = {
    name: drawn
    for subject in (roads, networks, cleaning, green)
    for name, drawn in vars(subject).items()
    if callable(drawn) and getattr(drawn, "__module__", "") == subject.__name__
}
