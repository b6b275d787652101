"""REST v1 against what is wrong, strange or meant badly."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.api.conftest import machine_of, photo
from tests.api.machine import Machine, said
from tests.api.test_rest_filing import LAMP
from tests.cast import Cast
from tests.cast import standing as cast
from ventanilla.accounts.actions import issue_api_key, revoke_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import ApiKey
from ventanilla.api import keys
from ventanilla.api.rest import problems
from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Attachment, Case, Event
from ventanilla.lib import clock

__all__ = ["cast"]

PROBLEM = "application/problem+json"


def _refused(answer: Any, status: int) -> Any:
    """It is a problem of RFC 9457. Returns it."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    found = said(answer)
    slug, _title = problems.KINDS[status]
    assert (found["type"], found["status"]) == (f"/api/v1/#{slug}", status)
    assert found["title"]
    assert found["detail"]
    return found


# Keys ---------------------------------------------------------------------------------------------------------------


def _revoke(key: ApiKey) -> None:
    revoke_api_key(key, by="system")


def _expire(key: ApiKey) -> None:
    ApiKey.objects.filter(pk=key.pk).update(expires_at=clock.now())


@pytest.mark.parametrize("end", [_revoke, _expire])
def test_a_key_that_no_longer_opens_opens_nothing(cast: Cast, machine: Machine, end: Callable[[ApiKey], None]) -> None:
    case = cast.file()
    end(machine.key)
    for path in ("cases", f"cases/{case.uuid}", f"attachments/{case.uuid}", "services", "map?bbox=0,0,1,1"):
        assert _refused(machine.get(path), 401)
        assert machine.get(path)["WWW-Authenticate"] == "Bearer"
    _refused(machine.post("cases", LAMP), 401)
    _refused(machine.post(f"cases/{case.uuid}/note", {"text": "x"}), 401)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "vt_", "vt_ñ", "Bearer", "x" * 5_000, "null", "vt_\x7f"])
def test_what_is_no_key_opens_nothing(cast: Cast, secret: str) -> None:
    for headers in ({"Authorization": f"Bearer {secret}"}, {"X-Api-Key": secret}, {"Authorization": secret}):
        _refused(Client().get("/api/v1/cases", headers=headers), 401)


SCOPES = {
    "cases": Scope.CASE_READ,
    "cases/{uuid}": Scope.CASE_READ,
    "attachments/{uuid}": Scope.CASE_READ,
    "POST cases": Scope.CASE_FILE,
    "POST cases/{uuid}/attachments": Scope.CASE_FILE,
    "POST cases/{uuid}/note": Scope.CASE_ACT,
    "POST cases/{uuid}/evidence": Scope.CASE_ACT,
}


@pytest.mark.parametrize("what", sorted(SCOPES))
def test_each_address_asks_for_its_own_scope(cast: Cast, what: str) -> None:
    method, _space, path = what.rpartition(" ")
    path = path.format(uuid=cast.file().uuid)
    others = [scope for scope in Scope if scope != SCOPES[what]]
    machine = machine_of(cast.olga, *others)
    if path.endswith(("attachments", "evidence")):
        answer = machine.upload(path, file=photo())
    else:
        answer = machine.post(path, {"text": "x"}) if method else machine.get(path)
    assert SCOPES[what] in _refused(answer, 403)["detail"]
    assert Case.objects.count() == 1


def test_what_a_key_of_nobody_filed_only_that_key_goes_on_with(cast: Cast) -> None:
    key, secret = issue_api_key(name="App", scopes=[Scope.CASE_FILE])
    app = Machine(Client(), secret, key)
    told = said(app.post("cases", LAMP))
    assert app.upload(f"cases/{told['uuid']}/attachments", file=photo()).status_code == 201
    other_key, other_secret = issue_api_key(name="Otra", scopes=[Scope.CASE_FILE])
    other = Machine(Client(), other_secret, other_key)
    _refused(other.upload(f"cases/{told['uuid']}/attachments", file=photo("b.jpg", "blue")), 404)
    assert Attachment.objects.count() == 1


def test_too_many_calls_without_a_key_are_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, still_clock: Any
) -> None:
    monkeypatch.setattr(keys, "STRANGERS_PER_MINUTE", 2)
    paths = ["services", "procedures", "map?bbox=0,0,1,1", "follow/x", "procedures/no-hay"]
    answers = [Client().get(f"/api/v1/{path}") for path in paths]
    assert [each.status_code for each in answers] == [200, 200, 429, 429, 429]
    _refused(answers[-1], 429)
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    _refused(Client().get("/api/v1/cases", headers={"X-Api-Key": "vt_falsa"}), 429)
    assert machine_of(cast.olga).get("services").status_code == 200


