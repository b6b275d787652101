"""REST v1: filing and following."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import machine_of, photo
from tests.api.machine import Machine, said
from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.accounts.enums import Scope
from ventanilla.cases import actions
from ventanilla.cases.actions import receipts
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Attachment, Case
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.people.models import IdentityDocument, Person

__all__ = ["cast"]

LAMP: dict[str, Any] = {
    "procedure": "bombillo-quemado",
    "description": "Lleva una semana apagado.",
    "answers": {"how_many": "one"},
    "place": {"lon": -84.1, "lat": 9.93, "said": "Frente a la iglesia"},
}
NAMED = {"identity": "identified"}
ROSA = {"identity": "identified", "applicant": {"name": "Ana Mora Solís", "email": "ana@correo.example"}}


def test_a_case_is_filed_with_its_codes_and_clocks(cast: Cast, machine: Machine) -> None:
    answer = machine.post("cases", {**LAMP, **ROSA})
    assert answer.status_code == 201
    told, case = said(answer), Case.objects.get()
    assert (told["reference"], told["follow_code"]) == (case.reference, case.follow_code)
    assert receipts.check(case.reference, told["receipt_code"]).matches
    assert told["department"] == {"key": "alumbrado", "name": "Alumbrado público"}
    assert [each["kind"] for each in told["clocks"]] == ["target"]
    assert (case.channel, case.identity, case.filed_by) == (Channel.API, Identity.IDENTIFIED, cast.olga)
    assert case.place_label == "Frente a la iglesia"
    assert case.applicant is not None
    assert case.applicant.name == "Ana Mora Solís"


def test_a_petition_has_the_clock_of_the_law(machine: Machine) -> None:
    told = said(machine.post("cases", {"procedure": "queja-por-la-atencion", "description": "Tardaron.", **ROSA}))
    assert [(each["kind"], bool(each["law"])) for each in told["clocks"]] == [("response", True)]


def test_filed_twice_under_one_key_it_is_one_case(machine: Machine) -> None:
    first = machine.post("cases", {**LAMP, **ROSA}, Idempotency_Key="0f4c")
    people = Person.objects.count()
    second = machine.post("cases", {**LAMP, **ROSA, "description": "Otra vez."}, Idempotency_Key="0f4c")
    assert (first.status_code, second.status_code) == (201, 200)
    assert said(first) == said(second)
    assert (Case.objects.count(), Person.objects.count()) == (1, people)
    assert machine.post("cases", LAMP, Idempotency_Key="x" * 61).status_code == 422


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"procedure": "no-hay"}, "#/procedure"),
        ({"procedure": None}, "#/procedure"),
        ({"answers": {}}, "#/answers/how_many"),
        ({"answers": {"how_many": "many"}}, "#/answers/how_many"),
        ({"answers": {"how_many": "one", "color": "red"}}, "#/answers/color"),
        ({"answers": {"how_many": "\ud800"}}, "#/answers/how_many"),
        ({"answers": []}, "#/answers"),
        ({"description": "x" * 4001}, "#/description"),
        ({"description": "a\x00b"}, "#/description"),
        ({"description": "\udfff"}, "#/description"),
        ({"description": 7}, "#/description"),
        ({"place": None}, "#/place"),
        ({"place": {}}, "#/place"),
        ({"place": {"lon": -84.1}}, "#/place/lat"),
        ({"place": {"lon": 1e300, "lat": 0}}, "#/place/lon"),
        ({"place": {"lon": -84.5, "lat": 9.5}}, "#/place"),
        ({"place": {"said": "\x00"}}, "#/place/said"),
        ({"identity": "identified"}, "#/applicant"),
        ({"identity": "identified", "applicant": {}}, "#/applicant"),
        ({"identity": "identified", "applicant": {"email": "nadie"}}, "#/applicant"),
        ({"identity": "identified", "applicant": {"phone": "1"}}, "#/applicant"),
        ({"identity": "identified", "applicant": {"name": "x" * 81}}, "#/applicant/name"),
        ({**NAMED, "applicant": {"name": "Ana", "document": {"number": "--"}}}, "#/applicant/document/number"),
        ({"applicant": {"name": "Ana"}}, "#/identity"),
        ({"identity": "somebody"}, "#/identity"),
        ({"urgent": True}, "#/urgent"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_pointed_at_and_nothing_is_filed(
    cast: Cast, machine: Machine, change: Any, pointer: str
) -> None:
    people = Person.objects.count()
    answer = machine.post("cases", {**LAMP, **change})
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert said(answer)["errors"][0]["pointer"] == pointer
    assert (Case.objects.count(), Person.objects.count()) == (0, people)


def test_a_body_that_is_no_json_is_said(machine: Machine) -> None:
    for body in (b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}"):
        answer = machine.client.post("/api/v1/cases", body, content_type="application/json", headers=machine.headers)
        assert answer.status_code in (400, 422)
        assert answer["Content-Type"] == "application/problem+json"


def test_emergencies_are_called_and_technical_types_are_not_filed(cast: Cast, machine: Machine) -> None:
    Procedure.objects.filter(pk=cast.lamp.pk).update(is_emergency=True)
    published.forget()
    answer = machine.post("cases", LAMP)
    assert "911" in said(answer)["errors"][0]["detail"]
    Procedure.objects.filter(pk=cast.lamp.pk).update(is_emergency=False, technical_only=True)
    published.forget()
    assert machine.post("cases", LAMP).status_code == 422
    assert not Case.objects.exists()


def test_a_type_that_asks_for_a_document_gets_it(cast: Cast, machine: Machine) -> None:
    Procedure.objects.filter(pk=cast.lamp.pk).update(nature="application", needs_document=True)
    published.forget()
    assert said(machine.post("cases", {**LAMP, **ROSA}))["errors"][0]["pointer"] == "#/applicant/document"
    assert said(machine.post("cases", LAMP))["errors"][0]["pointer"] == "#/identity"
    with_document = {**ROSA["applicant"], "document": {"number": "1-0234-0567"}}  # type: ignore[dict-item]
    assert machine.post("cases", {**LAMP, **ROSA, "applicant": with_document}).status_code == 201
    assert IdentityDocument.objects.get().number == "102340567"


def test_the_key_that_filed_adds_the_photos_and_no_other(cast: Cast, machine: Machine) -> None:
    told = said(machine.post("cases", LAMP))
    path = f"cases/{told['uuid']}/attachments"
    answer = machine.upload(path, file=photo())
    assert answer.status_code == 201, answer.content
    [file] = said(answer)
    assert (file["name"], file["media_type"], file["visibility"]) == ("foto.jpg", "image/jpeg", "person")
    assert machine_of(cast.olga).upload(path, file=photo()).status_code == 404
    svg = photo()
    svg.truncate(0)
    svg.write(b"<svg><script>alert(1)</script></svg>")
    svg.seek(0)
    refused = machine.upload(path, file=svg)
    assert (refused.status_code, said(refused)["errors"][0]["pointer"]) == (422, "#/file")
    assert machine.upload(path, other=photo()).status_code == 422
    assert Attachment.objects.count() == 1


def test_a_photo_sent_again_is_kept_once(cast: Cast, machine: Machine) -> None:
    told = said(machine.post("cases", LAMP))
    path = f"cases/{told['uuid']}/attachments"
    first, again = (machine.upload(path, file=photo()) for _count in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert said(first) == said(again)
    assert machine.upload(path, file=photo("b.jpg", "blue")).status_code == 201
    assert Attachment.objects.count() == 2


def test_a_key_that_only_reads_files_nothing(cast: Cast) -> None:
    assert machine_of(cast.olga, Scope.CASE_READ).post("cases", LAMP).status_code == 403
    assert Client().post("/api/v1/cases", LAMP, content_type="application/json").status_code == 401
    assert not Case.objects.exists()


def test_who_has_number_and_code_follows(cast: Cast, machine: Machine) -> None:
    case = cast.file()
    actions.take_case(case, user=cast.olga, by=actor(cast.olga))
    actions.note(case, text="Solo para la mesa.", by=actor(cast.olga))
    actions.ask_person(case, text="¿En qué poste?", by=actor(cast.olga))
    for asked, headers in (
        ({"code": case.follow_code}, {}),
        ({"code": f"{case.follow_code[:4]}-{case.follow_code[4:].lower()}"}, {}),
        ({}, {"X-Follow-Code": case.follow_code}),
        ({"code": case.follow_code}, machine.headers),
    ):
        answer = Client().get(f"/api/v1/follow/{case.reference}", asked, headers=headers)
        assert answer.status_code == 200, answer.content
    told = said(answer)
    assert (told["state"], told["state_label"], told["asked"]) == (
        "waiting_person",
        "Espera respuesta",
        "¿En qué poste?",
    )
    assert [each["kind"] for each in told["timeline"]] == ["filed", "taken", "asked", "paused"]
    assert "Solo para la mesa" not in str(told)
    assert [each["kind"] for each in told["steps"]][:2] == ["done", "done"]
    assert told["steps"][0]["title"] == "Lo recibimos"


def test_a_wrong_number_and_a_wrong_code_are_told_alike(cast: Cast) -> None:
    case, other = cast.file(), cast.file()
    answers = [
        Client().get(f"/api/v1/follow/{reference}", {"code": code})
        for reference, code in (
            (case.reference, "BBBBBBBB"),
            (case.reference, ""),
            (case.reference, other.follow_code),
            ("2026-000999-9", case.follow_code),
            ("x" * 100, "BBBBBBBB"),
            (f"{case.reference}%00", "BBBBBBBB"),
        )
    ]
    assert {each.status_code for each in answers} <= {404, 422}
    assert len({said(each)["detail"] for each in answers if each.status_code == 404}) == 1


def test_guessing_without_a_key_is_slowed(cast: Cast, still_clock: Any) -> None:
    client = Client(REMOTE_ADDR="198.51.100.7")
    answers = [client.get("/api/v1/follow/2026-000999-9", {"code": "BBBBBBBB"}) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
