"""Choosing, retrying, short messages and wording, without a database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.notifications.enums import State
from ventanilla.notifications.rules import sms, wording
from ventanilla.notifications.rules.choosing import Choice, Contact, Reach, choose
from ventanilla.notifications.rules.retrying import FIRST, LONGEST, SPREAD, back_off, is_crowd, of_http, of_smtp

EMAIL, PHONE = Contact("email", "rosa@example.org"), Contact("phone", "+50688887777")
BY_EMAIL, BY_SMS = Reach("email", frozenset({"email"})), Reach("sms", frozenset({"phone"}))


def preferred(contact):
    return Contact(contact.kind, contact.value, is_preferred=True)


@pytest.mark.parametrize(
    ("contacts", "channels", "chosen"),
    [
        ([EMAIL, PHONE], [BY_EMAIL, BY_SMS], Choice("email", EMAIL.value)),
        ([EMAIL, preferred(PHONE)], [BY_EMAIL, BY_SMS], Choice("sms", PHONE.value)),
        ([EMAIL, preferred(PHONE)], [BY_EMAIL], Choice("email", EMAIL.value)),
        ([PHONE], [BY_EMAIL], Choice("call", PHONE.value)),
        ([PHONE], [], Choice("call", PHONE.value)),
        ([EMAIL], [], None),
        ([], [BY_EMAIL, BY_SMS], None),
    ],
)
def test_the_preferred_contact_goes_first_and_a_call_last(contacts, channels, chosen):
    assert choose(contacts, channels) == chosen


def test_who_left_an_e_mail_alone_where_none_goes_out_is_told_by_hand_of_what_is_essential():
    assert choose([EMAIL], [BY_SMS], is_essential=True) == Choice("call", EMAIL.value)
    assert choose([EMAIL, PHONE], [], is_essential=True) == Choice("call", PHONE.value)
    assert choose([], [], is_essential=True) is None


def test_a_refused_channel_is_left_out_unless_the_message_is_essential():
    refused = frozenset({"email"})
    assert choose([EMAIL, PHONE], [BY_EMAIL, BY_SMS], refused=refused) == Choice("sms", PHONE.value)
    assert choose([EMAIL], [BY_EMAIL], refused=refused) is None
    assert choose([EMAIL], [BY_EMAIL], refused=refused, is_essential=True) == Choice("email", EMAIL.value)
    assert choose([PHONE], [], refused=frozenset({"call"})) is None


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_wait_stays_between_its_bounds(attempts, luck):
    assert FIRST * (1 - SPREAD) <= back_off(attempts, luck) <= LONGEST * (1 + SPREAD) + timedelta(microseconds=1)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_wait_never_shrinks_with_attempts(attempts, luck):
    assert back_off(attempts, luck) <= back_off(attempts + 1, luck)


@given(st.integers(1, 6))
def test_the_wait_doubles_until_it_is_an_hour(attempts):
    assert back_off(attempts, 0.5) == FIRST * 2 ** (attempts - 1)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (250, State.ACCEPTED),
        (421, State.TEMPORARY_FAILURE),
        (450, State.TEMPORARY_FAILURE),
        (535, State.TECHNICAL_FAILURE),
        (550, State.PERMANENT_FAILURE),
        (-1, State.TEMPORARY_FAILURE),
    ],
)
def test_what_an_smtp_reply_means(code, state):
    assert of_smtp(code) == state


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, State.ACCEPTED),
        (202, State.ACCEPTED),
        (302, State.TECHNICAL_FAILURE),
        (400, State.PERMANENT_FAILURE),
        (401, State.TECHNICAL_FAILURE),
        (422, State.PERMANENT_FAILURE),
        (429, State.TEMPORARY_FAILURE),
        (500, State.TEMPORARY_FAILURE),
        (503, State.TEMPORARY_FAILURE),
    ],
)
def test_what_an_http_status_means(status, state):
    assert of_http(status) == state


def test_a_crowd_begins_after_the_limit():
    assert not is_crowd(3, 3)
    assert is_crowd(4, 3)


def test_one_accent_outside_the_alphabet_makes_a_message_short():
    assert sms.segments("a" * 160) == 1
    assert sms.segments("a" * 161) == 2
    assert sms.segments("á" + "a" * 70) == 2
    assert sms.segments("é" + "a" * 159) == 1
    assert sms.segments("€" * 80) == 1
    assert sms.segments("€" * 81) == 2
    assert sms.segments("😀" * 35) == 1
    assert sms.segments("😀" * 36) == 2


def test_spanish_folds_into_the_alphabet_and_keeps_what_it_has():
    said = "¿Mañana? Él llamará así: «fotocélula» – ÁÍÓÚáíóú…"
    assert sms.fold(said) == '¿Mañana? Él llamara asi: "fotocélula" - AIOUaiou...'


@given(st.text(alphabet="áéíóúüñÁÉÍÓÚÜÑ¿¡«»–…’ abcXYZ019.,:;"))
def test_whatever_spanish_says_fits_the_alphabet(text):
    assert sms.is_gsm7(sms.fold(text))


def test_variables_are_filled_once_and_empty_lines_go():
    text = "Hola, {{ name }}:\n\nNúmero: {{reference}}\nCódigo: {{ code }}\nFin"
    values = {"name": "{{ code }}", "reference": "2026-1", "code": ""}
    assert wording.fill(text, values) == "Hola, {{ code }}:\n\nNúmero: 2026-1\nFin"


def test_a_variable_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        wording.fill("{{ name }}", {})


def test_a_subject_is_one_line_whatever_a_value_holds():
    assert (
        wording.fill_line("Sobre {{ what }}", {"what": "luz\r\nBcc: otro@example.org"})
        == "Sobre luz Bcc: otro@example.org"
    )


@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("{{ a }}", "{{ b }}", []),
        ("{{ a }}", "nada", ["Falta usar la variable «b»."]),
        ("{{ a }}", "{{ b }} {{ c }}", ["No existe la variable «c»."]),
        ("{{ a }}", "{{ b }} {{ b.c }}", ["Hay llaves sueltas: las variables se escriben {{ así }}."]),
        ("{{ a }}", "{{ b }} {% if x %}", []),
        ("", "{{ a }}{{ b }}", ["Falta el asunto."]),
        ("{{ a }}\n", "{{ b }}", ["El asunto va en una línea de 200 caracteres; el texto, en 20 000."]),
    ],
)
def test_a_text_uses_exactly_what_its_kind_declares(subject, body, said):
    assert wording.problems(subject=subject, body=body, declared={"a", "b"}, has_subject=True) == said


def test_html_is_escaped_and_only_our_own_addresses_are_links():
    body = "Vea <b>https://villa.example/ver/1</b>\nhttps://malo.example/x\n\nhttps://villa.example.malo/x"
    first, second = wording.paragraphs(body, "https://villa.example")
    assert first == (
        'Vea &lt;b&gt;<a href="https://villa.example/ver/1">https://villa.example/ver/1</a>&lt;/b&gt;'
        "<br>https://malo.example/x"
    )
    assert second == "https://villa.example.malo/x"


@given(st.text())
def test_no_text_gets_markup_into_a_mail(text):
    joined = "".join(wording.paragraphs(text, "https://villa.example"))
    assert "<" not in joined.replace("<br>", "").replace("<a href=", "").replace("</a>", "")
