"""The legal terms: those in force, those that wait for somebody who has read the norm, and what each says."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import User
from ventanilla.calendars import actions
from ventanilla.calendars.clocks import describe_term
from ventanilla.calendars.enums import LegalNature, Silence
from ventanilla.calendars.models import UNITS, TermRule
from ventanilla.calendars.rules import NotAllowed
from ventanilla.desk.configuring.access import sets
from ventanilla.lib.workingtime import Term, Unit
from ventanilla.organization import municipality


class RuleForm(forms.Form):
    """What a term says, in the municipality's own reading of the norm."""

    quantity = forms.IntegerField(
        label=_("Cuánto"),
        min_value=1,
        max_value=1_000,
        widget=forms.NumberInput(attrs={"class": "v-width-4"}),
        error_messages={"required": _("Escriba cuánto dura."), "invalid": _("Escriba un número entero.")},
    )
    unit = forms.ChoiceField(label=_("De qué"), choices=UNITS)
    law = forms.CharField(
        label=_("Norma"), max_length=120, error_messages={"required": _("Escriba la norma que lo dice.")}
    )
    article = forms.CharField(
        label=_("Artículo"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "v-width-10"}),
        error_messages={"required": _("Escriba el artículo que lo dice.")},
    )
    silence = forms.ChoiceField(label=_("Si pasa sin respuesta"), choices=Silence.choices)
    says = forms.CharField(label=_("Qué dice, en una frase"), max_length=250, required=False)


@sets(Permission.CATALOG_EDIT)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The country's terms: those that wait for somebody first, then those in force, then the others."""
    rules = list(TermRule.objects.filter(country=municipality.current().country).order_by("rank"))
    waiting = [rule for rule in rules if rule.is_awaiting]
    groups = [
        (gettext("Esperan que alguien los confirme"), waiting),
        (gettext("En vigor"), [rule for rule in rules if rule.enabled]),
        (gettext("Sin aplicar"), [rule for rule in rules if not rule.enabled and rule not in waiting]),
    ]
    shown = [(title, [(rule, *_said(rule)) for rule in found]) for title, found in groups if found]
    return render(request, "desk/settings/terms.html", {"groups": shown})


def _said(rule: TermRule) -> tuple[str, str]:
    """How long, and for what kinds of dealing."""
    natures = [str(LegalNature(nature).label) for nature in rule.natures]
    return describe_term(rule.term) if rule.term else "", ", ".join(natures) or gettext("todo lo que se presente")


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Say what a term is and put it in force."""
    rule = get_object_or_404(TermRule, key=key, country=municipality.current().country)
    held = {name: getattr(rule, name) for name in ("quantity", "unit", "law", "article", "silence", "says")}
    form = RuleForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        term = Term(said.pop("quantity"), Unit(said.pop("unit")))
        silence = Silence(said.pop("silence"))
        actions.edit_rule(key=key, term=term, silence=silence, **said, by=cast(User, request.user))
        messages.success(request, gettext("En vigor. Vale para lo que se presente desde ahora."))
        return _back(key)
    shown = {"rule": rule, "form": form, "said": _said(rule)}
    return render(request, "desk/settings/term.html", shown, status=422 if form.errors else 200)


def _back(key: str) -> HttpResponse:
    return redirect(f"{reverse('desk:terms')}#plazo-{key}")


@sets(Permission.CATALOG_EDIT)
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Put a term in force on the word of who has read the norm."""
    get_object_or_404(TermRule, key=key, country=municipality.current().country)
    try:
        actions.confirm_rule(key=key, by=cast(User, request.user))
        messages.success(request, gettext("En vigor. Vale para lo que se presente desde ahora."))
    except NotAllowed:
        messages.error(request, gettext("A ese plazo le falta cuánto dura: ábralo y escríbalo."))
    return _back(key)


@sets(Permission.CATALOG_EDIT)
@require_POST
def disable(request: HttpRequest, key: str) -> HttpResponse:
    """Take a term out of force."""
    get_object_or_404(TermRule, key=key, country=municipality.current().country)
    actions.disable_rule(key=key, by=cast(User, request.user))
    messages.success(request, gettext("Ya no se aplica. Lo presentado antes conserva su plazo."))
    return _back(key)
