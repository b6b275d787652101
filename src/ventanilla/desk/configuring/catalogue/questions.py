"""What a type asks: its questions changed on one page, put together and published as one version.

The page holds everything that is typed, so that adding, moving and taking away need no script and lose nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ventanilla.accounts.enums import Permission
from ventanilla.catalog import actions
from ventanilla.catalog.models import Procedure
from ventanilla.desk.actor import actor
from ventanilla.desk.configuring.access import sets
from ventanilla.desk.configuring.catalogue.views import _found
from ventanilla.forms.enums import Kind
from ventanilla.forms.rules import Unpublishable
from ventanilla.forms.rules.editing import LONG, Draft, drafts, name_of, put_together

SAVE, ADD, UP, DOWN, TAKE = "guardar", "agregar", "subir", "bajar", "quitar"
MOST = 30
CHOOSE = (Kind.CHOICE, Kind.CHOICES)
ANSWER_WORDS = [
    (Kind.CHOICE.value, _("Elige una")),
    (Kind.CHOICES.value, _("Elige varias")),
    (Kind.YESNO.value, _("Sí o no")),
    (Kind.INTEGER.value, _("Un número entero")),
    (Kind.NUMBER.value, _("Un número con decimales")),
    (Kind.DATE.value, _("Una fecha")),
    (Kind.TEXT.value, _("Un texto corto")),
    (LONG, _("Un texto largo")),
    (Kind.LINES.value, _("Una lista de textos")),
]
ALWAYS, AS_IT_IS = "", "igual"


class QuestionForm(forms.Form):
    """One question. Its field and its place are held by the page."""

    field = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Pregunta"), max_length=200, error_messages={"required": _("Escriba la pregunta, o quítela.")}
    )
    answer = forms.ChoiceField(label=_("Cómo se contesta"), choices=ANSWER_WORDS, initial=Kind.CHOICE)
    options = forms.CharField(
        label=_("Entre qué se elige"),
        required=False,
        help_text=_("Una respuesta por línea."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    hint = forms.CharField(label=_("Ayuda"), required=False, max_length=300)
    script = forms.CharField(label=_("Cómo la dice quien atiende"), required=False, max_length=300)
    when = forms.ChoiceField(label=_("Cuándo se pregunta"), required=False)
    is_required = forms.BooleanField(label=_("Hay que contestarla"), required=False)
    is_essential = forms.BooleanField(label=_("Sin ella, el expediente queda incompleto"), required=False)

    def __init__(self, *args: Any, held: Draft | None, before: Sequence[Draft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        choices = [(ALWAYS, gettext("Siempre")), *_conditions(before)]
        if held and held.when and _condition_value(held.when) not in dict(choices):
            choices.append((AS_IT_IS, gettext("Como ahora: solo con ciertas respuestas")))
        self.fields["when"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A choice has at least two answers, each once."""
        cleaned = super().clean() or {}
        labels = _lines(cleaned.get("options", ""))
        if cleaned.get("answer") in CHOOSE and len(set(labels)) < 2:
            self.add_error("options", gettext("Escriba al menos dos respuestas distintas, una por línea."))
        return cleaned

    def draft(self) -> Draft:
        """The question as it is now; what the page doesn't show stays as it was."""
        said, base = self.cleaned_data, self.held or Draft()
        chooses = said["answer"] in CHOOSE
        return replace(
            base,
            text=said["text"],
            answer=said["answer"],
            options=tuple(_options(_lines(said["options"]), base)) if chooses else (),
            hint=said["hint"],
            script=said["script"],
            is_required=said["is_required"],
            is_essential=said["is_essential"],
            when=base.when if said["when"] == AS_IT_IS else _condition(said["when"]),
        )


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _options(labels: list[str], base: Draft) -> list[tuple[str, str]]:
    """Each answer under its value of before, by its words or else by its place; a new one gets a value of its own."""
    by_label = {label: value for value, label in base.options}
    places = [value for value, label in base.options if label not in labels]
    taken = {value for value, label in base.options if label in labels}
    found = []
    for label in labels:
        value = by_label.get(label) or (places.pop(0) if len(labels) == len(base.options) and places else "")
        value = value or name_of(label, taken)
        taken.add(value)
        found.append((value, label))
    return found


def _conditions(before: Sequence[Draft]) -> list[tuple[str, str]]:
    """What an earlier question's answer may decide."""
    found = []
    for draft in before:
        yes_or_no = [("true", gettext("Sí")), ("false", gettext("No"))] if draft.answer == Kind.YESNO else []
        options = draft.options if draft.answer in CHOOSE else yes_or_no
        found += [
            (f"{draft.field}={value}", gettext("Si a «%s» responde «%s»") % (draft.text, label))
            for value, label in options
            if draft.field
        ]
    return found


