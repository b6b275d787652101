"""A person reports a broken street light, a team resolves it, and the person has followed every step."""

from __future__ import annotations

from tests.cast import Cast, actor
from ventanilla.audit.models import ChainHead, TrailEntry
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, EventKind, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.lib.actors import Actor
from ventanilla.notifications.models import Message


def _work(case: Case, node: str) -> WorkItem:
    return WorkItem.objects.get(case=case, node=node, state=WorkState.OPEN)


def test_a_street_light_is_reported_worked_and_resolved(cast: Cast) -> None:
    case = cast.file()

    assert case.reference
    assert case.state == CaseState.RECEIVED
    assert case.department == cast.lighting
    assert case.neighborhood is not None
    assert case.neighborhood.name == "San Isidro"
    assert case.target_due_at is not None
    assert case.response_due_at is None
    assert ChainHead.objects.get(chain=case.chain).count == TrailEntry.objects.filter(chain=case.chain).count() == 1
    assert Message.objects.filter(about=case.chain, kind="case_filed").count() == 1

    case = actions.take_case(case, user=cast.olga, by=actor(cast.olga))
    assert case.state == CaseState.IN_PROGRESS

    outline = [
        ("check_facts", {"facts": "real"}),
        ("plan_work", {"plan": "ready"}),
        ("act", {}),
        ("verify_work", {"work": "mended"}),
        ("tell", {}),
    ]
    for node, answers in outline[:-1]:
        actions.complete_work(_work(case, node), answers=answers, user=cast.olga, by=actor(cast.olga))
    last = _work(case, "tell")
    case = actions.complete_work(last, answers={"text": "Cambiamos el bombillo."}, user=cast.olga, by=actor(cast.olga))

    assert case.state == CaseState.RESOLVED
    assert case.outcome == "Cambiamos el bombillo."
    kinds = list(case.events.order_by("seq").values_list("kind", flat=True))
    assert kinds[0] == EventKind.FILED
    assert kinds[-1] == EventKind.RESOLVED
    assert Message.objects.filter(about=case.chain, kind="case_resolved").count() == 1


def test_a_person_answers_what_was_asked_and_reopens_what_was_not_mended(cast: Cast) -> None:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    person = Actor(f"person:{cast.rosa.uuid}", cast.rosa.name)

    case = actions.ask_person(case, text="¿Qué número tiene el poste?", by=actor(cast.olga))
    assert case.state == CaseState.WAITING_PERSON
    assert case.paused_at is not None
    case = actions.person_replies(case, text="El 1127", by=person)
    assert case.state == CaseState.IN_PROGRESS
    assert case.paused_at is None

    case = actions.resolve_case(case, text="Listo", by=actor(cast.olga))
    assert case.closed_at is not None
    actions.answer_survey(case, mark=1, comment="Sigue apagado", by=person)
    case = actions.reopen_case(case, text="Sigue apagado", by=person)
    assert case.is_open
    assert WorkItem.objects.filter(case=case, state=WorkState.OPEN, node="check_facts").count() == 1
