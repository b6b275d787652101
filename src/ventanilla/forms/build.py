"""A published form as a Django form: works without JavaScript, checked by the same rules as every other door."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ventanilla.design.languages import later, translated
from ventanilla.forms.enums import Kind, Widget
from ventanilla.forms.models import FormVersion
from ventanilla.forms.rules import Checked, Question, Questionnaire, validate


class QuestionField(forms.Field):
    """A question. It only asks: whether the answer fits is said by the rules, for the whole form at once."""

    is_question = True
    """Its label is a whole question, so that a list of errors can repeat it."""

    def __init__(self, question: Question, *, hint: str, **options: Any) -> None:
        self.question = question
        super().__init__(
            label=_said(question.text),
            help_text=hint,
            required=question.is_required,
            widget=_widget(question),
            **options,
        )

    @property
    def script(self) -> str:
        """What whoever attends by phone says."""
        return translated(self.question.script or self.question.text)

    def validate(self, value: Any) -> None:
        """Nothing: `QuestionsForm.clean` checks all answers together."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != self.prepare_value(data))

    def prepare_value(self, value: Any) -> Any:
        """A stored answer as its widget shows it."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if self.question.kind == Kind.LINES and isinstance(value, list):
            return "\n".join(str(each) for each in value)
        return value


class QuestionsForm(forms.Form):
    """The questions of one published version. `answers()` and `missing()` after `is_valid()`."""

    use_required_attribute = False
    version: FormVersion
    lenient = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            when = self.version.paper.by_field[name].when
            if when:
                values = [QuestionField.prepare_value(field, value) for value in when.values]  # type: ignore[arg-type]
                field.widget.attrs["data-when"] = self.add_prefix(when.field)
                field.widget.attrs["data-when-values"] = json.dumps(values, ensure_ascii=False)

    def clean(self) -> dict[str, Any]:
        for name, message in self._checked.errors.items():
            self.add_error(name, message)
        return self._checked.answers

    @cached_property
    def _checked(self) -> Checked:
        return validate(self.version.schema, self.version.layout, self.cleaned_data, partial=self.lenient)

    def answers(self) -> dict[str, Any]:
        """The answers that fit, as JSON values by field."""
        return self._checked.answers

    def missing(self) -> list[str]:
        """The fields without which the case is incomplete."""
        return self._checked.missing


def form_class(version: FormVersion, *, lenient: bool = False) -> type[QuestionsForm]:
    """The form of a version. `lenient` is the counter's: nothing is demanded, what is wanting is listed."""
    return _made(_Same(version), lenient)


class _Same:
    """A version as a key of the cache: two with the same content are one."""

    def __init__(self, version: FormVersion) -> None:
        self.version = version

    def __hash__(self) -> int:
        return hash(self.version.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.version.digest == self.version.digest


@lru_cache(maxsize=256)
def _made(same: _Same, lenient: bool) -> type[QuestionsForm]:
    paper = same.version.paper
    fields: dict[str, Any] = {each.field: QuestionField(each, hint=_hint(each, paper)) for each in paper.questions}
    return type("PublishedForm", (QuestionsForm,), {**fields, "version": same.version, "lenient": lenient})


def _said(text: str) -> Any:
    """A text of the form, in the language in force whenever it is shown: the class is made once for all."""
    return later(lambda: translated(text))


def _options(question: Question) -> list[tuple[str, Any]]:
    return [(value, _said(label)) for value, label in question.options]


def _hint(question: Question, paper: Questionnaire) -> Any:
    """The hint; and when to answer, which the script takes away as it hides the question itself."""
    return _said(question.hint) if question.when is None else later(lambda: _hint_with_when(question, paper))


def _hint_with_when(question: Question, paper: Questionnaire) -> SafeString:
    assert question.when is not None  # noqa: S101 asked for those alone
    other = paper.by_field[question.when.field]
    answers = ", ".join(str(_("«%s»")) % _words(other, value) for value in question.when.values)
    only_if = str(_("Conteste solo si a «%s» respondió %s.")) % (translated(other.text), answers)
    return format_html("{} <span data-when-hint>{}</span>", translated(question.hint), only_if)


def _words(question: Question, value: object) -> str:
    if isinstance(value, bool):
        return str(_("Sí") if value else _("No"))
    return translated(question.label(value))


def _widget(question: Question) -> forms.Widget:
    limit = {"maxlength": question.schema["maxLength"]} if "maxLength" in question.schema else {}
    return _WIDGETS[question.widget](question, limit)


def _number(question: Question, _limit: dict[str, Any]) -> forms.Widget:
    mode = "numeric" if question.kind == Kind.INTEGER else "decimal"
    return forms.TextInput(attrs={"inputmode": mode, "class": "v-width-4", "autocomplete": "off"})


_WIDGETS: dict[Widget, Callable[[Question, dict[str, Any]], forms.Widget]] = {
    Widget.RADIO: lambda question, _limit: forms.RadioSelect(choices=_options(question)),
    Widget.YESNO: lambda _question, _limit: forms.RadioSelect(choices=[("true", _("Sí")), ("false", _("No"))]),
    Widget.SELECT: lambda question, _limit: forms.Select(choices=[("", _("Elija")), *_options(question)]),
    Widget.CHECKBOXES: lambda question, _limit: forms.CheckboxSelectMultiple(choices=_options(question)),
    Widget.NUMBER: _number,
    Widget.DATE: lambda _question, _limit: forms.DateInput(attrs={"type": "date", "class": "v-width-10"}),
    Widget.SHORT: lambda _question, limit: forms.TextInput(attrs={"autocomplete": "off", **limit}),
    Widget.LONG: lambda _question, limit: forms.Textarea(attrs={"rows": 4, **limit}),
    Widget.LINES: lambda _question, _limit: forms.Textarea(attrs={"rows": 4}),
}
