"""Nobody sees, changes or learns of what isn't theirs; and nothing personal is left where it may be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern

from tests.cast import MEMBERS, Cast, actor
from tests.pictures import jpeg
from tests.portal.conftest import ANONYMOUS, DETAILS, LAMP, LUIS, code_sent, fill, signed_in
from ventanilla.cases import actions
from ventanilla.cases.enums import Identity, Visibility
from ventanilla.cases.models import Attachment, Case
from ventanilla.files import actions as files
from ventanilla.organization.guards import PUBLIC, guard_of
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.portal import urls

STRANGER, NEIGHBOUR = "stranger", "neighbour"
OTHERS = [STRANGER, NEIGHBOUR, *MEMBERS]
READ = ["", "constancia/", "constancia/documento/", "constancia.pdf", "retirar/", "reabrir/"]
WRITE = ["mensaje/", "retirar/", "reabrir/", "opinion/", "constancia/documento/"]


def browser_of(cast: Cast, who: str) -> Client:
    """The browser of a stranger, of a neighbour who has a case of their own, or of a member of staff."""
    client = Client()
    if who == NEIGHBOUR:
        contacts = [(ContactKind.EMAIL, "luis@correo.example")]
        luis = people.register_person(by="test", name="Luis Soto", contacts=contacts, verified=True)
        cast.file(applicant=luis)
        return signed_in(luis)
    if who in MEMBERS:
        client.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def breach(cast: Cast) -> Case:
    """A denuncia under a reserved identity, which no public page shows."""
    return cast.file(procedure=cast.breach, identity=Identity.CONFIDENTIAL, answers={})


@pytest.mark.parametrize("who", OTHERS)
def test_a_case_of_somebody_else_is_not_found(cast: Cast, breach: Case, who: str) -> None:
    """The portal is the person's side: staff, who see the case at the desk, don't see it here either."""
    client, before = browser_of(cast, who), breach.version
    for case in (breach, cast.file()):
        for tail in READ:
            assert client.get(f"/caso/{case.uuid}/{tail}").status_code == 404, tail
        for tail in WRITE:
            answer = client.post(f"/caso/{case.uuid}/{tail}", {"text": "x", "mark": "1"})
            assert answer.status_code == 404, tail
    breach.refresh_from_db()
    assert breach.version == before


@pytest.mark.parametrize("who", OTHERS)
def test_a_denuncia_is_nowhere_in_public(cast: Cast, breach: Case, who: str) -> None:
    client = browser_of(cast, who)
    for path in (f"/reporte/{breach.uuid}/", f"/entrar/seguir/{breach.uuid}/"):
        assert client.get(path).status_code == 404
    for path in ("a-mi-tambien/", "dejar/"):
        assert client.post(f"/reporte/{breach.uuid}/{path}").status_code == 404
    for path in ("/", "/mapa/", "/mapa/?state=", "/mapa/puntos.json?bbox=-85,9,-84,10&zoom=12"):
        page = client.get(path).content.decode()
        assert str(breach.uuid) not in page
        assert breach.reference not in page


@pytest.mark.parametrize("who", ["rosa", *OTHERS])
def test_a_file_is_seen_by_whom_it_is_for(cast: Cast, who: str, django_capture_on_commit_callbacks: Any) -> None:
    upload = SimpleUploadedFile("foto.jpg", jpeg(), "image/jpeg")
    seen: dict[str, str] = {}
    for name in ("public", "person", "staff", "reserved"):
        staged = files.receive(upload)
        with django_capture_on_commit_callbacks(execute=True):
            stored = files.keep(staged, by="anonymous")
            own = {"procedure": cast.breach, "answers": {}} if name == "reserved" else {}
            case = cast.file(files=[(stored, "foto.jpg")], **own)
        if name in ("person", "staff"):
            Attachment.objects.filter(case=case).update(visibility=Visibility(name))
        seen[name] = f"/archivo/{stored.uuid}/"
        upload.seek(0)
    client = signed_in(cast.rosa) if who == "rosa" else browser_of(cast, who)
    allowed = {"public", "person", "reserved"} if who == "rosa" else {"public"}
    for name, path in seen.items():
        for tail in ("", "muestra/"):
            answer = client.get(path + tail)
            assert answer.status_code == (200 if name in allowed else 404), f"{name} {tail}"
            if answer.status_code == 200:
                b"".join(answer)
                assert answer["Content-Security-Policy"].startswith("sandbox")


def test_a_fragment_of_evidence_attached_by_the_desk_stays_at_the_desk(cast: Cast) -> None:
    case = cast.file()
    staged = files.receive(SimpleUploadedFile("informe.txt", b"interno", "text/plain"))
    stored = files.keep(staged, by="test")
    actions.attach(case, files=[(stored, "informe.txt")], by=actor(cast.olga), visibility=Visibility.STAFF)
    assert signed_in(cast.rosa).get(f"/archivo/{stored.uuid}/").status_code == 404


def test_ids_that_are_none_are_not_found(cast: Cast) -> None:
    for path in ("/caso/1/", "/caso/x/", "/reporte/x/", "/archivo/../x/", f"/archivo/{cast.rosa.uuid}/"):  # type: ignore[union-attr]
        assert Client().get(path).status_code == 404


# Sessions -----------------------------------------------------------------------------------------------------------


def test_a_session_somebody_else_knew_opens_nothing(cast: Cast) -> None:
    """Session fixation: with every right gained the session's id changes."""
    case, client = cast.file(), Client()

    def known() -> str:
        return str(client.cookies["sessionid"].value) if "sessionid" in client.cookies else ""

    client.post("/entrar/", {"contact": "rosa.benitez@correo.example"})
    planted = known()
    assert planted
    client.post("/entrar/codigo/", {"code": code_sent()})
    after_signing_in = known()
    client.post("/caso/", {"reference": case.reference, "code": case.follow_code})
    after_code = known()
    fill(client, LAMP, donde={"said": "x", "lon": "-84.1", "lat": "9.93"})
    assert len({planted, after_signing_in, after_code}) == 3
    for old in (planted, after_signing_in):
        thief = Client()
        thief.cookies["sessionid"] = old
        assert thief.get(f"/caso/{case.uuid}/").status_code == 404
    client.post("/salir/")
    left_behind = Client()
    left_behind.cookies["sessionid"] = after_code
    assert left_behind.get(f"/caso/{case.uuid}/").status_code == 404


