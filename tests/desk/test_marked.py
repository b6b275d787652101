"""Marked cases of the inbox: the form in place keeps marks and what was typed; what could not be done says why."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, actor
from tests.desk.attending import client_of
from ventanilla.cases import actions
from ventanilla.cases.enums import EventKind
from ventanilla.cases.models import Case
from ventanilla.desk import undoing
from ventanilla.desk.many import ACTS
from ventanilla.lib import clock

pytestmark = pytest.mark.django_db

PATH = "/mesa/marcados/"


@pytest.fixture(scope="module")
def three(lasting: Cast) -> Cast:
    for _number in range(3):
        lasting.file()
    return lasting


def uuids() -> list[str]:
    return [str(uuid) for uuid in Case.objects.order_by("pk").values_list("uuid", flat=True)]


def said(response: object) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())  # type: ignore[attr-defined]


def marked(response: object) -> set[str]:
    """The cases that are marked on a page, in its list or beside it."""
    page = response.content.decode()  # type: ignore[attr-defined]
    found = re.findall(r'<input type="(?:checkbox|hidden)" name="caso" value="([^"]+)"( checked)?', page)
    hidden = re.findall(r'<input type="hidden" name="caso" value="([^"]+)"', page)
    return {uuid for uuid, checked in found if checked} | set(hidden)


def client(cast: Cast, name: str = "coro") -> Client:
    return client_of(getattr(cast, name))


@pytest.mark.parametrize("name", sorted(name for name, act in ACTS.items() if act.form))
def test_an_action_opens_its_form_over_the_list_with_the_marks_and_says_what_it_does(three: Cast, name: str) -> None:
    page = client(three).post(PATH, {"accion": name, "caso": uuids()[:2], "volver": "vista=equipo"})
    assert page.status_code == 200
    assert marked(page) == set(uuids()[:2])
    assert str(ACTS[name].tells) in said(page)
    assert str(ACTS[name].clock) in said(page)
    assert f"{ACTS[name].label} 2 expedientes" in said(page)


def test_what_was_typed_and_marked_stays_when_something_is_wrong(three: Cast) -> None:
    data = {
        "accion": "derivar",
        "hacer": "1",
        "caso": uuids()[1:],
        "text": "Es del poste.",
        "volver": "vista=sin-tomar",
    }
    page = client(three).post(PATH, data)
    assert page.status_code == 422
    assert marked(page) == set(uuids()[1:])
    assert "Es del poste." in page.content.decode()
    assert "Elija a qué área va." in said(page)
    assert not Case.objects.filter(events__kind=EventKind.ROUTED).exists()


def test_marks_that_are_no_longer_on_the_page_count_too(three: Cast) -> None:
    page = client(three).post(PATH, {"accion": "anotar", "caso": uuids(), "volver": "vista=vencidos"})
    assert marked(page) == set(uuids())
    assert "3 de los marcados ya no están en esta página; cuentan igual." in said(page)


def test_cases_are_assigned_to_somebody_and_that_can_be_undone(three: Cast) -> None:
    user = client(three)
    data = {"accion": "asignar", "hacer": "1", "caso": uuids(), "user": "carlos", "volver": "vista=equipo"}
    page = user.post(PATH, data, follow=True)
    assert "Listo: 3 expedientes." in said(page)
    assert "Puede dejar los 3 expedientes como estaban." in said(page)
    assert set(Case.objects.values_list("assignee__username", flat=True)) == {"carlos"}
    page = user.post("/mesa/marcados/deshacer/", {"volver": "vista=equipo"}, follow=True)
    assert "Deshecho: 3 expedientes están como estaban." in said(page)
    assert set(Case.objects.values_list("assignee", flat=True)) == {None}
    assert "como estaban." not in said(user.get("/mesa/"))


def test_there_is_nothing_to_undo_after_some_minutes(three: Cast) -> None:
    user = client(three)
    user.post(PATH, {"accion": "tomar", "caso": uuids()})
    later = clock.now() + timedelta(minutes=undoing.MINUTES + 1)
    with clock.at(later):
        assert "Deshacer" not in said(user.get("/mesa/"))
        assert "Ya pasó el tiempo" in said(user.post("/mesa/marcados/deshacer/", follow=True))
    assert set(Case.objects.values_list("assignee", flat=True)) == {three.coro.pk}


def test_nobody_undoes_what_another_did(three: Cast) -> None:
    client(three).post(PATH, {"accion": "tomar", "caso": uuids()})
    client(three, "olga").post("/mesa/marcados/deshacer/")
    assert set(Case.objects.values_list("assignee", flat=True)) == {three.coro.pk}


def test_cases_are_routed_with_a_reason_that_each_person_reads(three: Cast) -> None:
    data = {"accion": "derivar", "hacer": "1", "caso": uuids(), "department": "calles", "text": "Es del poste."}
    assert "Listo: 3 expedientes." in said(client(three).post(PATH, data, follow=True))
    assert set(Case.objects.values_list("department__key", flat=True)) == {"calles"}


def test_what_could_not_be_done_is_named_with_its_reason(three: Cast) -> None:
    first = Case.objects.order_by("pk")[0]
    actions.resolve_case(first, text="Cambiado.", by=actor(three.olga))
    page = client(three).post(PATH, {"accion": "tomar", "caso": uuids()}, follow=True)
    assert "Listo: 2 expedientes." in said(page)
    assert f"No se pudo con 1: {first.reference} (ya está cerrado)." in said(page)


def test_a_member_does_what_they_may_and_is_told_of_the_others(three: Cast) -> None:
    """A crew member may not hand cases out."""
    case = actions.assign_case(Case.objects.order_by("pk")[0], user=None, team=three.crew_team, by=actor(three.coro))
    page = client(three, "cuca").post(PATH, {"accion": "urgente", "caso": [str(case.uuid)]}, follow=True)
    assert f"No se pudo con 1: {case.reference} (no le toca a usted)." in said(page)
    bar = said(client(three, "cuca").get("/mesa/"))
    assert "Tomar" in bar
    assert "Escribirles" not in bar


@pytest.mark.parametrize("data", [{}, {"accion": "tomar"}, {"accion": "borrar-todo"}, {"accion": "tomar", "caso": "x"}])
def test_without_marks_or_action_nothing_is_done(three: Cast, data: dict[str, str]) -> None:
    page = client(three).post(PATH, {**data, "volver": "vista=mio"}, follow=True)
    assert "Marque al menos un expediente." in said(page)
    assert page.redirect_chain == [("/mesa/?vista=mio", 302)]


def test_somebody_who_comes_by_the_address_is_led_to_the_list(three: Cast) -> None:
    assert client(three).get(PATH)["Location"].startswith("/mesa/")


def test_no_more_than_two_hundred_are_done_at_once(three: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ventanilla.desk.views.marked.MOST", 2)
    client(three).post(PATH, {"accion": "tomar", "caso": uuids()})
    assert Case.objects.filter(assignee=three.coro).count() == 2
