"""Joining cases from the case page, without a script and with one; and who learns of a link."""

from __future__ import annotations

import pytest

from tests.cast import Cast, actor, place
from tests.cast import standing as cast
from tests.desk.case_page import Page
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, LinkKind
from ventanilla.cases.models import Case, RelatedCase
from ventanilla.lib.references import reference

__all__ = ["cast"]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    near = cast.file(place=place(lon=-84.1003, label="A la vuelta de la iglesia"))
    return cast.file(), near


def test_what_is_open_near_by_is_offered(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, near = pair
    page = Page(cast, "olga", case)
    assert f"?hacer=vincular&con={near.reference}" in page.shows().replace("&amp;", "&")
    assert f'value="{near.reference}"' in page.shows("?hacer=vincular")


def test_what_is_near_by_and_of_another_department_is_not_offered(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, near = pair
    actions.route_case(near, department=cast.streets, reason="Es la acera.", by=actor(cast.olga))
    assert near.reference not in Page(cast, "olga", case).shows("?hacer=vincular")


@pytest.mark.parametrize("field", ["chosen", "other"])
def test_a_case_is_linked_by_its_number(cast: Cast, pair: tuple[Case, Case], field: str) -> None:
    case, near = pair
    page = Page(cast, "olga", case)
    page.did("vincular", kind="related", **{field: near.reference})
    assert RelatedCase.objects.get().kind == LinkKind.RELATED
    assert near.reference in page.shows()


def test_two_links_with_one_case_are_both_shown(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, near = pair
    RelatedCase.objects.create(case=case, other=near, kind=LinkKind.DUPLICATE)
    RelatedCase.objects.create(case=near, other=case, kind=LinkKind.RELATED)
    shown = Page(cast, "olga", case).shows()
    assert "es el mismo que" in shown
    assert "vinculado" in shown


def test_a_whole_number_that_was_typed_is_meant_whatever_was_chosen(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, near = pair
    third = cast.file()
    Page(cast, "olga", case).did("vincular", kind="related", chosen=near.reference, other=third.reference)
    assert RelatedCase.objects.get().other == third


def test_a_link_is_undone_from_the_message_and_from_its_place(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, near = pair
    page = Page(cast, "olga", case)
    page.did("vincular", kind="related", other=near.reference)
    page.undo()
    assert not RelatedCase.objects.exists()
    page.did("vincular", kind="related", other=near.reference)
    page.did("desvincular", link=RelatedCase.objects.get().uuid)
    assert not RelatedCase.objects.exists()


def test_a_repeated_case_is_closed_and_its_page_leads_to_the_first(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    page = Page(cast, "olga", again)
    case = page.did("vincular", kind="duplicate", other=first.reference, text="Ya lo teníamos.")
    assert (case.state, case.outcome) == (CaseState.DUPLICATE, "Ya lo teníamos.")
    shown = page.shows()
    assert f"Es el mismo que el {first.reference}" in shown
    assert "repetido de este" in Page(cast, "olga", first).shows()


def test_a_repetition_is_undone(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    page = Page(cast, "olga", again)
    page.did("vincular", kind="duplicate", other=first.reference)
    assert page.undo().is_open
    assert not RelatedCase.objects.exists()


WRONG = [
    ("", "Elija con cuál"),
    ("la iglesia", "Elija uno de los que aparecen"),
    (reference(2026, 999_999), "No hay un expediente con ese número"),
    ("2026-000001-6", "Elija uno de los que aparecen"),
]


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_names_no_case_says_what_to_do(cast: Cast, typed: str, said: str) -> None:
    answer = Page(cast, "olga", cast.file()).do("vincular", kind="related", other=typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_case_one_may_not_see_is_as_if_it_were_not_there(cast: Cast) -> None:
    hidden = cast.file(procedure=cast.breach, answers={})
    answer = Page(cast, "olga", cast.file()).do("vincular", kind="related", other=hidden.reference)
    assert answer.status_code == 422
    assert "No hay un expediente con ese número" in answer.content.decode()


def test_a_case_one_may_see_and_not_link_says_so(cast: Cast, pair: tuple[Case, Case]) -> None:
    role = cast.fede.memberships.get().role
    role.permissions = [each for each in role.permissions if each != "cases:case:link"]
    role.save()
    page = Page(cast, "fede", pair[0])
    assert "?hacer=vincular" not in page.shows()
    assert page.do("vincular", kind="related", other=pair[1].reference).status_code == 404


def test_who_may_not_close_it_may_only_link_it(cast: Cast, pair: tuple[Case, Case]) -> None:
    page = Page(cast, "fede", pair[0])
    assert "Este es repetido" not in page.shows("?hacer=vincular")
    assert page.do("vincular", kind="duplicate", other=pair[1].reference).status_code == 422


def test_a_link_to_what_one_may_not_see_is_not_shown(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, hidden = pair[0], cast.file(procedure=cast.breach, answers={})
    actions.link_cases(case, to=hidden, by=actor(cast.otilia))
    shown = Page(cast, "olga", case).shows()
    assert hidden.reference not in shown
    assert str(hidden.uuid) not in shown
    assert "lo vinculó con otro caso" in shown
    assert "Nada vinculado todavía" in shown


def test_a_link_that_is_not_of_this_case_is_not_taken_away(cast: Cast, pair: tuple[Case, Case]) -> None:
    link = actions.link_cases(pair[0], to=pair[1], by=actor(cast.olga))
    page = Page(cast, "olga", cast.file())
    page.do("desvincular", link=link.uuid)
    assert RelatedCase.objects.exists()
    assert "Ese vínculo ya no está" in page.shows()


# Finding the other ----------------------------------------------------------------------------------------------------


def test_words_find_it_without_a_script(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, near = pair
    page = Page(cast, "olga", case)
    answer = page.client.post(f"{page.path}candidatos/", {"other": "vuelta iglesia", "kind": "duplicate"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{near.reference}"' in said
    assert 'value="vuelta iglesia"' in said, "what was typed stays"


def test_words_find_it_with_one(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, near = pair
    page = Page(cast, "olga", case)
    answer = page.client.post(f"{page.path}candidatos/", {"other": "vuelta iglesia"}, headers=HTMX)
    said = answer.content.decode()
    assert near.reference in said
    assert "<html" not in said


def test_words_find_nothing_that_one_may_not_see(cast: Cast, pair: tuple[Case, Case]) -> None:
    case, near = pair
    actions.route_case(near, department=cast.streets, reason="Es la acera.", by=actor(cast.olga))
    page = Page(cast, "olga", case)
    answer = page.client.post(f"{page.path}candidatos/", {"other": near.reference}, headers=HTMX)
    assert near.reference not in answer.content.decode()


def test_a_case_does_not_find_itself(cast: Cast, pair: tuple[Case, Case]) -> None:
    page = Page(cast, "olga", pair[0])
    answer = page.client.post(f"{page.path}candidatos/", {"other": pair[0].reference}, headers=HTMX)
    assert "Nada de lo que usted puede ver coincide" in answer.content.decode()
