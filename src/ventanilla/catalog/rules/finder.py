"""Finding the type by the words people use. Pure.

A type is known by its words and by whole phrases. What somebody types is cut into words, each brought to how it
sounds and to its root, so that «vaches» meets «bache»; rare words weigh more than those of every second type; and a
type gains when all of one of its phrases is there: «no pasó el camión» is more than a lorry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ventanilla.lib import text

NAME, SERVICE, DESCRIPTION = 1.0, 0.35, 0.25
"""What a word weighs by where a type has it; people's words weigh as much as its name."""
PHRASE = 1.0
"""What a whole phrase adds, in proportion to how much of it was typed."""
PREFIX, TYPO = 0.8, 0.6
"""How far an unfinished word and a misspelt one are believed."""
WORDS_READ = 25
"""Of what somebody types; the rest is left unread, for it is a letter by then."""
KEPT = 0.34
"""Types that meet the words less than this part as well as the best are not shown."""

_SAID_OF_ANYTHING = """
a adjunto ahi al algo alguien algun alguna ante aqui asi aun aviso bien buenas buenos como con cual cuando de
del desde dia dias donde e el ella en enfrente entre era es esa ese eso esta estaba estamos estan estar este
esto estoy favor foto fotos fue gente grande grandes ha habia hace hacer han hasta hay haya he hola indica la
las le les lo los mas me mi mis muchas mucho muy necesito ni no nos nuestra nuestro numero o otra otro para
peligro peligrosa peligroso pero por porfavor porque problema puede pueden pues que queria quiero quisiera
reportar reporte se sea senor senora ser si siempre sobre solicita solicitan solicitar solicito solo son soy
su sus tambien tan tarde tardes tengo tiene tienen toda todas todo todos tu u un una unas unos urge urgente va
van vez y ya yo
"""
_STOP = frozenset(_SAID_OF_ANYTHING.split())

_ENDINGS = (
    *("amientos", "imientos", "aciones", "iciones", "amiento", "imiento", "acion", "icion", "ieron", "iendo"),
    *("adas", "ados", "idas", "idos", "aron", "ando", "aban", "ada", "ado", "ida", "ido", "aba", "ian"),
    *("ar", "er", "ir", "an", "en", "as", "es", "os", "ia", "io", "a", "e", "i", "o", "s"),
)
_SHORTEST_ROOT, _SHORTEST_ROOT_OF_LONG = 3, 4


def stem(word: str) -> str:
    """The root of a folded word: plurals, verbs and participles brought together, as «apagadas» and «apagó»."""
    for ending in _ENDINGS:
        shortest = _SHORTEST_ROOT if len(ending) < 3 else _SHORTEST_ROOT_OF_LONG
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        ("ch", "x"),
        ("h", ""),
        ("v", "b"),
        ("c(?=[eiéí])", "s"),
        ("qu(?=[ei])|c|q", "k"),
        ("g(?=[ei])", "j"),
        ("gu(?=[ei])", "g"),
        ("z", "s"),
        ("ll", "y"),
        ("w", "u"),
        (r"(.)\1", r"\1"),
    ]
]


def sound(word: str) -> str:
    """How a folded word sounds in most of America: «vache» as «bache», «uecos» as «huecos», «sócalo» as «zócalo»."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


_MAY_BECOME = {"c": "xs", "l": "y", "g": "j"}
"""What an unfinished word's last letter sounds like before some letters that may follow."""


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The root of a folded word as it sounds."""
    return stem(sound(word))


@dataclass(frozen=True)
class Entry:
    """A type as the finder sees it: what its roots weigh; its phrases, each as a set of roots."""

    key: str
    words: Mapping[str, float]
    phrases: tuple[frozenset[str], ...]
    spellings: Mapping[str, str]
    """The root of each word as it is written."""


def entry(key: str, name: str, words: Iterable[str], service: str, description: str) -> Entry:
    """Weigh the words of a type: its name and people's words above its service, that above its description."""
    own = [name, *words]
    weights: dict[str, float] = {}
    spellings: dict[str, str] = {}
    for weight, phrase in [(DESCRIPTION, description), (SERVICE, service), *((NAME, phrase) for phrase in own)]:
        for word, its_root in _roots(phrase).items():
            spellings[word] = its_root
            weights[its_root] = max(weight, weights.get(its_root, 0.0))
    phrases = tuple(frozenset(roots.values()) for roots in map(_roots, own) if roots)
    return Entry(key, weights, phrases, spellings)


def _roots(phrase: str) -> dict[str, str]:
    return {word: root(word) for word in text.words(phrase) if word not in _STOP}


