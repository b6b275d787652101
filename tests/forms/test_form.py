"""A published form on a page."""

from django.http import QueryDict

from tests.forms.papers import light, version
from ventanilla.forms.build import form_class

SENT = "extent=several&how_many=4&signs=dark&signs=sparks&since=2026-11-24&pole=P-12&height=4%2C5&danger=false"


def test_a_page_gives_answers_as_json():
    form = form_class(light())(QueryDict(SENT))
    assert form.is_valid(), form.errors
    assert form.answers() == {
        "extent": "several",
        "how_many": 4,
        "signs": ["dark", "sparks"],
        "since": "2026-11-24",
        "pole": "P-12",
        "height": 4.5,
        "danger": False,
    }


def test_errors_stand_at_their_question_and_what_was_typed_is_kept():
    form = form_class(light())(QueryDict("extent=several&how_many=muchas"))
    assert form.errors == {"how_many": ["Escriba solo el número, por ejemplo 3."]}
    assert 'value="muchas"' in str(form["how_many"])


def test_what_was_answered_is_shown_again():
    initial = {"extent": "one", "signs": ["sparks"], "since": "2026-11-24", "danger": False, "height": 4.5}
    form = form_class(light())(initial=initial)
    assert 'value="sparks" id="id_signs_2" checked' in str(form["signs"])
    assert 'value="false" id="id_danger_1" checked' in str(form["danger"])
    assert 'value="2026-11-24"' in str(form["since"])
    assert 'value="4.5"' in str(form["height"])


def test_the_counter_files_without_what_is_wanting():
    form = form_class(light(), lenient=True)(QueryDict("danger=true"))
    assert form.is_valid()
    assert form.missing() == ["extent", "pole"]


def test_a_condition_reaches_the_browser_as_data_under_the_name_of_the_page():
    form = form_class(light())(prefix="q")
    drawn = str(form["detail"])
    assert 'data-when="q-danger"' in drawn
    assert 'data-when-values="[&quot;true&quot;]"' in drawn


def test_without_javascript_the_hint_says_when_to_answer():
    hint = form_class(light())()["how_many"].help_text
    assert str(hint) == (
        " <span data-when-hint>Conteste solo si a «¿Cuántas luminarias están apagadas?» respondió «Varias».</span>"
    )


def test_words_of_a_form_are_escaped():
    hostile = "<script>alert(1)</script>"
    schema = {"type": "object", "properties": {"a": {"type": "boolean"}, "b": {"type": "string"}}}
    layout = {
        "questions": [
            {"field": "a", "question": hostile},
            {"field": "b", "question": hostile, "hint": hostile, "when": {"field": "a", "equals": True}},
        ]
    }
    assert hostile not in form_class(version(schema, layout, "hostile"))().as_p()


def test_several_lines_are_one_answer_each():
    schema = {"type": "object", "properties": {"plates": {"type": "array", "items": {"type": "string"}}}}
    made = version(schema, {"questions": [{"field": "plates", "question": "¿Qué placas vio?"}]}, "plates")
    form = form_class(made)({"plates": "ABC 123\r\n\r\nXYZ 789"})
    assert form.is_valid()
    assert form.answers() == {"plates": ["ABC 123", "XYZ 789"]}
    assert "ABC 123\nXYZ 789" in str(form_class(made)(initial=form.answers())["plates"])


def test_whoever_attends_by_phone_has_the_script():
    fields = form_class(light())().fields
    assert fields["extent"].script == "Pregunte si es una sola o toda la cuadra."
    assert fields["since"].script == "¿Desde cuándo?"


def test_the_form_of_a_version_is_made_once():
    assert form_class(light()) is form_class(light())
    assert form_class(light()) is not form_class(light(), lenient=True)
