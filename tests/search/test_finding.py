"""Finding, as people do it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import EVERYTHING, Indexer
from ventanilla.lib import references
from ventanilla.search import queries, vocabulary
from ventanilla.search.queries import find
from ventanilla.search.rules import Scope

REFERENCE = references.reference(2026, 2913)


def found(text: str, scope: Scope = EVERYTHING, **options: object) -> list[str]:
    return [hit.uuid for hit in find(text, scope, **options).hits]  # type: ignore[arg-type]


def test_words_are_found_without_accents_in_any_order(indexed: Indexer) -> None:
    uuid = indexed("Árbol caído", text="en la esquina de Núñez")
    indexed("Bache")
    for text in ("arbol caido", "CAÍDO árbol", "nunez árbol", "Núñez "):
        assert found(text) == [uuid]


def test_every_word_must_occur(indexed: Indexer) -> None:
    indexed("Árbol caído")
    assert found("árbol bache") == []


def test_the_last_word_may_be_unfinished(indexed: Indexer) -> None:
    uuid = indexed("Luminaria apagada")
    assert found("apagada lumi") == [uuid]
    assert found("lumi apagada ") == []


def test_an_unfinished_common_word_grows_into_the_commonest(indexed: Indexer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "RARE", 2)
    uuids = [indexed("Luminaria"), indexed("Luminarias"), indexed("Lumbre")]
    vocabulary.count()
    assert found("lum") == uuids[::-1]
    assert found("lumi") == uuids[1::-1]


@pytest.mark.parametrize("typed", ["8888-7777", "88887777", "+506 8888 7777", "00506 88887777", "5068888-7777"])
def test_a_phone_is_found_however_typed(indexed: Indexer, typed: str) -> None:
    uuid = indexed("Rosa Benítez", kind="person", phones=["+50688887777"])
    indexed("Otra", kind="person", phones=["+50688887778"])
    assert found(typed) == [uuid]


@pytest.mark.parametrize("typed", ["1-1234-0567", "112340567", "1 1234 0567"])
def test_a_document_number_is_found_however_typed(indexed: Indexer, typed: str) -> None:
    uuid = indexed("Rosa", numbers=["1-1234-0567"])
    assert found(typed) == [uuid]


@pytest.mark.parametrize("typed", ["X-1234567-L", "x1234567l", "X1234567-L "])
def test_a_number_with_letters_is_found_however_typed(indexed: Indexer, typed: str) -> None:
    uuid = indexed("Rosa", numbers=["X1234567L"])
    assert found(typed) == [uuid]


@pytest.mark.parametrize("typed", [REFERENCE, REFERENCE.replace("-", ""), f"expediente {REFERENCE}"])
def test_a_reference_is_found_however_typed(indexed: Indexer, typed: str) -> None:
    uuid = indexed("Bache", numbers=[REFERENCE])
    indexed("Bache", numbers=[references.reference(2026, 2914)])
    assert found(typed) == [uuid]


def test_a_number_with_a_word_narrows(indexed: Indexer) -> None:
    uuid = indexed("Bache en Calle Las Acacias 340")
    indexed("Bache en Calle Las Acacias 341")
    assert found("acacias 340") == [uuid]


def test_the_newest_comes_first_where_there_are_many(indexed: Indexer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", 2)
    uuids = [indexed("Bache", text="bache " * number) for number in (9, 1, 5)]
    assert found("bache ") == uuids[::-1]


def test_the_best_match_comes_first_where_there_are_few(indexed: Indexer) -> None:
    best = indexed("Bache")
    indexed("Calle rota", text="dicen que hay un bache " + "y muchas otras cosas que contar " * 10)
    assert found("bache ")[0] == best


@pytest.mark.parametrize("few", [2, 1000])
def test_pages_hold_everything_once(indexed: Indexer, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    uuids = {indexed(f"Bache {number}") for number in range(7)}
    seen: list[str] = []
    before = None
    for _ in range(4):
        page = find("bache ", EVERYTHING, limit=2, before=before)
        seen += [hit.uuid for hit in page.hits]
        before = page.next_cursor
    assert before is None
    assert sorted(seen) == sorted(uuids)


def test_the_count_stops_at_a_thousand_meaning_or_more(indexed: Indexer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", 3)
    for _ in range(5):
        indexed("Bache")
    assert find("bache ", EVERYTHING).count == 3


@pytest.mark.parametrize("cursor", ["", "n", "x12", "n-1", "r٣", "n" + "9" * 30, "\0"])
def test_a_wrong_cursor_begins_anew(indexed: Indexer, cursor: str) -> None:
    uuid = indexed("Bache")
    assert found("bache ", before=cursor) == [uuid]


def test_a_department_sees_its_own_and_what_is_nobodys(indexed: Indexer) -> None:
    own, nobodys = indexed("Bache", department_id=1), indexed("Bache")
    indexed("Bache", department_id=2, is_public=True)
    assert set(found("bache", Scope(departments=frozenset({1})))) == {own, nobodys}


def test_reserved_documents_need_a_scope_that_says_so(indexed: Indexer) -> None:
    reserved = indexed("Bache", department_id=1, is_reserved=True)
    assert found("bache", Scope(everything=True)) == []
    assert found("bache", Scope(departments=frozenset({1}))) == []
    assert found("bache", Scope(departments=frozenset({1}), reserved=True)) == [reserved]


def test_the_public_sees_what_is_public(indexed: Indexer) -> None:
    public = indexed("Bache", department_id=1, is_public=True)
    indexed("Bache", department_id=1)
    indexed("Bache", is_public=True, is_reserved=True)
    assert found("bache", Scope(public_only=True)) == [public]


def test_without_a_scope_nothing_is_found(indexed: Indexer) -> None:
    indexed("Bache", is_public=True)
    assert found("bache", Scope()) == []


SCOPES = [
    Scope(everything=True, reserved=True),
    Scope(everything=True),
    Scope(departments=frozenset({1})),
    Scope(departments=frozenset({1, 2}), reserved=True),
    Scope(public_only=True),
]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("few", [1, 1000])
def test_best_match_and_newest_first_see_the_same(
    indexed: Indexer, monkeypatch: pytest.MonkeyPatch, scope: Scope, few: int
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    expected = set()
    for department in (None, 1, 2):
        for public in (True, False):
            for reserved in (True, False):
                uuid = indexed("Bache", department_id=department, is_public=public, is_reserved=reserved)
                seen = public if scope.public_only else department in {None, *scope.departments} or scope.everything
                expected |= {uuid} if seen and (scope.reserved or not reserved) else set()
    assert set(found("bache ", scope, before=None if few > 1 else "n999999")) == expected


def test_kinds_narrow(indexed: Indexer) -> None:
    person = indexed("Rosa Calle", kind="person")
    indexed("Bache en la calle", kind="case")
    assert found("calle ", kinds=["person"]) == [person]
    assert found("calle ", kinds=[]) == []


def test_a_typo_is_corrected_to_a_word_that_occurs(indexed: Indexer) -> None:
    uuid = indexed("Luminaria apagada")
    vocabulary.count()
    result = find("lumniaria apagada", EVERYTHING)
    assert [hit.uuid for hit in result.hits] == [uuid]
    assert result.corrected == "luminaria apagada"


def test_nothing_is_corrected_where_the_words_as_typed_are_found(indexed: Indexer) -> None:
    indexed("Luminaria")
    uuid = indexed("Lumniaria")
    vocabulary.count()
    assert found("lumniaria ") == [uuid]


def test_a_word_that_was_not_counted_yet_is_found_as_it_was_typed(indexed: Indexer) -> None:
    indexed("Luminaria apagada")
    vocabulary.count()
    uuid = indexed("Lumniaria apagada")
    result = find("lumniaria apagada", EVERYTHING)
    assert [hit.uuid for hit in result.hits] == [uuid]
    assert result.corrected is None


def test_a_correction_tells_nothing_of_what_the_scope_does_not_see(indexed: Indexer) -> None:
    indexed("Rosa Benítez", department_id=2)
    vocabulary.count()
    result = find("benites", Scope(departments=frozenset({1})))
    assert (result.hits, result.corrected) == ([], None)


@pytest.mark.parametrize(
    "text", ["lumniaria calle", "bache", "8888-7777", REFERENCE, "luminaria bache cal", "de", "calle "]
)
def test_a_search_takes_at_most_three_statements(indexed: Indexer, text: str) -> None:
    for number in range(3):
        indexed("Luminaria en la calle", text=f"bache de {number}", phones=["88887777"], numbers=[REFERENCE])
    vocabulary.count()
    with CaptureQueriesContext(connection) as statements:
        assert find(text, EVERYTHING).hits
    assert len(statements) <= 3


def _hostile() -> st.SearchStrategy[str]:
    syntax = st.sampled_from(
        [
            '"',
            "*",
            "NEAR(",
            "AND",
            "OR",
            "NOT",
            "title:",
            "^",
            "'",
            "\\",
            "%",
            ":*",
            "&",
            "|",
            "<->",
            "!",
            "(",
            ")",
            "{a}",
            "--",
            ";",
            "\0",
            "\ud800",
            "_o",
            "+",
            "-",
            "٣",
            "½",
            "ﬀ",
            "İ",
            "\u202e",
        ]
    )
    return st.lists(syntax | st.text(max_size=12), max_size=12).map(" ".join) | st.text(max_size=400)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(_hostile())
def test_any_text_typed_finds_something_or_nothing(db: None, text: str) -> None:
    for scope in (Scope(everything=True), Scope(departments=frozenset({1}))):
        assert find(text, scope, kinds=["case"]).hits == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(_hostile(), _hostile())
def test_any_text_can_be_indexed(indexed: Indexer, title: str, text: str) -> None:
    uuid = indexed(f"Bache {title}", uuid="only", text=text, snippet=text, phones=[text], numbers=[title])
    assert found("bache ") == [uuid]
