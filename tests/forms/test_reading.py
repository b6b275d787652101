"""Answers as people read them."""

from django.utils import translation

from tests.forms.papers import light
from ventanilla.forms.reading import pairs

ANSWERS = {
    "extent": "several",
    "signs": ["dark", "blinks", "sparks"],
    "since": "2026-11-24",
    "height": 4.5,
    "danger": False,
}


def test_answers_are_read_in_the_order_they_were_asked():
    assert pairs(light(), ANSWERS) == [
        ("¿Cuántas luminarias están apagadas?", "Varias"),
        ("¿Qué se ve?", "No prende, Parpadea y Echa chispas"),
        ("¿Desde cuándo?", "24 de noviembre de 2026"),
        ("¿A qué altura está, en metros?", "4,5"),
        ("¿Hay cables sueltos?", "No"),
    ]


def test_the_words_around_them_follow_the_language():
    with translation.override("en"):
        assert ("¿Desde cuándo?", "Nov. 24, 2026") in pairs(light(), ANSWERS)
        assert ("¿A qué altura está, en metros?", "4.5") in pairs(light(), ANSWERS)


def test_a_value_that_is_no_longer_an_option_is_shown_as_it_was():
    assert pairs(light(), {"extent": "all"}) == [("¿Cuántas luminarias están apagadas?", "all")]
