"""Handing out files so that nothing in them acts."""

import pytest
from django.db import transaction
from django.test import RequestFactory

from tests.files.conftest import PDF, picture, sent
from ventanilla.files import actions
from ventanilla.files.models import StoredFile
from ventanilla.files.responses import respond
from ventanilla.files.rules import MissingContent

pytestmark = pytest.mark.django_db


def keep(content: bytes, name: str) -> StoredFile:
    with transaction.atomic():
        return actions.keep(actions.receive(sent(content, name)), by="Marta")


def body(response) -> bytes:  # type: ignore[no-untyped-def]
    content = b"".join(response.streaming_content)
    response.close()
    return content


def test_a_photo_is_shown_and_a_document_saved(rf: RequestFactory) -> None:
    photo, document = keep(picture(), "foto.jpg"), keep(PDF, "Peña.pdf")
    shown, saved = respond(rf.get("/"), photo), respond(rf.get("/"), document)
    assert shown["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert shown["Content-Type"] == "image/jpeg"
    assert saved["Content-Disposition"] == "attachment; filename*=utf-8''Pe%C3%B1a.pdf"
    assert body(saved) == PDF
    assert body(shown).startswith(b"\xff\xd8")


def test_nothing_in_a_file_can_act(rf: RequestFactory) -> None:
    response = respond(rf.get("/"), keep(b"hola\n", "a.txt"))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"].startswith("private")
    response.close()


def test_a_thumbnail_is_smaller(rf: RequestFactory) -> None:
    photo = keep(picture(size=(2000, 1500)), "foto.jpg")
    assert len(body(respond(rf.get("/"), photo, thumbnail=True))) < len(body(respond(rf.get("/"), photo)))


def test_a_document_has_no_thumbnail(rf: RequestFactory) -> None:
    assert body(respond(rf.get("/"), keep(PDF, "a.pdf"), thumbnail=True)) == PDF


def test_what_the_browser_has_is_not_sent_again(rf: RequestFactory) -> None:
    photo = keep(picture(), "foto.jpg")
    first = respond(rf.get("/"), photo)
    first.close()
    again = respond(rf.get("/", headers={"If-None-Match": first["ETag"]}), photo)
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    small = respond(rf.get("/", headers={"If-None-Match": first["ETag"]}), photo, thumbnail=True)
    assert small.status_code == 200
    small.close()


def test_nginx_may_send_it(rf: RequestFactory, settings: object) -> None:
    settings.FILES_ACCEL_PREFIX = "/interno/"  # type: ignore[attr-defined]
    photo = keep(picture(), "foto.jpg")
    response = respond(rf.get("/"), photo, thumbnail=True)
    digest = photo.sha256
    assert response["X-Accel-Redirect"] == f"/interno/{digest[:2]}/{digest[2:4]}/{digest}-320"
    assert response["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content == b""  # type: ignore[attr-defined]


@pytest.mark.parametrize("prefix", ["", "/interno/"])
def test_an_erased_file_is_missing(
    rf: RequestFactory,
    settings: object,
    prefix: str,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    settings.FILES_ACCEL_PREFIX = prefix  # type: ignore[attr-defined]
    with django_capture_on_commit_callbacks(execute=True):
        photo = keep(picture(), "foto.jpg")
        actions.erase(photo, order="2026-14", by="Marta")
    with pytest.raises(MissingContent):
        respond(rf.get("/"), photo)
