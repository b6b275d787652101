"""«¿Cómo va?», from the server's side."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, actor
from tests.cast import standing as cast
from tests.desk.attending import HOW, MAY, MAY_NOT, client_of
from ventanilla.audit.models import AccessRecord
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, EventKind, Visibility
from ventanilla.cases.models import Case
from ventanilla.config.readonly import reading_only
from ventanilla.desk import telling
from ventanilla.lib import clock
from ventanilla.people.models import Person

__all__ = ["cast"]

pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def fede(cast: Cast) -> Client:
    return client_of(cast.fede)


def found(client: Client, typed: str) -> list[str]:
    page = client.post(f"{HOW}casos/", {"typed": typed}).content.decode()
    return re.findall(r"\d{4}-\d{6}-\d", page)


def told(case: Case) -> str:
    return " ".join(
        telling.sentences(Case.objects.select_related("procedure__service", "department", "assignee").get(pk=case.pk))
    )


@pytest.mark.parametrize(
    "typed", ["8888 1234", "88881234", "rosa", "benítez", "iglesia", "frente a la igl", "bombillo", "{reference}"]
)
def test_a_case_is_found_by_telephone_name_place_and_reference(cast: Cast, fede: Client, typed: str) -> None:
    case = cast.file()
    assert found(fede, typed.format(reference=case.reference)) == [case.reference]


def test_open_ones_come_first_and_never_more_than_nine(cast: Cast, fede: Client) -> None:
    cases = [cast.file() for _n in range(11)]
    actions.resolve_case(cases[10], text="Listo", by=actor(cast.olga))
    shown = found(fede, "rosa")
    assert len(shown) == 9
    assert cases[10].reference not in shown


def test_who_follows_a_case_or_is_affected_by_it_hears_of_it_too(cast: Cast, fede: Client) -> None:
    from ventanilla.people import actions as people
    from ventanilla.people.enums import ContactKind

    case = cast.file()
    eva = people.register_person(by="system", name="Eva Luna Paz", contacts=[(ContactKind.PHONE, "+50670001111")])
    assert found(fede, "70001111") == []
    actions.follow(case, person=eva, by=actor(cast.fede))
    assert found(fede, "70001111") == [case.reference]


def test_another_department_finds_nothing(cast: Cast) -> None:
    case = cast.file()
    otilia = client_of(cast.otilia)
    for typed in ("rosa", "88881234", "iglesia", case.reference):
        assert found(otilia, typed) == []
    assert otilia.get(reverse("desk:how-tell", args=[case.uuid])).status_code == 404
    assert otilia.post(reverse("desk:how-note", args=[case.uuid]), {"channel": "phone"}).status_code == 404


def test_a_reserved_identity_is_not_told(cast: Cast, fede: Client) -> None:
    case = cast.file(identity="confidential")
    assert found(fede, "rosa") == []
    assert found(fede, "88881234") == []
    page = fede.get(reverse("desk:how-tell", args=[case.uuid])).content.decode()
    assert "Rosa" not in page
    assert not AccessRecord.objects.exists()


def test_a_protected_person_is_not_told(cast: Cast, fede: Client) -> None:
    case = cast.file()
    Person.objects.filter(pk=cast.rosa.pk).update(is_protected=True)
    assert "Rosa" not in fede.get(reverse("desk:how-tell", args=[case.uuid])).content.decode()


def test_looking_at_whose_it_is_leaves_a_note(cast: Cast, fede: Client) -> None:
    case = cast.file()
    page = fede.get(reverse("desk:how-tell", args=[case.uuid])).content.decode()
    assert "Rosa Benítez Arias" in page
    assert "••• 1234" in page
    assert AccessRecord.objects.get().about == f"person:{cast.rosa.uuid}"


def test_the_contact_is_logged_and_nothing_is_told_to_the_person(cast: Cast, fede: Client) -> None:
    case = cast.file()
    answer = fede.post(
        reverse("desk:how-note", args=[case.uuid]), {"channel": "counter", "text": "Pregunta cada semana"}
    )
    assert case.reference in answer.content.decode()
    event = case.events.get(kind=EventKind.CONTACTED)
    assert (event.data, event.text, event.visibility) == (
        {"channel": "counter"},
        "Pregunta cada semana",
        Visibility.STAFF,
    )
    assert fede.post(reverse("desk:how-note", args=[case.uuid]), {"channel": "paloma"}).status_code == 422


def test_what_the_person_answers_goes_into_the_case_that_waits_for_it(cast: Cast, fede: Client) -> None:
    case = actions.ask_person(cast.file(), text="¿Qué número tiene el poste?", by=actor(cast.olga))
    assert "¿Qué número tiene el poste?" in told(case)
    fede.post(reverse("desk:how-note", args=[case.uuid]), {"channel": "phone", "text": "El 1127"})
    case.refresh_from_db()
    assert case.state == CaseState.IN_PROGRESS
    assert case.events.get(kind=EventKind.PERSON_REPLIED).text == "El 1127"
    assert case.events.get(kind=EventKind.CONTACTED).text == ""


def test_the_words_say_state_who_when_and_by_what_law(cast: Cast) -> None:
    case = cast.file()
    said = told(case)
    assert case.reference in said
    assert "todavía no lo ha tomado nadie" in said
    assert "Está previsto arreglarlo a más tardar el" in said
    actions.take_case(case, user=cast.olga, by=actor(cast.olga))
    assert "lo lleva Olga Mora Solís" in told(case)
    petition = cast.file(procedure=cast.complaint, answers={}, place=None)
    assert re.search(r"Tenemos que contestarle a más tardar el .* Lo pone .*art\. ", told(petition))


def test_what_is_late_is_said_to_be_late(cast: Cast) -> None:
    case = cast.file()
    with clock.at(datetime(2027, 1, 20, 16, tzinfo=UTC)):
        assert "venció hace" in told(case)
        assert "le pedimos disculpas" in told(case)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda c, by: actions.resolve_case(c, text="Cambiamos el bombillo.", by=by), "Quedó arreglado el"),
        (lambda c, by: actions.refuse_case(c, text="Es de otra municipalidad.", by=by), "no procede: Es de otra"),
        (lambda c, by: actions.cancel_case(c, text="Repetido.", by=by), "Se anuló el"),
        (lambda c, by: actions.withdraw_case(c, text="", by=by), "Usted lo retiró"),
        (
            lambda c, by: actions.schedule_case(c, text="En enero.", by=by),
            "Está programado por Alumbrado público. En enero.",
        ),
        (lambda c, by: actions.ask_person(c, text="¿Cuál poste?", by=by), "Necesitamos que nos diga: «¿Cuál poste?»"),
    ],
)
def test_every_state_has_its_words(cast: Cast, act: Any, words: str) -> None:
    assert words in told(act(cast.file(), actor(cast.olga)))


DOORS = [("get", ""), ("post", "casos/"), ("get", "{case}/"), ("post", "{case}/anotar/")]


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("name", sorted(MAY | MAY_NOT))
def test_the_whole_cast_at_each_door(cast: Cast, name: str, method: str, path: str) -> None:
    case = cast.file()
    answer = getattr(client_of(getattr(cast, name)), method)(
        HOW + path.format(case=case.uuid), {"channel": "phone", "typed": "rosa"}
    )
    sees = name != "otilia" or "{" not in path
    assert answer.status_code == (403 if name in MAY_NOT else 200 if sees else 404)


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_a_stranger_is_sent_to_sign_in(cast: Cast, method: str, path: str) -> None:
    case = cast.file()
    assert getattr(Client(), method)(HOW + path.format(case=case.uuid)).status_code == 302


def test_what_only_looks_changes_nothing(cast: Cast, fede: Client) -> None:
    case = cast.file()
    with reading_only():
        assert fede.get(HOW).status_code == 200
        assert found(fede, "rosa")
        assert fede.get(reverse("desk:how-tell", args=[case.uuid])).status_code == 200
