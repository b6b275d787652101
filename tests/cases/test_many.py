"""One thing done to many cases: what each gets is what it would get alone, in about as many statements as for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.cast import Cast, actor
from tests.cast import standing as cast
from tests.sql import statements
from ventanilla.audit.actions import verify_all
from ventanilla.cases import actions
from ventanilla.cases.actions import CaseRow, many
from ventanilla.cases.actions.many import Outcome
from ventanilla.cases.enums import CaseState, EventKind
from ventanilla.cases.models import Case, Event
from ventanilla.cases.search import index_owed
from ventanilla.lib.actors import Actor
from ventanilla.notifications.models import Message
from ventanilla.organization.models import Team
from ventanilla.search.models import SearchDocument

__all__ = ["cast"]

Do = Callable[[Cast, Sequence[Case]], Outcome]


def take(cast: Cast, cases: Sequence[Case]) -> Outcome:
    return many.take_many(cases, user=cast.olga, by=actor(cast.olga))


def assign(cast: Cast, cases: Sequence[Case], **to: Any) -> Outcome:
    return many.assign_many(cases, **{"user": cast.carlos, **to}, by=actor(cast.coro))


def route(cast: Cast, cases: Sequence[Case], **to: Any) -> Outcome:
    return many.route_many(cases, **{"department": cast.streets, **to}, reason="Es del poste.", by=actor(cast.coro))


def reply(cast: Cast, cases: Sequence[Case]) -> Outcome:
    return many.reply_many(cases, text="Hubo un corte general.", by=actor(cast.olga))


def note(cast: Cast, cases: Sequence[Case]) -> Outcome:
    return many.note_many(cases, text="Del mismo circuito.", by=actor(cast.olga))


def urge(cast: Cast, cases: Sequence[Case]) -> Outcome:
    return many.mark_many_urgent(cases, urgent=True, by=actor(cast.coro))


EVERY: dict[str, Do] = {"take": take, "assign": assign, "route": route, "reply": reply, "note": note, "urge": urge}


def why(outcome: Outcome) -> list[str]:
    return [reason for _case, reason in outcome.refused]


@pytest.mark.parametrize("name", sorted(EVERY))
def test_it_is_done_to_each_in_as_many_statements_as_to_two(cast: Cast, name: str) -> None:
    few, more = [cast.file() for _number in range(2)], [cast.file() for _number in range(7)]
    with statements() as for_two:
        assert len(EVERY[name](cast, few).done) == 2
    with statements() as for_seven:
        assert len(EVERY[name](cast, more).done) == 7
    assert len(for_seven) == len(for_two) <= 16
    assert verify_all().is_clean


def test_who_takes_cases_has_them_and_each_person_is_told(cast: Cast) -> None:
    cases = [cast.file(), cast.file()]
    Message.objects.all().delete()
    take(cast, cases)
    for case in Case.objects.all():
        assert (case.assignee, case.state) == (cast.olga, CaseState.IN_PROGRESS)
        assert case.taken_at is not None
        assert case.events.get(kind=EventKind.TAKEN).by == f"user:{cast.olga.uuid}"
    assert sorted(Message.objects.values_list("about", flat=True)) == sorted(case.chain for case in cases)


def test_what_one_would_get_alone_is_what_it_gets_among_many(cast: Cast) -> None:
    alone, other = cast.file(), cast.file()
    actions.take_case(alone, user=cast.olga, by=actor(cast.olga))
    take(cast, [other])
    fields = ("state", "assignee", "team", "department", "version", "is_urgent", "urgency")
    one, two = (Case.objects.filter(pk=each.pk).values(*fields).get() for each in (alone, other))
    assert one == two


def test_what_can_t_be_done_says_why_and_stops_no_other(cast: Cast) -> None:
    closed, own, fine = cast.file(), cast.file(), cast.file()
    actions.resolve_case(closed, text="Cambiado.", by=actor(cast.olga))
    actions.take_case(own, user=cast.olga, by=actor(cast.olga))
    outcome = take(cast, [closed, own, fine])
    assert [case.pk for case in outcome.done] == [fine.pk]
    assert sorted(why(outcome)) == ["ya era suyo", "ya está cerrado"]


def test_nobody_is_given_a_case_of_a_department_that_isn_t_theirs(cast: Cast) -> None:
    lamp, breach = cast.file(), cast.file(procedure=cast.breach, answers={})
    outcome = assign(cast, [lamp, breach])
    assert [case.pk for case in outcome.done] == [lamp.pk]
    assert why(outcome) == ["Carlos Vega Ruiz no es de Obras y calles"]
    outcome = assign(cast, [breach], user=None, team=cast.crew_team)
    assert why(outcome) == ["Cuadrilla 1 no es de Obras y calles"]


def test_a_team_is_given_cases_and_whoever_has_them_keeps_them(cast: Cast) -> None:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    assign(cast, [case], user=None, team=cast.crew_team)
    case.refresh_from_db()
    assert (case.assignee, case.team) == (cast.olga, cast.crew_team)
    assert case.events.get(kind=EventKind.ASSIGNED).data["team_name"] == "Cuadrilla 1"


def test_cases_passed_on_leave_the_hands_they_were_in_and_are_found_in_their_new_department(cast: Cast) -> None:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    Message.objects.all().delete()
    team = Team.objects.create(department=cast.streets, key="bacheo", name="Bacheo")
    assert len(route(cast, [case], team=team).done) == 1
    case.refresh_from_db()
    assert (case.department, case.team, case.assignee) == (cast.streets, team, None)
    assert {item.team for item in case.work_items.filter(state="open")} == {team}
    index_owed()
    assert SearchDocument.objects.get(kind="case").department_id == cast.streets.pk
    assert "Es del poste." in Message.objects.get(kind="case_routed").body
    assert case.events.get(kind=EventKind.ROUTED).text == "Es del poste."
    assert why(route(cast, [case], team=team)) == ["ya está ahí"]


def test_writing_to_many_answers_nothing_that_is_owed(cast: Cast) -> None:
    case = cast.file(procedure=cast.complaint, answers={}, place=None)
    assert len(reply(cast, [case]).done) == 1
    case.refresh_from_db()
    assert case.answered_at is None
    assert "Hubo un corte general." in Message.objects.get(kind="case_reply").body


def test_nobody_is_written_to_who_could_not_read_it(cast: Cast) -> None:
    """A case of another system has no person; who filed anonymously here reads it with their code."""
    bring(1)
    anonymous = cast.file(applicant=None, identity="anonymous")
    outcome = reply(cast, list(Case.objects.all()))
    assert [case.pk for case in outcome.done] == [anonymous.pk]
    assert why(outcome) == ["nadie lo leería"]


def bring(count: int) -> None:
    filed = datetime(2023, 5, 4, tzinfo=UTC)
    rows = [CaseRow(number=n, key=f"k{n}", procedure="bombillo-quemado", filed_at=filed) for n in range(count)]
    actions.import_cases(rows, source="avisos", by=Actor("import:avisos", "Avisos"))


def test_imported_cases_begin_their_processes_together_when_they_are_taken(cast: Cast) -> None:
    bring(3)
    take(cast, list(Case.objects.all()))
    for case in Case.objects.all():
        assert case.process is not None
        assert case.process.subject == case.chain
        assert case.work_items.filter(state="open").exists()
    assert len({case.process_id for case in Case.objects.all()}) == 3


def test_urgency_shortens_the_charter_s_dates_of_all(cast: Cast) -> None:
    alone, others = cast.file(), [cast.file(), cast.file()]
    actions.mark_urgent(alone, urgent=True, by=actor(cast.coro))
    urge(cast, others)
    assert len(set(Case.objects.values_list("target_due_at__date", "is_urgent"))) == 1
    assert why(urge(cast, others)) == ["ya era urgente"] * 2


def test_what_was_taken_or_assigned_is_given_back_as_it_stood(cast: Cast) -> None:
    fresh, held = cast.file(), actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    fields = ("assignee", "team", "state", "taken_at")
    before = list(Case.objects.order_by("pk").values(*fields))
    outcome = assign(cast, [fresh, held], team=cast.crew_team)
    undone = many.give_back(outcome.before, by=actor(cast.coro))
    assert len(undone.done) == 2
    assert list(Case.objects.order_by("pk").values(*fields)) == before
    assert Event.objects.filter(case=fresh).latest("seq").kind == EventKind.RELEASED
    assert Event.objects.filter(case=held).latest("seq").data["name"] == "Olga Mora Solís"
    assert verify_all().is_clean


def test_what_happened_since_is_not_undone(cast: Cast) -> None:
    case, other = cast.file(), cast.file()
    outcome = take(cast, [case, other])
    actions.note(case, text="Ya la llamé.", by=actor(cast.olga))
    undone = many.give_back(outcome.before, by=actor(cast.olga))
    assert [each.pk for each in undone.done] == [other.pk]
    assert why(undone) == ["cambió después"]
    case.refresh_from_db()
    assert case.assignee == cast.olga
