"""The receipt's document of a real case: in the language of the person, down to its mark for readers aloud."""

from io import BytesIO

import pikepdf
import pytest

from tests.cast import Cast
from tests.papers import words_of
from ventanilla.cases.actions import receipts
from ventanilla.cases.models import Case
from ventanilla.design.languages import speaking, translated
from ventanilla.files import storage


def paper_of(case: Case) -> pikepdf.Pdf:
    """As the job makes it and as it is handed out."""
    receipts.ask(case)
    receipts.make(str(case.uuid))
    made = receipts.made(case)
    assert made is not None
    with storage.store().open(made.sha256) as content:
        return pikepdf.open(BytesIO(content.read()))


def without_blanks(text: str) -> str:
    return text.replace(" ", "")


def filed(cast: Cast) -> Case:
    """Of a type whose name came with us, so that it has one in each language."""
    return cast.file(procedure=cast.breach, answers={}, applicant=cast.rosa)


SAID = {
    "es": ("Constancia de ingreso", "Qué pasa ahora", "Código para comprobarla"),
    "en": ("Filing receipt", "What happens now", "Code to verify it"),
}


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_document_is_in_the_persons_language(cast: Cast, language: str) -> None:
    cast.rosa.language = language
    cast.rosa.save(update_fields=["language"])
    case = filed(cast)
    paper = paper_of(case)
    words = words_of(paper)
    assert paper.Root.Lang == language
    with speaking(language):
        service, kind = translated(case.procedure.service.name), translated(case.procedure.name)
    assert without_blanks(f"{kind}{case.reference}") in words, "the plate"
    assert without_blanks(f"{kind}, {service}") in words
    assert all(without_blanks(each) in words for each in SAID[language])


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_documents_code_proves_the_case(cast: Cast, language: str) -> None:
    cast.rosa.language = language
    cast.rosa.save(update_fields=["language"])
    case = cast.file(applicant=cast.rosa)
    code = receipts.receipt_of(case, build=str)
    assert without_blanks(code.spoken_code) in words_of(paper_of(case))
    assert receipts.check(case.reference, code.code).matches


def test_no_spanish_name_of_ours_is_in_an_english_document(cast: Cast) -> None:
    cast.rosa.language = "en"
    cast.rosa.save(update_fields=["language"])
    case = filed(cast)
    words = words_of(paper_of(case))
    assert without_blanks(case.procedure.name) not in words
    assert without_blanks(f"Building without a permit{case.reference}") in words
