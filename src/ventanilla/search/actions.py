"""Writing the index. Called inside the transaction of what it describes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice

from django.db import transaction

from ventanilla.search import registry, vocabulary
from ventanilla.search.engine import engine
from ventanilla.search.models import SearchDocument
from ventanilla.search.rules import Document

BATCH = 1_000
_waiting: ContextVar[list[Document] | None] = ContextVar("documents to be indexed together", default=None)


def index(document: Document, *, erasing: bool = False) -> None:
    """Add a document or put it in the place of its former self: two statements on SQLite, one on PostgreSQL.

    `erasing` says that the former text held what must be forgotten (a person's data): its words leave the vocabulary
    and the storage is scrubbed by a job that is enqueued here, at the price of a few statements more.
    """
    waiting = _waiting.get()
    if waiting is not None and not erasing:
        waiting.append(document)
        return
    with transaction.atomic():
        if erasing:
            _forget(SearchDocument.objects.filter(kind=document.kind, uuid=document.uuid))
        engine().write([document])


@contextmanager
def together() -> Iterator[None]:
    """What is indexed inside is written at the end, in as many statements as one document costs.

    For what makes several things at once, inside their transaction: nothing of it is found before the end.
    """
    waiting: list[Document] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    index_many(waiting)


def index_many(documents: Iterable[Document]) -> int:
    """Add or replace many documents, 1,000 at a time, each thousand in one transaction. Returns how many."""
    iterator, done = iter(documents), 0
    while batch := list(islice(iterator, BATCH)):
        once = {(document.kind, document.uuid): document for document in batch}
        with transaction.atomic():
            engine().write(list(once.values()))
        done += len(batch)
    return done


def remove(kind: str, uuid: str) -> None:
    """Take a document out of the index; a job that is enqueued here leaves no trace of its words."""
    with transaction.atomic():
        for pk in _forget(SearchDocument.objects.filter(kind=kind, uuid=uuid)):
            engine().delete(pk)


def forget() -> None:
    """Have the storage scrubbed of what this transaction removes, wherever it stood, by a job once it is committed."""
    from ventanilla.search.jobs import forget_erased

    forget_erased.enqueue()


def rebuild(kind: str) -> int:
    """Index anew everything of a kind, from the source its room registered, and drop what is no more.

    Search goes on meanwhile. Documents keep their place in time. Returns how many there are. Raises KeyError where
    no room registered the kind.
    """
    seen: set[str] = set()

    def noted() -> Iterable[Document]:
        for document in registry.sources[kind]():
            seen.add(document.uuid)
            yield document

    index_many(noted())
    for uuid in set(SearchDocument.objects.filter(kind=kind).values_list("uuid", flat=True)) - seen:
        remove(kind, uuid)
    return len(seen)


def _forget(documents: "Iterable[SearchDocument]") -> Sequence[int]:
    """Suspect the words of documents about to go. Returns their numbers."""
    numbers = [document.pk for document in documents]
    for pk in numbers:
        vocabulary.suspect(engine().words_of(pk))
    if numbers:
        forget()
    return numbers
