"""What is picked from lists and the text that says the same are one; other texts are checked and left alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.catalog import starting
from ventanilla.catalog.rules.conditions import NAMES, Answer, Condition, check, read, write
from ventanilla.lib import expressions
from ventanilla.lib.expressions import BadExpression

KEY = st.text(alphabet='ab1-_ñ"\\|&()[] ', min_size=1, max_size=6)
KEYS = st.lists(KEY, max_size=3, unique=True).map(tuple)
HOUR = st.integers(0, 23)
ANSWER = st.builds(Answer, st.from_regex(r"[a-z]{1,5}", fullmatch=True), KEY | st.booleans()) | st.builds(
    Answer, st.from_regex(r"[a-z]{1,5}", fullmatch=True), KEY, st.just(True)
)
CONDITION = st.builds(
    Condition,
    services=KEYS,
    types=KEYS,
    kinds=KEYS,
    districts=KEYS,
    neighborhoods=KEYS,
    channels=KEYS,
    weekdays=st.lists(st.integers(1, 7), max_size=7, unique=True).map(tuple),
    hours=st.none() | st.tuples(HOUR, HOUR),
    office=st.none() | st.booleans(),
    urgent=st.none() | st.booleans(),
    answers=st.lists(ANSWER, max_size=2).map(tuple),
)


@given(CONDITION)
def test_what_is_written_is_read_back_the_same(condition: Condition) -> None:
    assert read(write(condition)) == condition


@given(CONDITION)
def test_what_is_written_is_a_condition_that_may_be_asked(condition: Condition) -> None:
    text = write(condition)
    if len(text) <= expressions.MAX_LENGTH:
        check(text)


def holds(condition: Condition, **values: Any) -> bool:
    return expressions.holds(expressions.compile(write(condition)), {**NAMES, **values})


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        (Condition(types=("a", "b")), {"type": "b"}, {"type": "c"}),
        (Condition(services=("s",), types=("a",)), {"service": "s", "type": "z"}, {"service": "t", "type": "z"}),
        (Condition(districts=("d",), neighborhoods=("n",)), {"neighborhood": "n"}, {"district": "e"}),
        (
            Condition(kinds=("complaint",), channels=("web",)),
            {"kind": "complaint", "channel": "web"},
            {"kind": "complaint"},
        ),
        (Condition(weekdays=(6, 7)), {"weekday": 7}, {"weekday": 1}),
        (Condition(hours=(8, 16)), {"hour": 8}, {"hour": 16}),
        (Condition(hours=(17, 7)), {"hour": 3}, {"hour": 12}),
        (Condition(office=False), {"office_open": False}, {"office_open": True}),
        (Condition(urgent=True), {"urgent": True}, {"urgent": False}),
        (Condition(answers=(Answer("q", "x"),)), {"answers": {"q": "x"}}, {"answers": {}}),
        (Condition(answers=(Answer("q", True),)), {"answers": {"q": True}}, {"answers": {"q": False}}),
        (
            Condition(answers=(Answer("q", "x", several=True),)),
            {"answers": {"q": ["y", "x"]}},
            {"answers": {"q": ["y"]}},
        ),
    ],
)
def test_a_condition_holds_of_what_it_asks(condition: Condition, yes: dict[str, Any], no: dict[str, Any]) -> None:
    assert holds(condition, **yes)
    assert not holds(condition, **no)


def test_where_nothing_is_picked_every_case_will_do() -> None:
    assert write(Condition()) == "true"
    assert holds(Condition())


@pytest.mark.parametrize(
    "text",
    [
        'type ==  "a"',
        'type == "a" && type == "b"',
        'type == "a" || urgent',
        "hour > 7",
        "urgent && (weekday > 5 || hour < 7)",
        'answers.size == "x"',
        "",
        "type in []",
        "(urgent",
        "urgent && urgent",
    ],
)
def test_a_text_that_lists_cannot_say_is_left_as_text(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("rule", starting.routing(), ids=lambda rule: rule.name)
def test_the_starting_rules_can_be_changed_by_picking(rule: starting.Rule) -> None:
    assert read(rule.condition) is not None


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("", "vacía"),
        ("hour >", "línea 1, carácter 7"),
        ('typo == "x"', "«typo»"),
        ('["a"].exists(z, z == typo)', "«typo»"),
        ("hour", "sí o no"),
        ('hour > "8"', "no son del tipo"),
        ("launch(hour)", "«launch»"),
    ],
)
def test_a_text_that_may_not_be_asked_is_told_why(text: str, about: str) -> None:
    with pytest.raises(BadExpression, match=about):
        check(text)


@pytest.mark.parametrize("text", ['answers.size == "x"', '["a"].exists(z, z == type)', "hour > 7 && weekday < 6"])
def test_a_text_may_say_more_than_lists(text: str) -> None:
    check(text)
