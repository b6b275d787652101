"""A form taken apart and put together again is the same form; what is changed is changed and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ventanilla.catalog import starting
from ventanilla.forms.enums import Kind
from ventanilla.forms.rules import completed
from ventanilla.forms.rules.editing import ANSWERS, LONG, Draft, drafts, name_of, put_together

SHIPPED = [
    (procedure.key, starting.questions(procedure))
    for service in starting.services()
    for procedure in service.procedures
    if starting.questions(procedure)
]


@pytest.mark.parametrize(("key", "asked"), SHIPPED, ids=[key for key, _asked in SHIPPED])
def test_taken_apart_and_put_together_it_is_the_same(key: str, asked: list[starting.Question]) -> None:
    schema, layout = starting.schema(asked), starting.layout(asked)
    published = completed(schema, layout)
    again, laid_out = put_together(drafts(published, layout))
    assert completed(again, laid_out) == published
    assert laid_out == layout


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_new_question_of_every_kind_can_be_published(answer: str) -> None:
    options = (("a", "Una"), ("b", "Otra")) if answer in (Kind.CHOICE, Kind.CHOICES) else ()
    schema, layout = put_together([Draft("¿Cuántas luces?", answer, options=options, is_required=True)])
    completed(schema, layout)
    [again] = drafts(schema, layout)
    assert (again.answer, again.field, again.is_required) == (answer, "cuantas_luces", True)


KEPT = {
    "type": "object",
    "properties": {"plate": {"type": "string", "pattern": "^[A-Z]{3}$", "maxLength": 3}},
    "required": ["plate"],
}
ASKED = {"questions": [{"field": "plate", "question": "¿Placa?", "synonyms": ["patente"], "hint": "AAA"}]}


def test_what_the_editor_does_not_know_stays() -> None:
    [plate] = drafts(KEPT, ASKED)
    schema, layout = put_together([replace(plate, text="¿Matrícula?", hint="")])
    assert schema["properties"]["plate"]["pattern"] == "^[A-Z]{3}$"
    assert layout["questions"] == [{"field": "plate", "question": "¿Matrícula?", "synonyms": ["patente"]}]


def test_answered_otherwise_it_forgets_the_limits_of_before() -> None:
    [plate] = drafts(KEPT, ASKED)
    schema, _layout = put_together([replace(plate, answer=Kind.YESNO)])
    assert schema["properties"]["plate"] == {"type": "boolean"}


def test_a_text_made_long_is_asked_in_a_larger_field() -> None:
    [plate] = drafts(KEPT, ASKED)
    schema, layout = put_together([replace(plate, answer=LONG)])
    assert layout["questions"][0]["widget"] == "long"
    assert completed(schema, layout)["properties"]["plate"]["maxLength"] == 4000


def test_names_are_made_of_words_and_taken_once() -> None:
    assert name_of("¿Cuántas luces están apagadas?", []) == "cuantas_luces_estan_apagadas"
    assert name_of("¿Qué año?", ["que_ano"]) == "que_ano_2"
    assert name_of("24 horas", []) == "d_24_horas"
    assert name_of("¿?", []) == "dato"