def test_guesses_are_counted_by_who_is_behind_the_proxy(cast: Cast, settings: Any, still_clock: Any) -> None:
    settings.PROXIES = 1

    def guess(address: str) -> int:
        return Client().get("/api/v1/follow/x", headers={"X-Forwarded-For": address}).status_code

    assert {guess("198.51.100.7") for _count in range(30)} == {404}
    assert guess("198.51.100.7") == 429
    assert guess("198.51.100.8") == 404
    assert guess("198.51.100.7, 198.51.100.7") == 429


# Other people's cases -----------------------------------------------------------------------------------------------


def test_what_the_owner_of_a_key_does_not_see_is_not_there(cast: Cast) -> None:
    case, breach = cast.file(), cast.file(procedure=cast.breach, answers={}, identity=Identity.CONFIDENTIAL)
    item = case.work_items.get()
    for user, hidden in ((cast.otilia, case), (cast.olga, breach), (cast.cuca, case)):
        machine = machine_of(user)
        told = [machine.get(f"cases/{hidden.uuid}")]
        told += [machine.post(f"cases/{hidden.uuid}/{act}", {"text": "x"}) for act in ("note", "reply", "resolve")]
        told.append(machine.post(f"cases/{hidden.uuid}/work/{item.uuid}/complete", {}))
        told.append(machine.upload(f"cases/{hidden.uuid}/evidence", file=photo()))
        details = {_refused(answer, 404)["detail"] for answer in told}
        # And it is told as what doesn't exist at all.
        nothing = machine.get("cases/0192f3a4-5b6c-7d8e-9f01-23456789abcd")
        assert details == {_refused(nothing, 404)["detail"]}
    assert set(Event.objects.values_list("kind", flat=True)) == {"filed"}


def test_a_step_of_another_case_is_not_there(cast: Cast, machine: Machine) -> None:
    one, other = cast.file(), cast.file()
    _refused(machine.post(f"cases/{one.uuid}/work/{other.work_items.get().uuid}/complete", {}), 404)


# Bodies -------------------------------------------------------------------------------------------------------------


def _send(machine: Machine, body: bytes, content_type: str = "application/json", path: str = "cases") -> Any:
    return machine.client.generic("POST", f"/api/v1/{path}", body, content_type=content_type, headers=machine.headers)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"1", b"\xff\xfe{", b'{"procedure": "\xed"}', b"[" * 100_000,
        b'{"a":' + b"9" * 5_000 + b"}", b'{"procedure": NaN}', "{}".encode("utf-16"), b'\xef\xbb\xbf{"procedure": "x"}',
    ],
)  # fmt: skip
def test_a_body_that_is_not_what_is_asked_is_a_problem(cast: Cast, machine: Machine, body: bytes) -> None:
    answer = _send(machine, body)
    _refused(answer, answer.status_code)
    assert answer.status_code in (400, 422)
    assert not Case.objects.exists()


def test_a_form_is_not_taken_for_json(cast: Cast, machine: Machine) -> None:
    _refused(_send(machine, b"procedure=bombillo-quemado", "application/x-www-form-urlencoded"), 400)
    _refused(_send(machine, json.dumps(LAMP).encode(), "application/json", "cases/attachments"), 404)


def test_bodies_too_big_are_problems(cast: Cast, machine: Machine, settings: Any) -> None:
    _refused(_send(machine, json.dumps({**LAMP, "description": "x" * 3_000_000}).encode()), 413)
    settings.MAX_REQUEST_BYTES = 100
    _refused(machine.post("cases", LAMP), 413)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"description": ["a"]}, "#/description"),
        ({"description": {"a": 1}}, "#/description"),
        ({"procedure": ["bombillo-quemado"]}, "#/procedure"),
        ({"place": [-84.1, 9.93]}, "#/place"),
        ({"place": {"lon": "a", "lat": 9.93}}, "#/place/lon"),
        ({"place": {"lon": [1], "lat": 9.93}}, "#/place/lon"),
        ({"answers": {"how_many": {"$gt": ""}}}, "#/answers/how_many"),
        ({"answers": {"how_many": ["one"]}}, "#/answers/how_many"),
        ({"answers": {"__class__": "x", "how_many": "one"}}, "#/answers/__class__"),
        ({"applicant": [], "identity": "identified"}, "#/applicant"),
        ({"filed_at": "2020-01-01T00:00:00Z"}, "#/filed_at"),
        ({"state": "resolved"}, "#/state"),
        ({"department": "calles"}, "#/department"),
        ({"is_public": False}, "#/is_public"),
    ],
)
def test_what_is_of_another_kind_or_not_for_clients_to_say_is_pointed_at(
    cast: Cast, machine: Machine, change: Any, pointer: str
) -> None:
    found = _refused(machine.post("cases", {**LAMP, **change}), 422)
    assert found["errors"][0]["pointer"] == pointer
    assert not Case.objects.exists()


