"""What a person types becomes tokens of ours, whatever it is."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.lib import references
from ventanilla.search import rules
from ventanilla.search.rules import Document, Scope

AT = datetime(2026, 11, 25, tzinfo=UTC)
TOKEN = re.compile(r"_?[a-z0-9]+\*?")


def tokens(text: str) -> list[list[tuple[str, ...]]]:
    return [list(clause) for clause in rules.parse(text).clauses]


@given(st.text())
def test_any_text_becomes_tokens_without_syntax(text: str) -> None:
    for clause in rules.parse(text).clauses:
        assert clause
        for option in clause:
            assert option
            assert all(TOKEN.fullmatch(token) for token in option)


@given(st.text(), st.text(), st.lists(st.text(max_size=20), max_size=3))
def test_any_document_becomes_tokens_without_syntax(title: str, text: str, numbers: list[str]) -> None:
    document = Document(kind="case", uuid="u", title=title, at=AT, text=text, phones=numbers, numbers=numbers)
    for token in [*rules.title_words(document), *rules.text_words(document), *rules.keys(document)]:
        assert re.fullmatch(r"_?[a-z0-9]+", token)


@pytest.mark.parametrize("typed", ["_o", "_d12", "_kcase", "_p", "«_d12»", "a_d12", "_D12*"])
def test_nobody_can_type_a_token_that_widens_the_scope(typed: str) -> None:
    typed_tokens = [token for clause in rules.parse(typed).clauses for option in clause for token in option]
    assert typed_tokens
    assert not [token for token in typed_tokens if token.startswith("_") and not token.startswith("_x")]


def test_words_are_folded_and_stop_words_left_out() -> None:
    assert [t.word for t in rules.parse("Árbol caído de la Peña ").terms] == ["arbol", "caido", "pena"]


def test_stop_words_alone_are_searched() -> None:
    assert [t.word for t in rules.parse("de la ").terms] == ["de", "la"]


@pytest.mark.parametrize(("text", "grows"), [("lum", True), ("lu", False), ("lum ", False), ("calle lum", True)])
def test_the_last_word_may_be_unfinished_from_three_letters(text: str, grows: bool) -> None:
    assert rules.parse(text).terms[-1].grows is grows


@pytest.mark.parametrize("typed", ["8888-7777", "8888 7777", "(8888) 7777", "88887777", "8888.7777"])
def test_a_phone_is_one_number_however_it_is_typed(typed: str) -> None:
    assert ("_x88887777",) in tokens(f"{typed} ")[0]


@pytest.mark.parametrize("typed", ["+506 8888 7777", "00506 8888-7777"])
def test_a_phone_with_its_country_is_found(typed: str) -> None:
    assert ("_x50688887777",) in tokens(typed)[0]


def test_a_phone_is_kept_with_its_last_digits() -> None:
    assert {"50688887777", "88887777"} <= rules.phone_forms("+506 8888-7777")


def test_a_reference_is_asked_for_exactly() -> None:
    made = references.reference(2026, 2913)
    for typed in (made, made.replace("-", " "), f"nº {made}"):
        assert tokens(typed) == [[("_x" + made.replace("-", ""),)]]


def test_a_phone_written_in_the_text_can_be_asked_for() -> None:
    document = Document(kind="case", uuid="u", title="", at=AT, text="Llámeme al 8888-7777, por favor")
    assert "_x88887777" in rules.keys(document)


def test_scope_is_asked_for_in_every_clause() -> None:
    staff = Scope(departments=frozenset({3}))
    assert rules.scope_clauses(staff, ["case"]) == [(("_kcase",),), (("_d0",), ("_d3",)), (("_o",),)]
    assert rules.scope_clauses(Scope(public_only=True), None) == [(("_p",),), (("_o",),)]
    assert rules.scope_clauses(Scope(everything=True, reserved=True), None) == []


@pytest.mark.parametrize("kind", ["", "Case", "a b", "x'"])
def test_a_kind_is_one_word(kind: str) -> None:
    with pytest.raises(ValueError, match="not a kind"):
        rules.kind_token(kind)
