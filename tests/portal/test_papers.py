"""What is never shown to everybody brings documents too; what may be on the public map, photos alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.cast import Cast, actor
from tests.pictures import jpeg
from tests.portal.conftest import ANONYMOUS, LAMP, fill
from tests.portal.test_following import opened
from tests.portal.test_report import filed
from tests.portal.town import widen_catalogue
from ventanilla.cases import actions
from ventanilla.cases.models import Case, Draft
from ventanilla.files import actions as files

COMPLAINT = "queja-por-la-atencion"
PRIVATE = [COMPLAINT, "sugerencia", "consulta", "felicitacion", "construccion-sin-permiso", "casa-inundada"]


def pdf(said: str = "") -> bytes:
    """A document, told from others by its comment."""
    return f"%PDF-1.4\n%{said}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n".encode()


PDF = pdf()
SAID = {"description": "Me cobraron dos veces; mando el recibo."}


def paper(name: str = "recibo.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", jpeg(), "image/jpeg")


def with_paper(client: Client) -> Case:
    """A complaint with a photo and a document."""
    fill(client, COMPLAINT, detalles=SAID, fotos={"photos": [paper(), photo()]}, quien=ANONYMOUS)
    return filed(client, COMPLAINT)


@pytest.mark.parametrize("key", PRIVATE)
def test_what_is_never_public_asks_for_documents_too(cast: Cast, key: str) -> None:
    widen_catalogue(cast)
    page = Client().get(f"/reportar/{key}/fotos/").content.decode()
    assert "¿Tiene fotos o documentos?" in page
    assert "texto sencillo, o documentos de Word" in page
    assert re.search(r'accept="image/jpeg[^"]*application/pdf', page)
    fill(Client(), key, fotos={"photos": paper()})
    assert Draft.objects.latest("updated_at").files.get().file.media_type == "application/pdf"


def test_what_may_be_public_takes_photos_alone(cast: Cast) -> None:
    client = Client()
    page = client.get(f"/reportar/{LAMP}/fotos/").content.decode()
    assert "¿Tiene fotos?" in page
    assert "documento" not in page
    refused = client.post(f"/reportar/{LAMP}/fotos/", {"photos": paper()})
    assert refused.status_code == 422
    assert "no es una foto" in refused.content.decode()


def test_a_complaint_brings_its_receipt_and_it_can_be_had_again(cast: Cast) -> None:
    client = Client()
    fill(client, COMPLAINT, detalles=SAID, fotos={"photos": [paper(), photo()]}, quien=ANONYMOUS)
    step = client.get(f"/reportar/{COMPLAINT}/fotos/").content.decode()
    assert "recibo.pdf" in step
    assert 'alt="Foto 1"' not in step, "the photo is the second of the files"
    check = client.get(f"/reportar/{COMPLAINT}/revise/").content.decode()
    assert "Fotos y documentos" in check
    assert "1 foto, sin los datos del teléfono.<br>recibo.pdf" in check
    case = filed(client, COMPLAINT)
    kept = case.attachments.get(file__media_type="application/pdf").file
    page = client.get(f"/caso/{case.uuid}/").content.decode()
    assert "recibo.pdf</a>" in page
    path = re.search(rf'href="([^"]*{kept.uuid}[^"]*)"', page)
    assert path
    answer = client.get(path[1])
    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert Client().get(path[1]).status_code == 404, "nobody else has it"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("recibo.pdf", b"MZ\x90\x00" + b"\0" * 200, "No podemos recibir esta clase de archivo"),
        ("recibo.pdf", b"<html><script>alert(1)</script></html>", "página web"),
        ("recibo.exe", PDF, "dice que es una cosa"),
        ("recibo.docx", PDF, "dice que es una cosa"),
        ("recibo.pdf", b"", "vacío"),
        ("recibo.pdf", PDF + b"\0" * 21 * 1024 * 1024, "20 MB"),
    ],
)
def test_a_disguised_document_is_refused_and_nothing_typed_is_lost(
    cast: Cast, name: str, content: bytes, said: str
) -> None:
    client = Client()
    fill(client, COMPLAINT, detalles=SAID)
    answer = client.post(f"/reportar/{COMPLAINT}/fotos/", {"photos": [photo(), paper(name, content)]})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    draft = Draft.objects.get()
    assert draft.data["details"]["description"] == SAID["description"]
    assert [each.file.media_type for each in draft.files.all()] in ([], ["image/jpeg"])
    assert SAID["description"] in client.get(f"/reportar/{COMPLAINT}/detalles/").content.decode()


def test_no_more_than_five_files(cast: Cast) -> None:
    client = Client()
    many = [paper(f"{number}.pdf", pdf(str(number))) for number in range(6)]
    asked = client.post(f"/reportar/{COMPLAINT}/fotos/", {"photos": many})
    assert "Caben 5 archivos y llegaron 6. Quite alguno." in asked.content.decode()
    fill(client, COMPLAINT, fotos={"photos": [paper(f"{n}.pdf", pdf(str(n))) for n in range(5)]})
    assert "Ya van 5 archivos" in client.get(f"/reportar/{COMPLAINT}/fotos/").content.decode()


# Later messages -----------------------------------------------------------------------------------------------------


def say(client: Client, case: Case, text: str, *sent: SimpleUploadedFile) -> Any:
    return client.post(f"/caso/{case.uuid}/mensaje/", {"text": text, "photos": list(sent)})


def test_a_document_is_added_to_a_complaint_later(cast: Cast) -> None:
    client = Client()
    case = with_paper(client)
    page = client.get(f"/caso/{case.uuid}/").content.decode()
    assert "Agregar algo, una foto o un documento" in page
    assert say(client, case, "", paper("carta.pdf", pdf("carta"))).status_code == 302
    event = case.events.get(kind="person_replied")
    assert [each.visibility for each in event.attachments.all()] == ["person"]
    assert "carta.pdf" in client.get(f"/caso/{case.uuid}/").content.decode()


def test_nothing_at_all_is_no_message(cast: Cast) -> None:
    client = Client()
    refused = say(client, with_paper(client), "")
    assert refused.status_code == 422
    assert "Escriba su respuesta o agregue un archivo." in refused.content.decode()


def test_a_disguised_document_leaves_the_words_of_a_message_where_they_were(cast: Cast) -> None:
    client = Client()
    case = with_paper(client)
    refused = say(client, case, "Aquí va la carta", paper("carta.pdf", b"MZ\x90\x00" + b"\0" * 200))
    assert refused.status_code == 422
    assert "No podemos recibir esta clase de archivo" in refused.content.decode()
    assert "Aquí va la carta</textarea>" in refused.content.decode()
    assert not case.events.filter(kind="person_replied").exists()


def test_a_report_that_is_public_takes_no_document_later(cast: Cast) -> None:
    case = cast.file()
    refused = say(opened(case), case, "Mando esto", paper())
    assert refused.status_code == 422
    assert "no es una foto" in refused.content.decode()


def test_what_the_desk_sent_is_there_to_be_had(cast: Cast) -> None:
    case, staged = cast.file(), files.receive(paper("oficio.pdf"))
    with transaction.atomic():
        sent = [(files.keep(staged, by="test"), staged.name)]
        actions.reply(case, text="Le mando el oficio.", by=actor(cast.olga), files=sent)
    assert "oficio.pdf" in opened(case).get(f"/caso/{case.uuid}/").content.decode()
