"""The whole file of a case: on a page for the printer, and in a ZIP that proves itself."""

from __future__ import annotations

import io
import json
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.cast import Cast, actor
from tests.desk.case_page import Page, signed_in
from tests.pictures import jpeg
from ventanilla.audit import rules
from ventanilla.audit.models import AccessRecord
from ventanilla.cases import actions
from ventanilla.cases.enums import Identity, Visibility
from ventanilla.cases.models import Case
from ventanilla.files import actions as files


@pytest.fixture
def case(cast: Cast) -> Case:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    case = actions.note(case, text="Llevar escalera.", by=actor(cast.olga))
    return actions.reply(case, text="Vamos mañana.", by=actor(cast.olga))


def exported(client: Client, case: Case) -> bytes | None:
    """The ZIP, read to its end; None where it isn't given."""
    answer = client.get(f"/mesa/caso/{case.uuid}/exportar/")
    return b"".join(answer.streaming_content) if answer.status_code == 200 else None  # type: ignore[attr-defined]


def unzipped(client: Client, case: Case) -> zipfile.ZipFile:
    content = exported(client, case)
    assert content is not None
    return zipfile.ZipFile(io.BytesIO(content))


def test_the_paper_holds_all_that_may_be_seen_oldest_first(cast: Cast, case: Case) -> None:
    shown = Page(cast, "olga", case).shows("imprimir/")
    for said in (case.reference, "Rosa Benítez Arias", "+506 8888 1234", "Llevar escalera.", "Vamos mañana."):
        assert said in shown
    assert shown.index("lo presentó por el portal") < shown.index("Llevar escalera.") < shown.index("Vamos mañana.")


def test_the_paper_keeps_the_name_of_who_asked_for_it(cast: Cast) -> None:
    case = cast.file(identity=Identity.CONFIDENTIAL)
    shown = Page(cast, "coro", case).shows("imprimir/")
    assert "Rosa" not in shown
    assert "Identidad reservada" in shown


def noted(case: Case) -> tuple[str, str]:
    record = AccessRecord.objects.get(about=case.chain)
    return record.what, record.by


def test_that_it_was_printed_is_noted(cast: Cast, case: Case) -> None:
    Page(cast, "olga", case).shows("imprimir/")
    assert noted(case) == ("case.printed", f"user:{cast.olga.uuid}")


def test_that_it_was_taken_along_is_noted(cast: Cast, case: Case) -> None:
    exported(signed_in(cast, "olga"), case)
    assert noted(case) == ("case.exported", f"user:{cast.olga.uuid}")


def test_who_takes_it_along(cast: Cast, case: Case) -> None:
    assert {name for name in cast.users if exported(signed_in(cast, name), case)} == {"olga", "carlos", "coro", "vera"}


def test_who_may_not_know_a_name_does_not_take_it_along(cast: Cast) -> None:
    case = cast.file(identity=Identity.CONFIDENTIAL)
    assert signed_in(cast, "coro").get(f"/mesa/caso/{case.uuid}/exportar/").status_code == 404
    assert "exportar/" not in Page(cast, "coro", case).shows()


def test_its_trail_proves_itself_with_nothing_else(cast: Cast, case: Case) -> None:
    trail = json.loads(unzipped(signed_in(cast, "olga"), case).read("rastro.json"))
    previous = ""
    for entry in trail["entries"]:
        said = rules._FRAME.encode(
            [
                trail["chain"],
                entry["seq"],
                entry["at"],
                entry["by"],
                entry["verb"],
                rules.canonical(entry["data"]),
                previous,
            ]
        )
        assert rules.hashlib.sha256(said).hexdigest() == entry["hash"]
        assert entry["previous"] == previous
        previous = entry["hash"]
    assert (trail["count"], trail["last_hash"]) == (len(trail["entries"]), previous)
    assert "Llevar escalera" not in json.dumps(trail), "words are not in the trail"


def test_its_page_and_its_data_say_the_same(cast: Cast, case: Case) -> None:
    held = unzipped(signed_in(cast, "olga"), case)
    page, data = unescape(held.read("expediente.html").decode()), json.loads(held.read("expediente.json"))
    assert data["reference"] in page
    assert [each["text"] for each in data["timeline"]][-1] == "Vamos mañana."
    assert 'href="expediente.css"' in page
    assert b"p-story" in held.read("expediente.css")


@pytest.mark.django_db(transaction=True)
def test_its_files_are_in_it_whole(cast: Cast) -> None:
    case, photo = cast.file(), jpeg()
    for name in ("../../escalera.jpg", "escalera.jpg"):
        staged = files.receive(SimpleUploadedFile("poste.jpg", photo))
        with transaction.atomic():
            kept = files.keep(staged, by="user:olga")
        actions.attach(case, files=[(kept, name)], visibility=Visibility.STAFF, by=actor(cast.olga))
    held = unzipped(signed_in(cast, "olga"), case)
    inside = [name for name in held.namelist() if name.startswith("archivos/")]
    assert inside == ["archivos/01-escalera.jpg", "archivos/02-escalera.jpg"]
    with kept.open() as whole:
        assert held.read(inside[1]) == whole.read()
    assert f'src="{inside[0]}"' in held.read("expediente.html").decode()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_erased_is_said_to_have_been(cast: Cast) -> None:
    case = cast.file()
    staged = files.receive(SimpleUploadedFile("poste.jpg", jpeg()))
    with transaction.atomic():
        kept = files.keep(staged, by="user:olga")
    actions.attach(case, files=[(kept, "poste.jpg")], visibility=Visibility.STAFF, by=actor(cast.olga))
    files.erase(kept, order="123", by="user:admin")
    held = unzipped(signed_in(cast, "olga"), case)
    assert not [name for name in held.namelist() if name.startswith("archivos/")]
    assert "Archivo borrado" in held.read("expediente.html").decode()
    assert "Archivo borrado" in Page(cast, "olga", case).shows()
