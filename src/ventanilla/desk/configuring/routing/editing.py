"""The page of one rule: picked or as text, saved, tried, or turned from one into the other. What was typed stays."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ventanilla.catalog import actions
from ventanilla.catalog.models import RoutingRule
from ventanilla.catalog.rules import conditions
from ventanilla.desk.actor import actor
from ventanilla.desk.configuring.routing import lists
from ventanilla.desk.configuring.routing.forms import RuleForm, TextForm, TryForm, initial_of
from ventanilla.desk.configuring.routing.lists import People
from ventanilla.desk.configuring.routing.trying import Trial, attempt

SAVE, TRY, ASK, AS_TEXT, AS_LISTS = "guardar", "probar", "preguntas", "como-texto", "como-listas"
_LAST = 32_000


class Editor:
    """A rule that is being written. `rule` is None for a new one."""

    def __init__(self, request: HttpRequest, rule: RoutingRule | None) -> None:
        self.request, self.rule = request, rule
        self.people, self.districts, self.services = People.read(), lists.districts(), lists.services()
        self.deed = request.POST.get("hacer", SAVE) if request.method == "POST" else ""
        self.trial: Trial | None = None

    @cached_property
    def form(self) -> RuleForm | TextForm:
        """As it was stored or sent; in the other way of writing where that was asked for."""
        sent = self.request.POST if self.deed else None
        is_text = sent.get("modo") == "texto" if sent else bool(self.rule) and self._picked() is None
        form = self._as_text(sent) if is_text else self._as_lists(sent)
        return form if self.deed in {"", SAVE, TRY} else self._turned(form)

    def _stored(self) -> dict[str, Any]:
        return {"name": self.rule.name, "target": lists.target_value(self.rule)} if self.rule else {}

    def _picked(self) -> conditions.Condition | None:
        return conditions.read(self.rule.condition) if self.rule else conditions.Condition()

    def _as_lists(self, sent: Any = None, **initial: Any) -> RuleForm:
        held = self._picked()
        shown = {**self._stored(), **(initial_of(held) if held else {}), **initial}
        return RuleForm(sent, people=self.people, services=self.services, districts=self.districts, initial=shown)

    def _as_text(self, sent: Any = None, **initial: Any) -> TextForm:
        text = {"text": self.rule.condition} if self.rule else {}
        return TextForm(sent, people=self.people, initial={**self._stored(), **text, **initial})

    def _turned(self, form: RuleForm | TextForm) -> RuleForm | TextForm:
        """The same rule written the other way, or with the questions of its type; as it is, where it can't be."""
        if self.deed == ASK and isinstance(form, RuleForm):
            return self._as_lists(**{name: form[name].value() for name in form.fields})
        form.is_valid()
        kept = {name: form[name].value() or "" for name in ("name", "target")}
        if isinstance(form, RuleForm):
            return self._as_text(**kept, text=form.condition())
        held = conditions.read(form["text"].value() or "true")
        if held is None:
            messages.warning(self.request, _("Esa condición dice más de lo que se puede elegir en las listas."))
            return form
        return self._as_lists(**kept, **initial_of(held))

    @cached_property
    def try_form(self) -> TryForm:
        """What the rule is tried with."""
        sent = self.request.POST if self.deed == TRY else None
        return TryForm(sent, prefix="prueba", districts=self.districts)

    def answer(self) -> HttpResponse:
        """Do what was asked and show the page, or go back to the list once it is saved."""
        if self.deed == SAVE and self.form.is_valid():
            return self._save()
        if self.deed == TRY and self.form.is_valid() and self.try_form.is_valid():
            self.trial = attempt(self.try_form, self._draft())
        wrong = self.deed in {SAVE, TRY} and (self.form.errors or (self.deed == TRY and self.try_form.errors))
        return render(self.request, "desk/settings/routing/rule.html", self._shown(), status=422 if wrong else 200)

    def _shown(self) -> dict[str, Any]:
        shows_errors = self.deed in {SAVE, TRY}
        return {
            "rule": self.rule,
            "form": self.form,
            "is_text": isinstance(self.form, TextForm),
            "try_form": self.try_form,
            "trial": self.trial,
            "all_forms": ([self.form] if shows_errors else []) + ([self.try_form] if self.deed == TRY else []),
            "names": ", ".join(conditions.NAMES),
        }

    def _target(self) -> actions.Target:
        found = self.people.target(self.form.cleaned_data["target"])
        if found is None:  # the form checked that it is on the list
            raise LookupError("the target is not on the list")
        return found

    def _draft(self) -> RoutingRule:
        """The rule as it is written now, in its place or last."""
        pk, order = (self.rule.pk, self.rule.order) if self.rule else (None, _LAST)
        name, condition = self.form.cleaned_data["name"], self.form.condition()
        return RoutingRule(pk=pk, order=order, name=name, condition=condition, **self._target()._asdict())

    def _save(self) -> HttpResponse:
        said = {"name": self.form.cleaned_data["name"], "condition": self.form.condition(), "target": self._target()}
        by = actor(self.request).ref
        if self.rule:
            actions.change_rule(self.rule, **said, by=by)
        else:
            actions.add_rule(**said, by=by)
        messages.success(self.request, _("Guardada. Vale desde ahora para lo que llegue."))
        return redirect("desk:routing")
