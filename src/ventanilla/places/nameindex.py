"""Names and the words in them, kept small: columns and joined text instead of an object for each name.

A town's 2,000 names take less than a megabyte; 100,000 about 14, and some 20 more while they are read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ventanilla.places.enums import PlaceKind
from ventanilla.places.rules import key_words
from ventanilla.places.rules.names import SMALL_WORDS

COMMONEST = 4000
"""Names looked at for one word alone: beyond that, the word says too little to choose by."""
COMPLETIONS = 60
"""Words looked at that begin like one being typed."""
_KINDS = list(PlaceKind)
_NONE = -1


class Entry(NamedTuple):
    """One name: of what it is, its id there (None for a street known only by its doors), its key and label.

    `others` are the keys of its other names, and all of them without their small words.
    """

    kind: PlaceKind
    pk: int | None
    key: str
    label: str
    weight: int
    position: tuple[float, float] = (0.0, 0.0)
    others: tuple[str, ...] = ()


class NameIndex:
    """Built once from all names; asked by many threads."""

    def __init__(self, entries: Iterable[tuple[Entry, list[str]]]) -> None:
        """Takes each entry with all keys under which it is to be found."""
        self._kinds, self._weights, self._sizes = array("B"), array("H"), array("B")
        self._pks, self._places = array("q"), array("d")
        self._texts, self._ends = bytearray(), array("Q", [0])
        postings: dict[str, array[int]] = {}
        for number, (entry, keys) in enumerate(entries):
            self._add(entry)
            for word in {word for key in keys for word in key.split()} - SMALL_WORDS:
                postings.setdefault(word, array("I")).append(number)
        self._vocabulary = sorted(postings)
        self._postings = [postings[word] for word in self._vocabulary]

    def _add(self, entry: Entry) -> None:
        self._kinds.append(_KINDS.index(entry.kind))
        self._weights.append(min(entry.weight, 65_535))
        self._sizes.append(min(255, len(key_words(entry.key))))
        self._pks.append(_NONE if entry.pk is None else entry.pk)
        self._places.extend(entry.position)
        self._texts += "\n".join((entry.label.replace("\n", " "), entry.key, *entry.others)).encode()
        self._ends.append(len(self._texts))

    def kind(self, number: int) -> PlaceKind:
        return _KINDS[self._kinds[number]]

    def size(self, number: int) -> int:
        """Words that carry meaning in the name."""
        return self._sizes[number]

    def entry(self, number: int) -> Entry:
        label, key, *others = self._texts[self._ends[number] : self._ends[number + 1]].decode().split("\n")
        pk = self._pks[number]
        return Entry(
            kind=self.kind(number),
            pk=None if pk == _NONE else pk,
            key=key,
            label=label,
            weight=self._weights[number],
            position=(self._places[2 * number], self._places[2 * number + 1]),
            others=tuple(others),
        )

    def hits(self, words: list[str], *, is_typing: bool) -> dict[int, float]:
        """For each name that has some of the words, the sum of how well it has them.

        Rare words first: of a common one («san»), only names that already have another are looked at.
        """
        found = [self._alike(word, is_last=is_typing and word is words[-1]) for word in words]
        found.sort(key=lambda alike: sum(len(self._postings[number]) for number in alike))
        hits: dict[int, float] = {}
        for alike in found:
            best: dict[int, float] = {}
            for number, worth in sorted(alike.items(), key=lambda pair: -pair[1]):
                for entry in self._bearers(number, hits):
                    best.setdefault(entry, worth)
            for entry, worth in best.items():
                hits[entry] = hits.get(entry, 0.0) + worth
        return hits

    def _bearers(self, number: int, hits: dict[int, float]) -> Iterator[int]:
        posting = self._postings[number]
        if hits and len(posting) > COMMONEST:
            return (entry for entry in hits if _holds(posting, entry))
        return islice(posting, COMMONEST)

    def _alike(self, word: str, *, is_last: bool) -> dict[int, float]:
        """Words like this one with how much alike: the same, begun alike, or mistyped."""
        at = bisect_left(self._vocabulary, word)
        found: dict[int, float] = {}
        if at < len(self._vocabulary) and self._vocabulary[at] == word:
            found[at] = 1.0
        if is_last and len(word) >= 2 and not word.isdigit():
            for number in range(at, min(at + COMPLETIONS, len(self._vocabulary))):
                if not self._vocabulary[number].startswith(word):
                    break
                found.setdefault(number, 0.85)
        return found or self._mistyped(word)

    def _mistyped(self, word: str) -> dict[int, float]:
        """Words one letter away, or two for long ones; swapped neighbours count as one."""
        if len(word) < 4 or any(letter.isdigit() for letter in word):
            return {}
        allowed = 1 if len(word) < 7 else 2
        close = process.extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=8)
        return {number: 0.8 - 0.1 * (distance - 1) for _text, distance, number in close}


def _holds(posting: array[int], entry: int) -> bool:
    at = bisect_left(posting, entry)
    return at < len(posting) and posting[at] == entry
