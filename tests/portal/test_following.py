"""«¿Cómo va lo mío?»: how it goes, what is asked, and what the person can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cases.laws import application, under
from tests.cast import Cast, actor
from tests.cast import standing as cast
from tests.pictures import jpeg
from tests.portal.conftest import code_sent, signed_in
from ventanilla.cases import actions
from ventanilla.cases.actions import Filing, receipts
from ventanilla.cases.enums import CaseState, Channel, DeadlineKind, Identity
from ventanilla.cases.models import Case, Survey
from ventanilla.files import documents
from ventanilla.lib import clock

__all__ = ["cast"]


def opened(case: Case) -> Client:
    """A browser that gave the case's number and code."""
    client = Client()
    answer = client.post("/caso/", {"reference": case.reference, "code": case.follow_code})
    assert answer["Location"] == f"/caso/{case.uuid}/"
    return client


def page(client: Client, case: Case) -> str:
    response = client.get(f"/caso/{case.uuid}/")
    assert response.status_code == 200
    return response.content.decode()


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_by_number_and_code_however_they_are_copied(cast: Cast) -> None:
    case = cast.file()
    typed = {"reference": f" {case.reference.replace('-', ' ')} ", "code": case.follow_code.lower()}
    assert Client().post("/caso/", typed)["Location"] == f"/caso/{case.uuid}/"


def test_by_a_proven_contact_everything_of_mine(cast: Cast) -> None:
    case = cast.file()
    other = cast.file(identity=Identity.ANONYMOUS, applicant=None)
    client = Client()
    assert client.get("/lo-mio/")["Location"] == "/caso/"
    assert client.post("/entrar/", {"contact": "rosa.benitez@correo.example"})["Location"] == "/entrar/codigo/"
    assert client.post("/entrar/codigo/", {"code": code_sent()})["Location"] == "/lo-mio/"
    mine = client.get("/lo-mio/").content.decode()
    assert case.reference in mine
    assert other.reference not in mine
    client.post("/salir/")
    assert client.get(f"/caso/{case.uuid}/").status_code == 404


def test_a_number_mistyped_is_said_at_once_and_a_wrong_code_says_no_more(cast: Cast) -> None:
    case = cast.file()
    wrong_digit = case.reference[:-1] + str((int(case.reference[-1]) + 1) % 10)
    said = Client().post("/caso/", {"reference": wrong_digit, "code": case.follow_code})
    assert said.status_code == 422
    assert "Revise que esté bien copiado" in said.content.decode()
    wrong_code = Client().post("/caso/", {"reference": case.reference, "code": "22222222"}).content.decode()
    unknown = Client().post("/caso/", {"reference": "2031-000001-2", "code": "22222222"}).content.decode()
    assert "No encontramos un caso" in wrong_code
    assert case.procedure.name not in wrong_code
    assert ("No encontramos un caso" in unknown) or ("no es de un caso nuestro" in unknown)


def test_codes_are_not_guessed(cast: Cast) -> None:
    case = cast.file()
    for number in range(10):
        assert Client().post("/caso/", {"reference": case.reference, "code": f"2222222{number}"}).status_code == 422
    stopped = Client().post("/caso/", {"reference": case.reference, "code": case.follow_code})
    assert stopped.status_code == 429
    assert "Espere un momento" in stopped.content.decode()


def test_one_address_does_not_try_case_after_case(cast: Cast) -> None:
    cases = [cast.file() for _number in range(4)]
    answers = [
        Client().post("/caso/", {"reference": case.reference, "code": "22222222"}).status_code
        for case in cases
        for _try in range(9)
    ]
    assert answers.count(422) == 30
    assert answers[-1] == 429


@pytest.fixture
def monday() -> Iterator[None]:
    """A working day, so that those that are left are the same whenever this runs."""
    with clock.at(datetime(2026, 11, 23, 16, tzinfo=UTC)):
        yield


def test_the_page_says_where_it_stands_in_plain_words(cast: Cast, monday: None) -> None:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    actions.note(case, text="La vecina es amiga mía", by=actor(cast.olga))
    text = page(opened(case), case)
    for said in (
        "En curso",
        "Alumbrado público lo tomó",
        "Lo lleva Olga Mora Solís",
        "Quedan 5 días hábiles",
        "Una cuadrilla",
    ):
        assert said in text
    assert "amiga mía" not in text, "what is for the desk stays there"


