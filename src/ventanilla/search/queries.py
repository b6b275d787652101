"""Finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ventanilla.search import rules, spelling
from ventanilla.search.engine import Engine, Ranking, engine
from ventanilla.search.models import SearchDocument, SearchWord, SpellingKey
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


def find(
    text: str, scope: Scope, kinds: Iterable[str] | None = None, before: str | None = None, limit: int = 50
) -> Found:
    """What the scope may see of what was asked for, in at most six statements. Never fails for any text.

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
        self._counts = _counts(query)

    def first_page(self, text: str) -> Found:
        numbers, corrected = self._newest(before=None, limit=self._enough), None
        if not numbers and (instead := _instead(self.query, self._counts)):
            self.query = rules.corrected(self.query, instead)
            numbers = self._newest(before=None, limit=self._enough)
            corrected = rules.corrected_text(text, instead) if numbers else None
        count = min(len(numbers), FEW)
        if 1 < count < FEW and self._is_rare():
            return self.page_by_match(offset=0, count=count, corrected=corrected)
        return self._page(numbers[: self.limit + 1], count=count, corrected=corrected)

    @property
    def _enough(self) -> int:
        """As many as tell few from many, and fill a page."""
        return max(FEW, self.limit + 1)

    def page_by_time(self, *, before: int) -> Found:
        return self._page(self._newest(before=before, limit=self.limit + 1))

    def page_by_match(self, *, offset: int, count: int | None = None, corrected: str | None = None) -> Found:
        ranking = Ranking(self._clauses(), self.scope, self.kinds)
        documents = self._engine.best(ranking, offset=offset, limit=self.limit + 1)
        more = f"r{offset + self.limit}" if len(documents) > self.limit else None
        return Found([_hit(document) for document in documents[: self.limit]], corrected, more, count)

    def _page(self, numbers: list[int], *, count: int | None = None, corrected: str | None = None) -> Found:
        shown = numbers[: self.limit]
        documents = SearchDocument.objects.in_bulk(shown)
        more = f"n{shown[-1]}" if len(numbers) > self.limit else None
        return Found([_hit(documents[pk]) for pk in shown if pk in documents], corrected, more, count)

    def _newest(self, *, before: int | None, limit: int) -> list[int]:
        return self._engine.newest([*self._clauses(), *self._marks], before=before, limit=limit)

    def _is_rare(self) -> bool:
        return sum(self._counts.values()) < RARE

    def _clauses(self) -> list[Clause]:
        return [self._grown(term) if term.grows else term.clause for term in self.query.terms]

    def _grown(self, term: Term) -> Clause:
        """An unfinished word: what it may become. Where that is rare, the engine looks for any; else the commonest."""
        grown = {word: count for word, count in self._counts.items() if word.startswith(term.word)}
        if sum(grown.values()) < RARE:
            return ((f"{term.word}*",),)
        commonest = sorted(grown, key=lambda word: -grown[word])[:EXPANSIONS]
        return tuple((word,) for word in dict.fromkeys([term.word, *commonest]))


def _counts(query: Query) -> dict[str, int]:
    """How often the query's words, and those that an unfinished one may become, occur. One statement."""
    wanted = Q(word__in=query.words)
    for term in query.terms:
        if term.grows:
            wanted |= Q(word__gte=term.word, word__lte=f"{term.word:z<40}")
    if not query.words:
        return {}
    return dict(SearchWord.objects.filter(wanted).values_list("word", "count"))


def _instead(query: Query, counts: dict[str, int]) -> dict[str, str]:
    """For each word that occurs nowhere, the one likely meant. One statement."""
    unknown = {t.word: spelling.keys(t.word) for t in query.terms if _is_correctable(t, counts)}
    if not unknown:
        return {}
    wanted = set().union(*unknown.values())
    near = SpellingKey.objects.filter(key__in=wanted).order_by("-word__count").values_list("word__word", "word__count")
    candidates = list(dict.fromkeys(near.distinct()[:CANDIDATES]))
    meant = {word: spelling.best(word, candidates) for word in unknown}
    return {word: other for word, other in meant.items() if other}


def _is_correctable(term: Term, counts: dict[str, int]) -> bool:
    return len(term.word) >= rules.MIN_CORRECTED and term.word.isalpha() and term.word not in counts


def _hit(document: SearchDocument) -> Hit:
    return Hit(
        kind=document.kind,
        uuid=document.uuid,
        title=document.title,
        snippet=document.snippet,
        at=document.at,
        department_id=document.department_id,
        is_public=document.is_public,
        is_reserved=document.is_reserved,
    )
