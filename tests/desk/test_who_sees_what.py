"""Who finds which case in lists, search, map, files and exports: for the whole cast, what the predicate says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase

from tests.cast import MEMBERS, Cast, actor, place
from tests.desk.attending import MAY, client_of
from tests.pictures import jpeg
from ventanilla.accounts.enums import Permission
from ventanilla.audit.models import AccessRecord
from ventanilla.cases import actions, inbox
from ventanilla.cases.enums import Identity, Visibility
from ventanilla.cases.models import Attachment, Case
from ventanilla.cases.permissions import can, can_view_case, sees_identity
from ventanilla.cases.search import index_owed
from ventanilla.files import actions as files
from ventanilla.organization.permissions import access_of

LOOKERS = sorted(set(MEMBERS) - {"admin"})
"""Those who may open the desk's lists at all; Ada keeps the systems and sees no case."""
REFERENCE = re.compile(r"\b20\d\d-\d{6}-\d\b")
NEAR = "bbox=-84.2,9.8,-84,10&zoom=13"

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Told:
    """Cases of every kind that tells one member from another."""

    cast: Cast
    cases: list[Case]
    photo: Attachment

    def seen_by(self, name: str, *, is_open: bool = True) -> set[str]:
        user = getattr(self.cast, name)
        return {c.reference for c in self.cases if can_view_case(user, c) and c.is_open == is_open}

    def client(self, name: str) -> Client:
        return client_of(getattr(self.cast, name))


@pytest.fixture(scope="module")
def told(lasting: Cast) -> Told:
    coro = actor(lasting.coro)
    spots = (place(label=f"Frente a la iglesia, casa {number}") for number in range(9))
    lamp, crews, reserved, hidden, done = (lasting.file(place=next(spots)) for _number in range(5))
    actions.assign_case(crews, user=None, team=lasting.crew_team, by=coro)
    breach = lasting.file(procedure=lasting.breach, answers={}, place=next(spots))
    complaint = lasting.file(procedure=lasting.complaint, answers={}, place=None)
    Case.objects.filter(pk=reserved.pk).update(is_reserved=True)
    Case.objects.filter(pk=hidden.pk).update(identity=Identity.CONFIDENTIAL)
    actions.resolve_case(done, text="Cambiado.", by=coro)
    passed = actions.route_case(
        lasting.file(place=next(spots)), department=lasting.streets, reason="Es del poste.", by=coro
    )
    index_owed()
    photo = _photo_in(breach, lasting)
    keys = [each.pk for each in (lamp, crews, reserved, hidden, done, breach, complaint, passed)]
    return Told(lasting, list(Case.objects.filter(pk__in=keys)), photo)


