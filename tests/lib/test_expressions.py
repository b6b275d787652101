"""Conditions in CEL: what they may see, how they fail, what they cannot do."""

import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.lib import expressions
from ventanilla.lib.expressions import BadExpression, CannotEvaluate, ExpressionError, MissingValue

NUMBERS = st.integers(-(2**62), 2**62)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def holds(text: str, **values: Any) -> bool:
    return expressions.holds(expressions.compile(text), values)


class Outcome(StrEnum):
    MENDED = "mended"


@pytest.mark.parametrize(
    ("text", "values", "answer"),
    [
        ('outcome == "mended"', {"outcome": "mended"}, True),
        ('outcome == "mended"', {"outcome": Outcome.MENDED}, True),
        ('zone in ["centro", "sur"] && hour >= 18', {"zone": "sur", "hour": 20}, True),
        ("has(answers.depth) && answers.depth > 10", {"answers": {}}, False),
        ('answers.exists(a, a.contains("gas"))', {"answers": ["luz", "olor a gas"]}, True),
        ("filed < timestamp('2026-12-01T00:00:00Z')", {"filed": datetime(2026, 11, 25, tzinfo=UTC)}, True),
        ("x == null", {"x": None}, True),
    ],
)
def test_it_reads_what_people_write(text: str, values: dict[str, Any], answer: bool) -> None:
    assert holds(text, **values) is answer


def test_it_evaluates_to_any_value() -> None:
    assert expressions.evaluate(expressions.compile('urgent ? "hoy" : "pronto"'), {"urgent": True}) == "hoy"


@given(NUMBERS, NUMBERS)
def test_it_compares_numbers_as_python_does(a: int, b: int) -> None:
    assert holds("a < b", a=a, b=b) is (a < b)
    assert holds("a == b || a != b", a=a, b=b)


@given(JSON)
def test_any_json_value_passes_in_and_equals_itself(value: Any) -> None:
    assert holds("value == value", value=value)


@given(st.text(max_size=60))
def test_whatever_is_typed_compiles_or_is_refused_in_words(text: str) -> None:
    with suppress(BadExpression):
        expressions.compile(text)


WORDS = "a b 1 'x' + - * / % ( ) [ ] { } . , ? : ! && || == < in true null has size map // \n"
SYMBOLS = st.lists(st.sampled_from(WORDS.split(" ")))


@given(SYMBOLS, JSON, JSON)
def test_no_expression_fails_in_any_other_way(symbols: list[str], a: Any, b: Any) -> None:
    with suppress(ExpressionError):
        expressions.evaluate(expressions.compile(" ".join(symbols)), {"a": a, "b": b})


def test_a_mistake_is_pointed_at() -> None:
    with pytest.raises(BadExpression) as caught:
        expressions.compile("a ==\n  && b")
    assert caught.value.position == (2, 3)
    assert "línea 2, carácter 3" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')",
        "open('/etc/passwd')",
        "import os",
        "x = 1",
        "lambda: 1",
        "a.__class__.__mro__()",
        "exec('1')",
        "",
        "   ",
        "(" * 400 + ")" * 400,
        "a" * 1_001,
        "a.map(x, a.map(y, a))",
        "a.map(x, a).map // \n (y, a)",
    ],
)
def test_hostile_text_is_refused_before_it_runs(text: str) -> None:
    with pytest.raises(BadExpression):
        expressions.compile(text)


def test_it_reaches_nothing_of_python_through_a_value() -> None:
    for text in ("a.__class__", "a.upper", "a.format"):
        with pytest.raises(CannotEvaluate):
            expressions.evaluate(expressions.compile(text), {"a": "x"})


@pytest.mark.parametrize("value", [object(), print, {1: 2}, {"a": print}, 2**63, float("nan"), float("inf"), b"x", {1}])
def test_only_plain_values_are_let_in(value: Any) -> None:
    with pytest.raises(CannotEvaluate):
        holds("a == a", a=value)


def test_a_function_among_the_values_is_never_called() -> None:
    called: list[int] = []
    with pytest.raises(BadExpression):
        holds("size2(1)", size2=called.append)
    assert called == []


def test_it_looks_only_at_the_names_it_mentions() -> None:
    assert holds("a == 1", a=1, secret=object())


def test_too_many_values_are_refused() -> None:
    with pytest.raises(CannotEvaluate):
        holds("size(a) > 0", a=list(range(201)))
    deep: list[Any] = []
    for _level in range(30):
        deep = [deep]
    with pytest.raises(CannotEvaluate):
        holds("size(a) > 0", a=deep)


def test_a_missing_value_is_named() -> None:
    with pytest.raises(MissingValue) as caught:
        holds("outcome == 'mended'")
    assert caught.value.name == "outcome"


def test_an_answer_that_is_not_yes_or_no_is_an_error() -> None:
    with pytest.raises(CannotEvaluate):
        holds("1 + 1")


@pytest.mark.parametrize("text", ["a / 0 == 1", "a + 9223372036854775807 > 0", "a + 'x' == 'y'", "a.b == 1"])
def test_an_evaluation_that_fails_says_nothing_of_the_values(text: str) -> None:
    with pytest.raises(CannotEvaluate) as caught:
        holds(text, a=7654321)
    assert "7654321" not in str(caught.value)


def test_messages_are_templates_that_can_be_translated() -> None:
    error = MissingValue("x")
    assert error.template % error.params == str(error)


def test_it_does_not_load_the_evaluators_terminal_interface() -> None:
    code = "import sys, ventanilla.lib.expressions; sys.exit('rich' in sys.modules or 'prompt_toolkit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_whole_package_can_still_be_imported_after_it() -> None:
    code = "import ventanilla.lib.expressions, cel; assert cel.evaluate('1 + 1') == 2"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