def _condition(said: str) -> dict[str, Any] | None:
    if not said:
        return None
    name, _equals, value = said.partition("=")
    return {"field": name, "in": [{"true": True, "false": False}.get(value, value)]}


def _condition_value(when: Any) -> str:
    values = when["in"] if "in" in when else [when["equals"]]
    value = str(values[0]).lower() if isinstance(values[0], bool) else str(values[0])
    return f"{when['field']}={value}" if len(values) == 1 else AS_IT_IS


class Page:
    """The questions of a type as they are being changed."""

    def __init__(self, request: HttpRequest, procedure: Procedure) -> None:
        self.request, self.procedure = request, procedure
        held = procedure.form
        self.stored = {draft.field: draft for draft in drafts(held.schema, held.layout)} if held else {}
        self.problems: list[str] = []
        self.deed = request.POST.get("hacer", "") if request.method == "POST" else ""
        self.forms = self._sent() if self.deed else [self._shown(draft) for draft in self.stored.values()]

    def _sent(self) -> list[QuestionForm]:
        """The questions in the order of the page, each with what was typed."""
        marks = [mark for mark in self.request.POST.getlist("orden")[:MOST] if mark.isdigit()]
        return [self._bound(mark) for mark in marks]

    def _bound(self, mark: str) -> QuestionForm:
        field = self.request.POST.get(f"q{mark}-field", "")
        held = self.stored.get(field)
        return QuestionForm(self.request.POST, prefix=f"q{mark}", held=held, before=self._before(field))

    def _before(self, field: str) -> list[Draft]:
        """The stored questions that stand before this one; all of them before a new one."""
        names = list(self.stored)
        until = names.index(field) if field in self.stored else len(names)
        return [self.stored[name] for name in names[:until]]

    def _shown(self, draft: Draft) -> QuestionForm:
        initial = {name: getattr(draft, name) for name in ("field", "text", "answer", "hint", "script")}
        initial |= {"is_required": draft.is_required, "is_essential": draft.is_essential}
        initial |= {"options": "\n".join(label for _value, label in draft.options)}
        initial |= {"when": _condition_value(draft.when) if draft.when else ALWAYS}
        number = list(self.stored).index(draft.field)
        return QuestionForm(initial=initial, prefix=f"q{number}", held=draft, before=self._before(draft.field))

    def answer(self) -> HttpResponse:
        """Publish, or change the page and show it again."""
        if self.deed == SAVE and self._publish():
            messages.success(self.request, gettext("Guardado. Se pregunta desde ahora."))
            return redirect("desk:type", self.procedure.key)
        if self.deed and self.deed != SAVE:
            self._arrange(*self.deed.partition("-")[::2])
        is_wrong = self.deed == SAVE
        shown = {
            "type": self.procedure,
            "questions": self.forms,
            "is_wrong": is_wrong,
            "problems": self.problems,
            "may_add": len(self.forms) < MOST,
        }
        return render(self.request, "desk/settings/catalogue/questions.html", shown, status=422 if is_wrong else 200)

    def _publish(self) -> bool:
        # Each is checked, so that the page tells all that is wrong.
        if [form for form in self.forms if not form.is_valid()]:
            return False
        schema, layout = put_together([form.draft() for form in self.forms])
        try:
            actions.ask(self.procedure, schema=schema, layout=layout, by=actor(self.request).ref)
        except Unpublishable as refused:
            self.problems = refused.problems
            return False
        return True

    def _arrange(self, what: str, mark: str) -> None:
        """Add one, or move or take away the one of a mark. What was typed isn't checked yet."""
        forms_now = [self._unchecked(form) for form in self.forms]
        at = next((place for place, form in enumerate(forms_now) if form.prefix == f"q{mark}"), None)
        if what == ADD and len(forms_now) < MOST:
            number = 1 + max((int(str(form.prefix)[1:]) for form in forms_now), default=-1)
            forms_now.append(QuestionForm(prefix=f"q{number}", held=None, before=self._before("")))
        elif at is not None and what == TAKE:
            forms_now.pop(at)
        elif at is not None and what in {UP, DOWN}:
            to = at - 1 if what == UP else at + 1
            if 0 <= to < len(forms_now):
                forms_now[at], forms_now[to] = forms_now[to], forms_now[at]
        self.forms = forms_now

    def _unchecked(self, form: QuestionForm) -> QuestionForm:
        typed = {name: form[name].value() for name in form.fields}
        before = self._before(form.held.field if form.held else "")
        return QuestionForm(initial=typed, prefix=form.prefix, held=form.held, before=before)


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The questions of a type."""
    return Page(request, _found(key)).answer()
