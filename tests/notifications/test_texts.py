"""The texts that come along, and those the municipality changes."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import MEMBERS
from tests.notifications.conftest import PHONE
from ventanilla.audit.models import TrailEntry
from ventanilla.lib import clock
from ventanilla.lib.findings import Level
from ventanilla.notifications import actions, texts
from ventanilla.notifications.checks import check_texts, look_at_texts
from ventanilla.notifications.enums import Format
from ventanilla.notifications.models import Message, TextOverride
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


# What is wrong in the municipality's own -----------------------------------------------------------------------------

RIGHT = '[sms]\nbody = "{{ town }} tiene {{ reference }}: {{ link }}"\n'
WRONG = {
    "a variable that does not exist": (
        '[sms]\nbody = "{{ town }} {{ reference }} {{ link }} {{ telefono }}"',
        "telefono",
    ),
    "a variable that is missing": ('[sms]\nbody = "{{ town }} {{ reference }}"', "«link»"),
    "no body": ('[sms]\nsubject = ""', "Falta el texto."),
    "a body that is no text": ("[sms]\nbody = 3", "Falta el texto."),
    "no table": ('sms = "{{ town }} {{ reference }} {{ link }}"', "Falta el texto."),
    "no TOML": ('[sms\nbody = "', "No se puede leer"),
    "a format that it has not": (RIGHT + '[fax]\nbody = "x"', "Este mensaje no tiene texto «fax»."),
}


@pytest.fixture
def own(town, settings, tmp_path):
    """Writes a file of texts into the data folder."""
    settings.DATA = tmp_path
    (tmp_path / "texts" / "es").mkdir(parents=True)

    def write(said: str, name: str = "case_taken.toml") -> Path:
        path = tmp_path / "texts" / "es" / name
        path.write_text(said, encoding="utf-8")
        texts.forget()
        return path

    return write


@pytest.mark.parametrize("wrong", sorted(WRONG))
def test_a_wrong_file_is_named_at_the_start_and_by_the_doctor(own, wrong):
    said, problem = WRONG[wrong]
    path = own(said)
    [told] = check_texts()
    assert told.msg.startswith(f"{path}: ")
    assert problem in told.msg
    assert f"./ventanilla manage text check {path}" in told.hint
    [seen] = look_at_texts()
    assert (seen.level, seen.text, seen.advice) == (Level.WARN, told.msg, told.hint)


def test_a_file_that_is_right_is_used_and_nothing_is_said_against_it(own):
    own(RIGHT)
    assert texts.text_of("case_taken", Format.SMS, "es").body == "{{ town }} tiene {{ reference }}: {{ link }}"
    assert check_texts() == []
    assert [each.level for each in look_at_texts()] == [Level.OK]


def test_a_file_named_after_no_message_is_named(own):
    path = own(RIGHT, "case_token.toml")
    assert [each.msg for each in check_texts()] == [f"{path}: [sms] No existe el mensaje «case_token»."]


@pytest.mark.parametrize("wrong", sorted(set(WRONG) - {"a format that it has not"}))
def test_a_wrong_file_stops_no_message_and_the_log_says_so_once(own, tell, configure, caplog, wrong):
    configure(sms={"url": "https://gateway.example"})
    path = own(WRONG[wrong][0])
    for _twice in range(2):
        assert "2026-000123-7" in tell(PHONE, kind="case_taken").body
    assert texts.text_of("case_taken", Format.SMS, "es") == texts.Text("", _shipped_body("case_taken.toml"))
    assert [each.levelname for each in caplog.records if str(path) in each.getMessage()] == ["WARNING"]


def _shipped_body(name: str) -> str:
    return tomllib.loads((texts.SHIPPED / "es" / name).read_text(encoding="utf-8"))["sms"]["body"].strip()


@pytest.mark.django_db
def test_a_text_that_was_set_and_is_no_longer_right_is_passed_over_and_the_doctor_says_so(town):
    TextOverride.objects.create(
        kind="case_taken",
        format="sms",
        language="es",
        body="{{ folio }}",
        changed_at=clock.now(),
        changed_by="user:ana",
    )
    texts.forget()
    assert texts.text_of("case_taken", Format.SMS, "es") == shipped("case_taken", Format.SMS)
    [seen] = look_at_texts()
    assert seen.text.startswith("case_taken [sms] es: No existe la variable «folio».")
    assert "./ventanilla manage text set" in seen.advice


def test_a_wrong_text_never_stops_a_filing(cast, settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "texts" / "es").mkdir(parents=True)
    (tmp_path / "texts" / "es" / "case_filed.toml").write_text('[email]\nsubject = "{{ folio }}"\nbody = "{{ folio }}"')
    texts.forget()
    case = cast.file()
    assert case.reference in Message.objects.get(kind="case_filed").subject


# The command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def command(cast, capsys):
    """Says to the command, and returns what it answers."""

    def say(*words: str) -> str:
        call_command("text", *words)
        return capsys.readouterr().out

    return say


def test_what_it_shows_is_a_file_that_it_takes_and_that_says_the_same(command, tmp_path):
    for kind in texts.kinds():
        file = tmp_path / f"{kind}.toml"
        file.write_text(command("show", kind), encoding="utf-8")
        assert texts.problems_of_file(file) == []
        said = {format_: shipped(kind, format_) for format_ in texts.kinds()[kind].variables}
        assert texts.texts_of(texts.read(file)) == said


def test_it_puts_a_file_in_force_and_takes_it_back(cast, command, tmp_path):
    file = tmp_path / "case_taken.toml"
    file.write_text(RIGHT)
    assert "case_taken: email, sms, call" in command("list")
    assert "Municipalidad" not in command("check", str(file))
    command("set", str(file), "--by", "coro")
    texts.forget()
    assert texts.text_of("case_taken", Format.SMS, "es").body == "{{ town }} tiene {{ reference }}: {{ link }}"
    assert "case_taken: email, sms*, call" in command("list")
    command("reset", "case_taken", "--by", "admin")
    texts.forget()
    assert texts.text_of("case_taken", Format.SMS, "es") == shipped("case_taken", Format.SMS)
    told = [(each.verb, each.by) for each in TrailEntry.objects.filter(chain="texts").order_by("seq")]
    assert told == [("text.changed", f"user:{cast.coro.uuid}"), ("text.restored", f"user:{cast.admin.uuid}")]


@pytest.mark.parametrize("wrong", sorted(WRONG))
def test_it_refuses_a_wrong_file_and_says_what_to_mend(command, tmp_path, wrong):
    said, problem = WRONG[wrong]
    file = tmp_path / "case_taken.toml"
    file.write_text(said)
    for words in (["check", str(file)], ["set", str(file), "--by", "coro"]):
        with pytest.raises(CommandError, match=re.escape(problem)):
            command(*words)
    assert not TextOverride.objects.exists()


def test_only_who_may_change_texts_changes_them(cast, command, tmp_path):
    file = tmp_path / "case_taken.toml"
    file.write_text(RIGHT)
    for name in sorted({*MEMBERS, "nadie"} - {"coro", "admin"}):
        for words in (["set", str(file)], ["reset", "case_taken"]):
            with pytest.raises(CommandError, match="no puede cambiar los textos"):
                command(*words, "--by", name)
    assert not TextOverride.objects.exists()


def test_a_message_that_is_not_there_is_named(command):
    for words in (["show", "case_token"], ["reset", "case_token", "--by", "coro"]):
        with pytest.raises(CommandError, match="No existe el mensaje «case_token»"):
            command(*words)
