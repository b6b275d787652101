"""Text as machines compare it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ventanilla.lib import text


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("Calle  Colón\n y Peñón", "calle colon y peñon"),
        ("CALLE PEN\u0303A", "calle pena"),  # written apart, the tilde is an accent as any other
        ("ﬁnca N.º 3 Ünal", "finca n.o 3 unal"),
        ("«¡Ojo!» 😀", "«¡ojo!» 😀"),
    ],
)
def test_accents_go_and_the_letter_stays(said: str, folded: str) -> None:
    assert text.fold(said) == folded


@given(st.text())
@example("İ\u0301x\u0345\u1dc0\u20d0\ufe20 e\U0001d165")
def test_no_mark_of_any_script_is_left(said: str) -> None:
    """As the definition says it, letter by letter."""
    apart = unicodedata.normalize("NFKD", said.lower().replace("ñ", "\0"))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    assert text.fold(said) == " ".join(plain.replace("\0", "ñ").split())
