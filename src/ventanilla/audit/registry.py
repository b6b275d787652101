"""Where upper rooms say how their own rows are held against the trail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ventanilla.audit.enums import ProblemKind
from ventanilla.lib.plugins import Registry


@dataclass(frozen=True)
class Problem:
    """Something is not as the trail says. `where` names a chain, an anchor or a file; never a person."""

    kind: ProblemKind
    where: str
    seq: int | None = None

    def __str__(self) -> str:
        return f"{self.kind.label}: {self.where}" + (f" ({self.seq})" if self.seq is not None else "")


contents: Registry[Callable[[], Iterator[Problem]]] = Registry("content check")
"""By room: a check of its rows and files against the digests in the trail, run by `verify_all` at the end."""
