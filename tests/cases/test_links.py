"""Cases that have to do with each other, and those that are one and the same."""

from __future__ import annotations

import pytest

from tests.cast import Cast, actor, place
from tests.cast import standing as cast
from ventanilla.audit.actions import verify_all
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, EventKind, Identity, LinkKind, Visibility, WorkState
from ventanilla.cases.models import Case, Follower, RelatedCase, WorkItem
from ventanilla.cases.permissions import can_view_link
from ventanilla.desk import calling
from ventanilla.lib.actors import Actor
from ventanilla.notifications.models import Message
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person

__all__ = ["cast"]


def neighbour(name: str, address: str) -> Person:
    contacts = [(ContactKind.EMAIL, address)]
    return people.register_person(by="system", name=name, contacts=contacts, verified=True)


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    """The lamp that Rosa reported, and the same one reported later by Marta."""
    marta = neighbour("Marta Quirós Vega", "marta@correo.example")
    return cast.file(), cast.file(applicant=marta)


def repeat(case: Case, first: Case, cast: Cast) -> Case:
    return actions.mark_duplicate(case, of=first, by=actor(cast.olga))


# Linked ---------------------------------------------------------------------------------------------------------------


def test_two_cases_are_linked_and_both_say_so(cast: Cast, pair: tuple[Case, Case]) -> None:
    one, other = pair
    actions.link_cases(one, to=other, by=actor(cast.olga))
    assert RelatedCase.objects.of(one).get() == RelatedCase.objects.of(other).get()
    for case, another in (pair, pair[::-1]):
        event = case.events.latest("seq")
        assert (event.kind, event.visibility) == (EventKind.LINKED, Visibility.STAFF)
        assert event.data["other"] == str(another.uuid)


def test_nobody_outside_is_told_of_a_link(cast: Cast, pair: tuple[Case, Case]) -> None:
    before = Message.objects.count()
    actions.link_cases(pair[0], to=pair[1], by=actor(cast.olga))
    assert Message.objects.count() == before


def test_a_case_is_not_linked_with_itself(cast: Cast) -> None:
    case = cast.file()
    with pytest.raises(actions.Refused):
        actions.link_cases(case, to=case, by=actor(cast.olga))


@pytest.mark.parametrize("turned", [False, True])
def test_two_cases_are_linked_once(cast: Cast, pair: tuple[Case, Case], turned: bool) -> None:
    actions.link_cases(pair[0], to=pair[1], by=actor(cast.olga))
    one, other = pair[::-1] if turned else pair
    with pytest.raises(actions.Refused):
        actions.link_cases(one, to=other, by=actor(cast.olga))


def test_a_link_is_taken_away(cast: Cast, pair: tuple[Case, Case]) -> None:
    link = actions.link_cases(pair[0], to=pair[1], by=actor(cast.olga))
    actions.unlink_cases(link, by=actor(cast.olga))
    assert not RelatedCase.objects.exists()
    assert {case.events.latest("seq").kind for case in pair} == {EventKind.UNLINKED}


def test_a_link_that_is_gone_is_not_taken_away_again(cast: Cast, pair: tuple[Case, Case]) -> None:
    link = actions.link_cases(pair[0], to=pair[1], by=actor(cast.olga))
    actions.unlink_cases(RelatedCase.objects.get(), by=actor(cast.olga))
    with pytest.raises(actions.Refused):
        actions.unlink_cases(link, by=actor(cast.olga))


# The same one ---------------------------------------------------------------------------------------------------------


