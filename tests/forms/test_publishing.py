"""Publishing a form: what it may say, and that it never changes."""

import copy

import pytest
from django.db import connection

from tests.forms.papers import LIGHT_LAYOUT, LIGHT_SCHEMA
from ventanilla.audit.models import TrailEntry
from ventanilla.forms.actions import publish
from ventanilla.forms.models import FormVersion, Immutable, version_of
from ventanilla.forms.rules import Unpublishable, completed


def published(**changes):
    given = {"key": "light", "schema": LIGHT_SCHEMA, "layout": LIGHT_LAYOUT, "by": "user:ana"}
    return publish(**{**given, **changes})


@pytest.mark.django_db
def test_a_form_is_published_with_its_limits_spelled_out():
    made = published()
    assert (made.key, made.version, len(made.digest)) == ("light", 1, 64)
    assert made.schema["additionalProperties"] is False
    assert made.schema["properties"]["detail"]["maxLength"] == 4000


@pytest.mark.django_db
def test_the_same_content_is_the_same_version_and_other_content_the_next():
    first = published()
    assert published() == first
    changed = copy.deepcopy(LIGHT_LAYOUT)
    changed["questions"][0]["hint"] = "Mire también la acera de enfrente."
    assert published(layout=changed).version == 2
    assert FormVersion.objects.latest_of("light").version == 2
    assert [each.data["version"] for each in TrailEntry.objects.filter(chain="forms")] == [1, 2]


@pytest.mark.django_db
def test_a_published_form_comes_back_from_the_database_with_its_questions_in_order():
    published()
    again = version_of("light", 1)
    assert [question.field for question in again.paper.questions][:3] == ["extent", "how_many", "signs"]
    assert [value for value, _label in again.paper.questions[0].options] == ["one", "several", "block"]


@pytest.mark.django_db
def test_a_published_form_does_not_change():
    made = published()
    made.layout = {}
    with pytest.raises(Immutable):
        made.save()
    with pytest.raises(Immutable):
        made.delete()
    with pytest.raises(Immutable):
        FormVersion.objects.filter(key="light").update(layout={})
    with pytest.raises(Immutable):
        FormVersion.objects.filter(key="light").delete()


@pytest.mark.django_db(transaction=True)
def test_a_version_is_read_from_the_database_once(django_assert_num_queries):
    from ventanilla.forms.models import forget

    published()
    forget()
    with django_assert_num_queries(1):
        assert version_of("light", 1) is version_of("light", 1)
    forget()
    assert not connection.in_atomic_block


def broken(schema=None, layout=None):
    with pytest.raises(Unpublishable) as refused:
        completed(schema or LIGHT_SCHEMA, layout or LIGHT_LAYOUT)
    return "; ".join(refused.value.problems)


def field_saying(**schema):
    return {"type": "object", "properties": {"what": schema}}


ASKED = {"questions": [{"field": "what", "question": "¿Qué?"}]}


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "pattern": "(a+)+$"}, "patrón"),
        ({"type": "string", "pattern": "^[a-z]+$"}, "patrón"),
        ({"type": "string", "pattern": "("}, "JSON Schema"),
        ({"type": "string", "format": "uri"}, "«format»"),
        ({"type": "string", "maxLength": 4001}, "4000"),
        ({"type": "string", "enum": []}, "respuestas posibles"),
        ({"type": "string", "enum": [" a"]}, "respuestas posibles"),
        ({"type": "object"}, "el tipo"),
        ({"type": ["string", "null"]}, "el tipo"),
        ({"$ref": "https://example.org/x.json"}, "el tipo"),
        ({"type": "array", "items": {"type": "object"}}, "una lista"),
        ({"type": "array"}, "una lista"),
        ({"type": "number", "multipleOf": 2}, "«multipleOf»"),
        ({"type": "strnig"}, "JSON Schema"),
    ],
)
def test_a_schema_says_only_what_every_door_can_ask(schema, said):
    assert said in broken(field_saying(**schema), ASKED)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ([], "JSON Schema"),
        (True, "objeto"),
        ({"type": "object"}, "objeto"),
        ({"type": "object", "properties": {"what": True}}, "el tipo"),
        ({"type": "object", "properties": {"What": {"type": "string"}}}, "el nombre"),
        ({**field_saying(type="string"), "required": ["who"]}, "obligatorio"),
        ({**field_saying(type="string"), "if": {}}, "«if»"),
        ({**field_saying(type="string"), "title": "a\x00"}, "carácter"),
        ({**field_saying(type="string"), "title": "\ud800"}, "JSON"),
    ],
)
def test_a_schema_is_an_object_of_plain_fields(schema, said):
    with pytest.raises(Unpublishable, match=said):
        completed(schema, ASKED)


@pytest.mark.parametrize(
    ("index", "change", "said"),
    [
        (0, {"widget": "number"}, "«number» no sirve"),
        (0, {"options": [{"value": "one", "label": "Una"}]}, "las opciones"),
        (0, {"when": {"field": "danger", "equals": True}}, "condición"),
        (1, {"when": {"field": "extent", "equals": "none"}}, "condición"),
        (1, {"when": {"field": "extent", "in": []}}, "condición"),
        (7, {"when": {"field": "danger", "equals": 1}}, "condición"),
        (7, {"when": {"field": "pole", "equals": "P-1"}}, "condición"),
        (7, {"question": " "}, "falta la pregunta"),
        (7, {"onclick": "x"}, "«onclick»"),
        (7, {"field": "signs"}, "Cada dato"),
        (7, {"essential": "sí"}, "«essential»"),
        (7, {"hint": 3}, "el guion"),
    ],
)
def test_a_layout_asks_each_field_once_in_a_way_that_fits_it(index, change, said):
    layout = copy.deepcopy(LIGHT_LAYOUT)
    layout["questions"][index].update(change)
    assert said in broken(layout=layout)


def test_every_problem_is_told_at_once():
    schema = {"type": "object", "properties": {"a": {"type": "null"}, "B": {"type": "string"}}}
    assert len(broken(schema, {"questions": []}).split("; ")) == 2
