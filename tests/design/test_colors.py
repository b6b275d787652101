"""Whatever colour a municipality chooses, its pages can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.design import rules

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@given(COLORS)
def test_text_in_the_colour_reads_on_every_ground(color: str) -> None:
    for tokens, grounds in zip(rules.scale(color), (rules.LIGHT_GROUNDS, rules.DARK_GROUNDS), strict=True):
        for name in ("anil-600", "anil-700"):
            assert rules.least_contrast(tokens[name], (*grounds, tokens["anil-100"])) >= rules.READABLE


@given(COLORS)
def test_text_on_the_colour_reads(color: str) -> None:
    for tokens in rules.scale(color):
        filled = (tokens["anil-600"], tokens["anil-700"], tokens["anil-800"])
        assert rules.least_contrast(tokens["on-anil"], filled) >= rules.READABLE


@given(COLORS)
def test_ink_reads_on_what_is_chosen(color: str) -> None:
    for tokens, ink in zip(rules.scale(color), (rules.INK, rules.DARK_INK), strict=True):
        assert rules.least_contrast(ink, (tokens["anil-100"], tokens["anil-300"])) >= rules.READABLE


@given(COLORS)
def test_a_colour_that_reads_is_kept_as_given(color: str) -> None:
    by_day, _ = rules.scale(color)
    if rules.least_contrast(color, (*rules.LIGHT_GROUNDS, by_day["anil-100"])) >= rules.READABLE:
        assert by_day["anil-600"] == color


@given(COLORS, COLORS)
def test_contrast_is_the_same_both_ways_and_within_its_bounds(one: str, other: str) -> None:
    assert rules.contrast(one, other) == rules.contrast(other, one)
    assert 1 <= rules.contrast(one, other) <= 21.0001


def test_contrast_agrees_with_known_pairs() -> None:
    assert rules.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert rules.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("text", ["", "#12345", "red", "#12345G", "#1234567", "#123456\n"])
def test_what_is_no_colour_is_told(text: str) -> None:
    assert not rules.is_color(text)
