"""What stands beside the story: place and files put right from the page, why it came here, what silence means."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cases.laws import application, confirm, petition, under
from tests.cast import Cast, actor
from tests.cast import standing as cast
from tests.desk.case_page import Page, page_of, signed_in
from tests.pictures import disguised, jpeg
from ventanilla.cases import actions
from ventanilla.cases.enums import DeadlineKind, EventKind, Visibility
from ventanilla.cases.models import Attachment, Case
from ventanilla.catalog import published
from ventanilla.catalog.models import RoutingRule
from ventanilla.files import actions as files
from ventanilla.files.rules import StorageFull
from ventanilla.places.models import Zone

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def _at_a_fixed_moment(still_clock):
    return still_clock


# Place ----------------------------------------------------------------------------------------------------------------


def test_the_place_is_put_right_beside_the_place_as_said(cast: Cast) -> None:
    page = page_of(cast)
    case = page.did("lugar", said="Detrás de la escuela")
    assert case.place["as_said"] == "al frente de la iglesia"
    assert (case.corrected_place["label"], case.place_label) == ("Detrás de la escuela", "Detrás de la escuela")
    shown = page.shows()
    assert "Detrás de la escuela" in shown
    assert "al frente de la iglesia" in shown
    assert case.events.latest("seq").kind == EventKind.PLACE_CORRECTED


def test_a_place_put_on_the_map_moves_the_case(cast: Cast) -> None:
    case = page_of(cast).did("lugar", said="La otra esquina", lon="-84.103", lat="9.934")
    assert (case.lon, case.lat) == (-84.103, 9.934)
    assert case.neighborhood_id == Zone.objects.get(key="b1").pk


def test_a_place_out_of_town_is_refused_and_stays_typed(cast: Cast) -> None:
    page = page_of(cast)
    answer = page.do("lugar", said="En la playa", lon="-85.9", lat="10.3")
    assert answer.status_code == 422
    shown = unescape(answer.content.decode())
    assert "queda fuera del municipio" in shown
    assert "En la playa" in shown
    assert Case.objects.get(pk=page.case.pk).corrected_place is None


# Files ----------------------------------------------------------------------------------------------------------------


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("poste.jpg", jpeg(), content_type="image/jpeg")


@pytest.mark.parametrize("visibility", [Visibility.STAFF, Visibility.PERSON])
def test_evidence_is_added_for_whom_one_says(cast: Cast, visibility: Visibility) -> None:
    page = page_of(cast)
    case = page.did("adjuntar", file=evidence(), text="El poste de noche", visibility=visibility)
    added = case.events.latest("seq")
    assert (added.kind, added.visibility, added.text) == (EventKind.ATTACHED, visibility, "El poste de noche")
    assert Attachment.objects.get(case=case).name == "poste.jpg"
    shown = page.shows()
    assert "poste.jpg" in shown
    assert "El poste de noche" in shown


def test_a_file_that_is_not_taken_says_why_and_keeps_what_was_typed(cast: Cast) -> None:
    page = page_of(cast)
    answer = page.do("adjuntar", file=disguised(), text="El poste de noche", visibility=Visibility.PERSON)
    shown = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Es una página web o un dibujo con código dentro" in shown
    assert "web_page" not in shown
    assert "El poste de noche" in shown
    assert not Attachment.objects.filter(case=page.case).exists()


def test_without_room_for_files_it_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise StorageFull

    monkeypatch.setattr(files, "receive", full)
    answer = page_of(cast).do("adjuntar", file=evidence(), text="", visibility=Visibility.STAFF)
    assert answer.status_code == 422
    assert "Ahora no podemos guardar archivos." in unescape(answer.content.decode())


@pytest.mark.parametrize(("name", "act"), [("otilia", "lugar"), ("otilia", "adjuntar"), ("vera", "lugar")])
def test_who_has_nothing_to_do_with_it_changes_nothing(cast: Cast, name: str, act: str) -> None:
    """Otilia is of another department and doesn't see it; Vera sees it and moves nothing."""
    page = Page(cast, name, cast.file())
    told = {"said": "En otra parte", "file": evidence(), "text": "Nada", "visibility": Visibility.STAFF}
    assert page.do(act, **told).status_code == 404
    case = Case.objects.get(pk=page.case.pk)
    assert (case.version, case.corrected_place, case.attachments.count()) == (page.case.version, None, 0)


