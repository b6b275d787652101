"""Upper rooms say here what they have to be found, so that the index can be made again from nothing."""

from collections.abc import Callable, Iterable

from ventanilla.lib.plugins import Registry
from ventanilla.search.rules import Document

Source = Callable[[], Iterable[Document]]

sources: Registry[Source] = Registry("search source")


def register(kind: str, source: Source) -> None:
    """`source()` gives all documents of a kind, oldest first, without holding a cursor open."""
    sources.register(kind, source)
