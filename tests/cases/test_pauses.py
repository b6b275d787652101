"""Which clocks stand still, for what and how long; and what the person is given to correct."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cases.laws import application, confirm, petition, under
from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.calendars.rules import NotAllowed
from ventanilla.cases import actions
from ventanilla.cases.actions import pauses, time
from ventanilla.cases.enums import CaseState, DeadlineKind, EventKind, Stopped, WorkKind, WorkState
from ventanilla.cases.models import Case, CorrectionRequest, WorkItem
from ventanilla.design.dates import day_of
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.notifications.models import Message

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def _at_a_fixed_moment(still_clock):
    return still_clock


def asked(case: Case, cast: Cast) -> Case:
    return actions.ask_person(case, text="¿Qué número tiene el poste?", by=actor(cast.olga))


def answered(case: Case, cast: Cast) -> Case:
    person = Actor(f"person:{cast.rosa.uuid}", cast.rosa.name)
    return actions.person_replies(case, text="El 1127.", by=person)


# Asking the person ----------------------------------------------------------------------------------------------------


def test_asking_moves_the_charter_date_of_a_service_notice(cast: Cast) -> None:
    case = asked(cast.file(), cast)
    assert (case.state, case.paused, case.due_at) == (CaseState.WAITING_PERSON, Stopped.TARGET, None)


def test_the_charter_date_moves_by_the_days_that_the_answer_took(cast: Cast) -> None:
    case = asked(cast.file(), cast)
    before = case.target_due_at
    with clock.at(clock.now() + timedelta(days=2)):
        case = answered(case, cast)
    assert case.target_due_at == before + timedelta(days=1), (
        "Thursday didn't count; Friday, the day of the answer, does"
    )
    assert (case.paused, case.paused_at, case.due_at) == ("", None, case.target_due_at)


def test_where_the_law_knows_no_cause_its_clock_goes_on_while_the_person_is_asked(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    case = petition(cast)
    due = case.response_due_at
    case = asked(case, cast)
    assert not case.response_waits
    assert case.due_at == due, "and it still decides where the case stands"
    with clock.at(clock.now() + timedelta(days=3)):
        assert answered(case, cast).response_due_at == due


def test_where_the_law_lets_it_the_term_to_answer_waits_for_the_person(cast: Cast) -> None:
    under("ES")
    case = asked(application(cast), cast)
    assert case.response_waits
    assert day_of(case.response_due_at) == date(2027, 2, 25), "three months from Wednesday 25 November"
    with clock.at(clock.now() + timedelta(days=3)):
        case = answered(case, cast)
    assert day_of(case.response_due_at) == date(2027, 3, 1), "two days more end on a Saturday: the Monday after"


def test_a_term_that_was_met_does_not_move_any_more(cast: Cast) -> None:
    under("ES")
    case = actions.reply(application(cast), text="Concedido.", answers=True, by=actor(cast.otilia))
    due = case.response_due_at
    case = asked(case, cast)
    assert not case.response_waits
    with clock.at(clock.now() + timedelta(days=3)):
        assert answered(case, cast).response_due_at == due


def test_a_pause_ends_when_it_has_lasted_as_long_as_it_may(cast: Cast) -> None:
    case = asked(cast.file(), cast)
    with clock.at(case.pauses.get().expires_at + timedelta(minutes=1)):
        assert time.end_expired_pauses() == 1
    case.refresh_from_db()
    assert (case.state, case.paused) == (CaseState.IN_PROGRESS, "")
    assert case.events.latest("seq").data["expired"] is True


def test_the_tick_leaves_alone_what_still_waits(cast: Cast) -> None:
    asked(cast.file(), cast)
    assert time.end_expired_pauses() == 0


# Pausing by hand ------------------------------------------------------------------------------------------------------


def test_a_term_is_paused_for_a_cause_its_law_lists(cast: Cast) -> None:
    under("ES")
    case = application(cast)
    case = actions.pause_term(case, cause="mandatory_opinion", text="Al consejo.", by=actor(cast.otilia))
    assert case.paused == Stopped.RESPONSE
    assert case.pauses.get().expires_at is not None, "for three months at most (art. 22.1.d)"
    event = case.events.latest("seq")
    assert (event.kind, event.data["name"]) == (EventKind.PAUSED, "Se ha pedido un informe preceptivo")


def test_the_person_is_told_of_a_pause_and_of_its_end(cast: Cast) -> None:
    under("ES")
    case = application(cast)
    case = actions.pause_term(case, cause="mandatory_opinion", text="Al consejo.", by=actor(cast.otilia))
    actions.resume_term(case, by=actor(cast.otilia))
    told = Message.objects.speaking_of(case.chain).values_list("kind", flat=True)
    assert [kind for kind in told if kind != "case_filed"] == ["case_paused", "case_resumed"]


@pytest.mark.parametrize("cause", ["holidays", "", "correction'"])
def test_no_other_cause_pauses_it(cast: Cast, cause: str) -> None:
    under("ES")
    case = application(cast)
    with pytest.raises(actions.Refused):
        actions.pause_term(case, cause=cause, text="Porque sí.", by=actor(cast.otilia))
    assert not case.pauses.exists()


def test_where_the_law_lists_no_cause_nothing_is_paused_by_hand(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    case = petition(cast)
    assert pauses.causes(case) == ()
    with pytest.raises(actions.Refused):
        actions.pause_term(case, cause="mandatory_opinion", text="Al consejo.", by=actor(cast.otilia))


def test_a_service_notice_has_no_term_of_law_to_pause(cast: Cast) -> None:
    under("ES")
    assert pauses.causes(cast.file()) == ()


def test_a_pause_of_the_law_leaves_the_charter_date_running(cast: Cast) -> None:
    under("ES")
    cast.complaint.target_quantity, cast.complaint.target_unit = 20, "working_day"
    cast.complaint.save()
    case = application(cast)
    case = actions.pause_term(case, cause="mandatory_opinion", text="Al consejo.", by=actor(cast.otilia))
    assert case.due_at == case.target_due_at is not None


def test_a_paused_term_is_not_paused_again(cast: Cast) -> None:
    under("ES")
    case = actions.pause_term(application(cast), cause="mandatory_opinion", text="Uno.", by=actor(cast.otilia))
    with pytest.raises(actions.Refused):
        actions.pause_term(case, cause="agreement", text="Dos.", by=actor(cast.otilia))


def test_resuming_by_hand_adds_the_days_that_it_stood_still(cast: Cast) -> None:
    under("ES")
    case = application(cast)
    due = case.response_due_at
    case = actions.pause_term(case, cause="mandatory_opinion", text="Al consejo.", by=actor(cast.otilia))
    with clock.at(clock.now() + timedelta(days=10)):
        case = actions.resume_term(case, by=actor(cast.otilia))
    assert case.response_due_at >= due + timedelta(days=10)
    assert case.paused == ""


def test_what_runs_can_not_be_resumed(cast: Cast) -> None:
    with pytest.raises(actions.Refused):
        actions.resume_term(cast.file(), by=actor(cast.olga))


def test_the_person_s_answer_does_not_end_a_pause_for_another_cause(cast: Cast) -> None:
    under("ES")
    case = actions.pause_term(application(cast), cause="mandatory_opinion", text="Al consejo.", by=actor(cast.otilia))
    case = answered(asked(case, cast), cast)
    assert case.response_waits
    assert case.state == CaseState.IN_PROGRESS


# Correcting what was filed --------------------------------------------------------------------------------------------


def correct(case: Case, cast: Cast) -> Case:
    return actions.request_correction(case, text="Falta la firma.", by=actor(cast.otilia))


def test_the_person_gets_the_law_s_term_to_correct(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer", "cr-ley-9097-cure")
    case = correct(petition(cast), cast)
    request = CorrectionRequest.objects.get(case=case)
    assert (request.quantity, request.unit, request.law) == (5, "working_day", "Ley 9097")
    assert case.state == CaseState.WAITING_PERSON
    assert case.waits_until() == request.due_at


def test_the_term_to_correct_does_not_stop_a_clock_whose_law_says_nothing_of_it(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer", "cr-ley-9097-cure")
    case = petition(cast)
    due = case.response_due_at
    case = correct(case, cast)
    assert not case.response_waits
    assert case.response_due_at == due


def test_the_term_to_correct_stops_the_clock_where_the_law_says_so(cast: Cast) -> None:
    under("ES")
    case = correct(application(cast), cast)
    assert case.response_waits
    assert case.pauses.get().expires_at == CorrectionRequest.objects.get(case=case).due_at, "ES 22.1.a: its term"


@pytest.mark.parametrize(("country", "quantity"), [("ES", 10), ("CL", 5), ("PE", 2)])
def test_each_country_s_own_term_to_correct_an_application(cast: Cast, country: str, quantity: int) -> None:
    under(country)
    granted = pauses.cure(application(cast))
    assert granted is not None
    assert (granted.term.quantity, granted.term.unit) == (quantity, "working_day")


def test_nothing_is_corrected_by_law_in_a_service_notice(cast: Cast) -> None:
    under("ES")
    case = cast.file()
    assert pauses.cure(case) is None
    with pytest.raises(actions.Refused):
        correct(case, cast)


def test_the_message_says_by_when_and_by_what_law(cast: Cast) -> None:
    under("ES")
    case = correct(application(cast), cast)
    said = Message.objects.get(about=case.chain, kind="case_question").body
    assert "Falta la firma." in said
    assert "Ley 39/2015, art. 68" in said


def test_nobody_is_asked_twice_while_their_term_runs(cast: Cast) -> None:
    under("ES")
    case = correct(application(cast), cast)
    with pytest.raises(actions.Refused):
        correct(case, cast)


def test_an_answer_ends_the_term_to_correct(cast: Cast) -> None:
    under("ES")
    case = answered(correct(application(cast), cast), cast)
    assert CorrectionRequest.objects.get(case=case).answered_at is not None
    assert (case.state, case.waits_until()) == (CaseState.IN_PROGRESS, None)


def test_who_lets_it_go_by_leaves_a_decision_to_whoever_manages(cast: Cast) -> None:
    under("ES")
    case = correct(application(cast), cast)
    with clock.at(CorrectionRequest.objects.get(case=case).due_at + timedelta(minutes=1)):
        assert time.lapse_corrections() == 1
        assert time.lapse_corrections() == 0, "once"
    case.refresh_from_db()
    assert (case.state, case.paused) == (CaseState.IN_PROGRESS, "")
    work = WorkItem.objects.get(case=case, kind=WorkKind.DECIDE, state=WorkState.OPEN)
    assert work.role == "service_manager"
    assert case.events.latest("seq").kind == EventKind.LAPSED


def test_the_term_to_correct_grows_as_far_as_the_law_lets_it(cast: Cast) -> None:
    under("ES")
    case = correct(application(cast), cast)
    before = CorrectionRequest.objects.get(case=case).due_at
    actions.extend_correction(case, quantity=5, text="Lo pide.", by=actor(cast.otilia))
    assert CorrectionRequest.objects.get(case=case).due_at > before
    with pytest.raises(NotAllowed):
        actions.extend_correction(case, quantity=1, text="Otra vez.", by=actor(cast.otilia))


# Making a term longer -------------------------------------------------------------------------------------------------


def test_a_term_grows_as_far_as_its_law_lets_it(cast: Cast) -> None:
    under("ES")
    case = application(cast)
    longer = actions.extend_term(case, kind=DeadlineKind.RESPONSE, quantity=3, text="Es mucho.", by=actor(cast.otilia))
    assert longer.response_due_at > case.response_due_at
    with pytest.raises(NotAllowed):
        actions.extend_term(case, kind=DeadlineKind.RESPONSE, quantity=1, text="Más.", by=actor(cast.otilia))


def test_a_term_that_its_law_does_not_extend_stays(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    case = petition(cast)
    with pytest.raises(NotAllowed):
        actions.extend_term(case, kind=DeadlineKind.RESPONSE, quantity=1, text="Más.", by=actor(cast.otilia))
    case.refresh_from_db()
    assert case.deadlines.get(kind=DeadlineKind.RESPONSE).extended_by == 0


def test_the_person_reads_the_new_date_of_the_clock_that_grew(cast: Cast) -> None:
    case = cast.file()
    actions.extend_term(case, kind=DeadlineKind.TARGET, quantity=5, text="Falta material.", by=actor(cast.olga))
    said = Message.objects.get(about=case.chain, kind="case_extended").body
    assert "Falta material." in said
    assert "jueves 10 de diciembre" in said, "ten working days, without the holiday of 1 December"


def test_a_term_that_was_met_is_not_extended(cast: Cast) -> None:
    under("ES")
    case = actions.reply(application(cast), text="Concedido.", answers=True, by=actor(cast.otilia))
    with pytest.raises(NotAllowed):
        actions.extend_term(case, kind=DeadlineKind.RESPONSE, quantity=1, text="Más.", by=actor(cast.otilia))


# Urgency --------------------------------------------------------------------------------------------------------------


def test_urgency_halves_the_charter_date_and_not_a_term_whose_law_knows_no_urgency(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    cast.complaint.target_quantity, cast.complaint.target_unit = 20, "working_day"
    cast.complaint.save()
    case = petition(cast)
    urgent = actions.mark_urgent(case, urgent=True, by=actor(cast.otilia))
    assert urgent.target_due_at < case.target_due_at
    assert urgent.response_due_at == case.response_due_at


def test_urgency_halves_a_term_whose_law_knows_it(cast: Cast) -> None:
    under("ES")
    case = application(cast)
    assert actions.mark_urgent(case, urgent=True, by=actor(cast.otilia)).response_due_at < case.response_due_at


def test_what_is_no_longer_urgent_has_its_whole_terms_again(cast: Cast) -> None:
    case = cast.file()
    actions.mark_urgent(case, urgent=True, by=actor(cast.olga))
    after = actions.mark_urgent(case, urgent=False, by=actor(cast.olga))
    assert (after.target_due_at, after.order_at) == (case.target_due_at, case.order_at)


def test_marking_twice_is_told_once(cast: Cast) -> None:
    case = cast.file()
    for _time in range(2):
        actions.mark_urgent(case, urgent=True, by=actor(cast.olga))
    assert case.events.filter(kind=EventKind.URGENT).count() == 1


def test_urgency_does_not_make_late_what_was_answered_in_time(cast: Cast) -> None:
    under("ES")
    case = actions.reply(application(cast), text="Concedido.", answers=True, by=actor(cast.otilia))
    actions.mark_urgent(case, urgent=True, by=actor(cast.otilia))
    deadline = case.deadlines.get(kind=DeadlineKind.RESPONSE)
    assert deadline.due_at == case.response_due_at
