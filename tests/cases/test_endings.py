"""How a case ends, how it is put off, how it comes back; and what the person thought of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cases.laws import confirm, petition
from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, DeadlineKind, EventKind, Visibility, WorkState
from ventanilla.cases.models import Case, Survey, WorkItem
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.notifications.models import Message

__all__ = ["cast"]

ENDS = [
    (actions.resolve_case, CaseState.RESOLVED, "case_resolved"),
    (actions.refuse_case, CaseState.REFUSED, "case_refused"),
    (actions.cancel_case, CaseState.CANCELLED, "case_cancelled"),
    (actions.withdraw_case, CaseState.WITHDRAWN, "case_withdrawn"),
]


def rosa(cast: Cast) -> Actor:
    return Actor(f"person:{cast.rosa.uuid}", cast.rosa.name)


def taken(cast: Cast) -> Case:
    return actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))


@pytest.mark.parametrize(("end", "state", "kind"), ENDS, ids=[state for _end, state, _kind in ENDS])
class TestEveryEnd:
    def test_closes_the_case_with_its_words(self, cast, end, state, kind) -> None:
        case = end(taken(cast), text="Así quedó.", by=actor(cast.coro))
        assert (case.state, case.is_open, case.outcome) == (state, False, "Así quedó.")

    def test_owes_nothing_any_more(self, cast, end, state, kind) -> None:
        case = end(taken(cast), text="Así quedó.", by=actor(cast.coro))
        assert case.due_at is None
        assert not case.deadlines.filter(met_at=None).exists()
        assert not WorkItem.objects.filter(case=case, state=WorkState.OPEN).exists()

    def test_tells_the_person(self, cast, end, state, kind) -> None:
        case = end(taken(cast), text="Así quedó.", by=actor(cast.coro))
        assert Message.objects.filter(about=case.chain, kind=kind).count() == 1

    def test_is_not_done_twice(self, cast, end, state, kind) -> None:
        case = end(taken(cast), text="Así quedó.", by=actor(cast.coro))
        with pytest.raises(actions.Refused):
            end(case, text="Otra vez.", by=actor(cast.coro))

    def test_ends_what_the_person_was_waited_for(self, cast, end, state, kind) -> None:
        case = actions.ask_person(taken(cast), text="¿Dónde?", by=actor(cast.olga))
        case = end(case, text="Así quedó.", by=actor(cast.coro))
        assert (case.paused, case.waits_until()) == ("", None)


def test_everybody_reads_how_it_was_mended_and_only_the_person_why_it_was_not(cast: Cast) -> None:
    mended = actions.resolve_case(taken(cast), text="Cambiado.", by=actor(cast.olga))
    refused = actions.refuse_case(cast.file(), text="Es privado.", by=actor(cast.coro))
    assert mended.events.latest("seq").visibility == Visibility.PUBLIC
    assert refused.events.latest("seq").visibility == Visibility.PERSON


# Put off --------------------------------------------------------------------------------------------------------------


def test_put_off_it_is_answered_and_not_mended(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    cast.complaint.target_quantity, cast.complaint.target_unit = 20, "working_day"
    cast.complaint.save()
    case = actions.schedule_case(petition(cast), text="En enero.", by=actor(cast.otilia))
    assert (case.state, case.is_open) == (CaseState.SCHEDULED, True)
    assert case.deadlines.get(kind=DeadlineKind.RESPONSE).met_at is not None
    assert case.deadlines.get(kind=DeadlineKind.TARGET).met_at is None
    assert case.due_at == case.target_due_at


def test_what_was_put_off_comes_back(cast: Cast) -> None:
    case = actions.schedule_case(taken(cast), text="En enero.", by=actor(cast.olga))
    case = actions.unschedule_case(case, by=actor(cast.olga))
    assert case.state == CaseState.IN_PROGRESS
    assert case.answered_at is not None, "the person was answered all the same"
    assert case.events.latest("seq").kind == EventKind.UNSCHEDULED
    assert Message.objects.filter(about=case.chain, kind="case_under_way").count() == 1


def test_what_was_not_put_off_does_not_come_back(cast: Cast) -> None:
    with pytest.raises(actions.Refused):
        actions.unschedule_case(taken(cast), by=actor(cast.olga))


# Opened again ---------------------------------------------------------------------------------------------------------


def test_reopened_its_clocks_and_its_process_begin_anew(cast: Cast) -> None:
    case = actions.resolve_case(taken(cast), text="Cambiado.", by=actor(cast.olga))
    before = case.target_due_at
    with clock.at(clock.now() + timedelta(days=7)):
        case = actions.reopen_case(case, text="Sigue apagado.", by=rosa(cast))
    assert case.target_due_at > before
    assert (case.answered_at, case.reopenings, case.outcome) == (None, 1, "")
    assert WorkItem.objects.filter(case=case, node="check_facts", state=WorkState.OPEN).count() == 1


def test_reopened_it_goes_before_others(cast: Cast) -> None:
    case = actions.resolve_case(taken(cast), text="Cambiado.", by=actor(cast.olga))
    case = actions.reopen_case(case, text="Sigue apagado.", by=rosa(cast))
    assert ["reopened", 24] in case.urgency


@pytest.mark.parametrize(("days", "may"), [(0, True), (29, True), (31, False)])
def test_a_person_reopens_within_the_days_of_the_type(cast: Cast, days: int, may: bool) -> None:
    assert cast.lamp.reopen_days == 30
    case = actions.resolve_case(taken(cast), text="Cambiado.", by=actor(cast.olga))
    with clock.at(clock.now() + timedelta(days=days)):
        if may:
            assert actions.reopen_case(case, text="Sigue apagado.", by=rosa(cast)).is_open
        else:
            with pytest.raises(actions.Refused):
                actions.reopen_case(case, text="Sigue apagado.", by=rosa(cast))


@pytest.mark.parametrize("end", [actions.cancel_case, actions.withdraw_case], ids=["cancelled", "withdrawn"])
def test_a_person_does_not_reopen_what_was_annulled_or_what_they_withdrew(cast: Cast, end) -> None:
    case = end(taken(cast), text="Ya no.", by=actor(cast.coro))
    with pytest.raises(actions.Refused):
        actions.reopen_case(case, text="Sí.", by=rosa(cast))


def test_staff_reopen_whenever_it_was(cast: Cast) -> None:
    case = actions.resolve_case(taken(cast), text="Cambiado.", by=actor(cast.olga))
    with clock.at(clock.now() + timedelta(days=400)):
        assert actions.reopen_case(case, text="Era otro.", by=actor(cast.olga)).is_open


def test_what_was_annulled_by_mistake_goes_on_with_its_clocks(cast: Cast) -> None:
    case = taken(cast)
    due = case.target_due_at
    case = actions.cancel_case(case, text="Por error.", by=actor(cast.coro))
    with clock.at(clock.now() + timedelta(days=2)):
        case = actions.reopen_case(case, text="Se anuló por error.", by=actor(cast.coro))
    assert (case.target_due_at, case.due_at, case.reopenings) == (due, due, 0)
    assert case.deadlines.get().met_at is None
    assert case.state == CaseState.IN_PROGRESS


def test_what_had_been_answered_before_the_mistake_stays_answered(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    with clock.at(clock.now() - timedelta(days=1)):
        case = actions.reply(petition(cast), text="Sí.", answers=True, by=actor(cast.otilia))
    case = actions.cancel_case(case, text="Por error.", by=actor(cast.coro))
    case = actions.reopen_case(case, text="Se anuló por error.", by=actor(cast.coro))
    assert case.answered_at is not None
    assert case.deadlines.get(kind=DeadlineKind.RESPONSE).met_at is not None


def test_what_is_open_is_not_opened(cast: Cast) -> None:
    with pytest.raises(actions.Refused):
        actions.reopen_case(cast.file(), text="Otra vez.", by=actor(cast.olga))


# What the person thought ----------------------------------------------------------------------------------------------


def test_a_mark_is_kept_for_the_desk(cast: Cast) -> None:
    case = actions.resolve_case(taken(cast), text="Cambiado.", by=actor(cast.olga))
    actions.answer_survey(case, mark=2, comment="Duró un día.", by=rosa(cast))
    assert Survey.objects.get(case=case).mark == 2
    assert case.events.latest("seq").visibility == Visibility.STAFF


def test_one_mark_for_each_end(cast: Cast) -> None:
    case = actions.resolve_case(taken(cast), text="Cambiado.", by=actor(cast.olga))
    actions.answer_survey(case, mark=1, comment="", by=rosa(cast))
    with pytest.raises(actions.Refused):
        actions.answer_survey(case, mark=5, comment="", by=rosa(cast))
    case = actions.reopen_case(case, text="Sigue.", by=rosa(cast))
    case = actions.resolve_case(case, text="Ahora sí.", by=actor(cast.olga))
    actions.answer_survey(case, mark=5, comment="", by=rosa(cast))
    assert list(Survey.objects.filter(case=case).order_by("round").values_list("mark", flat=True)) == [1, 5]


def test_nobody_is_asked_before_the_end(cast: Cast) -> None:
    with pytest.raises(actions.Refused):
        actions.answer_survey(taken(cast), mark=5, comment="", by=rosa(cast))
