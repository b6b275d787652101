"""Who has a case and what they do with it: each action, what it changes, what it writes down, who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.cast import Cast, actor, place
from tests.pictures import jpeg
from ventanilla.audit.models import TrailEntry
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, EventKind, Visibility, WorkKind, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.cases.permissions import can_work
from ventanilla.catalog import published
from ventanilla.catalog.models import RoutingRule
from ventanilla.files import actions as files
from ventanilla.forms import actions as forms
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.notifications.models import Message


def last(case: Case) -> tuple[str, str]:
    event = case.events.latest("seq")
    return event.kind, event.visibility


def told(case: Case) -> list[str]:
    """What was said to the person since it was filed."""
    kinds = Message.objects.speaking_of(case.chain).exclude(kind="case_filed")
    return list(kinds.values_list("kind", flat=True))


def person(cast: Cast) -> Actor:
    return Actor(f"person:{cast.rosa.uuid}", cast.rosa.name)


def taken(cast: Cast) -> Case:
    return actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))


# Taking and letting go ------------------------------------------------------------------------------------------------


def test_whoever_takes_it_has_it_and_the_person_knows(cast: Cast) -> None:
    case = taken(cast)
    assert (case.assignee, case.state) == (cast.olga, CaseState.IN_PROGRESS)
    assert last(case) == (EventKind.TAKEN, Visibility.PUBLIC)
    assert told(case) == ["case_taken"]


def test_taking_one_s_own_again_says_nothing(cast: Cast) -> None:
    case = taken(cast)
    actions.take_case(case, user=cast.olga, by=actor(cast.olga))
    assert case.events.filter(kind=EventKind.TAKEN).count() == 1


def test_a_colleague_may_take_it_over(cast: Cast) -> None:
    assert actions.take_case(taken(cast), user=cast.carlos, by=actor(cast.carlos)).assignee == cast.carlos


def test_let_go_at_once_it_is_as_if_nobody_had_taken_it(cast: Cast) -> None:
    case = actions.release_case(taken(cast), by=actor(cast.olga))
    assert (case.assignee, case.state, case.taken_at) == (None, CaseState.RECEIVED, None)
    assert last(case) == (EventKind.RELEASED, Visibility.STAFF)


def test_let_go_after_something_was_done_it_stays_under_way(cast: Cast) -> None:
    case = actions.reply(taken(cast), text="Vamos mañana.", by=actor(cast.olga))
    assert actions.release_case(case, by=actor(cast.olga)).state == CaseState.IN_PROGRESS


def test_what_nobody_has_is_not_let_go(cast: Cast) -> None:
    with pytest.raises(actions.Refused):
        actions.release_case(cast.file(), by=actor(cast.olga))


def test_assigned_to_somebody_it_is_theirs_and_the_person_is_not_written_to(cast: Cast) -> None:
    case = actions.assign_case(cast.file(), user=cast.carlos, by=actor(cast.olga))
    assert (case.assignee, case.state) == (cast.carlos, CaseState.IN_PROGRESS)
    assert last(case) == (EventKind.ASSIGNED, Visibility.STAFF)
    assert told(case) == []


def test_assigned_to_a_team_the_team_has_it(cast: Cast) -> None:
    assert actions.assign_case(cast.file(), user=None, team=cast.crew_team, by=actor(cast.olga)).team == cast.crew_team


def test_assigned_to_nobody_it_waits_to_be_taken(cast: Cast) -> None:
    assert actions.assign_case(taken(cast), user=None, by=actor(cast.olga)).assignee is None


# Passing on -----------------------------------------------------------------------------------------------------------


def test_passed_on_it_is_of_the_other_department_and_of_nobody_in_it(cast: Cast) -> None:
    case = actions.route_case(taken(cast), department=cast.streets, reason="Es la acera.", by=actor(cast.olga))
    assert (case.department, case.team, case.assignee) == (cast.streets, None, None)
    assert told(case) == ["case_taken", "case_routed"]


def test_passed_on_its_clocks_run_as_they_did(cast: Cast) -> None:
    case = taken(cast)
    routed = actions.route_case(case, department=cast.streets, reason="Es la acera.", by=actor(cast.olga))
    assert (routed.target_due_at, routed.due_at) == (case.target_due_at, case.due_at)


def test_everybody_reads_where_it_went_and_why(cast: Cast) -> None:
    case = actions.route_case(cast.file(), department=cast.streets, reason="Es la acera.", by=actor(cast.olga))
    event = case.events.latest("seq")
    assert (event.visibility, event.text) == (Visibility.PUBLIC, "Es la acera.")
    assert (event.data["from"], event.data["to"]) == ("Alumbrado público", "Obras y calles")


def test_it_is_not_passed_on_to_where_it_is(cast: Cast) -> None:
    with pytest.raises(actions.Refused):
        actions.route_case(cast.file(), department=cast.lighting, reason="Aquí.", by=actor(cast.olga))


def test_a_case_that_begins_says_which_rule_sent_it_there(cast: Cast) -> None:
    rule = {"name": "Lo que se llama", "condition": 'channel == "phone"', "department": cast.streets}
    RoutingRule.objects.create(order=1, **rule)
    published.forget()
    case = cast.file(channel="phone")
    assert (case.department, case.routing) == (cast.streets, "1: Lo que se llama")
    assert case.events.get().data["routing"] == "1: Lo que se llama"


# Talking --------------------------------------------------------------------------------------------------------------


def test_a_reply_reaches_the_person_and_leaves_the_term_as_it_is(cast: Cast) -> None:
    case = actions.reply(taken(cast), text="Vamos mañana.", by=actor(cast.olga))
    assert last(case) == (EventKind.REPLIED, Visibility.PERSON)
    assert told(case) == ["case_taken", "case_reply"]
    assert case.answered_at is None


def test_a_reply_said_to_be_the_answer_meets_the_term_to_answer(cast: Cast) -> None:
    case = actions.reply(cast.file(), text="No se puede.", answers=True, by=actor(cast.olga))
    assert case.answered_at is not None


def test_answered_is_not_mended(cast: Cast) -> None:
    case = actions.reply(cast.file(), text="Será el martes.", answers=True, by=actor(cast.olga))
    assert case.is_open
    assert case.due_at == case.target_due_at is not None
    assert case.deadlines.get(kind="target").met_at is None


def test_a_reply_clears_that_the_person_waits_for_one(cast: Cast) -> None:
    case = actions.person_replies(taken(cast), text="¿Y?", by=person(cast))
    assert case.person_replied_at is not None
    assert actions.reply(case, text="Mañana.", by=actor(cast.olga)).person_replied_at is None


def test_a_note_is_the_desk_s_alone(cast: Cast) -> None:
    case = actions.note(taken(cast), text="Llevar escalera.", by=actor(cast.olga))
    assert last(case) == (EventKind.NOTED, Visibility.STAFF)
    assert told(case) == ["case_taken"]


def test_what_the_person_adds_to_a_case_that_ended_doesn_t_open_it(cast: Cast) -> None:
    case = actions.resolve_case(taken(cast), text="Listo.", by=actor(cast.olga))
    case = actions.person_replies(case, text="Gracias.", by=person(cast))
    assert not case.is_open
    assert case.person_replied_at is None


def test_a_closed_case_asks_nothing_of_the_person(cast: Cast) -> None:
    case = actions.resolve_case(taken(cast), text="Listo.", by=actor(cast.olga))
    with pytest.raises(actions.Refused):
        actions.ask_person(case, text="¿Dónde?", by=actor(cast.olga))


def test_who_asks_how_it_goes_is_written_down_for_the_desk(cast: Cast) -> None:
    case = actions.log_contact(cast.file(), channel="phone", text="Se le leyó.", by=actor(cast.fede))
    assert last(case) == (EventKind.CONTACTED, Visibility.STAFF)


# Evidence and place ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("visibility", list(Visibility))
def test_evidence_is_seen_by_who_it_is_meant_for(cast: Cast, visibility: Visibility) -> None:
    case = cast.file()
    staged = files.receive(SimpleUploadedFile("poste.jpg", jpeg()))
    with transaction.atomic():
        kept = files.keep(staged, by="user:olga")
    actions.attach(case, files=[(kept, "poste.jpg")], visibility=visibility, by=actor(cast.olga))
    assert case.attachments.get().visibility == visibility
    assert TrailEntry.objects.filter(chain=case.chain).latest("seq").data["files"] == [kept.sha256]


def test_a_place_is_corrected_beside_what_was_said(cast: Cast) -> None:
    case = cast.file()
    case = actions.correct_place(case, place=place(lon=-84.102, label="Detrás de la iglesia"), by=actor(cast.olga))
    assert case.place["label"] == "Frente a la iglesia"
    assert case.corrected_place["label"] == "Detrás de la iglesia"
    assert (case.lon, case.place_label) == (-84.102, "Detrás de la iglesia")
    assert told(case) == ["place_corrected"]


def test_a_place_outside_the_municipality_is_refused_and_nothing_changes(cast: Cast) -> None:
    case = cast.file()
    with pytest.raises(actions.OutsideMunicipality):
        actions.correct_place(case, place=place(lon=-80.0), by=actor(cast.olga))
    case.refresh_from_db()
    assert (case.lon, case.corrected_place) == (-84.1, None)


def test_what_was_missing_is_filled_in_and_the_work_of_it_is_done(cast: Cast) -> None:
    case = cast.file(answers={}, missing=["how_many"])
    assert case.is_incomplete
    case = actions.complete_data(case, answers={"how_many": "one"}, missing=(), by=actor(cast.fede))
    assert (case.is_incomplete, case.answers) == (False, {"how_many": "one"})
    assert WorkItem.objects.get(case=case, kind=WorkKind.COMPLETE).state == WorkState.DONE


# Steps of the process -------------------------------------------------------------------------------------------------


def step(case: Case, node: str) -> WorkItem:
    return WorkItem.objects.get(case=case, node=node, state=WorkState.OPEN)


def do(case: Case, node: str, cast: Cast, **answers: str) -> Case:
    return actions.complete_work(step(case, node), answers=answers, user=cast.olga, by=actor(cast.olga))


def test_a_step_done_opens_what_comes_next(cast: Cast) -> None:
    case = do(taken(cast), "check_facts", cast, facts="real")
    assert step(case, "plan_work").role == "service_manager"


def test_a_step_is_done_once(cast: Cast) -> None:
    case = taken(cast)
    item = step(case, "check_facts")
    do(case, "check_facts", cast, facts="real")
    with pytest.raises(actions.Refused):
        actions.complete_work(item, answers={"facts": "real"}, user=cast.carlos, by=actor(cast.carlos))


def test_the_answers_of_a_step_are_read_by_the_form_as_it_was(cast: Cast) -> None:
    schema = {"type": "object", "properties": {"facts": {"type": "string"}}}
    layout = {"questions": [{"field": "facts", "question": "¿Hay algo que arreglar?"}]}
    forms.publish(key="check_facts", schema=schema, layout=layout, by="system")
    case = do(taken(cast), "check_facts", cast, facts="real")
    item = WorkItem.objects.get(case=case, node="check_facts")
    assert (item.form_version, item.answers) == (1, {"facts": "real"})
    assert case.events.get(kind=EventKind.STEP_DONE).data["item"] == str(item.uuid)


def test_what_waits_for_money_is_answered_and_stays_open(cast: Cast) -> None:
    case = do(taken(cast), "check_facts", cast, facts="real")
    case = do(case, "plan_work", cast, plan="no_budget")
    assert (case.state, case.is_open) == (CaseState.SCHEDULED, True)
    assert case.answered_at is not None
    assert case.events.latest("seq").data == {"without_budget": True}


def test_with_the_money_there_it_is_under_way_again(cast: Cast) -> None:
    case = do(taken(cast), "check_facts", cast, facts="real")
    case = do(case, "plan_work", cast, plan="no_budget")
    case = do(case, "await_budget", cast)
    assert case.state == CaseState.IN_PROGRESS
    assert step(case, "plan_work")


def test_the_end_of_the_process_ends_the_case(cast: Cast) -> None:
    case = do(taken(cast), "check_facts", cast, facts="unfounded")
    case = do(case, "explain_closing", cast, text="No hay ningún poste ahí.")
    assert (case.state, case.outcome) == (CaseState.REFUSED, "No hay ningún poste ahí.")


def test_work_is_done_by_who_has_its_role_or_hands_work_out(cast: Cast) -> None:
    item = step(taken(cast), "check_facts")
    assert item.role in ("front_desk", "service_manager", "crew")
    may = {name for name, user in cast.users.items() if can_work(user, WorkItem.objects.get(pk=item.pk))}
    assert {"olga", "carlos", "coro"} <= may
    assert may.isdisjoint({"otilia", "vera", "admin"})


def test_time_is_what_the_clock_of_the_house_says(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=3)) as _:
        case = cast.file()
        moment = clock.now()
    assert case.filed_at == moment
