"""REST v1: catalogue, map, list and case, as everyone in the cast sees them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import machine_of
from tests.api.machine import Machine, said
from tests.cast import Cast, actor, place
from tests.cast import standing as cast
from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.cases import actions
from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Case
from ventanilla.lib import clock

__all__ = ["cast"]

EVERYONE = ["olga", "carlos", "otilia", "cuca", "coro", "vera", "fede", "admin"]
NOW = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)


def _references(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [each["reference"] for each in said(answer)["cases"]]


def _files(cast: Cast) -> list[Case]:
    """One of each sort, in both departments; one with a crew, one closed."""
    lamp = cast.file()
    crewed = cast.file()
    actions.assign_case(crewed, user=None, team=cast.crew_team, by=actor(cast.olga))
    closed = cast.file()
    actions.resolve_case(closed, text="Cambiado.", by=actor(cast.olga))
    complaint = cast.file(procedure=cast.complaint, answers={}, place=None)
    breach = cast.file(procedure=cast.breach, answers={}, identity=Identity.CONFIDENTIAL)
    return [lamp, crewed, closed, complaint, breach]


@pytest.mark.parametrize("name", EVERYONE)
def test_a_key_sees_what_its_owner_sees_and_no_more(cast: Cast, name: str) -> None:
    cases, user = _files(cast), getattr(cast, name)
    machine = machine_of(user)
    seen = set(Case.objects.visible_to(user).values_list("reference", flat=True))
    assert set(_references(machine.get("cases", status="all"))) == seen
    for case in cases:
        expected = 200 if case.reference in seen else 404
        assert machine.get(f"cases/{case.uuid}").status_code == expected
        assert machine.post(f"cases/{case.uuid}/note", {"text": "Nota."}).status_code in (
            (200, 403) if case.reference in seen else (404,)
        )


@pytest.mark.parametrize("name", EVERYONE)
def test_the_map_shows_what_the_owner_sees(cast: Cast, name: str) -> None:
    _files(cast)
    user = getattr(cast, name)
    answer = machine_of(user).get("map", bbox="-84.2,9.8,-84.0,10.0", zoom="17")
    located = Case.objects.visible_to(user).open().filter(lon__isnull=False)
    paths = {each["properties"]["path"] for each in said(answer)["features"]}
    assert paths == {f"/api/v1/cases/{case.uuid}" for case in located}


def test_without_a_key_the_map_shows_what_is_public(cast: Cast) -> None:
    _files(cast)
    answer = Client().get("/api/v1/map?bbox=-84.2,9.8,-84.0,10.0&zoom=17")
    assert answer["Content-Type"] == "application/geo+json"
    assert len(said(answer)["features"]) == Case.objects.public().open().count() == 2
    grouped = said(Client().get("/api/v1/map?bbox=-180,-90,180,90&zoom=20"))
    # Where there are few, even the widest window shows them one by one.
    assert [each["properties"]["shape"] for each in grouped["features"]] == ["ring", "ring"]


@pytest.mark.parametrize("bbox", ["", "1,2,3", "a,b,c,d", "10,0,5,1", "0,0,200,1", "nan,0,1,1", "-84,9,-83,10,1"])
def test_a_window_that_is_none_is_said(db: None, bbox: str) -> None:
    answer = Client().get("/api/v1/map", {"bbox": bbox})
    assert answer.status_code == 422
    assert said(answer)["errors"][0]["parameter"] == "bbox"


def test_the_catalogue_is_read_by_anybody(cast: Cast) -> None:
    client = Client()
    services = said(client.get("/api/v1/services"))
    assert [each["key"] for each in services] == ["alumbrado-publico", "atencion"]
    assert services[0]["procedures"] == [{"key": "bombillo-quemado", "name": "Bombillo quemado"}]
    listed = said(client.get("/api/v1/procedures"))
    assert {each["key"] for each in listed} == {"bombillo-quemado", "queja-por-la-atencion", "construccion-sin-permiso"}
    lamp = said(client.get("/api/v1/procedures/bombillo-quemado"))
    assert lamp["questions"] == [
        {"key": "how_many", "question": "¿Cuántas luces están apagadas?", "hint": "", "is_required": True}
    ]
    assert lamp["answers_schema"]["properties"]["how_many"]["enum"] == ["one", "several", "all"]
    assert client.get("/api/v1/procedures/no-hay").status_code == 404


def test_the_list_is_read_page_by_page_in_every_order(cast: Cast, machine: Machine) -> None:
    for hours in range(7):
        with clock.at(NOW - timedelta(hours=hours // 2)):  # two at the same moment
            cast.file()
    for order, column in (("urgency", "order_at"), ("filed", "-filed_at"), ("updated", "updated_at")):
        minus = "-" if column.startswith("-") else ""
        expected = list(Case.objects.order_by(column, f"{minus}id").values_list("reference", flat=True))
        found: list[str] = []
        asked: dict[str, str] = {"order": order, "limit": "2"}
        while True:
            answer = said(machine.get("cases", **asked))
            found += [each["reference"] for each in answer["cases"]]
            if answer["next"] is None:
                break
            asked["cursor"] = answer["next"]
        assert found == expected, order


def test_a_cursor_tells_no_primary_key_and_belongs_to_its_order(cast: Cast, machine: Machine) -> None:
    cast.file()
    cast.file()
    cursor = said(machine.get("cases", limit="1"))["next"]
    assert machine.get("cases", limit="1", cursor=cursor).status_code == 200
    for wrong in (cursor[:-4], "AAAA", "ñ", "x" * 199):
        assert machine.get("cases", limit="1", cursor=wrong).status_code == 422
    assert machine.get("cases", limit="1", order="filed", cursor=cursor).status_code == 422


def test_filters_narrow_the_list(cast: Cast) -> None:
    lamp, crewed, closed, complaint, _breach = _files(cast)
    machine = machine_of(cast.coro)
    actions.take_case(lamp, user=cast.olga, by=actor(cast.olga))

    def found(**asked: str) -> set[str]:
        return set(_references(machine.get("cases", **asked)))

    open_ones = {lamp.reference, crewed.reference, complaint.reference}
    assert found() == open_ones
    assert found(status="closed") == {closed.reference}
    assert found(status="all") == open_ones | {closed.reference}
    assert found(department="calles") == {complaint.reference}
    assert found(team="cuadrilla-1") == {crewed.reference}
    assert found(service="atencion") == {complaint.reference}
    assert found(procedure="bombillo-quemado") == {lamp.reference, crewed.reference}
    assert found(state="in_progress") == {lamp.reference}
    assert found(channel="api") == set()
    assert found(neighborhood="b1") == {lamp.reference, crewed.reference}
    assert found(district="no hay") == set()
    assert found(assignee="olga") == {lamp.reference}
    assert found(assignee="none") == {crewed.reference, complaint.reference}
    assert found(filed_after=(clock.now() + timedelta(hours=1)).isoformat()) == set()
    assert found(filed_before=clock.now().isoformat(), updated_after=lamp.filed_at.isoformat()) == open_ones


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "abiertos"},
        {"order": "urgency", "status": "closed"},
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "9" * 50},
        {"department": "a\x00"},
        {"neighborhood": "\x00"},
        {"filed_after": "ayer"},
        {"filed_after": "2026-11-25T10:00:00"},
        {"filed_after": "0001-01-01T00:00:00+14:00"},
        {"updated_after": "9999-12-31T23:59:59-12:00"},
        {"state": "done"},
    ],
)
def test_what_cannot_be_asked_is_said(machine: Machine, asked: dict[str, str]) -> None:
    answer = machine.get("cases", **asked)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_one_case_has_everything_about_it(cast: Cast, machine: Machine) -> None:
    case = cast.file(place=place())
    actions.note(case, text="Visto.", by=actor(cast.carlos))
    found = said(machine.get(f"cases/{case.uuid}"))
    assert found["reference"] == case.reference
    assert found["answers"] == [{"question": "¿Cuántas luces están apagadas?", "answer": "Una"}]
    assert found["applicant"]["name"] == "Rosa Benítez Arias"
    assert {each["kind"] for each in found["applicant"]["contacts"]} == {"email", "phone"}
    assert found["said_place"]["as_said"] == "al frente de la iglesia"
    assert [each["kind"] for each in found["clocks"]] == ["target"]
    assert [each["kind"] for each in found["timeline"]] == ["filed", "noted"]
    assert found["timeline"][1]["visibility"] == "staff"
    assert [each["can_be_done"] for each in found["work"]] == [True]
    assert set(found["acts"]) == {
        "take", "assign", "route", "note", "reply", "ask", "place", "extend", "urgent", "schedule", "resolve", "attach",
    }  # fmt: skip


def test_who_files_under_a_reserved_identity_is_shown_only_to_who_may(cast: Cast) -> None:
    case = cast.file(identity=Identity.CONFIDENTIAL)
    assert said(machine_of(cast.olga).get(f"cases/{case.uuid}"))["applicant"]["name"] == "Rosa Benítez Arias"
    for other in (cast.coro, cast.fede, cast.vera):
        answer = machine_of(other).get(f"cases/{case.uuid}")
        assert said(answer)["applicant"] is None
        assert b"Rosa" not in answer.content


def test_a_key_without_the_scope_or_without_an_owner_reads_nothing(cast: Cast) -> None:
    case = cast.file()
    filing = machine_of(cast.olga, Scope.CASE_FILE)
    _key, secret = issue_api_key(name="De nadie", scopes=[Scope.CASE_READ, Scope.CASE_ACT])
    nobodys = Machine(Client(), secret, _key)
    for path in ("cases", f"cases/{case.uuid}", f"attachments/{case.uuid}"):
        assert filing.get(path).status_code == 403
        assert nobodys.get(path).status_code == 403
        assert Client().get(f"/api/v1/{path}").status_code == 401
    assert nobodys.post(f"cases/{case.uuid}/take").status_code == 403


def test_a_key_ends_with_the_account_of_its_owner(cast: Cast, machine: Machine) -> None:
    cast.users["olga"].is_active = False
    cast.olga.save()
    for path in ("cases", "services", f"cases/{cast.file().uuid}"):
        assert machine.get(path).status_code == 401


def test_either_header_carries_the_key(cast: Cast, machine: Machine) -> None:
    client = Client()
    assert client.get("/api/v1/cases", headers={"X-Api-Key": machine.secret}).status_code == 200
    assert client.get("/api/v1/cases", headers={"Authorization": f"bearer {machine.secret}"}).status_code == 200
    wrong = client.get("/api/v1/cases", headers={"Authorization": "Bearer vt_falsa"})
    assert (wrong.status_code, wrong["WWW-Authenticate"]) == (401, "Bearer")
    assert client.get("/api/v1/services", headers={"X-Api-Key": "vt_falsa"}).status_code == 401


def test_a_session_of_the_desk_opens_nothing_here(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.olga, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/cases").status_code == 401