def test_what_is_asked_stands_first_and_is_answered_with_photos(cast: Cast) -> None:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    case = actions.ask_person(case, text="¿Qué número tiene el poste?", by=actor(cast.olga))
    client = opened(case)
    text = page(client, case)
    assert "Necesitamos un dato suyo" in text
    assert "¿Qué número tiene el poste?" in text
    assert "la fecha prevista de arreglo se mueve" in text
    empty = client.post(f"/caso/{case.uuid}/mensaje/", {"text": ""})
    assert empty.status_code == 422
    photos = [SimpleUploadedFile(f"{c}.jpg", jpeg(color=c), "image/jpeg") for c in ("red", "blue")]
    client.post(f"/caso/{case.uuid}/mensaje/", {"text": "El 1127", "photos": photos})
    case = again(case)
    assert case.state == CaseState.IN_PROGRESS
    assert case.paused_at is None
    event = case.events.get(kind="person_replied")
    assert event.attachments.count() == 2
    assert {each.visibility for each in event.attachments.all()} == {"person"}
    assert "El 1127" in page(client, case)


def test_a_photo_alone_is_an_answer(cast: Cast) -> None:
    case = cast.file()
    client = opened(case)
    sent = {"text": "", "photos": [SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")]}
    assert client.post(f"/caso/{case.uuid}/mensaje/", sent).status_code == 302
    assert "muestra" in page(client, case)


def test_a_photo_that_cannot_be_taken_leaves_the_words_where_they_were(cast: Cast) -> None:
    case = cast.file()
    sent = {"text": "Adjunto la foto", "photos": [SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg")]}
    answer = opened(case).post(f"/caso/{case.uuid}/mensaje/", sent)
    assert answer.status_code == 422
    assert "Adjunto la foto" in answer.content.decode()
    assert not case.events.filter(kind="person_replied").exists()


def test_it_is_withdrawn_without_having_to_say_why(cast: Cast) -> None:
    case = cast.file()
    client = opened(case)
    assert client.get(f"/caso/{case.uuid}/retirar/").status_code == 200
    client.post(f"/caso/{case.uuid}/retirar/", {"text": ""})
    assert again(case).state == CaseState.WITHDRAWN
    assert "Usted lo retiró" in page(client, case)
    assert client.get(f"/caso/{case.uuid}/retirar/")["Location"] == f"/caso/{case.uuid}/"
    assert "¿Nos da su opinión?" not in page(client, case)


def test_after_closing_a_bad_mark_offers_to_reopen(cast: Cast) -> None:
    case = actions.resolve_case(cast.file(), text="Cambiamos el bombillo.", by=actor(cast.olga))
    client = opened(case)
    assert "¿Nos da su opinión?" in page(client, case)
    assert client.post(f"/caso/{case.uuid}/opinion/", {}).status_code == 422
    bad = client.post(f"/caso/{case.uuid}/opinion/", {"mark": "1", "comment": "Sigue apagado"})
    assert bad["Location"] == f"/caso/{case.uuid}/reabrir/"
    assert Survey.objects.get().comment == "Sigue apagado"
    assert client.post(f"/caso/{case.uuid}/reabrir/", {"text": ""}).status_code == 422
    client.post(f"/caso/{case.uuid}/reabrir/", {"text": "Sigue apagado"})
    assert again(case).is_open
    assert "Sigue apagado" in page(client, case)


def test_of_an_answer_it_is_not_asked_how_it_was_mended_and_of_nothing_nothing_is_asked(cast: Cast) -> None:
    answered = actions.resolve_case(
        cast.file(procedure=cast.complaint, place=None), text="Así es.", by=actor(cast.vera)
    )
    shown = page(opened(answered), answered)
    assert "¿Qué le pareció nuestra respuesta?" in shown
    assert "no está arreglado" not in shown
    cancelled = actions.cancel_case(cast.file(), text="Entró dos veces.", by=actor(cast.coro))
    assert "¿Nos da su opinión?" not in page(opened(cancelled), cancelled)


def test_what_was_told_at_the_counter_is_the_persons_and_says_who_wrote_it_down(cast: Cast) -> None:
    filing = Filing(
        procedure=cast.lamp, channel=Channel.COUNTER, description="Dice que está apagado.", applicant=cast.rosa
    )
    case = actions.open_case(filing, by=actor(cast.fede), filed_by=cast.fede)
    assert "Usted, según lo anotó Fede Núñez Sáenz" in page(opened(case), case)


def test_who_asks_to_see_a_case_may_complain_of_how_it_is_attended(cast: Cast) -> None:
    case, complaint = cast.file(), cast.file(procedure=cast.complaint, place=None)
    assert "/reportar/queja-por-la-atencion/" in page(opened(case), case)
    assert "/reportar/queja-por-la-atencion/" not in page(opened(complaint), complaint)


def test_who_answered_what_was_asked_reads_how_it_goes(cast: Cast) -> None:
    case = actions.ask_person(
        actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga)), text="¿Qué número?", by=actor(cast.olga)
    )
    client = opened(case)
    client.post(f"/caso/{case.uuid}/mensaje/", {"text": "El 1127"})
    assert "En curso" in page(client, case)


def test_a_good_mark_thanks_and_is_asked_once(cast: Cast) -> None:
    case = actions.resolve_case(cast.file(), text="Cambiamos el bombillo.", by=actor(cast.olga))
    client = opened(case)
    assert client.post(f"/caso/{case.uuid}/opinion/", {"mark": "5"})["Location"] == f"/caso/{case.uuid}/"
    assert "¿Nos da su opinión?" not in page(client, case)
    client.post(f"/caso/{case.uuid}/opinion/", {"mark": "1"})
    assert Survey.objects.get().mark == 5


@pytest.mark.parametrize("mark", ["0", "6", "-1", "x", "5.5", ""])
def test_a_mark_that_is_none_is_refused(cast: Cast, mark: str) -> None:
    case = actions.resolve_case(cast.file(), text="Listo", by=actor(cast.olga))
    assert opened(case).post(f"/caso/{case.uuid}/opinion/", {"mark": mark}).status_code == 422


def test_it_is_reopened_within_the_days_and_not_after(cast: Cast) -> None:
    case = actions.resolve_case(cast.file(), text="Listo", by=actor(cast.olga))
    client = opened(case)
    assert "quiero que lo vean de nuevo" in page(client, case)
    with clock.at(clock.now() + timedelta(days=31)):
        assert "quiero que lo vean de nuevo" not in page(client, case)
        client.post(f"/caso/{case.uuid}/reabrir/", {"text": "Tarde"})
    assert not again(case).is_open


def test_scheduled_without_budget_is_answered_and_stays_open(cast: Cast) -> None:
    case = actions.schedule_case(cast.file(), text="Falta presupuesto", by=actor(cast.olga), without_budget=True)
    text = page(opened(case), case)
    assert "Está programado" in text
    assert "Falta presupuesto" in text
    assert "Ya no hace falta" in text


def test_what_was_never_mended_is_not_said_to_have_been(cast: Cast) -> None:
    case = actions.refuse_case(cast.file(), text="Es del acueducto rural.", by=actor(cast.coro))
    text = page(opened(case), case)
    assert "Es del acueducto rural." in text
    assert "Arreglado en" not in text


# The receipt --------------------------------------------------------------------------------------------------------


def test_the_receipt_says_what_when_and_how_to_check_it(cast: Cast) -> None:
    case = cast.file()
    receipt = opened(case).get(f"/caso/{case.uuid}/constancia/").content.decode()
    code, follow = receipts.receipt_of(case, build=str).spoken_code, f"{case.follow_code[:4]}-{case.follow_code[4:]}"
    for said in (case.reference, "Bombillo quemado", "Frente a la iglesia", follow, code, "hora oficial"):
        assert said in receipt
    assert case.description in receipt
    assert "<svg" in receipt


SILENCE = {
    "negative": "Si no le contestamos en ese plazo, la ley lo da por negado y usted puede reclamar.",
    "positive": "Si no le contestamos en ese plazo, la ley lo da por concedido.",
    "positive_after_claim": "Si no le contestamos, usted puede reclamarlo y la ley lo da por concedido.",
}


@pytest.mark.parametrize("silence", SILENCE)
def test_the_page_and_the_receipt_say_what_silence_means(
    cast: Cast, silence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    under("ES")
    case = application(cast)
    case.deadlines.filter(kind=DeadlineKind.RESPONSE).update(silence=silence)
    assert SILENCE[silence] in page(opened(case), case)
    assert printed(case, monkeypatch)["late"] == SILENCE[silence]


def test_in_spain_what_is_applied_for_is_granted_by_silence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    under("ES")
    case = application(cast)
    assert SILENCE["positive"] in page(opened(case), case)
    assert printed(case, monkeypatch)["late"] == SILENCE["positive"]


def test_of_a_service_notice_nothing_is_said_about_silence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = cast.file()
    assert "Si no le contestamos" not in page(opened(case), case)
    assert printed(case, monkeypatch)["late"] == ""


def printed(case: Case, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the document of a receipt is given to say."""
    given: list[dict[str, Any]] = []

    def render(template: str, data: dict[str, Any]) -> bytes:
        given.append(data)
        return documents.render(template, data)

    monkeypatch.setattr(receipts, "documents", SimpleNamespace(render=render))
    receipts.ask(case)
    receipts.make(str(case.uuid))
    (said,) = given
    return said


def test_its_document_is_made_in_a_job_while_the_page_waits(cast: Cast) -> None:
    case = cast.file()
    client = opened(case)
    path = f"/caso/{case.uuid}/constancia/documento/"
    assert client.get(f"/caso/{case.uuid}/constancia.pdf")["Location"] == path
    assert "Hacer la constancia" in client.get(path).content.decode()
    assert client.post(path)["Location"] == path
    waiting = client.get(path).content.decode()
    assert "Estamos preparando" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    client.post(path)
    receipts.make(str(case.uuid))
    assert "está lista" in client.get(path).content.decode()
    document = client.get(f"/caso/{case.uuid}/constancia.pdf")
    content = b"".join(document)
    assert document["Content-Type"] == "application/pdf"
    assert content.startswith(b"%PDF-")
    assert Client().get(f"/caso/{case.uuid}/constancia.pdf").status_code == 404


def test_anyone_checks_a_receipt_and_learns_no_more_than_that(cast: Cast) -> None:
    case = cast.file()
    code = receipts.receipt_of(case, build=str).code
    link = Client().get(f"/comprobar/{case.reference}/{code}/").content.decode()
    assert case.reference in link
    assert "Coincide" not in link, "the link of the QR only fills the form in"
    right = Client().post("/comprobar/", {"reference": case.reference, "code": code.lower()}).content.decode()
    assert "Coincide" in right
    for hidden in (case.description, "Rosa", "Frente a la iglesia", case.procedure.name, str(case.uuid)):
        assert hidden not in right
    wrong = Client().post("/comprobar/", {"reference": case.reference, "code": "22222222"}).content.decode()
    assert "No coincide" in wrong
    assert "hora oficial" not in wrong


def test_the_code_to_check_does_not_open_the_case(cast: Cast) -> None:
    case = cast.file()
    code = receipts.receipt_of(case, build=str).code
    assert Client().post("/caso/", {"reference": case.reference, "code": code}).status_code == 422


def test_receipts_are_not_guessed(cast: Cast) -> None:
    case = cast.file()
    tries = [
        Client().post("/comprobar/", {"reference": case.reference, "code": "22222222"}).status_code for _n in range(61)
    ]
    assert tries[-1] == 429


# What everybody sees ------------------------------------------------------------------------------------------------


def test_a_public_report_tells_nothing_of_who_filed_it_nor_who_works_on_it(cast: Cast) -> None:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    case = actions.ask_person(case, text="¿Está usted en casa por la tarde?", by=actor(cast.olga))
    text = Client().get(f"/reporte/{case.uuid}/").content.decode()
    assert "Falta un dato de quien avisó" in text
    for hidden in ("Rosa", "Olga", case.description, "en casa por la tarde", case.follow_code, "Espera su respuesta"):
        assert hidden not in text


@pytest.mark.parametrize("ending", ["withdraw", "refuse", "cancel"])
def test_why_a_report_ended_is_between_the_person_and_the_desk(cast: Cast, ending: str) -> None:
    case = cast.file()
    if ending == "withdraw":
        actions.withdraw_case(case, text="Mi esposo ya lo cambió", by=actor(cast.olga))
    else:
        act = actions.refuse_case if ending == "refuse" else actions.cancel_case
        act(case, text="Mi esposo ya lo cambió", by=actor(cast.coro))
    assert "Mi esposo" not in Client().get(f"/reporte/{case.uuid}/").content.decode()
    assert "Mi esposo" in page(opened(case), case)


def test_how_it_was_mended_is_for_everybody(cast: Cast) -> None:
    case = actions.resolve_case(cast.file(), text="Cambiamos el bombillo.", by=actor(cast.olga))
    assert "Cambiamos el bombillo." in Client().get(f"/reporte/{case.uuid}/").content.decode()


def test_who_filed_it_is_led_to_their_own_page(cast: Cast) -> None:
    case = cast.file()
    assert signed_in(cast.rosa).get(f"/reporte/{case.uuid}/")["Location"] == f"/caso/{case.uuid}/"
