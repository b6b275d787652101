"""REST v1: acting as staff."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import machine_of, photo
from tests.api.machine import Machine, said
from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.accounts.enums import Scope
from ventanilla.api.rest.acting import ACTS
from ventanilla.audit.actions import verify_all
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState
from ventanilla.cases.models import Case
from ventanilla.cases.permissions import can
from ventanilla.desk import acting as desk

__all__ = ["cast"]

TEXT = {"text": "Vamos el jueves."}
BODIES: dict[str, Any] = {
    "take": None,
    "assign": {"user": "carlos"},
    "route": {"department": "calles", "reason": "Es una calle."},
    "place": {"said": "En la esquina del parque", "lon": -84.101, "lat": 9.931},
    "extend": {"kind": "target", "quantity": 2, **TEXT},
    "urgent": {"urgent": True},
    **dict.fromkeys(("note", "reply", "ask", "schedule", "resolve", "refuse", "cancel", "reopen"), TEXT),
}
EVERYONE = ["olga", "carlos", "otilia", "cuca", "coro", "vera", "fede", "admin"]


@pytest.mark.parametrize("act", sorted(BODIES))
@pytest.mark.parametrize("name", EVERYONE)
def test_everyone_does_what_they_may_and_nothing_else(cast: Cast, name: str, act: str) -> None:
    case, user = cast.file(), getattr(cast, name)
    if act == "reopen":
        machine_of(cast.olga).post(f"cases/{case.uuid}/resolve", TEXT)
        case.refresh_from_db()
    before = case.version
    seen = Case.objects.visible_to(user).filter(pk=case.pk).exists()
    may = can(user, ACTS[act].permission, case)
    answer = machine_of(user).post(f"cases/{case.uuid}/{act}", BODIES[act])
    assert answer.status_code == (200 if may else 403 if seen else 404), answer.content
    case.refresh_from_db()
    assert (case.version > before) == may


STATES = {
    "take": "in_progress", "assign": "in_progress", "route": "received", "note": "received", "reply": "received",
    "ask": "waiting_person", "schedule": "scheduled", "resolve": "resolved",
    "place": "received", "extend": "received", "urgent": "received",
}  # fmt: skip


@pytest.mark.parametrize("act", sorted(STATES))
def test_each_act_does_what_it_says(cast: Cast, machine: Machine, act: str) -> None:
    case = cast.file()
    told = said(machine.post(f"cases/{case.uuid}/{act}", BODIES[act]))
    case.refresh_from_db()
    assert told["state"] == case.state == STATES[act]
    assert told["reference"] == case.reference
    assert verify_all().is_clean


def test_the_timeline_names_the_person_and_the_program(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    machine.post(f"cases/{case.uuid}/note", TEXT)
    event = case.events.order_by("-seq")[0]
    assert event.by == f"user:{cast.olga.uuid}"
    assert event.by_label == "Olga Mora Solís (Programa)"


def test_what_a_closed_case_does_not_allow_is_a_conflict(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    assert machine.post(f"cases/{case.uuid}/reopen", TEXT).status_code == 409
    machine.post(f"cases/{case.uuid}/resolve", TEXT)
    for act in ("take", "ask", "schedule", "resolve"):
        answer = machine.post(f"cases/{case.uuid}/{act}", BODIES[act])
        assert (answer.status_code, said(answer)["detail"]) == (409, "El caso está cerrado."), act
    assert machine.post(f"cases/{case.uuid}/note", TEXT).status_code == 200
    assert said(machine.post(f"cases/{case.uuid}/reopen", TEXT))["state"] == "in_progress"


def test_to_route_where_it_is_already_is_a_conflict(cast: Cast, machine: Machine) -> None:
    body = {"department": "alumbrado", "reason": "Aquí."}
    assert machine.post(f"cases/{cast.file().uuid}/route", body).status_code == 409


@pytest.mark.parametrize(
    ("act", "body", "pointer"),
    [
        ("assign", {"user": "otilia"}, "#/user"),
        ("assign", {"user": "nadie\x00"}, "#/user"),
        ("assign", {"team": "no-hay"}, "#/team"),
        ("route", {"department": "no-hay", "reason": "x"}, "#/department"),
        ("route", {"department": "calles", "team": "cuadrilla-1", "reason": "x"}, "#/team"),
        ("route", {"department": "calles"}, "#/reason"),
        ("note", {"text": ""}, "#/text"),
        ("note", {"text": "  "}, "#/text"),
        ("note", {"text": "x" * 4001}, "#/text"),
        ("note", {"text": "\x00"}, "#/text"),
        ("note", {}, "#/text"),
        ("place", {"said": ""}, "#/said"),
        ("place", {"said": "x", "lon": -84.1}, "#/lat"),
        ("place", {"said": "x", "lon": -80, "lat": 9.9}, "#/lon"),
        ("place", {"said": "x", "lon": 1e400, "lat": 9.9}, "#/lon"),
        ("extend", {"kind": "target", "quantity": 0, "text": "x"}, "#/quantity"),
        ("extend", {"kind": "other", "quantity": 1, "text": "x"}, "#/kind"),
        ("urgent", {}, "#/urgent"),
        ("reply", {"text": "x", "answers": "perhaps"}, "#/answers"),
    ],
)
def test_what_is_wrong_is_pointed_at(cast: Cast, machine: Machine, act: str, body: Any, pointer: str) -> None:
    answer = machine.post(f"cases/{cast.file().uuid}/{act}", body)
    assert (answer.status_code, said(answer)["errors"][0]["pointer"]) == (422, pointer), answer.content


def test_a_case_goes_through_its_process_by_its_steps(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    path = f"cases/{case.uuid}"
    steps = [{"facts": "real"}, {"plan": "ready"}, {}, {"work": "mended"}, {"text": "Cambiamos el bombillo."}]
    machine.post(f"{path}/take")
    for answers in steps:
        [item] = [each for each in said(machine.get(path))["work"] if each["state"] == "open"]
        done = machine.post(f"{path}/work/{item['uuid']}/complete", {"answers": answers, "note": "Hecho."})
        assert done.status_code == 200, done.content
    assert said(done)["state"] == CaseState.RESOLVED
    again = machine.post(f"{path}/work/{item['uuid']}/complete", {"answers": steps[-1]})
    assert again.status_code == 409
    assert verify_all().is_clean


def test_a_step_is_done_by_its_role_with_answers_that_decide(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    item = case.work_items.get()
    path = f"cases/{case.uuid}/work/{item.uuid}/complete"
    assert machine_of(cast.otilia).post(path, {"answers": {"facts": "real"}}).status_code == 404
    assert machine_of(cast.fede).post(path, {"answers": {"facts": "real"}}).status_code == 403
    other = cast.file()
    assert machine.post(f"cases/{other.uuid}/work/{item.uuid}/complete", {}).status_code == 404
    for answers in ({}, {"facts": {"a": 1}}, {"facts": "\x00"}):
        assert machine.post(path, {"answers": answers}).status_code == 422
    item.refresh_from_db()
    assert item.state == "open"


def test_evidence_is_kept_and_read_by_who_sees_the_case(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    answer = machine.upload(
        f"cases/{case.uuid}/evidence", file=photo("poste.jpg"), visibility="person", text="El poste"
    )
    assert answer.status_code == 201, answer.content
    [file] = said(answer)
    assert file["visibility"] == "person"
    read = machine.get(f"attachments/{file['uuid']}")
    assert read["Content-Type"] == "image/jpeg"
    assert b"".join(read.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    assert machine_of(cast.otilia).get(f"attachments/{file['uuid']}").status_code == 404
    assert machine_of(cast.otilia).upload(f"cases/{case.uuid}/evidence", file=photo()).status_code == 404
    assert machine_of(cast.cuca).get(f"attachments/{file['uuid']}").status_code == 404
    listed = said(machine.get(f"cases/{case.uuid}"))["timeline"][-1]["files"]
    assert [each["uuid"] for each in listed] == [file["uuid"]]
    assert machine.upload(f"cases/{case.uuid}/evidence", file=photo(), visibility="public").status_code == 422


def test_a_place_is_corrected_beside_what_was_said(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    machine.post(f"cases/{case.uuid}/place", BODIES["place"])
    found = said(machine.get(f"cases/{case.uuid}"))
    assert (found["place"], found["lon"], found["lat"]) == ("En la esquina del parque", -84.101, 9.931)
    assert found["said_place"]["as_said"] == "al frente de la iglesia"
    assert found["corrected_place"]["label"] == "En la esquina del parque"


def test_a_term_is_extended_as_its_law_lets(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    before = case.target_due_at
    assert machine.post(f"cases/{case.uuid}/extend", BODIES["extend"]).status_code == 200
    case.refresh_from_db()
    assert case.target_due_at > before
    # A service notice has no term of law to extend.
    refused = machine.post(f"cases/{case.uuid}/extend", {**BODIES["extend"], "kind": "response"})
    assert (refused.status_code, "no deja ampliarlo" in said(refused)["detail"]) == (409, True)


def test_a_case_is_urgent_and_no_longer(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    for urgent in (True, False):
        machine.post(f"cases/{case.uuid}/urgent", {"urgent": urgent})
        case.refresh_from_db()
        assert case.is_urgent is urgent


def test_what_the_desk_can_do_programs_can_do_under_the_same_permissions(cast: Cast) -> None:
    names = {
        "tomar": "take", "responder": "reply", "preguntar": "ask", "anotar": "note", "asignar": "assign",
        "derivar": "route", "programar": "schedule", "resolver": "resolve", "lugar": "place", "adjuntar": "attach",
        "ampliar": "extend", "urgente": "urgent", "no-procede": "refuse", "anular": "cancel", "reabrir": "reopen",
    }  # fmt: skip
    live, ended = cast.file(), actions.resolve_case(cast.file(), text="Quedó.", by=actor(cast.olga))
    desks = {english: desk.ACTS[spanish] for spanish, english in names.items()}
    assert {name: (act.permission, act.fits(live), act.fits(ended)) for name, act in desks.items()} == {
        name: (act.permission, act.on_open, act.on_closed) for name, act in ACTS.items()
    }


def test_a_key_that_only_reads_does_nothing(cast: Cast) -> None:
    case = cast.file()
    reader = machine_of(cast.olga, Scope.CASE_READ)
    for act, body in BODIES.items():
        assert reader.post(f"cases/{case.uuid}/{act}", body).status_code == 403
