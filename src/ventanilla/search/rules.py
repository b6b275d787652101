"""How documents become index rows and how what a person typed becomes a query. Pure.

Every token is made here, of `[a-z0-9_]` alone, so that no text reaches a database as syntax. Words never begin with
an underscore; what we add does: `_x…` exact numbers, `_k…` the kind, `_d…` the department, `_o` open (not reserved),
`_p` public. Scope stands in the index row itself, so a rare department and the commonest word meet quickly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ventanilla.lib import references
from ventanilla.lib import text as texts

MAX_WORDS = 4_000
MAX_WORD = 40
MAX_QUERY = 200
MAX_TERMS = 12
MIN_PREFIX = 3
MIN_NUMBER_PREFIX = 7
MIN_CORRECTED = 4

STOP_WORDS = frozenset(
    {"a", "al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "o", "para", "por", "que", "se", "su"}
    | {"un", "una", "y"}
)

_RUN = re.compile(r"\+?\d(?:[ .\-/()]{0,2}\d){6,19}")
_DIGITISH = re.compile(r"[+(]*\d[\d+().\-/]*")
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_KIND = re.compile(r"[a-z][a-z0-9]*")
_PHONE_TAILS = (7, 8, 9, 10)

Option = tuple[str, ...]
"""Tokens that must all be there; a last `*` asks for any word that begins so."""
Clause = tuple[Option, ...]
"""Options of which one must hold."""


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    `kind` is one lower-case word ("case", "person"); `uuid` the object's. `title` and `snippet` are shown to whoever
    may see the document; `text` is only searched, as is the title. `phones` are found by their last digits too,
    `numbers` (references, identity documents, poles) exactly, however separated. A document without department is
    everybody's among the staff; a reserved one is seen only by a scope that says so. `at` is when it happened.
    """

    kind: str
    uuid: str
    title: str
    at: datetime
    text: str = ""
    snippet: str = ""
    phones: Sequence[str] = ()
    numbers: Sequence[str] = ()
    department_id: int | None = None
    is_public: bool = False
    is_reserved: bool = False


@dataclass(frozen=True)
class Scope:
    """What somebody may find: everything, or their departments' documents and those of none, or only the public ones.

    Reserved documents only with `reserved`. Without anything said, nothing is found.
    """

    everything: bool = False
    departments: frozenset[int] = frozenset()
    public_only: bool = False
    reserved: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.everything or self.departments or self.public_only)


@dataclass(frozen=True)
class Term:
    """One word or number asked for; `word` is empty for numbers, `grows` says that it may still be being typed."""

    clause: Clause
    word: str = ""
    grows: bool = False


@dataclass(frozen=True)
class Query:
    """What was asked: every term must be found."""

    terms: tuple[Term, ...] = field(default_factory=tuple)

    @property
    def words(self) -> list[str]:
        return [term.word for term in self.terms if term.word]

    @property
    def clauses(self) -> list[Clause]:
        return [term.clause for term in self.terms]


def folded(text: str) -> list[str]:
    """The words of a text as they are indexed: lower case, no accents, ñ as n, at most 40 letters each."""
    return [word[:MAX_WORD].replace("ñ", "n") for word in texts.words(text)]


def compact(text: str) -> str:
    """Only the letters and digits: `1-1234-0567` and `1 1234 0567` are one number."""
    return _NOT_ALNUM.sub("", texts.fold(text).replace("ñ", "n"))


def title_words(document: Document) -> list[str]:
    return folded(document.title)[:MAX_WORDS]


def text_words(document: Document) -> list[str]:
    return folded(f"{document.text} {document.snippet}")[:MAX_WORDS]


def keys(document: Document) -> list[str]:
    """The tokens we add: scope, kind, and exact numbers, those found in the text included."""
    marks = [f"_k{kind_token(document.kind)}", f"_d{document.department_id or 0}"]
    marks += [] if document.is_reserved else ["_o"]
    marks += ["_p"] if document.is_public else []
    numbers = {compact(number) for number in document.numbers}
    numbers.update(compact(run) for run in _RUN.findall(f"{document.title} {document.text} {document.snippet}"))
    for phone in document.phones:
        numbers.update(phone_forms(phone))
    return marks + [f"_x{number[:MAX_WORD]}" for number in sorted(numbers) if number]


