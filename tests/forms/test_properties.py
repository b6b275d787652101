"""Whatever the schema accepts, every door accepts, and nothing else; for forms made up at random."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from tests.forms.papers import version
from ventanilla.forms import open311
from ventanilla.forms.build import form_class
from ventanilla.forms.rules import validate

FORMATS = FormatChecker(["date"])
WORD = st.text(alphabet="abcñé1", min_size=1, max_size=6)
SMALL = st.integers(-20, 20)


def choice(values: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": values}


FIELD = st.one_of(
    st.builds(
        lambda low, more: {"type": "string", "minLength": low, "maxLength": low + more},
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    st.lists(WORD, min_size=1, max_size=3, unique=True).map(choice),
    st.builds(lambda low, more: {"type": "integer", "minimum": low, "maximum": low + more}, SMALL, st.integers(0, 9)),
    st.builds(lambda low: {"type": "number", "minimum": low}, SMALL),
    st.just({"type": "boolean"}),
    st.just({"type": "string", "format": "date"}),
    st.just({"type": "string", "pattern": "^[a-c]{1,2}\\d?$"}),
    st.builds(
        lambda values, low: {"type": "array", "items": choice(values), "minItems": low},
        st.lists(WORD, min_size=1, max_size=3, unique=True),
        st.integers(0, 2),
    ),
)
VALUE = st.one_of(
    WORD,
    SMALL,
    st.floats(-20, 20, allow_nan=False).map(lambda number: round(number, 2)),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
    st.just("2026-02-30"),
    st.lists(WORD, min_size=1, max_size=3, unique=True),
)


@st.composite
def papers(draw: Any) -> Any:
    fields = draw(st.lists(FIELD, min_size=1, max_size=4))
    properties = {f"f{index}": schema for index, schema in enumerate(fields)}
    required = draw(st.lists(st.sampled_from(sorted(properties)), unique=True))
    questions = [{"field": name, "question": f"¿{name}?", **_options(schema)} for name, schema in properties.items()]
    schema = {"type": "object", "properties": properties, "required": required}
    return version(schema, {"questions": questions}, digest=repr(schema))


def _options(schema: dict[str, Any]) -> dict[str, Any]:
    values = schema.get("enum") or schema.get("items", {}).get("enum")
    return {"options": [{"value": value, "label": value.upper()} for value in values]} if values else {}


@st.composite
def answered(draw: Any) -> Any:
    """A form and answers to it: some of the right kind, some not."""
    made = draw(papers())
    fitting = {
        name: st.one_of(_fitting(schema), VALUE)
        for name, schema in made.schema["properties"].items()
        if draw(st.booleans())
    }
    return made, {name: draw(each) for name, each in fitting.items()}


def _fitting(schema: dict[str, Any]) -> Any:
    values = schema.get("enum") or schema.get("items", {}).get("enum")
    if values:
        one = st.sampled_from(values)
        return one if "enum" in schema else st.lists(one, min_size=1, unique=True)
    return {"integer": SMALL, "number": SMALL, "boolean": st.booleans()}.get(schema["type"], WORD)


def kinds_agree(made: Any, answers: dict[str, Any]) -> bool:
    """Whether every answer is of its field's JSON type: text for a number is for `coerce`, not for the schema."""
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list}
    properties = made.schema["properties"]
    return all(
        isinstance(value, types[properties[name]["type"]])
        and isinstance(value, bool) == (properties[name]["type"] == "boolean")
        for name, value in answers.items()
    )


@given(answered())
@settings(max_examples=300, deadline=None)
def test_the_rules_accept_exactly_what_the_schema_accepts(case):
    made, answers = case
    if kinds_agree(made, answers):
        fits = Draft202012Validator(made.schema, format_checker=FORMATS).is_valid(answers)
        assert validate(made.schema, made.layout, answers).is_valid == fits


@given(answered())
@settings(max_examples=200, deadline=None)
def test_the_page_accepts_exactly_what_the_rules_accept(case):
    made, answers = case
    checked = validate(made.schema, made.layout, answers)
    form = form_class(made)({name: _typed(value) for name, value in answers.items()})
    if kinds_agree(made, answers):
        assert form.is_valid() == checked.is_valid
        assert form.answers() == checked.answers


@given(answered())
@settings(max_examples=200, deadline=None)
def test_answers_go_through_open311_and_come_back(case):
    made, answers = case
    checked = validate(made.schema, made.layout, answers)
    sent = {name: _flat(value) for name, value in checked.answers.items()}
    codes = {each["code"] for each in open311.attributes(made)}
    assert set(sent) <= codes
    again = validate(made.schema, made.layout, open311.answers(made, sent), partial=True)
    assert again.answers == checked.answers
    assert again.errors == {}


@given(
    answered(), st.text(), st.dictionaries(st.text(max_size=5), st.one_of(st.text(), st.lists(st.text()), st.none()))
)
@settings(max_examples=200, deadline=None)
def test_nothing_anyone_sends_breaks_the_rules(case, text, more):
    made, answers = case
    wild = {**more, **dict.fromkeys(made.schema["properties"], text)}
    for given_ in (wild, {**answers, **more}):
        checked = validate(made.schema, made.layout, given_)
        assert not set(checked.answers) & set(checked.errors)
        assert validate(made.schema, made.layout, checked.answers, partial=True).answers == checked.answers


def _typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, list) else str(value)


def _flat(value: Any) -> list[str]:
    typed = _typed(value)
    return typed if isinstance(typed, list) else [typed]