def _photo_in(case: Case, cast: Cast) -> Attachment:
    staged = files.receive(SimpleUploadedFile("foto.jpg", jpeg(), content_type="image/jpeg"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        held = [(files.keep(staged, by="test"), "foto.jpg")]
        actions.attach(case, files=held, by=actor(cast.otilia), visibility=Visibility.STAFF)
    return Attachment.objects.get(case=case)


def found(client: Client, path: str) -> set[str]:
    response = client.get(path)
    assert response.status_code == 200, path
    return set(REFERENCE.findall(response.content.decode()))


def test_the_cast_differs(told: Told) -> None:
    """The test would tell nothing if everybody saw the same."""
    seen = {name: frozenset(told.seen_by(name)) for name in LOOKERS}
    assert len(set(seen.values())) >= 4
    assert seen["cuca"] < seen["olga"] < seen["coro"] | seen["olga"]
    assert not seen["olga"] & seen["otilia"]


@pytest.mark.parametrize("name", LOOKERS)
def test_the_lists_hold_what_one_may_see(told: Told, name: str) -> None:
    client = told.client(name)
    every = {view: found(client, f"/mesa/?vista={view}") for view in inbox.VIEWS}
    assert every["sin-tomar"] == every["equipo"] == told.seen_by(name)
    assert every["cerrados"] == told.seen_by(name, is_open=False)
    assert set().union(*every.values()) == told.seen_by(name) | told.seen_by(name, is_open=False)


@pytest.mark.parametrize("name", LOOKERS)
def test_the_counts_count_no_other(told: Told, name: str) -> None:
    assert inbox.counts(getattr(told.cast, name)).by_view["sin-tomar"] == len(told.seen_by(name))


@pytest.mark.parametrize("name", LOOKERS)
def test_a_case_and_its_preview_open_for_who_may_see_it_and_are_not_found_by_others(told: Told, name: str) -> None:
    client, user = told.client(name), getattr(told.cast, name)
    for case in told.cases:
        expected = 200 if can_view_case(user, case) else 404
        assert client.get(f"/mesa/caso/{case.uuid}/vista/").status_code == expected
        assert client.get(f"/mesa/caso/{case.uuid}/").status_code == expected


@pytest.mark.parametrize("words", ["bombillo iglesia", "88881234", "Rosa Benítez", "bonbillo"])
@pytest.mark.parametrize("name", LOOKERS)
def test_search_finds_of_what_one_may_see(told: Told, name: str, words: str) -> None:
    both = told.seen_by(name) | told.seen_by(name, is_open=False)
    assert found(told.client(name), f"/mesa/buscar/?q={words}") <= both


@pytest.mark.parametrize("name", LOOKERS)
def test_search_by_name_finds_every_one_of_them(told: Told, name: str) -> None:
    user = getattr(told.cast, name)
    named = {c.reference for c in told.cases if can_view_case(user, c)}
    assert found(told.client(name), "/mesa/buscar/?q=Rosa Benítez") == named


@pytest.mark.parametrize("name", LOOKERS)
def test_a_whole_reference_opens_its_case_for_who_may_see_it(told: Told, name: str) -> None:
    client, user = told.client(name), getattr(told.cast, name)
    for case in told.cases:
        response = client.get(f"/mesa/buscar/?q={case.reference}")
        assert (response.status_code == 302) == can_view_case(user, case)


@pytest.mark.parametrize("name", LOOKERS)
def test_the_map_and_its_list_hold_what_one_may_see(told: Told, name: str) -> None:
    client = told.client(name)
    assert found(client, "/mesa/mapa/") == told.seen_by(name)
    features = json.loads(client.get(f"/mesa/mapa/puntos.json?{NEAR}").content)["features"]
    uuids = {each["properties"]["path"].split("/")[-2] for each in features}
    assert uuids == {str(c.uuid) for c in told.cases if c.reference in told.seen_by(name) and c.lon is not None}


@pytest.mark.parametrize("name", LOOKERS)
def test_a_file_is_of_who_may_see_its_case(told: Told, name: str) -> None:
    client, case = told.client(name), told.photo.case
    expected = 200 if can_view_case(getattr(told.cast, name), case) else 404
    for path in (f"/mesa/archivo/{told.photo.uuid}/", f"/mesa/archivo/{told.photo.uuid}/muestra/"):
        response = client.get(path)
        assert response.status_code == expected
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[attr-defined]  # read to its end, it is closed


@pytest.mark.parametrize("name", LOOKERS)
def test_the_exported_list_holds_what_one_may_take_out_of_what_one_sees(told: Told, name: str) -> None:
    user = getattr(told.cast, name)
    response = told.client(name).get("/mesa/expedientes.csv?vista=equipo")
    if not access_of(user).may_somewhere(Permission.CASE_EXPORT):
        assert response.status_code == 403
        return
    lines = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    allowed = {c.reference for c in told.cases if c.is_open and can(user, Permission.CASE_EXPORT, c)}
    assert set(REFERENCE.findall(lines)) == allowed
    assert AccessRecord.objects.filter(by=f"user:{user.uuid}", what="cases.exported").exists()


@pytest.mark.parametrize("name", LOOKERS)
def test_what_may_be_done_is_asked_of_the_same_in_rows_and_one_by_one(told: Told, name: str) -> None:
    """`CaseQuerySet.permitted` is the twin of `permissions.can`."""
    user = getattr(told.cast, name)
    for permission in (p for p in Permission if p.startswith("cases:")):
        rows = set(Case.objects.permitted(user, permission).values_list("pk", flat=True))
        assert rows == {case.pk for case in told.cases if can(user, permission, case)}, permission


@pytest.mark.parametrize("name", LOOKERS)
def test_a_person_s_page_lists_what_one_may_see_and_no_reserved_identity(told: Told, name: str) -> None:
    user = getattr(told.cast, name)
    response = told.client(name).get(f"/mesa/personas/{told.cast.rosa.uuid}/")  # type: ignore[union-attr]
    if not access_of(user).may_somewhere(Permission.PERSON_VIEW):
        assert response.status_code == 403
        return
    shown = set(REFERENCE.findall(response.content.decode()))
    allowed = {c.reference for c in told.cases if can_view_case(user, c) and c.identity != Identity.CONFIDENTIAL}
    assert shown == allowed


OTHERS = re.compile(r"(\d+) casos? más con nosotros")


@pytest.mark.parametrize("name", LOOKERS)
def test_of_a_person_s_other_cases_only_those_one_may_see_are_counted(told: Told, name: str) -> None:
    """By their number nobody learns of a case of another department, nor of what was filed in confidence."""
    client, user = told.client(name), getattr(told.cast, name)
    seen = [case for case in told.cases if can_view_case(user, case)]
    counted = {case.pk for case in seen if case.identity != Identity.CONFIDENTIAL}
    for case in seen:
        shown = OTHERS.search(client.get(f"/mesa/caso/{case.uuid}/").content.decode())
        expected = len(counted - {case.pk}) if sees_identity(user, case) else 0
        assert int(shown[1] if shown else 0) == expected


@pytest.mark.parametrize("name", sorted(MAY))
def test_who_asks_how_it_goes_is_told_of_what_the_listener_may_see(told: Told, name: str) -> None:
    client = told.client(name)
    both = told.seen_by(name) | told.seen_by(name, is_open=False)
    shown = client.post("/mesa/como-va/casos/", {"typed": "Rosa Benítez"}).content.decode()
    assert set(REFERENCE.findall(shown)) <= both
    for case in told.cases:
        expected = 200 if case.reference in both else 404
        assert client.get(f"/mesa/como-va/{case.uuid}/").status_code == expected


@pytest.mark.parametrize("name", LOOKERS)
def test_marked_cases_that_one_doesn_t_see_are_not_marked(told: Told, name: str) -> None:
    user, client = getattr(told.cast, name), told.client(name)
    hidden = [case for case in told.cases if not can_view_case(user, case)]
    before = {case.pk: case.version for case in hidden}
    client.post("/mesa/marcados/", {"accion": "tomar", "caso": [str(case.uuid) for case in hidden]})
    client.post(
        "/mesa/marcados/", {"accion": "anotar", "hacer": "1", "text": "x", "caso": [str(case.uuid) for case in hidden]}
    )
    assert dict(Case.objects.filter(pk__in=before).values_list("pk", "version")) == before


PATHS: list[Callable[[Told], str]] = [
    lambda told: "/mesa/",
    lambda told: "/mesa/expedientes.csv",
    lambda told: "/mesa/buscar/?q=iglesia",
    lambda told: "/mesa/mapa/",
    lambda told: f"/mesa/mapa/puntos.json?{NEAR}",
    lambda told: "/mesa/mapa/ciudad.json",
    lambda told: f"/mesa/caso/{told.cases[0].uuid}/vista/",
    lambda told: f"/mesa/archivo/{told.photo.uuid}/",
    lambda told: f"/mesa/personas/{told.cast.rosa.uuid}/",  # type: ignore[union-attr]
    lambda told: "/mesa/atender/",
    lambda told: "/mesa/como-va/",
]


@pytest.mark.parametrize("path", PATHS)
def test_the_keeper_of_systems_sees_no_case_and_a_stranger_is_sent_to_sign_in(
    told: Told, path: Callable[[Told], str]
) -> None:
    assert told.client("admin").get(path(told)).status_code == 403
    assert Client().get(path(told)).status_code == 302