def test_html_is_text(cast: Cast, machine: Machine) -> None:
    marks = "<script>alert(1)</script> & <b>negrita</b>"
    told = said(machine.post("cases", {**LAMP, "description": marks}))
    answer = machine.get(f"cases/{told['uuid']}")
    assert said(answer)["description"] == marks
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("query", ["limit=1&limit=200", "status=open&status=x", "order=filed&order="])
def test_a_parameter_asked_twice_counts_as_it_comes_last(cast: Cast, machine: Machine, query: str) -> None:
    _refused(machine.client.get(f"/api/v1/cases?{query}", headers=machine.headers), 422)


@pytest.mark.parametrize("query", ["procedure=%ED", "assignee=%00", "district=%FF%FE", "cursor=%ED"])
def test_a_query_in_a_bad_encoding_is_a_problem_or_finds_nothing(cast: Cast, machine: Machine, query: str) -> None:
    answer = machine.client.get(f"/api/v1/cases?{query}", headers=machine.headers)
    assert answer.status_code in (200, 422)
    assert answer.status_code == 422 or said(answer)["cases"] == []


# Cursors ------------------------------------------------------------------------------------------------------------


def test_a_cursor_that_was_changed_or_made_up_is_refused(cast: Cast, machine: Machine) -> None:
    for _count in range(3):
        cast.file()
    cursor = said(machine.get("cases", limit="1"))["next"]
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = [
        raw[:-1] + bytes([raw[-1] ^ 1]),
        raw[:12] + raw[12:].replace(b"urgency", b"updated"),
        raw[12:],
        b"",
        raw[:12],
    ]
    made_up = b"urgency|2026-01-01T00:00:00+00:00|0192f3a4-5b6c-7d8e-9f01-23456789abcd"
    for each in [*changed, made_up, b"\x00" * 12 + made_up]:
        forged = base64.urlsafe_b64encode(each).decode().rstrip("=") or "="
        found = _refused(machine.get("cases", limit="1", cursor=forged), 422)
        assert "cursor" in found["detail"]


def test_a_cursor_stays_right_while_cases_come_and_go(cast: Cast, machine: Machine) -> None:
    before = [cast.file().reference for _count in range(4)]
    first = said(machine.get("cases", order="filed", limit="2"))
    cast.file()
    gone = Case.objects.get(reference=before[1])
    machine.post(f"cases/{gone.uuid}/resolve", {"text": "Cambiado."})
    second = said(machine.get("cases", order="filed", limit="2", cursor=first["next"]))
    assert [each["reference"] for each in first["cases"]] == before[:1:-1]
    assert [each["reference"] for each in second["cases"]] == [before[0]]
    assert second == said(machine.get("cases", order="filed", limit="2", cursor=first["next"]))


def test_a_cursor_shows_nobody_more_than_they_see(cast: Cast, machine: Machine) -> None:
    for _count in range(2):
        cast.file()
    cursor = said(machine.get("cases", limit="1"))["next"]
    assert said(machine_of(cast.otilia).get("cases", limit="1", cursor=cursor))["cases"] == []


# Idempotency --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["con espacio", "", "ñ", "x" * 61, "\x7f"])
def test_an_idempotency_key_that_is_none_is_pointed_at(cast: Cast, machine: Machine, key: str) -> None:
    found = _refused(machine.post("cases", LAMP, Idempotency_Key=key), 422)
    assert found["errors"][0]["parameter"] == "Idempotency-Key"
    assert not Case.objects.exists()


def test_an_idempotency_key_belongs_to_its_api_key(cast: Cast, machine: Machine) -> None:
    other = machine_of(cast.olga)
    first, second = (each.post("cases", LAMP, Idempotency_Key="0f4c") for each in (machine, other))
    assert (first.status_code, second.status_code) == (201, 201)
    assert said(first)["reference"] != said(second)["reference"]


# Faults of ours -----------------------------------------------------------------------------------------------------


def test_a_database_that_is_busy_is_a_problem_that_passes(
    cast: Cast, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("ventanilla.api.rest.filing.open_case", fail)
    client = Client(raise_request_exception=False)
    answer = client.post("/api/v1/cases", LAMP, content_type="application/json", headers=machine.headers)
    _refused(answer, 503)
    assert int(answer["Retry-After"]) > 0