# Why it is here, and why it stands where it does ----------------------------------------------------------------------


def test_it_says_which_rule_sent_it_here_beside_the_story_and_in_it(cast: Cast) -> None:
    condition = 'channel == "phone"'
    RoutingRule.objects.create(order=1, name="Lo que se llama", condition=condition, department=cast.streets)
    published.forget()
    shown = Page(cast, "otilia", cast.file(channel="phone")).shows()
    assert "Por qué llegó aquí" in shown
    assert "Regla 1: Lo que se llama" in shown
    assert "Llegó a su área por la regla 1: Lo que se llama" in shown


def test_passed_on_by_hand_no_rule_is_named_beside_it(cast: Cast) -> None:
    case = actions.route_case(cast.file(), department=cast.streets, reason="Es la acera.", by=actor(cast.olga))
    assert "Por qué llegó aquí" not in Page(cast, "otilia", case).shows()


def test_its_place_in_the_inbox_is_explained_in_its_row_its_preview_and_its_head(cast: Cast) -> None:
    case = actions.mark_urgent(cast.file(), urgent=True, by=actor(cast.olga))
    hours = dict(case.urgency)["urgent"]
    client = signed_in(cast, "olga")
    assert "<small>Marcado urgente</small>" in unescape(client.get("/mesa/").content.decode())
    reason = re.compile(rf"<span>Marcado urgente</span><span[^>]*>{hours} h")
    for path in (f"/mesa/caso/{case.uuid}/", f"/mesa/caso/{case.uuid}/vista/"):
        assert reason.search(client.get(path).content.decode()), path


def test_what_nothing_moves_forward_stands_by_its_term(cast: Cast) -> None:
    cast.lamp.weight = 0
    cast.lamp.save()
    published.forget()
    case = cast.file()
    assert case.urgency == []
    client = signed_in(cast, "olga")
    assert "<small>Por su plazo</small>" in client.get("/mesa/").content.decode()
    assert "Por qué va donde va" not in unescape(client.get(f"/mesa/caso/{case.uuid}/").content.decode())


# What silence means ---------------------------------------------------------------------------------------------------

GRANTED = "Si no se contesta en ese plazo, la ley lo da por concedido."
SILENCE = {
    "negative": "Si no se contesta en ese plazo, la ley lo da por negado y la persona puede reclamar.",
    "positive": GRANTED,
    "positive_after_claim": "Si no se contesta, la persona puede reclamarlo y la ley lo da por concedido.",
}


@pytest.mark.parametrize("silence", SILENCE)
def test_who_has_to_answer_reads_what_silence_means(cast: Cast, silence: str) -> None:
    confirm(cast, "cr-ley-9097-answer")
    page = Page(cast, "otilia", petition(cast))
    page.case.deadlines.filter(kind=DeadlineKind.RESPONSE).update(silence=silence)
    assert SILENCE[silence] in page.shows()


def test_in_spain_what_is_applied_for_is_granted_by_silence_until_it_is_answered(cast: Cast) -> None:
    under("ES")
    page = Page(cast, "otilia", application(cast))
    assert GRANTED in page.shows()
    page.did("responder", text="Se lo concedemos.", answers="on")
    assert GRANTED not in page.shows()


def test_a_service_notice_has_no_silence(cast: Cast) -> None:
    shown = page_of(cast).shows()
    assert "Si no se contesta" not in shown