def test_proving_a_contact_in_a_report_changes_the_session_too(cast: Cast) -> None:
    client = Client()
    client.post("/entrar/", {"contact": "otra@correo.example"})
    planted = client.cookies["sessionid"].value
    where = {"said": "x", "lon": "-84.1", "lat": "9.93"}
    fill(client, LAMP, donde=where, detalles=DETAILS, fotos={}, quien=LUIS)
    fill(client, LAMP, codigo={"code": code_sent()})
    assert client.cookies["sessionid"].value != planted


def test_a_code_for_one_contact_does_not_open_another(cast: Cast) -> None:
    mine, rosas = Client(), Client()
    mine.post("/entrar/", {"contact": "luis@correo.example"})
    code = code_sent()
    rosas.post("/entrar/", {"contact": "rosa.benitez@correo.example"})
    if code_sent() != code:
        assert rosas.post("/entrar/codigo/", {"code": code}).status_code == 422
    assert rosas.get("/lo-mio/")["Location"] == "/caso/"


def test_whether_a_contact_is_known_is_not_told(cast: Cast) -> None:
    known, unknown = Client(), Client()
    one = known.post("/entrar/", {"contact": "rosa.benitez@correo.example"})
    other = unknown.post("/entrar/", {"contact": "nadie@correo.example"})
    assert one["Location"] == other["Location"]
    assert set(known.cookies) == set(unknown.cookies)


def test_cookies_cannot_be_read_by_scripts_nor_sent_from_elsewhere(cast: Cast, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    fill(client, LAMP, donde={"said": "x", "lon": "-84.1", "lat": "9.93"}, detalles=DETAILS, fotos={}, quien=ANONYMOUS)
    client.post(f"/reportar/{LAMP}/revise/")
    for name in ("sessionid", "reporte"):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["secure"], name


def test_forms_from_elsewhere_are_refused(cast: Cast) -> None:
    case = cast.file()
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = signed_in(cast.rosa).cookies["sessionid"].value
    paths = [f"/caso/{case.uuid}/{tail}" for tail in WRITE]
    paths += [
        "/caso/",
        "/entrar/",
        "/salir/",
        "/comprobar/",
        "/idioma/",
        f"/reportar/{LAMP}/donde/",
        "/reportar/punto/",
    ]
    for path in [*paths, f"/reporte/{case.uuid}/a-mi-tambien/", "/reportar/lugares/"]:
        assert client.post(path, {"text": "x"}).status_code == 403, path
    case.refresh_from_db()
    assert case.is_open


# What is left behind ------------------------------------------------------------------------------------------------


def test_personal_pages_are_kept_by_no_browser_and_no_proxy(cast: Cast) -> None:
    case = actions.resolve_case(cast.file(), text="Listo", by=actor(cast.olga))
    client = signed_in(cast.rosa)
    paths = [
        f"/caso/{case.uuid}/{tail}" for tail in ("", "constancia/", "constancia/documento/", "retirar/", "reabrir/")
    ]
    paths += [
        "/lo-mio/",
        "/caso/",
        "/entrar/",
        *(f"/reportar/{LAMP}/{step}/" for step in ("donde", "detalles", "quien")),
    ]
    for path in paths:
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_no_address_carries_anything_personal(cast: Cast) -> None:
    client, seen = Client(), []
    where = {"said": "Casa de doña Rosa", "lon": "-84.1", "lat": "9.93", "hint": "Portón verde"}
    steps: list[tuple[str, dict[str, str]]] = [("donde", where), ("detalles", DETAILS), ("fotos", {}), ("quien", LUIS)]
    for name, data in steps:
        seen.append(client.post(f"/reportar/{LAMP}/{name}/", data)["Location"])
    seen.append(client.post(f"/reportar/{LAMP}/codigo/", {"code": code_sent()})["Location"])
    receipt = client.post(f"/reportar/{LAMP}/revise/")["Location"]
    seen += [receipt, client.post("/entrar/", {"contact": "luis@correo.example"})["Location"]]
    page = client.get(receipt).content.decode()
    seen += re.findall(r'(?:href|action)="([^"]+)"', page)
    case = Case.objects.get()
    joined = " ".join(address for address in seen if "comprobar" not in address)
    for personal in ("8777", "6655", "luis", "Luis", "Rosa", "Port", case.follow_code, case.reference):
        assert personal not in joined


def _patterns() -> Iterator[URLPattern]:
    yield from urls.urlpatterns


def test_every_page_says_that_it_is_public() -> None:
    assert [each.name for each in _patterns() if guard_of(each.callback) != PUBLIC] == []