def test_a_repeated_case_is_closed_and_points_to_the_first(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    closed = repeat(again, first, cast)
    assert (closed.state, closed.is_open) == (CaseState.DUPLICATE, False)
    assert first.reference in closed.outcome
    link = RelatedCase.objects.get(kind=LinkKind.DUPLICATE)
    assert (link.case, link.other) == (again, first)


def test_who_filed_it_and_who_followed_it_follow_the_first(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    juan = neighbour("Juan Solano Mora", "juan@correo.example")
    actions.follow(again, person=juan, by=Actor(f"person:{juan.uuid}", juan.name))
    repeat(again, first, cast)
    first.refresh_from_db()
    assert set(Follower.objects.filter(case=first).values_list("person", flat=True)) == {again.applicant_id, juan.pk}
    assert first.follower_count == 2


def test_nobody_follows_twice_nor_their_own(cast: Cast) -> None:
    first, again, third = cast.file(), cast.file(), cast.file()
    repeat(again, first, cast)
    repeat(third, first, cast)
    first.refresh_from_db()
    assert (first.follower_count, first.followers.count()) == (0, 0), "Rosa filed all three"


def test_the_first_weighs_more_by_those_who_came_along(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    repeat(again, first, cast)
    before = first.order_at
    first.refresh_from_db()
    assert first.order_at < before


def test_each_is_told_and_by_what_number_it_goes_on(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    juan = neighbour("Juan Solano Mora", "juan@correo.example")
    actions.follow(again, person=juan, by=Actor(f"person:{juan.uuid}", juan.name))
    repeat(again, first, cast)
    told = Message.objects.filter(about=again.chain, kind__in=["case_duplicate", "follower_news"])
    assert {message.kind for message in told} == {"case_duplicate", "follower_news"}
    assert all(first.reference in message.body for message in told)
    assert all(f"/publico/{first.uuid}" in message.body or str(first.uuid) in message.body for message in told)


def test_its_clocks_are_met_and_no_work_is_owed(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    repeat(again, first, cast)
    assert not again.deadlines.filter(met_at=None).exists()
    assert not WorkItem.objects.filter(case=again, state=WorkState.OPEN).exists()


def test_one_can_not_repeat_a_case_that_has_ended(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    actions.resolve_case(first, text="Listo.", by=actor(cast.olga))
    with pytest.raises(actions.Refused):
        repeat(again, first, cast)
    again.refresh_from_db()
    assert again.is_open


def test_nobody_is_sent_to_a_case_of_somebody_else_that_is_not_public(cast: Cast) -> None:
    marta = neighbour("Marta Quirós Vega", "marta@correo.example")
    first = cast.file(procedure=cast.complaint, place=None, answers={})
    again = cast.file(procedure=cast.complaint, place=None, answers={}, applicant=marta)
    with pytest.raises(actions.Refused):
        actions.mark_duplicate(again, of=first, by=actor(cast.otilia))


def test_one_s_own_complaint_filed_twice_goes_on_by_the_first(cast: Cast) -> None:
    first = cast.file(procedure=cast.complaint, place=None, answers={})
    again = cast.file(procedure=cast.complaint, place=None, answers={})
    closed = actions.mark_duplicate(again, of=first, by=actor(cast.otilia))
    assert closed.state == CaseState.DUPLICATE
    assert first.followers.count() == 0


def test_a_case_repeats_one_alone(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    repeat(again, first, cast)
    with pytest.raises(actions.Refused):
        repeat(again, cast.file(), cast)
    with pytest.raises(actions.Refused):
        repeat(first, again, cast)


def test_both_trails_verify(cast: Cast, pair: tuple[Case, Case]) -> None:
    repeat(pair[1], pair[0], cast)
    assert verify_all().problems == []


# Not the same after all -----------------------------------------------------------------------------------------------


def test_reopened_it_is_separate_again(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    repeat(again, first, cast)
    actions.reopen_case(again, text="Es otro poste.", by=actor(cast.olga))
    first.refresh_from_db()
    assert not RelatedCase.objects.exists()
    assert (first.follower_count, first.followers.count()) == (0, 0)
    assert first.events.latest("seq").kind == EventKind.UNLINKED


def test_reopened_those_who_followed_the_first_by_themselves_go_on(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    juan = neighbour("Juan Solano Mora", "juan@correo.example")
    actions.follow(first, person=juan, by=Actor(f"person:{juan.uuid}", juan.name))
    repeat(again, first, cast)
    actions.reopen_case(again, text="Es otro poste.", by=actor(cast.olga))
    first.refresh_from_db()
    assert [each.person for each in first.followers.all()] == [juan]
    assert first.follower_count == 1


def test_reopened_its_clocks_go_on_as_if_it_had_never_been_closed(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    due = again.target_due_at
    repeat(again, first, cast)
    reopened = actions.reopen_case(again, text="Es otro poste.", by=actor(cast.olga))
    assert (reopened.target_due_at, reopened.due_at, reopened.reopenings) == (due, due, 0)
    assert reopened.deadlines.get().met_at is None


def test_the_person_may_say_that_it_is_not_the_same(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    repeat(again, first, cast)
    person = Actor(f"person:{again.applicant.uuid}", again.applicant.name)
    assert actions.reopen_case(again, text="El mío es el de enfrente.", by=person).is_open


def test_a_link_by_repetition_is_not_simply_taken_away(cast: Cast, pair: tuple[Case, Case]) -> None:
    repeat(pair[1], pair[0], cast)
    with pytest.raises(actions.Refused):
        actions.unlink_cases(RelatedCase.objects.get(), by=actor(cast.olga))


# Found while checking the facts ---------------------------------------------------------------------------------------


def check(case: Case, cast: Cast, **answers: str) -> Case:
    """The facts are checked and what was found is explained, as the ready diagram has it."""
    for node, said in (("check_facts", answers), ("explain_closing", {"text": "Ya lo teníamos."})):
        item = WorkItem.objects.get(case=case, node=node, state=WorkState.OPEN)
        case = actions.complete_work(item, answers=said, user=cast.olga, by=actor(cast.olga))
    return case


def test_what_the_check_finds_to_be_reported_already_joins_it(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    closed = check(again, cast, facts="duplicate", duplicate_of=first.reference)
    assert (closed.state, closed.outcome) == (CaseState.DUPLICATE, "Ya lo teníamos.")
    assert RelatedCase.objects.get().other == first


def test_what_can_not_be_joined_is_closed_with_its_explanation(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    actions.resolve_case(first, text="Listo.", by=actor(cast.olga))
    assert check(again, cast, facts="duplicate", duplicate_of=first.reference).state == CaseState.REFUSED


def test_a_case_of_another_department_is_not_joined_by_its_number(cast: Cast, pair: tuple[Case, Case]) -> None:
    first, again = pair
    actions.route_case(first, department=cast.streets, reason="Es un cable.", by=actor(cast.olga))
    assert check(again, cast, facts="duplicate", duplicate_of=first.reference).state == CaseState.REFUSED


# Who sees them --------------------------------------------------------------------------------------------------------


def test_each_of_the_cast_sees_the_links_both_of_whose_cases_they_see(cast: Cast, pair: tuple[Case, Case]) -> None:
    hidden = cast.file(procedure=cast.breach, place=place(), answers={})
    for one, other in ((pair[0], pair[1]), (pair[0], hidden)):
        actions.link_cases(one, to=other, by=actor(cast.olga))
    links = list(RelatedCase.objects.select_related("case", "other"))
    for name, user in [*cast.users.items(), ("a stranger", None)]:
        seen = set(RelatedCase.objects.visible_to(user))
        assert seen == {link for link in links if can_view_link(user, link)}, name
    assert set(RelatedCase.objects.visible_to(cast.olga)) == {links[0]}, "the breach is reserved, and of streets"


def test_who_came_along_under_a_reserved_identity_is_not_found_by_the_first(cast: Cast) -> None:
    marta = neighbour("Marta Quirós Vega", "marta@correo.example")
    first = cast.file()
    again = cast.file(applicant=marta, identity=Identity.CONFIDENTIAL)
    repeat(again, first, cast)
    assert calling.of_people(cast.fede, [marta], 9) == []
