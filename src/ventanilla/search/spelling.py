"""Which word was meant: look-up by what is left of a word when one letter is dropped. Pure.

Two words that differ by one wrong, missing, extra or swapped letter share one of their forms without a letter
(W. Garbe's symmetric delete). Before that, letters that sound alike in Spanish are made one, so that «vache»,
«bache» and «basura», «vasura» meet without any letter dropped.
"""

import difflib
import re
from collections.abc import Iterable
from zlib import crc32

_SOUNDS = (
    (re.compile(r"c(?=[ei])|z"), "s"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"g[u](?=[ei])"), "g"),
    (re.compile(r"qu(?=[ei])|k"), "c"),
    (re.compile(r"ch"), "1"),
    (re.compile(r"h"), ""),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"m(?=[bp])"), "n"),
    (re.compile(r"x"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
)
LEAST_LIKENESS = 0.72


def sound(word: str) -> str:
    """A word as it is heard: one letter for each of the sounds that Spanish writes in several ways."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


def keys(word: str) -> set[int]:
    """Under which numbers a word is kept and looked for: its sound, and that without each one of its letters."""
    heard = sound(word)
    forms = {heard} | {heard[:i] + heard[i + 1 :] for i in range(len(heard))}
    return {crc32(form.encode()) for form in forms if len(form) >= 2}


def likeness(word: str, other: str) -> float:
    """From 0 to 1; two words that sound the same count as nearly equal."""
    if sound(word) == sound(other):
        return 0.99
    return difflib.SequenceMatcher(None, word, other, autojunk=False).ratio()


def best(word: str, candidates: Iterable[tuple[str, int]]) -> str | None:
    """The candidate (word, how often it occurs) most likely meant; None where none is near enough."""
    rated = [(round(likeness(word, other), 1), count, other) for other, count in candidates]
    near = [rating for rating in rated if rating[0] >= LEAST_LIKENESS]
    return max(near)[2] if near else None
