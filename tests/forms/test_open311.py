"""A form in the flat words of Open311."""

import json
from pathlib import Path

from jsonschema import Draft7Validator

from tests.forms.papers import LIGHT_LAYOUT, LIGHT_SCHEMA, light, version
from ventanilla.forms import open311
from ventanilla.forms.rules import validate

DEFINITION = json.loads((Path(__file__).parent / "service-definition.json").read_text(encoding="utf-8"))


def lines(required):
    schema = {
        "type": "object",
        "properties": {"plates": {"type": "array", "items": {"type": "string"}}, "what": {"type": "string"}},
        "required": ["plates"] if required else [],
    }
    questions = [{"field": "plates", "question": "¿Qué placas?"}, {"field": "what", "question": "¿Qué pasó?"}]
    return version(schema, {"questions": questions}, f"lines {required}")


def test_a_definition_is_as_the_standard_wants_it():
    said = {"service_code": "light", "attributes": open311.attributes(light())}
    Draft7Validator(DEFINITION).validate(said)
    assert [each["order"] for each in said["attributes"]] == list(range(1, 9))
    assert {each["code"]: each["datatype"] for each in said["attributes"]} == {
        "extent": "singlevaluelist",
        "how_many": "number",
        "signs": "multivaluelist",
        "since": "datetime",
        "pole": "string",
        "height": "number",
        "danger": "singlevaluelist",
        "detail": "text",
    }


def test_values_are_there_only_for_lists():
    by_code = {each["code"]: each for each in open311.attributes(light())}
    assert by_code["extent"]["values"][0] == {"key": "one", "name": "Una sola"}
    assert by_code["danger"]["values"] == [{"key": "true", "name": "Sí"}, {"key": "false", "name": "No"}]
    assert "values" not in by_code["pole"]


def test_what_is_asked_under_a_condition_is_not_marked_required():
    by_code = {each["code"]: each for each in open311.attributes(light())}
    assert by_code["extent"]["required"] is True
    assert by_code["how_many"]["required"] is False


def test_a_type_that_requires_what_is_not_flat_is_not_offered():
    assert open311.expressible(light())
    assert not open311.expressible(lines(required=True))


def test_what_is_not_flat_and_not_required_is_left_out():
    made = lines(required=False)
    assert open311.expressible(made)
    assert [(each["code"], each["order"]) for each in open311.attributes(made)] == [("what", 1)]


def test_what_a_client_sends_is_read_like_any_answer():
    sent = {
        "extent": ["several"],
        "how_many": ["3"],
        "signs": ["dark", "sparks"],
        "since": ["2026-11-24T23:30:00-06:00"],
        "danger": ["false"],
        "pole": [""],
    }
    made = light()
    checked = validate(made.schema, made.layout, open311.answers(made, sent))
    assert checked.errors == {}
    assert checked.answers == {
        "extent": "several",
        "how_many": 3,
        "signs": ["dark", "sparks"],
        "since": "2026-11-24",
        "danger": False,
    }


def test_codes_the_form_does_not_have_and_doubled_answers_are_refused():
    made = light()
    raw = open311.answers(made, {"extent": ["one"], "COLOR": ["rojo"], "pole": ["P-1", "P-2"]})
    assert set(validate(made.schema, made.layout, raw).errors) == {"COLOR", "pole"}


def test_the_fixture_form_is_publishable():
    assert set(LIGHT_SCHEMA["properties"]) == {each["field"] for each in LIGHT_LAYOUT["questions"]}
