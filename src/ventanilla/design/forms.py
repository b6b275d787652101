"""How forms are drawn: the kit's marks with the patterns of GOV.UK. Named in settings as FORM_RENDERER."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm, BoundField, CheckboxInput, Field, FileInput, Select, Textarea, Widget
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext as _


class Renderer(DjangoTemplates):
    """`{{ form }}` is the summary of errors and every field; `{{ form.name.as_field_group }}` one field."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"


@dataclass(frozen=True)
class Problem:
    """An error of the summary and the field it leads to; errors of the whole form lead nowhere."""

    text: str
    target: str = ""


def problems(form: BaseForm) -> list[Problem]:
    """The errors of a form in the order of its fields, those of the whole form first."""
    found = [Problem(str(text)) for text in form.non_field_errors()]
    for field in form:
        found.extend(Problem(_in_summary(field, str(text)), target_of(field)) for text in field.errors)
    return found


def _in_summary(field: BoundField, text: str) -> str:
    """An error away from its field: what only says that something is missing must say what."""
    if getattr(field.field, "is_question", False):
        return f"{field.label} {text}"
    plain = text == str(Field.default_error_messages["required"])
    return _("Falta: %(label)s") % {"label": field.label} if plain else text


def target_of(field: BoundField) -> str:
    """The id that a link in the summary leads to: the control, or the first choice of a group."""
    return f"{field.auto_id}_0" if is_group(field.field.widget) else str(field.id_for_label or field.auto_id)


def is_group(widget: Widget) -> bool:
    """Whether the widget is several controls with one question."""
    return isinstance(widget, RadioSelect | CheckboxSelectMultiple)


def is_single_checkbox(widget: Widget) -> bool:
    return isinstance(widget, CheckboxInput)


def is_plain(widget: Widget) -> bool:
    """Whether the widget is one control that the kit's class dresses."""
    return not is_group(widget) and (isinstance(widget, Select | Textarea | FileInput) or hasattr(widget, "input_type"))


def dress(field: BoundField) -> str:
    """The control of a field with the kit's class, kept with classes of its own (`v-width-4`)."""
    own = field.field.widget.attrs.get("class", "")
    attrs: dict[str, str | bool] = {"class": f"ds-input {own}".strip()} if is_plain(field.field.widget) else {}
    return str(field.as_widget(attrs=attrs))


def choices(field: BoundField) -> list[dict[str, str]]:
    """The choices of a group, each dressed: `control`, `id`, `label`."""
    drawn = []
    for choice in field.subwidgets:
        choice.data["attrs"]["class"] = "ds-input"
        choice.data["attrs"].pop("aria-describedby", None)
        drawn.append({"control": choice.tag(), "id": choice.id_for_label, "label": str(choice.choice_label)})
    return drawn
