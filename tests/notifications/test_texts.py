"""The texts that come along, and those the municipality changes."""

import re
from pathlib import Path

import pytest

from ventanilla.audit.models import TrailEntry
from ventanilla.notifications import actions, texts
from ventanilla.notifications.enums import Format
from ventanilla.notifications.models import TextOverride
from ventanilla.notifications.rules import sms, wording

CASES = [(kind.name, format_) for kind in texts.kinds().values() for format_ in kind.variables]
MANNERS = [("es", "usted"), ("es", "tu"), ("es", "vos"), ("en", "usted")]
TYPICAL = {**texts.examples(), "town": "Villa Esperanza", "municipality": "Municipalidad de Villa Esperanza"}
LINK = "https://reportes.villaesperanza.go.cr/ver/7f9c2ba4e8d3a1"


def shipped(kind, format_, language="es", manner="usted"):
    return texts.shipped(kind, format_, language, manner)


@pytest.mark.parametrize(("language", "manner"), MANNERS)
@pytest.mark.parametrize(("kind", "format_"), CASES)
def test_every_text_uses_exactly_the_variables_of_its_kind(settings, kind, format_, language, manner):
    text = shipped(kind, format_, language, manner)
    declared = texts.kinds()[kind].variables[format_]
    is_email = format_ == Format.EMAIL
    assert wording.problems(subject=text.subject, body=text.body, declared=declared, has_subject=is_email) == []


@pytest.mark.parametrize(("language", "manner"), MANNERS)
@pytest.mark.parametrize("kind", [kind for kind, format_ in CASES if format_ == Format.SMS])
def test_every_short_message_fits_in_one(kind, language, manner):
    values = {**TYPICAL, "link": LINK, "survey_link": LINK}
    body = sms.fold(wording.fill(shipped(kind, Format.SMS, language, manner).body, values))
    assert sms.is_gsm7(body)
    assert sms.segments(body) == 1, f"{len(body)}: {body}"


@pytest.mark.parametrize(("kind", "format_"), CASES)
def test_every_text_has_an_example_for_each_variable(kind, format_):
    known = set(TYPICAL) | {"town_phone"}
    assert texts.kinds()[kind].variables[format_] <= known


def test_each_form_of_address_is_kept_throughout():
    usted = re.compile(
        r"\b(usted|puede ver|puede responder|puede reabrir|vea|responda|díganos\w*|tiene que|guarde|llámenos)\b",
        re.IGNORECASE,
    )
    vos = re.compile(r"\b(podés|mirá|respondé|tenés|guardá|vos)\b", re.IGNORECASE)
    tu = re.compile(r"\b(puedes|mira|tienes|guarda)\b", re.IGNORECASE)
    for kind, format_ in CASES:
        said = {
            manner: " ".join(vars(shipped(kind, format_, "es", manner)).values()) for manner in ("usted", "tu", "vos")
        }
        assert not vos.search(said["usted"])
        assert not tu.search(said["usted"])
        assert not usted.search(said["vos"])
        assert not usted.search(said["tu"])


def test_no_file_says_what_no_kind_declares():
    for path in Path(texts.SHIPPED).glob("*/*.toml"):
        assert path.stem in texts.kinds(), path


def test_another_language_falls_back_to_spanish():
    assert shipped("case_reply", Format.SMS, "fr") == shipped("case_reply", Format.SMS, "es")


@pytest.mark.django_db(transaction=True)
def test_the_municipality_puts_its_own_words(town):
    said = {"kind": "case_taken", "format_": Format.SMS, "language": "es"}
    actions.set_text(**said, subject="", body="{{ town }}: vamos con {{ reference }}. {{ link }}", by="user:ana")
    assert texts.text_of("case_taken", Format.SMS, "es").body.startswith("{{ town }}: vamos")
    assert TrailEntry.objects.get(chain="texts").data == {"kind": "case_taken", "format": "sms", "language": "es"}
    actions.reset_text(**said, by="user:ana")
    assert texts.text_of("case_taken", Format.SMS, "es") == shipped("case_taken", Format.SMS)


@pytest.mark.django_db
def test_own_words_with_a_wrong_variable_are_refused(town):
    with pytest.raises(actions.BadText, match="telefono"):
        actions.set_text(
            kind="case_taken",
            format_=Format.SMS,
            language="es",
            subject="",
            body="{{ town }} {{ reference }} {{ link }} {{ telefono }}",
            by="user:ana",
        )
    assert not TextOverride.objects.exists()


@pytest.mark.django_db
def test_a_preview_is_filled_with_examples(town, settings):
    settings.SITE_ADDRESS = "https://villa.example"
    text = shipped("case_taken", Format.EMAIL)
    shown = actions.preview(kind="case_taken", format_=Format.EMAIL, subject=text.subject, body=text.body)
    assert shown.subject == "Ya hay quien atiende su aviso 2026-000123-7"
    assert "https://villa.example/ver/7f9c2ba4e8d3a1" in shown.body


@pytest.mark.django_db
def test_a_file_of_the_data_folder_stands_before_what_comes_along(town, settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "texts" / "es").mkdir(parents=True)
    (tmp_path / "texts" / "es" / "case_taken.toml").write_text(
        '[sms]\nbody = "{{ town }} {{ reference }} {{ link }}"\n'
    )
    texts.forget()
    assert texts.text_of("case_taken", Format.SMS, "es").body == "{{ town }} {{ reference }} {{ link }}"
    assert texts.text_of("case_taken", Format.EMAIL, "es") == shipped("case_taken", Format.EMAIL)
