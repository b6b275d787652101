"""Finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Exists, Q, QuerySet, Value

from ventanilla.search import rules, spelling
from ventanilla.search.engine import Engine, Ranking, engine
from ventanilla.search.models import SearchDocument, SearchWord
from ventanilla.search.rules import Clause, Query, Scope, Term

FEW = 1_000
"""Under so many hits, best match; from here on, newest first."""
RARE = 5_000
"""Best match only for words that occur in fewer documents: ranking reads every one of them."""
_CURSOR = re.compile(r"([nr])([0-9]{1,18})")
EXPANSIONS = 20
CANDIDATES = 60


@dataclass(frozen=True)
class Hit:
    """One document found, as much of it as a list shows."""

    kind: str
    uuid: str
    title: str
    snippet: str
    at: datetime
    department_id: int | None
    is_public: bool
    is_reserved: bool


@dataclass(frozen=True)
class Found:
    """What was found. `corrected` is the text searched instead of the one typed, where that found nothing.

    `next_cursor` goes into `before` for the next page, with the corrected text. `count` is how many there are, 1,000
    standing for that many or more; None on later pages.
    """

    hits: list[Hit]
    corrected: str | None = None
    next_cursor: str | None = None
    count: int | None = 0


NOTHING = Found([])
_TOLD = [each.name for each in fields(Hit)]


def find(
    text: str, scope: Scope, kinds: Iterable[str] | None = None, before: str | None = None, limit: int = 50
) -> Found:
    """What the scope may see of what was asked for, in at most three statements. Never fails for any text.

    Every word must occur; the last one may be unfinished. Newest first; best match where there are few.
    """
    search = _Search(rules.parse(text), scope, None if kinds is None else frozenset(kinds), limit)
    if not search.query.terms or scope.is_empty or search.kinds == frozenset():
        return NOTHING
    mode, position = _cursor(before)
    if mode == "n":
        return search.page_by_time(before=position)
    if mode == "r":
        return search.page_by_match(offset=position)
    return search.first_page(text)


def _cursor(before: str | None) -> tuple[str, int]:
    """`n123`, newest first before document 123; `r50`, by match from the 50th; anything else begins anew."""
    shape = _CURSOR.fullmatch(before or "")
    return (shape[1], int(shape[2])) if shape else ("", 0)


class _Search:
    """One search: the query, for whom, and what was learnt of its words on the way."""

    def __init__(self, query: Query, scope: Scope, kinds: frozenset[str] | None, limit: int) -> None:
        self.query, self.scope, self.kinds, self.limit = query, scope, kinds, limit
        self._engine: Engine = engine()
        self._marks = rules.scope_clauses(scope, kinds)
        self._words = _words(query)

    def first_page(self, text: str) -> Found:
        instead = self._words.instead(self.query)
        numbers, corrected = self._as_typed_or(instead, text) if instead else (self._newest(limit=self._enough), None)
        count = min(len(numbers), FEW)
        if 1 < count < FEW and self._is_rare():
            return self.page_by_match(offset=0, count=count, corrected=corrected)
        return self._page(numbers[: self.limit + 1], count=count, corrected=corrected)

    def _as_typed_or(self, instead: dict[str, str], text: str) -> tuple[list[int], str | None]:
        """What is found as it was typed, since the words are counted only now and then; else by the likely words."""
        likely = rules.corrected(self.query, instead)
        ways = [[*self._clauses(query), *self._marks] for query in (self.query, likely)]
        typed, other = self._engine.newest_of(ways, limit=self._enough)
        if typed or not other:
            return typed, None
        self.query = likely
        return other, rules.corrected_text(text, instead)

    @property
    def _enough(self) -> int:
        """As many as tell few from many, and fill a page."""
        return max(FEW, self.limit + 1)

    def page_by_time(self, *, before: int) -> Found:
        return self._page(self._newest(before=before, limit=self.limit + 1))

    def page_by_match(self, *, offset: int, count: int | None = None, corrected: str | None = None) -> Found:
        ranking = Ranking(self._clauses(self.query), self.scope, self.kinds)
        documents = self._engine.best(ranking, offset=offset, limit=self.limit + 1)
        more = f"r{offset + self.limit}" if len(documents) > self.limit else None
        return Found([_hit(document) for document in documents[: self.limit]], corrected, more, count)

    def _page(self, numbers: list[int], *, count: int | None = None, corrected: str | None = None) -> Found:
        shown = numbers[: self.limit]
        rows = SearchDocument.objects.filter(pk__in=shown).values_list("pk", *_TOLD)
        hits = {pk: Hit(*told) for pk, *told in rows}
        more = f"n{shown[-1]}" if len(numbers) > self.limit else None
        return Found([hits[pk] for pk in shown if pk in hits], corrected, more, count)

    def _newest(self, *, before: int | None = None, limit: int) -> list[int]:
        return self._engine.newest([*self._clauses(self.query), *self._marks], before=before, limit=limit)

    def _is_rare(self) -> bool:
        return self._words.occurrences(self.query) < RARE

    def _clauses(self, query: Query) -> list[Clause]:
        return [self._grown(term) if term.grows else term.clause for term in query.terms]

    def _grown(self, term: Term) -> Clause:
        """An unfinished word: what it may become. Where that is rare, the engine looks for any; else the commonest."""
        grown = {word: count for word, count in self._words.counts.items() if word.startswith(term.word)}
        if sum(grown.values()) < RARE:
            return ((f"{term.word}*",),)
        commonest = sorted(grown, key=lambda word: -grown[word])[:EXPANSIONS]
        return tuple((word,) for word in dict.fromkeys([term.word, *commonest]))


@dataclass(frozen=True)
class _Words:
    """How often a query's words occur, and those that an unfinished one may become.

    `near` has the words spelt almost like one that occurs nowhere, the commonest first.
    """

    counts: dict[str, int]
    near: dict[str, int]

    def instead(self, query: Query) -> dict[str, str]:
        """For each word that occurs nowhere, the one likely meant."""
        unknown = [term.word for term in query.terms if _is_correctable(term) and term.word not in self.counts]
        meant = {word: spelling.best(word, self.near.items()) for word in unknown}
        return {word: other for word, other in meant.items() if other}

    def occurrences(self, query: Query) -> int:
        """Of all the words of a query together, and of what they may become."""
        return sum(count for word, count in {**self.near, **self.counts}.items() if _asks_for(query, word))


def _asks_for(query: Query, word: str) -> bool:
    return any(word.startswith(term.word) if term.grows else word == term.word for term in query.terms)


def _words(query: Query) -> _Words:
    """What is known of a query's words, in one statement."""
    if not query.words:
        return _Words({}, {})
    likely = [_rows(_spelt_like(term), is_near=1) for term in query.terms if _is_correctable(term)]
    rows = list(_rows(SearchWord.objects.filter(_wanted(query)), is_near=0).union(*likely))
    near = sorted(((word, count) for word, count, is_near in rows if is_near), key=lambda each: -each[1])
    return _Words({word: count for word, count, is_near in rows if not is_near}, dict(near[:CANDIDATES]))


def _rows(words: QuerySet[SearchWord], *, is_near: int) -> QuerySet[SearchWord, tuple[str, int, int]]:
    return words.annotate(near=Value(is_near)).values_list("word", "count", "near")


def _wanted(query: Query) -> Q:
    wanted = Q(word__in=query.words)
    for term in query.terms:
        if term.grows:
            wanted |= Q(word__gte=term.word, word__lte=f"{term.word:z<40}")
    return wanted


def _spelt_like(term: Term) -> QuerySet[SearchWord]:
    """Words that share a spelling with one that occurs nowhere; nothing is read for one that does."""
    occurs = Exists(SearchWord.objects.filter(word=term.word))
    return SearchWord.objects.filter(~occurs, spelling_keys__key__in=spelling.keys(term.word))


def _is_correctable(term: Term) -> bool:
    return len(term.word) >= rules.MIN_CORRECTED and term.word.isalpha()


def _hit(document: SearchDocument) -> Hit:
    return Hit(**{name: getattr(document, name) for name in _TOLD})
