"""Which word was meant."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ventanilla.search import spelling

WORDS = st.text("abdefijlnoprsty", min_size=5, max_size=15)


@given(WORDS, st.data())
def test_a_word_with_a_letter_missing_shares_a_key(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    shorter = word[:place] + word[place + 1 :]
    assume(spelling.sound(word) == word and spelling.sound(shorter) == shorter)
    assert spelling.keys(word) & spelling.keys(shorter)


@given(WORDS, st.data())
def test_a_word_with_two_letters_swapped_shares_a_key(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assume(spelling.sound(word) == word and spelling.sound(swapped) == swapped)
    assert spelling.keys(word) & spelling.keys(swapped)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vache", "bache"),
        ("lumniaria", "luminaria"),
        ("vasura", "basura"),
        ("alcantariya", "alcantarilla"),
        ("uerto", "huerto"),
        ("semafro", "semaforo"),
        ("halumbrado", "alumbrado"),
        ("cemento", "semento"),
    ],
)
def test_common_misspellings_meet_what_was_meant(typed: str, meant: str) -> None:
    assert spelling.keys(typed) & spelling.keys(meant)
    assert spelling.best(typed, [(meant, 5), ("ventanilla", 900)]) == meant


def test_of_two_as_near_the_commoner_is_meant() -> None:
    assert spelling.best("caxa", [("cava", 3), ("casa", 30)]) == "casa"


def test_nothing_is_meant_by_what_is_like_nothing() -> None:
    assert spelling.best("qwertz", [("luminaria", 900)]) is None