@dataclass(frozen=True)
class Index:
    """The entries, turned round: from a root to the types and phrases that have it."""

    keys: Sequence[str]
    rarity: Mapping[str, float]
    spellings: Mapping[str, str]
    """The root of each word of the catalogue, as it is written."""
    types_of: Mapping[str, Sequence[tuple[int, float]]]
    phrases_of: Mapping[str, Sequence[int]]
    phrases: Sequence[tuple[int, float]]
    """Of each phrase, the type whose it is and the rarity of its words together."""

    def find(self, typed: str, limit: int = 6) -> list[tuple[str, float]]:
        """The types that best meet what was typed: (key, score), best first. The last word may be unfinished."""
        heard = self._heard(typed)
        scores = self._by_words(heard)
        for number, score in self._by_phrases(heard).items():
            scores[number] += PHRASE * score
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        best = ranked[0][1] if ranked else 0.0
        return [(self.keys[number], score) for number, score in ranked[:limit] if score >= best * KEPT]

    def _heard(self, typed: str) -> list[dict[str, float]]:
        """Of each word typed, the roots it may stand for and how sure that is."""
        words = text.words(typed)[:WORDS_READ]
        last = len(words) if typed.endswith(" ") else len(words) - 1
        heard = [self._meanings(word, at == last) for at, word in enumerate(words) if word not in _STOP]
        # «la» may become «lámpara», unless something else was said already.
        return heard or [self._begun(word) for word in words[last:]]

    def _meanings(self, word: str, unfinished: bool) -> dict[str, float]:
        own = root(word)
        found = self._begun(word) if unfinished else {}
        if own in self.rarity:
            found[own] = 1.0
        return found or self._typos(word, own)

    def _typos(self, word: str, own: str) -> dict[str, float]:
        """The roots that a misspelt word may stand for, by how it is written and by how it sounds."""
        allowed = 0 if len(word) < 4 else 1 if len(word) < 9 else 2
        near = {self.spellings[known]: TYPO**far for known, far in _near(word, self.spellings, allowed)}
        if len(word) > 4 and len(own) > 3:
            near = {known: TYPO**far for known, far in _near(own, self.rarity, allowed)} | near
        return near

    def _begun(self, word: str) -> dict[str, float]:
        """The roots that an unfinished word may become; its last letter may yet sound otherwise: «bac», «bache»."""
        if len(word) < 2:
            return {}
        heard = sound(word)
        ways = tuple({heard, *(heard[:-1] + other for other in _MAY_BECOME.get(word[-1], ""))})
        return {known: PREFIX for known in self.rarity if known.startswith(ways)}

    def _by_words(self, heard: list[dict[str, float]]) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for meanings in heard:
            best: dict[int, float] = {}
            for known, sure in meanings.items():
                for number, weight in self.types_of[known]:
                    best[number] = max(best.get(number, 0.0), sure * weight * self.rarity[known])
            for number, score in best.items():
                scores[number] += score
        return scores

    def _by_phrases(self, heard: list[dict[str, float]]) -> dict[int, float]:
        """The best phrase of each type: what was typed of it, times the part of it that is."""
        said: dict[str, float] = {}
        for meanings in heard:
            for known, sure in meanings.items():
                said[known] = max(said.get(known, 0.0), sure)
        covered: dict[int, float] = defaultdict(float)
        for known, sure in said.items():
            for phrase in self.phrases_of.get(known, ()):
                covered[phrase] += sure * self.rarity[known]
        best: dict[int, float] = {}
        for phrase, mass in covered.items():
            number, whole = self.phrases[phrase]
            best[number] = max(best.get(number, 0.0), mass * mass / whole)
        return best


def _near(word: str, known: Iterable[str], allowed: int) -> list[tuple[str, int]]:
    """The known words that take at most so many slips of the finger, with how many, nearest last."""
    if not allowed:
        return []
    found = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=allowed, limit=5)
    return [(each, int(far)) for each, far, _at in reversed(found)]


def index(entries: Iterable[Entry]) -> Index:
    """Turn entries round, in their order: where two meet the words alike, the earlier comes first."""
    listed = list(entries)
    types_of: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, each in enumerate(listed):
        for known, weight in each.words.items():
            types_of[known].append((number, weight))
    rarity = {known: log(1 + len(listed) / sum(w for _n, w in having)) for known, having in types_of.items()}
    phrases_of: dict[str, list[int]] = defaultdict(list)
    phrases: list[tuple[int, float]] = []
    for number, each in enumerate(listed):
        for phrase in each.phrases:
            for known in phrase:
                phrases_of[known].append(len(phrases))
            phrases.append((number, sum(rarity[known] for known in phrase)))
    spellings = {word: its_root for each in listed for word, its_root in each.spellings.items()}
    return Index([each.key for each in listed], rarity, spellings, dict(types_of), dict(phrases_of), phrases)
