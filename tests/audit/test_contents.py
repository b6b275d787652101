"""Personal values stand in the trail as digests: held against it while they live, gone without trace after."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoAssertNumQueries

from ventanilla.audit import actions, registry
from ventanilla.audit.actions import Entry
from ventanilla.audit.contents import Row
from ventanilla.audit.enums import ProblemKind as Kind
from ventanilla.audit.registry import Problem

pytestmark = pytest.mark.django_db
TEXT = "Vivo en la casa azul y no veo de noche"


@pytest.fixture
def sealed() -> actions.Seal:
    seal = actions.seal(TEXT)
    actions.append("case:a", [Entry("case.opened", {"digests": {"description": seal.digest}})], by="person", new=True)
    return seal


def judged(*rows: Row) -> list[Kind]:
    return [problem.kind for problem in actions.compare_contents("description", rows)]


def test_a_value_as_it_was_recorded_is_right(sealed: actions.Seal) -> None:
    assert judged(("case:a", TEXT, sealed.salt)) == []


@pytest.mark.parametrize("value", ["otra cosa", TEXT + " ", ""])
def test_a_changed_value_is_found(sealed: actions.Seal, value: str) -> None:
    assert judged(("case:a", value, sealed.salt)) == [Kind.CHANGED_CONTENT]


def test_a_changed_salt_is_found(sealed: actions.Seal) -> None:
    assert judged(("case:a", TEXT, "0" * 32)) == [Kind.CHANGED_CONTENT]


def test_a_value_removed_without_an_order_is_found(sealed: actions.Seal) -> None:
    assert judged(("case:a", None, "")) == [Kind.MISSING_CONTENT]


def test_a_value_the_trail_does_not_know_is_found(sealed: actions.Seal) -> None:
    assert judged(("case:b", TEXT, sealed.salt)) == [Kind.UNRECORDED_CONTENT]
    assert judged(("case:b", None, "")) == []


def test_a_value_erased_under_an_order_leaves_everything_green(sealed: actions.Seal) -> None:
    actions.record_erasure("case:a", order="2026-000045-1", fields=["description"], by="user:7")
    assert judged(("case:a", None, "")) == []
    assert actions.verify_all().is_clean


def test_an_order_for_one_field_does_not_excuse_another(sealed: actions.Seal) -> None:
    actions.record_erasure("case:a", order="2026-000045-1", fields=["place"], by="user:7")
    assert judged(("case:a", None, "")) == [Kind.MISSING_CONTENT]


def test_a_value_that_came_back_after_its_erasure_is_found(sealed: actions.Seal) -> None:
    actions.record_erasure("case:a", order="2026-000045-1", fields=["description"], by="user:7")
    assert judged(("case:a", TEXT, sealed.salt)) == [Kind.CHANGED_CONTENT]


def test_the_last_recorded_value_counts(sealed: actions.Seal) -> None:
    again = actions.seal("corregido")
    actions.append("case:a", [Entry("case.corrected", {"digests": {"description": again.digest}})], by="user:7")
    assert judged(("case:a", "corregido", again.salt)) == []
    assert judged(("case:a", TEXT, sealed.salt)) == [Kind.CHANGED_CONTENT]


def test_equal_values_have_different_seals() -> None:
    assert actions.seal(TEXT).digest != actions.seal(TEXT).digest


def test_many_rows_are_read_in_batches(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = {f"case:{n}": actions.seal(n) for n in range(1200)}
    actions.append_many(
        {chain: [Entry("case.opened", {"digests": {"description": s.digest}})] for chain, s in made.items()},
        by="import",
        new=True,
    )
    rows = [(chain, n if n != 700 else -1, made[chain].salt) for n, chain in enumerate(made)]
    with django_assert_num_queries(3):
        assert judged(*rows) == [Kind.CHANGED_CONTENT]


def test_what_upper_rooms_find_is_in_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def check() -> Iterator[Problem]:
        yield Problem(Kind.CHANGED_CONTENT, "file ab12")

    monkeypatch.setitem(registry.contents._items, "files", check)
    assert actions.verify_all().problems == [Problem(Kind.CHANGED_CONTENT, "file ab12")]
