"""The words that occur, counted from the index itself: what misspellings are corrected to and prefixes grow into."""

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from ventanilla.lib import clock
from ventanilla.search import spelling
from ventanilla.search.engine import engine
from ventanilla.search.models import SearchDocument, SearchWord, SpellingKey, WordCount
from ventanilla.search.rules import MIN_CORRECTED, MIN_PREFIX

LIMIT = 50_000
"""The commonest words are kept; rarer ones are still found, but nothing is corrected to them."""
GROWTH = 0.05
AT_LEAST_EVERY = timedelta(days=1)
BATCH = 200
"""Words written in one transaction: some tens of milliseconds, so that other writers need not wait long."""

T = TypeVar("T")


def suspect(words: Collection[str]) -> None:
    """These words may occur no more: `forget_erased` will see."""
    SearchWord.objects.filter(word__in=words).update(is_suspect=True)


def drop_vanished() -> None:
    """Drop the suspected words that no document holds any more."""
    for word in SearchWord.objects.filter(is_suspect=True).order_by("pk"):
        with transaction.atomic():
            if engine().contains(word.word):
                SearchWord.objects.filter(pk=word.pk).update(is_suspect=False)
            else:
                word.delete()


def is_stale() -> bool:
    """Whether the index grew by a twentieth, or a day went by, since words were counted."""
    last = WordCount.objects.order_by("pk").last()
    newest = SearchDocument.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if last is None or last.at < clock.now() - AT_LEAST_EVERY:
        return True
    return bool(newest - last.last_document > GROWTH * last.last_document)


def count() -> int:
    """Count all words anew, whatever was known before. Returns how many are kept.

    Reads the whole index (some seconds for a million documents) and writes only what changed, in short transactions.
    """
    newest = SearchDocument.objects.aggregate(newest=Max("pk"))["newest"] or 0
    counted = _commonest(engine().vocabulary())
    known = dict(SearchWord.objects.values_list("word", "count"))
    _drop(known.keys() - counted.keys())
    _change({word: number for word, number in counted.items() if word in known and _differs(number, known[word])})
    _add({word: number for word, number in counted.items() if word not in known})
    WordCount.objects.update_or_create(pk=1, defaults={"at": clock.now(), "last_document": newest})
    return len(counted)


def _commonest(words: Iterable[tuple[str, int]]) -> dict[str, int]:
    long_enough = (pair for pair in words if len(pair[0]) >= MIN_PREFIX)
    return dict(sorted(long_enough, key=lambda pair: -pair[1])[:LIMIT])


def _differs(number: int, known: int) -> bool:
    """Counts only order suggestions: a tenth more or less is not worth a write."""
    return abs(number - known) > known // 10


def _batched(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _drop(words: Iterable[str]) -> None:
    for batch in _batched(words):
        SearchWord.objects.filter(word__in=batch).delete()


def _change(counts: dict[str, int]) -> None:
    for batch in _batched(counts.items()):
        words = SearchWord.objects.in_bulk([word for word, _ in batch], field_name="word")
        for word, number in batch:
            words[word].count = number
        SearchWord.objects.bulk_update(words.values(), ["count"])


def _add(counts: dict[str, int]) -> None:
    for batch in _batched(counts.items()):
        with transaction.atomic():
            words = SearchWord.objects.bulk_create(SearchWord(word=word, count=number) for word, number in batch)
            SpellingKey.objects.bulk_create(
                SpellingKey(key=key, word=word)
                for word in words
                if len(word.word) >= MIN_CORRECTED
                for key in spelling.keys(word.word)
            )
