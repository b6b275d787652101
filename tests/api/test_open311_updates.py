"""The extension `servicerequestupdates`: two systems tell each other how a case goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from tests.api.conftest import photo
from tests.api.machine import Open311
from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.api.open311.updates import DOES
from ventanilla.audit.actions import verify_all
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, EventKind
from ventanilla.cases.models import Attachment, Case, Event
from ventanilla.lib import clock

__all__ = ["cast"]

NOW = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday() -> Iterator[None]:
    with clock.at(NOW):
        yield


def _kinds(case: Case) -> list[str]:
    return list(case.events.order_by("seq").values_list("kind", flat=True))


STATES = {
    "OPEN": CaseState.RECEIVED, "IN_PROGRESS": CaseState.RECEIVED, "INVESTIGATING": CaseState.RECEIVED,
    "INTERNAL_REFERRAL": CaseState.RECEIVED, "REOPEN": CaseState.RECEIVED, "ACTION_SCHEDULED": CaseState.SCHEDULED,
    "CLOSED": CaseState.RESOLVED, "FIXED": CaseState.RESOLVED, "DUPLICATE": CaseState.REFUSED,
    "NOT_COUNCILS_RESPONSIBILITY": CaseState.REFUSED, "NO_FURTHER_ACTION": CaseState.REFUSED,
}  # fmt: skip


@pytest.mark.parametrize("status", sorted(STATES))
def test_each_status_does_what_it_says(app: Open311, status: str) -> None:
    case = app.file()
    answer = app.tell(case, status, description="Lo vimos hoy.")
    assert answer.status_code == 200, answer.content
    case.refresh_from_db()
    assert case.state == STATES[status]
    last = case.events.order_by("-seq").first()
    assert last is not None
    assert json.loads(answer.content) == [{"update_id": str(last.uuid)}]
    assert case.events.filter(text="Lo vimos hoy.").exists()


def test_the_statuses_are_all_of_the_extension() -> None:
    assert set(DOES) == set(STATES)


def test_the_answer_in_xml_has_the_extensions_roots(app: Open311) -> None:
    answer = app.tell(app.file(), "OPEN", path="servicerequestupdates.xml")
    root = etree.fromstring(answer.content)
    assert (root.tag, root[0].tag, root[0][0].tag) == ("service_request_updates", "request_update", "update_id")


def test_an_update_is_taken_once(app: Open311) -> None:
    case = app.file()
    first, second = app.tell(case, "FIXED"), app.tell(case, "FIXED")
    assert first.content == second.content
    assert _kinds(case).count("resolved") == 1
    assert app.tell(case, "REOPEN", update_id="2").content != first.content
    case.refresh_from_db()
    assert case.is_open


def _key_of(user: Any) -> Open311:
    _key, secret = issue_api_key(name="Suya", scopes=[Scope.OPEN311_UPDATE], user=user)
    return Open311(Client(), secret, None)


def test_the_number_of_an_update_belongs_to_its_key(cast: Cast, app: Open311) -> None:
    case = app.file()
    own, others = app.tell(case, "OPEN"), _key_of(cast.olga).tell(case, "OPEN")
    assert (own.status_code, others.status_code) == (200, 200)
    assert own.content != others.content


def test_news_of_who_brought_it_are_the_persons_and_of_others_the_desks(cast: Cast, app: Open311) -> None:
    case = app.file()
    app.tell(case, "OPEN", description="Sigue igual.")
    _key_of(cast.olga).tell(case, "INVESTIGATING", description="Iremos mañana.")
    assert case.events.get(text="Sigue igual.").kind == EventKind.PERSON_REPLIED
    assert case.events.get(text="Iremos mañana.").kind == EventKind.NOTED


def test_media_come_along(app: Open311) -> None:
    case = app.file()
    parts = {
        "api_key": app.secret, "service_request_id": case.reference, "update_id": "1", "status": "FIXED",
        "updated_datetime": "2026-11-25T10:24:00-06:00", "media_url": "https://fotos.example/1.jpg", "media": photo(),
    }  # fmt: skip
    assert app.client.post("/open311/v2/servicerequestupdates.json", parts).status_code == 200
    assert Attachment.objects.get(case=case).name == "foto.jpg"
    assert case.events.filter(text="https://fotos.example/1.jpg", visibility="staff").exists()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"update_id": None}, 400),
        ({"updated_datetime": None}, 400),
        ({"updated_datetime": "ayer"}, 400),
        ({"status": "WONTFIX"}, 400),
        ({"description": "x" * 4001}, 400),
        ({"description": "\x00"}, 400),
        ({"media_url": "file:///etc/passwd"}, 400),
        ({"service_request_id": "2026-000999-9"}, 404),
        ({"api_key": None}, 403),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(app: Open311, changes: dict[str, Any], status: int) -> None:
    case = app.file()
    answer = app.tell(case, "FIXED", **changes)
    assert answer.status_code == status
    assert json.loads(answer.content)[0]["code"] == status
    assert _kinds(case) == ["filed"]


def test_a_key_that_only_files_tells_no_updates(app: Open311) -> None:
    _key, secret = issue_api_key(name="Otra", scopes=[Scope.OPEN311_POST])
    assert Open311(Client(), secret, None).tell(app.file(), "FIXED").status_code == 403


def test_what_the_case_does_not_allow_is_refused(app: Open311) -> None:
    case = app.file()
    app.tell(case, "FIXED")
    answer = app.tell(case, "FIXED", update_id="2")
    assert answer.status_code == 400
    assert "cerrado" in json.loads(answer.content)[0]["description"]


def test_a_key_of_somebody_does_what_they_may(cast: Cast, app: Open311) -> None:
    case = app.file()
    assert _key_of(cast.otilia).tell(case, "FIXED").status_code == 404
    assert _key_of(cast.fede).tell(case, "FIXED").status_code == 403
    assert _key_of(cast.cuca).tell(case, "OPEN").status_code == 404
    assert _key_of(cast.olga).tell(case, "NO_FURTHER_ACTION").status_code == 403
    assert _key_of(cast.olga).tell(case, "FIXED").status_code == 200


@pytest.mark.parametrize("status", sorted(STATES))
def test_a_key_of_nobody_changes_only_what_it_brought(app: Open311, status: str) -> None:
    case = app.file()
    _key, secret = issue_api_key(name="Otra", scopes=[Scope.OPEN311_UPDATE])
    assert Open311(Client(), secret, None).tell(case, status).status_code == 403
    assert _kinds(case) == ["filed"]


def test_a_private_case_is_not_there_for_others(app: Open311) -> None:
    case = app.file(**{"service_code": "queja-por-la-atencion", "attribute[how_many]": None})
    _key, secret = issue_api_key(name="Otra", scopes=[Scope.OPEN311_UPDATE])
    assert Open311(Client(), secret, None).tell(case, "OPEN").status_code == 404
    assert app.tell(case, "OPEN").status_code == 200


def _worked(cast: Cast, case: Case) -> Case:
    by = actor(cast.olga)
    actions.take_case(case, user=cast.olga, by=by)
    actions.ask_person(case, text="¿En qué poste, doña Rosa?", by=by)
    actions.schedule_case(case, text="El jueves.", by=by)
    return actions.refuse_case(case, text="Doña Rosa: es de la compañía.", by=by)


def test_updates_tell_every_step_and_to_others_nothing_personal(cast: Cast, app: Open311, nobody: Open311) -> None:
    case = _worked(cast, app.file())
    told = nobody.read("servicerequestupdates.json")
    assert [each["status"] for each in told] == ["IN_PROGRESS", "ACTION_SCHEDULED", "NO_FURTHER_ACTION"]
    assert {each["service_request_id"] for each in told} == {case.reference}
    assert "Rosa" not in json.dumps(told)
    own = app.read("servicerequestupdates.json", api_key=app.secret)
    assert [each["status"] for each in own] == ["IN_PROGRESS", "INVESTIGATING", "ACTION_SCHEDULED", "NO_FURTHER_ACTION"]
    assert own[-1]["description"] == "Doña Rosa: es de la compañía."
    assert own[0]["updated_datetime"] == "2026-11-25T10:24:00-06:00"
    root = nobody.xml("servicerequestupdates.xml")
    assert (root.tag, root[0].tag) == ("service_request_updates", "request_update")


def test_updates_are_asked_between_two_moments(cast: Cast, nobody: Open311) -> None:
    with clock.at(NOW - timedelta(days=9)):
        case = cast.file()
        actions.take_case(case, user=cast.olga, by=actor(cast.olga))
    actions.resolve_case(case, text="Cambiado.", by=actor(cast.olga))
    statuses = [each["status"] for each in nobody.read("servicerequestupdates.json")]
    assert statuses == ["IN_PROGRESS", "FIXED"]
    late = nobody.read("servicerequestupdates.json", start_date="2026-11-24T00:00:00Z")
    assert [each["status"] for each in late] == ["FIXED"]
    early = nobody.read("servicerequestupdates.json", end_date="2026-11-20T00:00:00Z")
    assert [each["status"] for each in early] == ["IN_PROGRESS"]
    assert nobody.get("servicerequestupdates.json", start_date="2020-01-01", end_date="2026-01-01").status_code == 400


def test_a_client_is_not_told_what_it_told(app: Open311, nobody: Open311) -> None:
    app.tell(app.file(), "FIXED", description="Ya está.")
    assert app.read("servicerequestupdates.json", api_key=app.secret) == []
    assert [each["status"] for each in nobody.read("servicerequestupdates.json")] == ["FIXED"]


def test_the_trail_of_an_updated_case_verifies(cast: Cast, app: Open311) -> None:
    case = app.file()
    app.tell(case, "ACTION_SCHEDULED", description="El jueves.")
    app.tell(case, "FIXED", update_id="2")
    assert verify_all().is_clean
    assert Event.objects.filter(case=case).count() == 5
