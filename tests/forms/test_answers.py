"""Whether answers fit, read as a person or a machine sends them."""

import time

import pytest

from tests.forms.papers import LIGHT_LAYOUT, SCHEMA
from ventanilla.forms.rules import validate


def check(partial: bool = False, **answers):
    return validate(SCHEMA, LIGHT_LAYOUT, answers, partial=partial)


def test_text_as_typed_becomes_values_of_the_schema():
    checked = check(extent="several", how_many=" 12 ", signs=["dark", "dark", ""], since="24/11/2026", height="4,5")
    assert checked.errors == {}
    assert checked.answers == {
        "extent": "several",
        "how_many": 12,
        "signs": ["dark"],
        "since": "2026-11-24",
        "height": 4.5,
    }


def test_json_values_stay_as_they_are():
    given = {"extent": "several", "how_many": 12, "height": 4, "danger": False, "signs": ["sparks"], "pole": "P-1"}
    assert check(**given).answers == given


def test_what_is_required_is_demanded_only_where_it_is_asked():
    assert check(extent="one").errors == {}
    assert check(extent="several").errors == {"how_many": "Conteste esta pregunta."}


def test_the_answer_to_a_hidden_question_is_dropped_whatever_it_says():
    assert check(extent="one", how_many="999").answers == {"extent": "one"}
    assert check(extent="one", how_many="muchas").errors == {}


def test_the_counter_is_never_blocked_but_told_what_is_wanting():
    checked = check(partial=True)
    assert checked.errors == {}
    assert checked.missing == ["extent", "pole"]


def test_fields_that_the_form_does_not_ask_are_refused():
    assert check(extent="one", color="azul").errors == {"color": "Este formulario no pide este dato."}


@pytest.mark.parametrize(
    ("field", "given", "message"),
    [
        ("how_many", "1", "El número no puede ser menor que 2."),
        ("how_many", "51", "El número no puede ser mayor que 50."),
        ("how_many", "3.5", "Escriba un número sin decimales."),
        ("how_many", "tres", "Escriba solo el número, por ejemplo 3."),
        ("how_many", "9" * 17, "Escriba solo el número, por ejemplo 3."),
        ("how_many", True, "Escriba solo el número, por ejemplo 3."),
        ("height", "0,2", "El número no puede ser menor que 0.5."),
        ("height", float("nan"), "El número es demasiado grande."),
        ("since", "31/2/2026", "Esa fecha no existe. Revise el día y el mes."),
        ("since", "2026-02-30", "Esa fecha no existe. Revise el día y el mes."),
        ("since", "ayer", "Escriba la fecha con día, mes y año, por ejemplo 24/11/2026."),
        ("since", "24/11/0026", "Revise el año de la fecha."),
        ("pole", "1234", "No tiene la forma esperada. Por ejemplo P-1234."),
        ("pole", ["P-1", "P-2"], "Escriba un solo texto."),
        ("pole", "P-\x001", "El texto tiene caracteres que no se pueden guardar. Escríbalo de nuevo."),
        ("pole", "P-\ud800", "El texto tiene caracteres que no se pueden guardar. Escríbalo de nuevo."),
        ("signs", ["dark", "smoke"], "Elija una de las respuestas de la lista."),
        ("danger", "quizá", "Conteste sí o no."),
    ],
)
def test_a_wrong_answer_is_told_what_to_write(field, given, message):
    checked = check(**{"extent": "several", "how_many": "3", field: given})
    assert checked.errors == {field: message}
    assert field not in checked.answers


def test_four_thousand_and_one_characters_are_one_too_many():
    given = {"extent": "one", "danger": "sí"}
    assert check(**given, detail="a" * 4000).errors == {}
    assert check(**given, detail="a" * 4001).errors == {
        "detail": "Escriba como mucho 4000 caracteres; ha escrito 4001."
    }


def test_one_choice_takes_one_answer():
    assert check(extent=["one", "block"]).errors == {"extent": "Elija una sola respuesta."}


def test_text_is_kept_in_one_form():
    given = check(extent="one", danger=True, detail="  cafe\u0301\r\nahí\x07  ").answers
    assert given["detail"] == "café\nahí"


def test_checking_costs_less_than_a_millisecond():
    given = {"extent": "several", "how_many": "12", "signs": ["dark"], "since": "24/11/2026", "pole": "P-12"}
    check(**given)
    started = time.process_time()
    for _ in range(50):
        check(**given)
    assert (time.process_time() - started) / 50 < 0.005
