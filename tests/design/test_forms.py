"""Forms as GOV.UK taught: labels, hints, errors tied to their fields, what was typed kept."""

import pytest
from django import forms
from django.template import Context, Template

from ventanilla.design.forms import problems
from ventanilla.design.guide import SampleForm

SENT = {"address": "Las Acacias 34", "email": "rosa@correo", "quarter": "si"}


@pytest.fixture
def refused() -> SampleForm:
    form = SampleForm(SENT)
    assert not form.is_valid()
    return form


def test_an_error_is_tied_to_its_field(refused: SampleForm) -> None:
    drawn = refused["email"].as_field_group()
    assert 'aria-describedby="id_email_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_email_error"' in drawn


def test_hint_comes_before_error_and_both_are_heard() -> None:
    drawn = SampleForm({"address": ""})["address"].as_field_group()
    assert 'aria-describedby="id_address_helptext id_address_error"' in drawn
    assert drawn.index("id_address_helptext") < drawn.index('id="id_address_error"')


def test_what_was_typed_is_kept(refused: SampleForm) -> None:
    assert 'value="rosa@correo"' in refused["email"].as_field_group()


def test_choices_are_a_fieldset_with_its_question(refused: SampleForm) -> None:
    drawn = refused["dark"].as_field_group()
    assert drawn.startswith('<fieldset class="ds-fieldset" aria-describedby="id_dark_error">')
    assert drawn.count('class="ds-input"') == 2
    assert '<label for="id_dark_1">' in drawn


def test_optional_fields_say_so_and_nothing_has_an_asterisk(refused: SampleForm) -> None:
    drawn = str(refused)
    assert drawn.count("(si quiere)") == 2
    assert "*" not in drawn


def test_the_summary_leads_to_each_field(refused: SampleForm) -> None:
    found = problems(refused)
    assert [problem.target for problem in found] == ["id_email", "id_dark_0"]
    assert found[1].text == "Falta: ¿Está toda la cuadra a oscuras?"
    drawn = str(refused)
    for problem in found:
        assert f'href="#{problem.target}"' in drawn
        assert f'id="{problem.target}"' in drawn


def test_the_summary_takes_the_focus_without_a_script(refused: SampleForm) -> None:
    assert 'tabindex="-1" autofocus' in str(refused)


def test_there_is_no_summary_without_errors() -> None:
    assert "ds-error-summary" not in str(SampleForm())


def test_the_title_begins_with_error(refused: SampleForm) -> None:
    title = Template("{% load ventanilla %}{% error_prefix form %}Dónde")
    assert title.render(Context({"form": refused})) == "Error: Dónde"
    assert title.render(Context({"form": SampleForm()})) == "Dónde"


def test_errors_of_the_whole_form_come_first() -> None:
    class Dates(forms.Form):
        start = forms.CharField()

        def clean(self) -> None:
            raise forms.ValidationError("El comienzo va antes que el final.")

    assert [problem.target for problem in problems(Dates({}))] == ["", "id_start"]


def test_a_widgets_own_class_is_kept() -> None:
    class Year(forms.Form):
        year = forms.CharField(widget=forms.TextInput(attrs={"class": "v-width-4"}))

    assert 'class="ds-input v-width-4"' in Year()["year"].as_field_group()
