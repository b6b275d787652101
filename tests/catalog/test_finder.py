"""The words people use find the type."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.phrases import table
from ventanilla.catalog import rules, starting
from ventanilla.lib import text

TABLE = table()
INDEX = rules.index(
    rules.entry(each.key, each.name, each.words, service.name, each.description)
    for service in starting.services()
    for each in service.procedures
)
KEYS = {procedure.key for service in starting.services() for procedure in service.procedures}


def found(typed: str, limit: int = 6) -> list[str]:
    return [key for key, _score in INDEX.find(typed, limit)]


def test_the_table_speaks_of_every_type_in_eight_countries() -> None:
    assert len(TABLE) >= 120
    assert {key for key, _phrase, _country in TABLE} == KEYS
    assert len({country for _key, _phrase, country in TABLE}) == 8


def test_the_type_meant_is_among_the_first_three_answers() -> None:
    missed = [(key, phrase) for key, phrase, _country in TABLE if key not in found(phrase)[:3]]
    assert len(missed) <= len(TABLE) * 0.05, missed


def test_the_type_meant_comes_first_nine_times_in_ten() -> None:
    first = [key for key, phrase, _country in TABLE if found(phrase)[:1] == [key]]
    assert len(first) >= len(TABLE) * 0.9


@pytest.mark.parametrize("country", sorted({country for _key, _phrase, country in TABLE}))
def test_no_country_is_worse_understood(country: str) -> None:
    own = [(key, phrase) for key, phrase, of in TABLE if of == country]
    assert len([phrase for key, phrase in own if key in found(phrase)[:3]]) >= len(own) * 0.95


def test_phrases_are_found_with_one_letter_wrong() -> None:
    """Two neighbouring letters of the longest word swapped: a thumb in a hurry."""
    swapped = [(key, _swapped(phrase)) for key, phrase, _country in TABLE]
    missed = [(key, phrase) for key, phrase in swapped if key not in found(phrase)[:3]]
    assert len(missed) <= len(TABLE) * 0.05, missed


def _swapped(phrase: str) -> str:
    longest = max(text.words(phrase), key=len)
    middle = len(longest) // 2
    wrong = longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :]
    return " ".join(wrong if word == longest else word for word in text.words(phrase))


@pytest.mark.parametrize(
    ("typed", "key"),
    [("bomb", "street_light_out"), ("bac", "pothole"), ("sema", "traffic_light"), ("graf", "graffiti")],
)
def test_the_type_is_offered_before_the_word_is_finished(typed: str, key: str) -> None:
    assert key in found(typed)[:3]


def test_a_small_word_begun_does_not_hide_what_was_said() -> None:
    assert found("hay un bache en la") == found("hay un bache en ")
    assert found("la")


@pytest.mark.parametrize("typed", ["", "  ", "el la de ", "¿?", "xqzw", "12345"])
def test_nothing_is_offered_for_nothing(typed: str) -> None:
    assert found(typed) == []


def test_no_more_is_offered_than_asked() -> None:
    assert len(found("calle", limit=2)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("baches", "bache"), ("luces", "luz"), ("árboles", "árbol"), ("apagadas", "apagado"), ("podar", "poda")],
)
def test_forms_of_a_word_have_one_root(one: str, other: str) -> None:
    assert rules.root(text.fold(one)) == rules.root(text.fold(other))


@pytest.mark.parametrize(
    ("wrong", "right"), [("vache", "bache"), ("ueco", "hueco"), ("cemaforo", "semaforo"), ("vasura", "basura")]
)
def test_what_sounds_the_same_is_the_same(wrong: str, right: str) -> None:
    assert rules.sound(wrong) == rules.sound(right)


def test_a_word_that_few_types_have_weighs_more() -> None:
    assert INDEX.rarity[rules.root("semaforo")] > INDEX.rarity[rules.root("calle")]


@given(st.text(max_size=200))
def test_whatever_is_typed_is_answered_in_order_and_from_the_catalogue(typed: str) -> None:
    answers = INDEX.find(typed)
    scores = [score for _key, score in answers]
    assert scores == sorted(scores, reverse=True)
    assert {key for key, _score in answers} <= KEYS


def test_a_look_up_takes_less_than_three_milliseconds() -> None:
    """Also where nothing typed is spelt right. CPU time, the best of three: the machine may be busy."""
    hard = "bahse enromme frnte a la escuella muicipal de la cllae princpial kerosenne blarf tzompantli"
    assert min(_cost(hard) for _turn in range(3)) < 0.003
    assert min(_cost("hay un hueco enorme frente a mi casa") for _turn in range(3)) < 0.003


def _cost(typed: str) -> float:
    begun = time.process_time()
    for _turn in range(50):
        INDEX.find(typed)
    return (time.process_time() - begun) / 50
