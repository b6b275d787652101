"""Attending at the counter and on the telephone, from the server's side."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.cast import standing as cast
from tests.desk.attending import ATTEND, MAY, MAY_NOT, client_of, name_places, widen
from ventanilla.audit.models import AccessRecord
from ventanilla.cases.enums import CaseState, Channel, Identity, Visibility, WorkKind
from ventanilla.cases.models import Case, Follower, WorkItem
from ventanilla.config.readonly import reading_only
from ventanilla.notifications.models import Message
from ventanilla.people.models import Person

__all__ = ["cast"]

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def town(cast: Cast) -> Cast:
    widen(cast)
    name_places()
    cast_forget()
    return cast


def cast_forget() -> None:
    from tests.cast import forget_everything

    forget_everything()


def said(**changes: Any) -> dict[str, Any]:
    told = {
        "channel": "phone", "identity": "identified", "description": "Hay mucha basura y ratas", "kind": "rubbish",
        "said": "la estacion y los tilos", "spot": "Calle La Estación y Calle Los Tilos",
        "q-amount": "cart", "q-dangerous": "true", "key": "k1",
    }  # fmt: skip
    return {**told, **changes}


def file(client: Client, **changes: Any) -> Any:
    return client.post(ATTEND, said(**changes), headers=HTMX)


@pytest.fixture
def fede(town: Cast) -> Client:
    return client_of(town.fede)


def test_a_matter_is_filed_with_everything_that_was_said(town: Cast, fede: Client) -> None:
    answer = file(fede, person=str(town.rosa.uuid), mood="Está muy molesta", hint="Al lado del kiosco")
    assert answer.status_code == 200, answer.content.decode()
    case = Case.objects.get()
    assert (case.procedure.key, case.applicant, case.identity) == ("rubbish", town.rosa, Identity.IDENTIFIED)
    assert (case.channel, case.filed_by, case.mood) == (Channel.PHONE, town.fede, "Está muy molesta")
    assert case.answers == {"amount": "cart", "dangerous": True}
    assert not case.is_incomplete
    assert case.place["as_said"] == "la estacion y los tilos"
    assert case.place["parts"]["hint"] == "Al lado del kiosco"
    assert case.place_label == "Calle La Estación y Calle Los Tilos"
    page = answer.content.decode()
    assert case.reference in page
    assert f"{case.follow_code[:4]}-{case.follow_code[4:]}" in page
    assert "rosa.benitez@correo.example" not in page


def test_how_the_person_is_stays_at_the_desk(town: Cast, fede: Client) -> None:
    file(fede, person=str(town.rosa.uuid), mood="Llora de rabia")
    case = Case.objects.get()
    told = [f"{e.text}{e.data}" for e in case.events.exclude(visibility=Visibility.STAFF)]
    assert told
    assert not any("rabia" in each for each in told)
    assert not any("rabia" in each.body for each in Message.objects.all())


def test_what_is_missing_becomes_work_and_blocks_nothing(town: Cast, fede: Client) -> None:
    answer = fede.post(ATTEND, {"channel": "phone", "description": "hay basura"}, headers=HTMX)
    assert answer.status_code == 200
    case = Case.objects.get()
    assert case.is_incomplete
    assert case.identity == Identity.ANONYMOUS
    item = WorkItem.objects.get(case=case, kind=WorkKind.COMPLETE)
    assert item.answers == {"missing": ["amount", "dangerous", "place"]}
    page = answer.content.decode()
    assert "¿Cuánta basura hay, más o menos?" in page
    assert "El lugar" in page


def test_the_type_is_heard_from_the_words(town: Cast, fede: Client) -> None:
    for words, key in [
        ("se quemó el foco de la esquina", "bombillo-quemado"),
        ("que hay un basurero con ratas", "rubbish"),
    ]:
        page = fede.post(f"{ATTEND}tipos/", {"description": words}).content.decode()
        assert re.findall(r'data-value="([a-z-]+)"', page)[0] == key
    assert "data-value" not in fede.post(f"{ATTEND}tipos/", {"description": ""}).content.decode()
    assert (
        'data-value="slope"'
        in fede.post(f"{ATTEND}tipos/", {"description": "basura", "kind_words": "derrumbe"}).content.decode()
    )


def test_without_any_matter_nothing_is_filed_and_the_page_says_why(town: Cast, fede: Client) -> None:
    answer = fede.post(ATTEND, {"channel": "phone", "description": "xyz"}, headers=HTMX)
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#problemas"
    assert "Diga de qué se trata" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"description": "a" * 4001}, "Son 4001 letras y caben 4000"),
        ({"name": "Ana", "contact": "12"}, "teléfono"),
        ({"affected_who": "mala@@correo"}, "correo"),
        ({"said": "a" * 201}, "200"),
        ({"channel": "paloma"}, "paloma"),
        ({"person": "no-es"}, "UUID"),
        ({"q-amount": "mountain"}, "Elija una de las respuestas"),
    ],
)
def test_bad_input_says_what_is_wrong_and_registers_nobody(
    town: Cast, fede: Client, wrong: dict[str, str], words: str
) -> None:
    before = Person.objects.count()
    answer = file(fede, **wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Case.objects.exists()
    assert Person.objects.count() == before


def test_sent_twice_it_is_filed_once_and_nobody_is_registered_twice(town: Cast, fede: Client) -> None:
    first = file(fede, name="Ana Soto Mora")
    second = file(fede, name="Ana Soto Mora")
    assert first.content == second.content
    assert Case.objects.count() == 1
    assert Person.objects.filter(given_names="Ana").count() == 1
    file(client_of(town.olga), name="Ana Soto Mora")
    assert Case.objects.count() == 2


def test_several_matters_of_one_caller_are_several_cases_of_one_person(town: Cast, fede: Client) -> None:
    for number in range(3):
        assert file(fede, key=f"k{number}", name="Ana Soto Mora", contact="8777 0000").status_code == 200
    assert Case.objects.count() == 3
    assert Case.objects.values("applicant").distinct().count() == 1


def test_who_is_typed_and_not_picked_is_not_lost(town: Cast, fede: Client) -> None:
    file(fede, key="a", who="8777 0000")
    assert list(Case.objects.get().applicant.contacts.values_list("value", flat=True)) == ["+50687770000"]
    file(fede, key="b", who="Ana Soto")
    assert Case.objects.latest("pk").applicant.name == "Ana Soto"
    file(fede, key="c", who="1-0234-0567")
    assert Case.objects.latest("pk").applicant.documents.get().number == "102340567"


def test_whoever_won_t_say_their_name_is_nobody(town: Cast, fede: Client) -> None:
    before = Person.objects.count()
    file(fede, identity="anonymous", who="8777 0000", name="Ana", person=str(town.rosa.uuid))
    case = Case.objects.get()
    assert (case.applicant, case.identity) == (None, Identity.ANONYMOUS)
    assert Person.objects.count() == before


def test_a_reserved_identity_is_kept_and_not_among_the_person_s_last_cases(town: Cast, fede: Client) -> None:
    file(fede, identity="confidential", person=str(town.rosa.uuid))
    assert Case.objects.get().identity == Identity.CONFIDENTIAL
    page = fede.get(f"{ATTEND}persona/{town.rosa.uuid}/").content.decode()
    assert "Basura en la calle" not in page


def test_who_reports_and_to_whom_it_happens_may_be_two(town: Cast, fede: Client) -> None:
    file(fede, person=str(town.rosa.uuid), affected_who="Don Tomás Benítez Arias")
    case = Case.objects.get()
    assert case.applicant == town.rosa
    assert case.affected.name == "Don Tomás Benítez Arias"
    file(fede, key="k2", name="Ana", affected=str(town.rosa.uuid), affected_who="Rosa Benítez Arias")
    assert Case.objects.latest("pk").affected == town.rosa


def test_a_document_is_asked_for_only_where_the_type_needs_it(town: Cast, fede: Client) -> None:
    file(fede, key="a", person=str(town.rosa.uuid), kind="licence")
    case = Case.objects.latest("pk")
    assert WorkItem.objects.get(case=case, kind=WorkKind.COMPLETE).answers == {"missing": ["document"]}
    file(fede, key="b", person=str(town.rosa.uuid), kind="licence", document="1-0234-0567")
    assert not Case.objects.latest("pk").is_incomplete
    kinds = fede.post(f"{ATTEND}tipos/", {"kind_words": "patente"}).content.decode()
    assert kinds.count("data-needs-document") == 1


def test_an_emergency_shows_whom_to_call_and_is_kept_as_told(town: Cast, fede: Client) -> None:
    page = fede.get(f"{ATTEND}guion/fire/").content.decode()
    assert "911" in page
    assert "Aléjese y no intente apagarlo." in page
    answer = file(fede, kind="fire", description="se quema el lote")
    case = Case.objects.get()
    assert (case.procedure.key, case.state) == ("inquiry", CaseState.RESOLVED)
    assert "911" in case.outcome
    assert "se quema el lote" in case.description
    assert case.reference in answer.content.decode()


def test_a_technical_matter_shows_who_takes_it_and_logs_the_contact(town: Cast, fede: Client) -> None:
    town.streets.phone = "2222-1111"
    town.streets.save()
    cast_forget()
    assert "2222-1111" in fede.get(f"{ATTEND}guion/slope/").content.decode()
    file(fede, kind="slope", person=str(town.rosa.uuid))
    case = Case.objects.get()
    assert case.applicant == town.rosa
    assert not case.is_open
    assert "2222-1111" in case.outcome
    assert not Message.objects.exists()


def test_it_was_only_a_question(town: Cast, fede: Client) -> None:
    answer = file(fede, kind="", said="", description="A qué hora abren", consulta="1", person=str(town.rosa.uuid))
    assert answer.status_code == 200
    case = Case.objects.get()
    assert (case.kind, case.state, case.applicant) == ("inquiry", CaseState.RESOLVED, town.rosa)
    assert not Message.objects.exists()
    assert not WorkItem.objects.filter(state="open").exists()
    file(fede, kind="", said="", description="A qué hora abren", consulta="1", person=str(town.rosa.uuid))
    assert Case.objects.count() == 1
    assert file(fede, key="z", kind="", said="", description="", consulta="1").status_code == 422


def test_without_a_type_for_questions_the_page_says_so(cast: Cast) -> None:
    fede = client_of(cast.fede)
    assert 'name="consulta"' not in fede.get(ATTEND).content.decode()
    answer = fede.post(ATTEND, {"channel": "phone", "description": "hola", "consulta": "1"}, headers=HTMX)
    assert answer.status_code == 422
    assert "tipo de consulta" in answer.content.decode()


def test_outside_the_municipality_it_says_whom_to_turn_to(town: Cast, fede: Client) -> None:
    from ventanilla.places.actions.storing import store_landmarks
    from ventanilla.places.rows import LandmarkRow

    store_landmarks(rows=[LandmarkRow("far", "Estadio Lejano", -85.0, 10.5, "sport")], by="system")
    cast_forget()
    answer = file(fede, said="estadio lejano", spot="Estadio Lejano", name="Ana")
    assert answer.status_code == 422
    assert "Llame a la municipalidad vecina." in answer.content.decode()
    assert not Case.objects.exists()
    assert not Person.objects.filter(given_names="Ana").exists()
    seen = fede.post(f"{ATTEND}previsto/", said(said="estadio lejano", spot="Estadio Lejano"))
    assert "Llame a la municipalidad vecina." in seen.content.decode()
    assert "Fuera del municipio" in fede.post(f"{ATTEND}lugares/", {"said": "estadio lejano"}).content.decode()


def test_a_place_nobody_knows_is_kept_as_said(town: Cast, fede: Client) -> None:
    file(fede, said="donde antes estaba el trapiche de los Mora", spot="")
    case = Case.objects.get()
    assert case.place_label == "donde antes estaba el trapiche de los Mora"
    assert case.lon is None
    assert not case.is_incomplete


def test_a_place_told_by_steps_becomes_a_point(town: Cast, fede: Client) -> None:
    page = fede.post(f"{ATTEND}lugares/", {"said": "100 m norte de la iglesia"}).content.decode()
    assert "al norte" in page
    file(fede, said="100 m norte de la iglesia", spot="")
    case = Case.objects.get()
    assert case.lat == pytest.approx(9.9309, abs=0.0002)


def test_the_same_thing_near_by_is_offered_and_joined(town: Cast, fede: Client) -> None:
    file(fede, name="Ana Soto Mora")
    first = Case.objects.get()
    seen = fede.post(f"{ATTEND}previsto/", said()).content.decode()
    join = reverse("desk:attend-join", args=[first.uuid])
    assert join in seen
    answer = fede.post(join, said(person=str(town.rosa.uuid)), headers=HTMX)
    assert answer.status_code == 200
    assert Follower.objects.get().person == town.rosa
    assert Case.objects.count() == 1
    nobody = fede.post(join, said(identity="anonymous"), headers=HTMX)
    assert nobody.status_code == 422
    assert "quién es" in nobody.content.decode()


def test_a_case_that_is_not_public_is_never_offered_nor_joined(town: Cast, fede: Client) -> None:
    hidden = town.file(procedure=town.breach, answers={})
    assert fede.post(reverse("desk:attend-join", args=[hidden.uuid]), said(name="Ana")).status_code == 404
    assert "sumar" not in fede.post(f"{ATTEND}previsto/", said(kind="construccion-sin-permiso")).content.decode()


def test_what_would_come_of_it_is_said_before(town: Cast, fede: Client) -> None:
    seen = fede.post(f"{ATTEND}previsto/", said(name="Ana")).content.decode()
    assert "Va a Obras y calles." in seen
    assert "a más tardar el" in seen
    assert "<svg" in seen
    assert fede.post(f"{ATTEND}previsto/", {}).status_code == 200
    assert not Case.objects.exists()


def test_candidates_are_masked_and_the_one_chosen_is_noted_as_looked_at(town: Cast, fede: Client) -> None:
    page = fede.post(f"{ATTEND}personas/", {"who": "88881234"}).content.decode()
    assert "Rosa Benítez Arias" in page
    assert "••• 1234" in page
    assert "88881234" not in page.replace('data-contact="88881234"', "").replace(">88881234<", "").replace(
        'data-text="88881234"', ""
    )
    assert not AccessRecord.objects.exists()
    town.file()
    card = fede.get(f"{ATTEND}persona/{town.rosa.uuid}/").content.decode()
    assert "Bombillo quemado" in card
    record = AccessRecord.objects.get()
    assert (record.about, record.by) == (f"person:{town.rosa.uuid}", f"user:{town.fede.uuid}")


def test_the_last_cases_are_only_those_one_may_see(town: Cast) -> None:
    town.file()
    card = client_of(town.otilia).get(f"{ATTEND}persona/{town.rosa.uuid}/").content.decode()
    assert "Rosa" in card
    assert "Bombillo quemado" not in card


def test_a_protected_person_does_not_exist_here(town: Cast, fede: Client) -> None:
    Person.objects.filter(pk=town.rosa.pk).update(is_protected=True)
    assert "Rosa" not in fede.post(f"{ATTEND}personas/", {"who": "rosa"}).content.decode()
    assert fede.get(f"{ATTEND}persona/{town.rosa.uuid}/").status_code == 404


FRAGMENTS = [
    ("get", "", {}),
    ("post", "", {"channel": "phone", "description": "basura"}),
    ("post", "personas/", {"who": "rosa"}),
    ("get", "persona/{rosa}/", {}),
    ("post", "tipos/", {"description": "foco"}),
    ("get", "guion/rubbish/", {}),
    ("post", "lugares/", {"said": "iglesia"}),
    ("post", "previsto/", {"channel": "phone"}),
    ("post", "sumar/{case}/", {"channel": "phone", "name": "Ana"}),
]


@pytest.mark.parametrize(("method", "path", "data"), FRAGMENTS)
@pytest.mark.parametrize("name", sorted(MAY | MAY_NOT))
def test_the_whole_cast_at_each_door(town: Cast, name: str, method: str, path: str, data: dict[str, str]) -> None:
    case = town.file()
    address = ATTEND + path.format(rosa=town.rosa.uuid, case=case.uuid)
    answer = getattr(client_of(getattr(town, name)), method)(address, data)
    assert answer.status_code == (200 if name in MAY else 403)


@pytest.mark.parametrize(("method", "path", "data"), FRAGMENTS)
def test_a_stranger_is_sent_to_sign_in(town: Cast, method: str, path: str, data: dict[str, str]) -> None:
    case = town.file()
    answer = getattr(Client(), method)(ATTEND + path.format(rosa=town.rosa.uuid, case=case.uuid), data)
    assert answer.status_code == 302
    assert Follower.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "data"), [(path, data) for _m, path, data in FRAGMENTS if path and "sumar" not in path]
)
def test_what_only_looks_changes_nothing(town: Cast, fede: Client, path: str, data: dict[str, str]) -> None:
    address = ATTEND + path.format(rosa=town.rosa.uuid)
    with reading_only():
        assert (fede.get(address) if not data else fede.post(address, data)).status_code == 200


@pytest.mark.parametrize("path", ["personas/", "tipos/", "lugares/", "previsto/"])
def test_what_was_said_never_goes_in_an_address(town: Cast, fede: Client, path: str) -> None:
    assert fede.get(ATTEND + path, {"who": "rosa"}).status_code == 405


def test_without_scripts_the_page_files_too(town: Cast, fede: Client) -> None:
    assert "Diga de qué se trata" in fede.post(ATTEND, {"channel": "phone"}).content.decode()
    page = fede.post(ATTEND, said(name="Ana")).content.decode()
    assert Case.objects.get().reference in page


def test_the_fragments_ask_few_things_of_the_database(
    town: Cast, fede: Client, django_assert_max_num_queries: Any
) -> None:
    town.file()
    fede.post(f"{ATTEND}previsto/", said())
    for path, data, most in [("personas/", {"who": "rosa"}, 11), ("tipos/", {"description": "foco"}, 3),
                             ("lugares/", {"said": "iglesia"}, 5), ("previsto/", said(), 12)]:  # fmt: skip
        with django_assert_max_num_queries(most, connection=connection):
            fede.post(ATTEND + path, data)
