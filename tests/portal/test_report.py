"""Reporting: what is asked, what is kept, what happens when something is wrong, and that it is filed once."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import Cast
from tests.cast import standing as cast
from tests.pictures import jpeg
from tests.portal.conftest import ANONYMOUS, DETAILS, LAMP, LUIS, code_sent, fill, signed_in
from tests.portal.town import widen_catalogue
from ventanilla.cases.actions import drafts
from ventanilla.cases.models import Case, Draft
from ventanilla.lib import clock
from ventanilla.people.models import ContactPoint, OneTimeCode, Person

__all__ = ["cast"]

BASE = f"/reportar/{LAMP}/"
HERE = {"said": "Frente a la iglesia", "lon": "-84.1", "lat": "9.93", "source": "map"}


def photo(name: str = "foto.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if content is None else content, "image/jpeg")


def filed(client: Client, key: str = LAMP) -> Case:
    response = client.post(f"/reportar/{key}/revise/")
    assert response.status_code == 302, response.content.decode()
    found = re.search(r"/caso/([0-9a-f-]+)/constancia/", response["Location"])
    assert found, response["Location"]
    return Case.objects.get(uuid=found[1])


def answered(who: dict[str, str] = ANONYMOUS, client: Client | None = None) -> Client:
    client = client or Client()
    fill(client, LAMP, donde=HERE, detalles=DETAILS, fotos={}, quien=who)
    return client


# What ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["bombillo", "foco fundido", "farola apagada", "luminaria", "bonbillo"])
def test_the_words_people_use_find_the_type(cast: Cast, words: str) -> None:
    assert "Bombillo quemado" in Client().get("/reportar/opciones/", {"q": words}).content.decode()
    assert "Bombillo quemado" in Client().get("/reportar/", {"q": words}).content.decode()
    assert "Bombillo quemado" in Client().get("/buscar/", {"q": words}).content.decode()


def test_the_number_of_a_case_leads_to_how_it_goes(cast: Cast) -> None:
    case = cast.file()
    there = f"/caso/?numero={case.reference}"
    assert there in Client().get("/reportar/opciones/", {"q": case.reference}).content.decode()
    assert Client().get("/buscar/", {"q": case.reference})["Location"] == there
    assert f'value="{case.reference}"' in Client().get(there).content.decode()


def test_an_emergency_stops_and_shows_the_phone(cast: Cast) -> None:
    widen_catalogue(cast)
    page = Client().get("/reportar/cable-caido/").content.decode()
    assert 'href="tel:911"' in page
    assert "No lo toque" in page
    for step in ("donde", "detalles", "fotos", "quien", "revise"):
        assert Client().post(f"/reportar/cable-caido/{step}/", HERE)["Location"] == "/reportar/cable-caido/"
    assert not Draft.objects.exists()


def test_what_only_technicians_take_says_who(cast: Cast) -> None:
    widen_catalogue(cast)
    page = Client().get("/reportar/ampliar-la-red/").content.decode()
    assert "Obras y calles" in page
    assert 'href="tel:2222-0101"' in page


@pytest.mark.parametrize("key", ["queja-por-la-atencion", "sugerencia", "felicitacion", "consulta"])
def test_complaints_suggestions_compliments_and_inquiries_go_in_by_the_same_door(cast: Cast, key: str) -> None:
    widen_catalogue(cast)
    client = Client()
    assert client.post(f"/reportar/{key}/detalles/", {"description": ""}).status_code == 422
    fill(client, key, detalles={"description": "Lo que quiero decirles."}, fotos={}, quien=ANONYMOUS)
    case = filed(client, key)
    assert (case.description, case.place, case.is_public) == ("Lo que quiero decirles.", None, False)


# Who ----------------------------------------------------------------------------------------------------------------


def test_an_anonymous_report_keeps_nothing_of_who_sent_it_even_from_somebody_signed_in(cast: Cast) -> None:
    client = signed_in(cast.rosa)
    fill(client, LAMP, donde=HERE, detalles=DETAILS, fotos={"photos": photo()}, quien=ANONYMOUS)
    case = filed(client)
    assert case.applicant is None
    event = case.events.get()
    assert (event.by, event.by_label) == ("anonymous", "")
    assert case.attachments.get().file.kept_by == "anonymous"
    client.post(f"/caso/{case.uuid}/mensaje/", {"text": "Sigue igual"})
    assert set(case.events.values_list("by", "by_label")) == {("anonymous", "")}
    assert (
        f"{case.follow_code[:4]}-{case.follow_code[4:]}"
        in client.get(f"/caso/{case.uuid}/constancia/").content.decode()
    )


def test_a_confidential_report_does_not_write_the_name_where_the_desk_reads(cast: Cast) -> None:
    client = signed_in(cast.rosa)
    fill(client, LAMP, donde=HERE, detalles=DETAILS, fotos={}, quien={"identity": "confidential"})
    case = filed(client)
    assert case.applicant == cast.rosa
    assert case.events.get().by_label == "Identidad reservada"


def test_what_is_lost_by_not_saying_who_one_is_is_told(cast: Cast) -> None:
    widen_catalogue(cast)
    lamp = Client().get(f"{BASE}quien/").content.decode()
    assert "No podremos avisarle" in lamp
    assert "plazo que da la ley" not in lamp
    assert "Tampoco corre el plazo que da la ley" in Client().get("/reportar/consulta/quien/").content.decode()


def test_a_contact_is_proven_with_a_code(cast: Cast) -> None:
    client = answered(LUIS)
    assert client.get(f"{BASE}revise/")["Location"] == f"{BASE}codigo/"
    assert "••• 6655" in client.get(f"{BASE}codigo/").content.decode()
    wrong = client.post(f"{BASE}codigo/", {"code": "000000" if code_sent() != "000000" else "111111"})
    assert wrong.status_code == 422
    assert "Ese código no es" in wrong.content.decode()
    fill(client, LAMP, codigo={"code": code_sent()})
    case = filed(client)
    assert case.applicant
    assert case.applicant.name == "Luis Soto Mora"
    assert ContactPoint.objects.get(person=case.applicant).verified_at
    assert client.get("/lo-mio/").status_code == 200


def test_the_demo_says_where_its_messages_lie(cast: Cast, settings: Any) -> None:
    client = answered(LUIS)
    assert "demostración" not in client.get(f"/reportar/{LAMP}/codigo/").content.decode()
    settings.DEMO = True
    assert f"{settings.DATA.name}/outbox" in client.get(f"/reportar/{LAMP}/codigo/").content.decode()


def test_a_code_serves_once_and_for_a_quarter_of_an_hour(cast: Cast) -> None:
    first = answered(LUIS)
    code = code_sent()
    fill(first, LAMP, codigo={"code": code})
    again = Client()
    again.cookies["reporte"] = first.cookies["reporte"].value
    assert again.post(f"{BASE}codigo/", {"code": code}).status_code == 422, "replayed"
    late = answered({**LUIS, "contact": "otro@correo.example"})
    code = code_sent()
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert late.post(f"{BASE}codigo/", {"code": code}).status_code == 422, "expired"


def test_a_code_is_not_guessed(cast: Cast) -> None:
    client = answered(LUIS)
    right = code_sent()
    for guess in range(5):
        client.post(f"{BASE}codigo/", {"code": f"{(int(right) + guess + 1) % 10**6:06}"})
    assert client.post(f"{BASE}codigo/", {"code": right}).status_code == 422, "after five tries it is spent"


def test_a_contact_is_sent_few_codes(cast: Cast) -> None:
    client = answered(LUIS)
    for _another in range(4):
        assert client.post(f"{BASE}codigo/", {"otro": "1"}).status_code == 302
    refused = client.post(f"{BASE}codigo/", {"otro": "1"})
    assert refused.status_code == 422
    assert "Espere un rato" in refused.content.decode()
    assert OneTimeCode.objects.count() == 5


def test_where_no_channel_reaches_a_phone_the_person_goes_on_unproven(cast: Cast, settings: Any) -> None:
    settings.NOTIFICATIONS = {}
    stranger = Person.objects.count()
    client = answered(LUIS)
    case = filed(client)
    assert case.applicant
    assert case.applicant.name == "Luis Soto Mora"
    assert not case.applicant.contacts.get().verified_at
    assert Person.objects.count() == stranger + 1
    assert client.get(f"/caso/{case.uuid}/").status_code == 200
    assert client.session.get("person") is None, "an unproven contact opens nobody's account"
    again = filed(answered(LUIS))
    assert again.applicant == case.applicant, "the same claim is the same record"


def test_an_unproven_name_never_touches_whoever_has_proven_that_contact(cast: Cast, settings: Any) -> None:
    settings.NOTIFICATIONS = {}
    case = filed(answered({"identity": "identified", "name": "Otro Nombre", "contact": "8888 1234"}))
    assert case.applicant != cast.rosa


# Bad input ----------------------------------------------------------------------------------------------------------


def test_4001_letters_are_too_many_and_none_is_lost(cast: Cast) -> None:
    said = "á" * 4001
    answer = Client().post(f"{BASE}detalles/", {"how_many": "several", "description": said})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Son 4001 letras y caben 4000" in page
    assert said in page
    assert re.search(r'value="several"[^>]*checked', page)
    assert "maxlength" not in page


def test_html_in_the_words_is_words(cast: Cast) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    client = Client()
    fill(client, LAMP, donde={**HERE, "said": nasty}, detalles={"how_many": "one", "description": nasty}, fotos={})
    fill(client, LAMP, quien=ANONYMOUS)
    assert "<script>alert" not in client.get(f"{BASE}revise/").content.decode()
    case = filed(client)
    for path in (f"/caso/{case.uuid}/", f"/caso/{case.uuid}/constancia/", f"/reporte/{case.uuid}/", "/", "/mapa/"):
        page = client.get(path, follow=True).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("foto.jpg", b"", "vacío"),
        ("foto.jpg", b"<html><script>alert(1)</script></html>", "página web"),
        ("foto.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "página web"),
        ("foto.jpg", b"MZ\x90\x00" + b"\0" * 200, "no es una foto"),
        ("foto.exe", None, "dice que es una cosa"),
        ("foto.heic", b"\0\0\0\x18ftypheic" + b"\0" * 64, "HEIC"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 11 * 1024 * 1024, "10 MB"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 400, "dañado"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(cast: Cast, name: str, content: bytes | None, said: str) -> None:
    client = Client()
    fill(client, LAMP, donde=HERE)
    answer = client.post(f"{BASE}fotos/", {"photos": photo(name, content)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Draft.objects.get().files.exists()


def test_of_several_photos_those_that_can_be_taken_are_kept(cast: Cast) -> None:
    client = Client()
    answer = client.post(f"{BASE}fotos/", {"photos": [photo("a.jpg"), photo("b.jpg", b"no")]})
    assert answer.status_code == 422
    assert "b.jpg" in answer.content.decode()
    assert Draft.objects.get().files.count() == 1


def test_a_report_takes_five_photos(cast: Cast) -> None:
    client = Client()
    colors = ["red", "green", "blue", "white", "black", "gray"]
    many = [photo(f"{color}.jpg", jpeg(color=color)) for color in colors]
    assert "Caben 5 fotos y llegaron 6" in client.post(f"{BASE}fotos/", {"photos": many}).content.decode()
    fill(client, LAMP, fotos={"photos": [photo(f"{color}.jpg", jpeg(color=color)) for color in colors[:5]]})
    assert Draft.objects.get().files.count() == 5
    assert "lo más que cabe" in client.get(f"{BASE}fotos/").content.decode()
    assert client.post(f"{BASE}fotos/", {"photos": photo()}).status_code == 422
    first = Draft.objects.get().files.first()
    assert first
    fill(client, LAMP, fotos={"quitar": str(first.file.uuid)})
    assert Draft.objects.get().files.count() == 4


def test_photos_lose_what_the_phone_wrote_in_them_and_keep_their_turn(cast: Cast) -> None:
    out, exif = BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Marca del teléfono"
    exif.get_ifd(0x8825)[2] = (9.0, 55.0, 0.0)
    Image.new("RGB", (80, 40), "red").save(out, "JPEG", exif=exif)
    client = Client()
    fill(client, LAMP, donde=HERE, detalles=DETAILS, fotos={"photos": photo(content=out.getvalue())}, quien=ANONYMOUS)
    case = filed(client)
    kept = case.attachments.get().file
    with kept.open() as content, Image.open(content) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (40, 80)


def test_a_type_that_does_not_exist_is_not_found(cast: Cast) -> None:
    for path in ("/reportar/no-hay/", "/reportar/no-hay/donde/", "/reportar/no-hay/revise/"):
        assert Client().get(path).status_code == 404
    assert Client().get(f"{BASE}inventado/").status_code == 302


# Half done ----------------------------------------------------------------------------------------------------------


def test_a_report_half_done_survives_a_closed_browser_and_is_offered_on_the_home_page(cast: Cast) -> None:
    client = Client()
    fill(client, LAMP, donde=HERE, detalles={"how_many": "all", "description": "Toda la cuadra a oscuras"})
    later = Client()
    later.cookies["reporte"] = client.cookies["reporte"].value
    home = later.get("/").content.decode()
    assert "Lo dejó a medias" in home
    assert later.get(BASE)["Location"] == f"{BASE}quien/"
    assert "Toda la cuadra a oscuras" in later.get(f"{BASE}detalles/").content.decode()
    with clock.at(clock.now() + drafts.DRAFT_LIFE + timedelta(hours=1)):
        assert "Lo dejó a medias" not in later.get("/").content.decode()


def test_saving_for_later_says_where_it_will_be(cast: Cast) -> None:
    client = Client()
    assert client.post(f"{BASE}donde/", {**HERE, "guardar": "1"})["Location"] == "/reportar/guardado/"
    assert "30 días" in client.get("/reportar/guardado/").content.decode()
    assert Draft.objects.get().data["place"]["label"] == "Frente a la iglesia"


def test_two_types_are_half_done_side_by_side_and_one_is_dropped(cast: Cast) -> None:
    widen_catalogue(cast)
    client = Client()
    fill(client, LAMP, donde=HERE)
    fill(client, "bache", donde={**HERE, "said": "En la esquina"})
    home = client.get("/").content.decode()
    assert "Bombillo quemado" in home
    assert 'Seguir<span class="ds-sr-only">: Bache' in home
    lamp = Draft.objects.get(data__type=LAMP)
    client.post(f"/reportar/borrar/{lamp.pk}/")
    assert not Draft.objects.filter(pk=lamp.pk).exists()
    assert "En la esquina" in client.get("/reportar/bache/donde/").content.decode()


def test_nobody_else_reads_or_drops_a_draft(cast: Cast) -> None:
    client = Client()
    fill(client, LAMP, donde=HERE, fotos={"photos": photo()})
    draft = Draft.objects.get()
    path = f"/archivo/{draft.files.get().file.uuid}/"
    assert b"".join(client.get(path)).startswith(b"\xff\xd8")
    for secret in ("", "0" * 32, client.cookies["reporte"].value.partition(".")[2][:-1] + "x"):
        thief = Client()
        thief.cookies["reporte"] = f"{draft.pk}.{secret}"
        assert thief.get(path).status_code == 404
        assert "Frente a la iglesia" not in thief.get(f"{BASE}donde/").content.decode()
        thief.post(f"/reportar/borrar/{draft.pk}/")
    assert Draft.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("cookie", ["", ".", "!", "x.y", "!!!...", "a" * 5000, "0b3c.%00"])
def test_a_broken_cookie_is_no_cookie(cast: Cast, cookie: str) -> None:
    client = Client()
    client.cookies["reporte"] = cookie
    assert client.get("/").status_code == 200
    assert client.get(f"{BASE}donde/").status_code == 200


# Check and send -----------------------------------------------------------------------------------------------------


def test_the_check_says_everything_by_when_and_who_sees_what(cast: Cast) -> None:
    page = answered().get(f"{BASE}revise/").content.decode()
    for said in ("Frente a la iglesia", "Una", "Está apagado", "Sin decir quién es", "5 días hábiles", "mapa público"):
        assert said in page
    assert page.count("Cambiar<") == 6


def test_one_answer_is_corrected_and_the_check_comes_back(cast: Cast) -> None:
    client = answered()
    answer = client.post(f"{BASE}detalles/", {"how_many": "all", "description": "Toda la cuadra"})
    assert answer["Location"] == f"{BASE}revise/"


def test_nothing_is_filed_before_everything_is_answered(cast: Cast) -> None:
    client = Client()
    assert client.post(f"{BASE}revise/")["Location"] == f"{BASE}donde/"
    fill(client, LAMP, donde=HERE)
    assert client.post(f"{BASE}revise/")["Location"] == f"{BASE}detalles/"
    assert not Case.objects.exists()


def test_who_signed_out_meanwhile_is_asked_again_who_they_are(cast: Cast) -> None:
    client = signed_in(cast.rosa)
    fill(client, LAMP, donde=HERE, detalles=DETAILS, fotos={}, quien={"identity": "identified"})
    client.post("/salir/")
    assert client.post(f"{BASE}revise/")["Location"] == f"{BASE}quien/"


def test_sent_twice_it_is_filed_once_and_both_times_leads_to_the_receipt(cast: Cast) -> None:
    client = answered()
    cookie = client.cookies["reporte"].value
    case = filed(client)
    lost_the_answer = Client()
    lost_the_answer.cookies["reporte"] = cookie
    again = lost_the_answer.post(f"{BASE}revise/")
    assert again["Location"] == f"/caso/{case.uuid}/constancia/"
    assert lost_the_answer.get(again["Location"]).status_code == 200
    assert Case.objects.count() == 1
    assert "Está apagado" not in str(Draft.objects.get().data), "what was filed is forgotten from the draft"
    with clock.at(clock.now() + timedelta(hours=2)):
        late = Client()
        late.cookies["reporte"] = cookie
        assert late.post(f"{BASE}revise/")["Location"] == f"{BASE}donde/"


def test_after_signing_out_the_next_person_finds_no_receipt(cast: Cast) -> None:
    client = answered()
    filed(client)
    client.post("/salir/")
    assert client.get(f"{BASE}revise/")["Location"] == f"{BASE}donde/"


def test_a_second_report_of_the_same_type_begins_anew(cast: Cast) -> None:
    client = answered()
    first = filed(client)
    fill(client, LAMP, donde=HERE)
    assert client.get(f"{BASE}revise/")["Location"] == f"{BASE}detalles/"
    fill(client, LAMP, detalles=DETAILS, quien=ANONYMOUS)
    assert filed(client) != first
