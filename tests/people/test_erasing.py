"""An order to erase a person: refused where it would keep who they are, carried out once, and seen by nobody after."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.cast import Cast, actor, place
from ventanilla.audit import actions as audit
from ventanilla.audit.models import TrailEntry
from ventanilla.cases import actions, mentions
from ventanilla.cases.actions import drafts
from ventanilla.cases.enums import Identity, WorkState
from ventanilla.cases.models import Case, Draft, Event
from ventanilla.lib.actors import Actor
from ventanilla.notifications.models import Message
from ventanilla.people import actions as people
from ventanilla.people import rules
from ventanilla.people.actions import erasing
from ventanilla.people.enums import ContactKind, ErasureReason
from ventanilla.people.models import ContactPoint, Person
from ventanilla.people.registry import Order
from ventanilla.workflow import running
from ventanilla.workflow.models import ProcessInstance

ORDER = Order("2026-000045", "Agencia de Protección de Datos", ErasureReason.DATA_PROTECTION)
ROSA = {
    "names": ["Rosa Benítez Arias"],
    "addresses": ["+50688881234", "rosa@correo.example"],
    "documents": ["10234567"],
}


@pytest.mark.parametrize(
    "said",
    [
        "Orden de ROSA",
        "sobre benitez",
        "tel. 8888-1234",
        "a rosa@correo.example",
        "céd. 1-023-4567",
        "Arias, expediente",
    ],
)
def test_words_that_tell_who_are_known_however_written(said: str) -> None:
    assert rules.tells_who(said, **ROSA)


@pytest.mark.parametrize("said", ["2026-000045", "Agencia de Protección de Datos", "Juzgado 3.º", "rosado", "8888"])
def test_words_of_an_order_tell_nobody(said: str) -> None:
    assert not rules.tells_who(said, **ROSA)


def erase(cast: Cast, order: Order = ORDER) -> None:
    assert cast.rosa is not None
    erasing.erase_person(person=cast.rosa, order=order, by=actor(cast.admin))


def test_an_order_that_names_the_person_is_refused_and_nothing_is_erased(cast: Cast) -> None:
    with pytest.raises(erasing.TellsWho):
        erase(cast, Order("2026-45", "Doña Rosa", ErasureReason.REQUESTED))
    assert Person.objects.filter(erased_at=None).count() == 1
    assert ContactPoint.objects.count() == 2


def test_the_record_is_empty_and_found_no_more(cast: Cast) -> None:
    erase(cast)
    rosa = Person.objects.get()
    assert (rosa.given_names, rosa.folded, rosa.contacts.count()) == ("", "", 0)
    assert rosa.name == "Datos borrados por orden"
    assert people.proven_person(ContactKind.EMAIL, "rosa.benitez@correo.example") is None


def test_it_is_done_once(cast: Cast) -> None:
    erase(cast)
    with pytest.raises(erasing.AlreadyErased):
        erase(cast)
    assert TrailEntry.objects.filter(verb="data.erased").count() == 1


def test_records_joined_to_theirs_are_erased_too(cast: Cast) -> None:
    other = people.register_person(by="test", name="Rosita Benítez", contacts=[(ContactKind.PHONE, "+50670001122")])
    Person.objects.filter(pk=other.pk).update(canonical=cast.rosa)
    erase(cast)
    assert not ContactPoint.objects.exists()
    assert Person.objects.filter(erased_at=None).count() == 0


def test_an_open_case_goes_on_without_who_filed_it(cast: Cast) -> None:
    case = cast.file()
    erase(cast)
    case.refresh_from_db()
    assert case.is_open
    assert (case.applicant, case.description, case.answers) == (None, "", {})
    assert case.lon is not None
    assert case.place is not None
    assert case.place.get("as_said", "") == ""
    case = actions.take_case(case, user=cast.olga, by=actor(cast.olga))
    actions.resolve_case(case, text="Quedó.", by=actor(cast.olga))
    assert audit.verify_all().is_clean
    assert not Message.objects.filter(about=case.chain).exclude(state="erased").exists()


def test_a_place_that_is_not_public_goes_too(cast: Cast) -> None:
    case = cast.file(procedure=cast.breach)
    erase(cast)
    case.refresh_from_db()
    assert (case.lon, case.lat, case.place, case.place_label, case.cell_9) == (None, None, None, "", None)
    assert case.neighborhood is not None


def test_who_the_matter_is_about_is_erased_from_the_case_of_another(cast: Cast) -> None:
    other = people.register_person(by="test", name="Ana Mora")
    case = cast.file(applicant=other, affected=cast.rosa, description="A mi madre Rosa Benítez")
    erase(cast)
    case.refresh_from_db()
    assert (case.affected, case.description) == (None, "")


def test_the_reports_of_others_are_left_and_followed_no_more(cast: Cast) -> None:
    other = people.register_person(by="test", name="Ana Mora")
    case = cast.file(applicant=other)
    actions.follow(case, person=cast.rosa, by=Actor(f"person:{cast.rosa.uuid}", cast.rosa.name))  # type: ignore[union-attr, arg-type]
    erase(cast)
    case.refresh_from_db()
    assert (case.follower_count, case.applicant, case.description != "") == (0, other, True)
    assert not Event.objects.filter(by_label__contains="Rosa", by=f"person:{cast.rosa.uuid}").exists()  # type: ignore[union-attr]


def test_a_report_half_done_goes_with_its_photo_and_another_persons_stays(cast: Cast) -> None:
    drafts.start_draft({"contact": ["email", "rosa.benitez@correo.example"]})
    drafts.start_draft({"contact": ["email", "otra@correo.example"]})
    erase(cast)
    assert [draft.data["contact"][1] for draft in Draft.objects.all()] == ["otra@correo.example"]


def test_her_session_ends_and_a_strangers_goes_on(cast: Cast) -> None:
    hers, strangers = Client(), Client()
    for client, uuid in ((hers, str(cast.rosa.uuid)), (strangers, "")):  # type: ignore[union-attr]
        session = client.session
        session["person"], session["more"] = uuid, "x"
        session.save()
    erase(cast)
    assert not hers.session.get("more")
    assert strangers.session.get("more") == "x"


def test_the_process_keeps_what_decides_its_ways_and_no_other_word(cast: Cast) -> None:
    case = cast.file()
    process = running.process_of  # what follows reads the stored state alone
    assert process
    instance = ProcessInstance.objects.get(subject=case.chain)
    said = json.loads(bytes(instance.state or b""))
    said[2] |= {"facts": "duplicate", "text": "Lo dijo Rosa", "urgent": True}
    ProcessInstance.objects.filter(pk=instance.pk).update(state=json.dumps(said).encode())
    actions.erase_case(case, order=ORDER, by=actor(cast.admin))
    instance.refresh_from_db()
    kept = json.loads(bytes(instance.state or b""))[2]
    assert (kept["facts"], kept["text"], kept["urgent"]) == ("duplicate", "", True)


def test_a_case_alone_can_be_erased_and_erased_again(cast: Cast) -> None:
    case = cast.file(applicant=None, identity=Identity.ANONYMOUS, description="Mi vecina Rosa Benítez hace ruido")
    actions.erase_case(case, order=ORDER, by=actor(cast.admin))
    actions.note(case, text="Lo volvió a decir: Rosa", by=actor(cast.olga))
    actions.erase_case(case, order=ORDER, by=actor(cast.admin))
    assert Event.objects.filter(case=case).exclude(text="").count() == 0
    assert audit.verify_all().is_clean
    assert Person.objects.filter(erased_at=None).count() == 1


def test_what_is_said_after_the_erasure_is_held_to_the_trail_as_ever(cast: Cast) -> None:
    case = cast.file()
    actions.erase_case(case, order=ORDER, by=actor(cast.admin))
    actions.note(case, text="Sigue apagada.", by=actor(cast.olga))
    assert audit.verify_all().is_clean
    Event.objects.filter(case=case, kind="noted").update(text="", salt="")
    assert [str(problem) for problem in audit.verify_all().problems] != []


def test_words_put_back_after_the_erasure_are_found(cast: Cast) -> None:
    case = cast.file()
    words, salt = case.description, case.salt
    actions.erase_case(case, order=ORDER, by=actor(cast.admin))
    Case.objects.filter(pk=case.pk).update(description=words, salt=salt)
    assert not audit.verify_all().is_clean


def test_a_call_that_was_owed_to_them_is_owed_no_more(cast: Cast) -> None:
    case = cast.file()
    case.work_items.create(kind="call", name="Llamar", script="Buenas, Rosa", opened_at=case.filed_at)
    erase(cast)
    call = case.work_items.get(kind="call")
    assert (call.script, call.answers, call.state) == ("", {}, WorkState.CANCELLED)


def test_cases_of_others_that_name_them_are_shown_to_whoever_decides(cast: Cast) -> None:
    other = people.register_person(by="test", name="Ana Mora")
    by_phone = cast.file(applicant=other, place=place(), description="Avisen al 8888-1234, es la dueña")
    by_name = cast.file(applicant=other, place=place(), description="Lo vio Rosa Benítez Arias")
    cast.file(applicant=other, place=place(), description="Nada que ver")
    own = cast.file()
    found = mentions.naming(erasing.subject_of(cast.rosa))  # type: ignore[arg-type]
    assert {case.pk for case in found} == {by_phone.pk, by_name.pk}
    assert own.pk not in {case.pk for case in found}
