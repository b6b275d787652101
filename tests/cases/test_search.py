"""Everything one may see of a case can be found: also what was said after it was filed, once the job has passed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast, actor
from tests.people.test_erasing import ORDER
from tests.sql import statements
from ventanilla.cases import actions, finding, search
from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Case
from ventanilla.people import actions as people

SAID: dict[str, Callable[[Cast, Case], Any]] = {
    "note": lambda cast, case: actions.note(case, text="Lo vio Zoraida.", by=actor(cast.olga)),
    "reply": lambda cast, case: actions.reply(case, text="Va Zoraida mañana.", by=actor(cast.olga)),
    "question": lambda cast, case: actions.ask_person(case, text="¿La vio Zoraida?", by=actor(cast.olga)),
    "reason": lambda cast, case: actions.route_case(
        case, department=cast.streets, reason="Lo dijo Zoraida.", by=actor(cast.coro)
    ),
    "outcome": lambda cast, case: actions.resolve_case(case, text="Lo cambió Zoraida.", by=actor(cast.olga)),
}


def found(user: Any, words: str) -> list[Case]:
    return finding.find(user, words).cases


@pytest.mark.parametrize("what", sorted(SAID))
def test_what_was_said_later_is_found(cast: Cast, what: str) -> None:
    case, other = cast.file(), cast.file()
    SAID[what](cast, case)
    assert found(cast.coro, "Zoraida") == []
    search.index_owed()
    assert found(cast.coro, "zoraida") == [case]
    assert set(found(cast.coro, "iglesia")) == {case, other}, "and what was said at first is found as ever"


def test_a_note_is_found_by_who_may_see_its_case_alone(cast: Cast) -> None:
    actions.note(cast.file(), text="Lo vio Zoraida.", by=actor(cast.olga))
    search.index_owed()
    assert len(found(cast.olga, "Zoraida")) == 1
    assert found(cast.otilia, "Zoraida") == []


def test_who_it_is_about_is_found_unless_who_filed_it_is_reserved(cast: Cast) -> None:
    mother = people.register_person(by="test", name="Zoraida Mora")
    case = cast.file(affected=mother)
    cast.file(affected=mother, identity=Identity.CONFIDENTIAL)
    assert found(cast.coro, "Zoraida") == [case]


def test_the_index_owes_nothing_once_the_job_has_passed(cast: Cast) -> None:
    case = cast.file()
    assert not Case.objects.filter(search_due_at__isnull=False).exists()
    actions.note(case, text="Lo vio Zoraida.", by=actor(cast.olga))
    assert Case.objects.filter(search_due_at__isnull=False).get() == case
    search.index_owed()
    assert not Case.objects.filter(search_due_at__isnull=False).exists()


def test_what_is_owed_is_written_in_as_many_statements_for_many_as_for_one(cast: Cast) -> None:
    def cost(number: int) -> int:
        for case in [cast.file() for _each in range(number)]:
            actions.note(case, text="Lo vio Zoraida.", by=actor(cast.olga))
        with statements() as sent:
            search.index_owed()
        return len(sent)

    assert cost(1) >= cost(7) > 0


def test_more_than_one_round_is_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 2)
    for case in [cast.file() for _each in range(5)]:
        actions.note(case, text="Lo vio Zoraida.", by=actor(cast.olga))
    search.index_owed()
    assert len(found(cast.olga, "Zoraida")) == 5


def test_a_case_passed_on_is_found_by_its_reference_at_once_and_by_words_soon(cast: Cast) -> None:
    case = cast.file()
    actions.route_case(case, department=cast.streets, reason="Es del poste.", by=actor(cast.coro))
    assert found(cast.otilia, case.reference) == [case]
    assert found(cast.olga, "iglesia") == [], "who may see it no more doesn't find it, whatever the index says"
    search.index_owed()
    assert found(cast.otilia, "iglesia") == [case]


def test_nothing_of_what_was_said_is_found_after_an_erasure(cast: Cast) -> None:
    case = cast.file()
    actions.note(case, text="Lo vio Zoraida.", by=actor(cast.olga))
    search.index_owed()
    actions.erase_case(case, order=ORDER, by=actor(cast.admin))
    assert found(cast.coro, "Zoraida") == []
    search.index_owed()
    assert found(cast.coro, "Zoraida") == []