def kind_token(kind: str) -> str:
    """The kind, if it is one lower-case word. Raises ValueError."""
    if not _KIND.fullmatch(kind):
        raise ValueError(f"not a kind of document: {kind!r}")
    return kind


def phone_forms(phone: str) -> set[str]:
    """All digits, and the last 7 to 10: people leave out country and area codes."""
    digits = compact(phone)
    return {digits} | {digits[-size:] for size in _PHONE_TAILS if len(digits) > size}


def scope_clauses(scope: Scope, kinds: Iterable[str] | None) -> list[Clause]:
    """What the scope and the kinds ask of each document."""
    asked: list[Clause] = []
    if kinds is not None:
        asked.append(tuple((f"_k{kind_token(kind)}",) for kind in sorted(set(kinds))))
    if scope.public_only:
        asked.append((("_p",),))
    elif not scope.everything:
        asked.append(tuple((f"_d{number}",) for number in [0, *sorted(scope.departments)]))
    if not scope.reserved:
        asked.append((("_o",),))
    return asked


def parse(text: str) -> Query:
    """The query in what a person typed. Any text is one; with nothing to look for it has no terms."""
    text = texts.printable(text)[:MAX_QUERY]
    reference = references.parse(text)
    if reference and "1990" <= reference[:4] <= "2100":
        return Query((Term(_exact(compact(reference))),))
    chunks = text.split()
    growing = bool(chunks) and not text[-1].isspace()
    terms: list[Term] = []
    for group in _grouped(chunks):
        last = growing and group[-1] is chunks[-1]
        terms += _number_terms(group) if _has_digit(group) else _word_terms(group[0])
        if last and terms:
            terms[-1] = _growing(terms[-1])
    return Query(tuple(_without_stop_words(terms)[:MAX_TERMS]))


def _grouped(chunks: list[str]) -> list[list[str]]:
    """Neighbouring groups of digits belong to one number: `8888 7777`."""
    groups: list[list[str]] = []
    for chunk in chunks:
        if groups and _DIGITISH.fullmatch(chunk) and _DIGITISH.fullmatch(groups[-1][-1]):
            groups[-1].append(chunk)
        else:
            groups.append([chunk])
    return groups


def _has_digit(group: list[str]) -> bool:
    return any(c.isdigit() for c in compact(group[0]))


def _word_terms(chunk: str) -> list[Term]:
    return [Term(((word,),), word=word) for word in folded(chunk)]


def _exact(number: str) -> Clause:
    return ((f"_x{number[:MAX_WORD]}",),)


def _number_terms(group: list[str]) -> list[Term]:
    whole = compact("".join(group))
    options = {_exact(whole)[0]: None, tuple(folded(" ".join(group))): None}
    if whole.isdigit() and whole.lstrip("0"):
        options[_exact(whole.lstrip("0"))[0]] = None
    if len(group) > 1:
        options[tuple(f"_x{compact(chunk)}"[:MAX_WORD] for chunk in group)] = None
    return [Term(tuple(option for option in options if option))]


def _growing(term: Term) -> Term:
    if term.word:
        return Term(term.clause, term.word, grows=len(term.word) >= MIN_PREFIX)
    first = term.clause[0][0]
    if len(first) < MIN_NUMBER_PREFIX + len("_x"):
        return term
    return Term((*term.clause, (f"{first}*",)))


def _without_stop_words(terms: list[Term]) -> list[Term]:
    telling = [term for term in terms if term.word not in STOP_WORDS]
    kept = {term.clause: term for term in telling or terms}
    return list(kept.values())


def corrected(query: Query, instead: dict[str, str]) -> Query:
    """The query with some of its words replaced."""
    terms = [Term(((instead[t.word],),), word=instead[t.word]) if t.word in instead else t for t in query.terms]
    return Query(tuple(terms))


def corrected_text(text: str, instead: dict[str, str]) -> str:
    """What was searched instead, to be shown."""
    return " ".join(" ".join(instead.get(word, word) for word in folded(chunk)) for chunk in text[:MAX_QUERY].split())
