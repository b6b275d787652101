"""The receipt: archivable, tagged, in its language, with what it says."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from ventanilla.files import documents

RECEIPT: dict[str, Any] = {
    "language": "es",
    "title": "Recibimos su reporte",
    "label": "Reporte",
    "reference": "2026-002913-7",
    "lead": "Le respondemos a más tardar el lunes 7 de diciembre (quedan 10 días hábiles).",
    "municipality": {
        "kind": "Municipalidad de",
        "name": "Villa Esperanza",
        "lines": ["Plaza de Armas 1", "Lunes a viernes, de 8:00 a 16:00"],
    },
    "arms": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M4 1h4v9H4z"/></svg>',
    "facts": [
        {"term": "Qué", "value": "Luminaria apagada, Alumbrado público"},
        {"term": "Entró", "value": "Lunes 23 de noviembre de 2026, 20:41:07, hora oficial"},
    ],
    "steps": [
        {"title": "Recibimos su reporte", "detail": "Lunes 23 de noviembre, 20:41", "state": "done"},
        {"title": "Alumbrado público lo toma", "detail": "A más tardar el martes 24.", "state": "now"},
        {"title": "Una cuadrilla va a verlo", "detail": "Le decimos el día.", "state": "next"},
        {"title": "Le contamos cómo quedó", "detail": "A más tardar el lunes 7.", "state": "end"},
    ],
    "late": "El expediente sube solo a la Contraloría de Servicios.",
    "check": {"code": "K7QM-4TZP", "url": "https://villa.example/comprobar/K7QM-4TZP"},
}


def drawn(**changes: Any) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(documents.render("receipt", {**deepcopy(RECEIPT), **changes})))


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """The structure elements of a tagged PDF, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


@pytest.fixture(scope="module")
def receipt() -> pikepdf.Pdf:
    return drawn()


def test_it_says_that_it_is_archivable_and_accessible(receipt: pikepdf.Pdf) -> None:
    with receipt.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
        assert said["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert said["dc:title"] == "Recibimos su reporte 2026-002913-7"
    assert receipt.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert not receipt.is_encrypted


def test_it_is_tagged_in_its_language_and_shows_its_title(receipt: pikepdf.Pdf) -> None:
    assert receipt.Root.MarkInfo.Marked
    assert receipt.Root.Lang == "es"
    assert receipt.Root.ViewerPreferences.DisplayDocTitle


def headings(receipt: pikepdf.Pdf) -> list[str]:
    kinds = [str(element.S) for element in elements(receipt.Root.StructTreeRoot.K)]
    return [kind for kind in kinds if kind[:2] == "/H"]


def test_it_is_read_in_order(receipt: pikepdf.Pdf) -> None:
    kinds = [str(element.S) for element in elements(receipt.Root.StructTreeRoot.K)]
    assert headings(receipt) == ["/H1", "/H2", "/H3", "/H2"]
    assert kinds.count("/LI") == len(RECEIPT["steps"]) + len(RECEIPT["facts"])
    assert kinds.count("/L") == 2
    assert "/Link" in kinds


def test_what_the_person_said_has_its_heading_and_what_there_is_nothing_to_say_of_has_none() -> None:
    assert headings(drawn(said="Está apagado.\n\nDe noche no se ve.", late="", arms="")) == ["/H1", "/H2", "/H2", "/H2"]


def test_every_picture_says_what_it_is(receipt: pikepdf.Pdf) -> None:
    figures = [element for element in elements(receipt.Root.StructTreeRoot.K) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["Código QR que abre la página para comprobar esta constancia"]


def test_its_fonts_are_inside(receipt: pikepdf.Pdf) -> None:
    fonts = [o for o in receipt.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    assert {str(font.FontName).partition("+")[2] for font in fonts} == {
        "AtkinsonHyperlegible-Regular",
        "AtkinsonHyperlegible-Bold",
    }
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_its_address_can_be_clicked(receipt: pikepdf.Pdf) -> None:
    links = [annotation.A.URI for page in receipt.pages for annotation in page.get("/Annots", [])]
    assert [str(link) for link in links] == [RECEIPT["check"]["url"]]


def test_it_carries_no_program(receipt: pikepdf.Pdf) -> None:
    keys = {key for o in receipt.objects if isinstance(o, pikepdf.Dictionary) for key in o}
    assert not keys & {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/AA"}


def test_in_english_its_own_words_are_english_once_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(documents._WORDS, "receipt", lambda: {**dict.fromkeys(documents.words.receipt(), "Receipt")})
    with translation.override("en"):
        made = drawn(language="en")
    assert made.Root.Lang == "en"
    assert [str(e.Alt) for e in elements(made.Root.StructTreeRoot.K) if e.S == "/Figure"] == ["Receipt"]


def test_the_same_receipt_is_the_same_file(still_clock: datetime) -> None:
    assert documents.render("receipt", RECEIPT) == documents.render("receipt", RECEIPT)


def test_without_what_may_be_left_out() -> None:
    made = drawn(arms=None, late=None)
    assert [str(e.S) for e in elements(made.Root.StructTreeRoot.K) if str(e.S)[:2] == "/H"] == ["/H1", "/H2", "/H2"]


def test_long_texts_go_on_to_more_pages() -> None:
    fact = {"term": "Qué", "value": "Se apagó la luz de toda la calle. " * 120}
    assert len(drawn(late="Sube solo. " * 800, facts=[fact]).pages) > 1


@settings(max_examples=40, deadline=None)
@given(
    st.text()
    | st.sampled_from(['#read("/etc/passwd")', "*a* _b_ $x$ @c <d> \\ // /*", "漢字 😀 🇨🇷", "\u202e\ue000\0\x07\ud800"])
)
def test_any_text_is_drawn_as_text(text: str) -> None:
    made = drawn(lead=text, facts=[{"term": text, "value": text}], late=text, title=text or "x")
    assert made.Root.MarkInfo.Marked


def test_a_picture_that_is_none_is_an_error_without_the_data() -> None:
    with pytest.raises(documents.UnrenderableDocument) as caught:
        drawn(arms="<svg>Rosa")
    assert "Rosa" not in str(caught.value)


def test_the_code_holds_the_address() -> None:
    svg = documents.qr_svg(RECEIPT["check"]["url"])
    assert svg.startswith("<svg")
    assert svg != documents.qr_svg(RECEIPT["check"]["url"] + "x")
