"""«¿Cómo va?»: the commonest call. Found by telephone, name, reference or place; told; noted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.audit.actions import record_access
from ventanilla.cases.actions import log_contact, person_replies
from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT
from ventanilla.cases.enums import CaseState, Channel
from ventanilla.cases.models import Case
from ventanilla.cases.permissions import sees_identity
from ventanilla.desk import calling, rows, telling
from ventanilla.desk.actor import actor
from ventanilla.desk.attending import problems
from ventanilla.desk.attending.forms import CHANNELS
from ventanilla.organization.guards import needs
from ventanilla.people.models import Person
from ventanilla.people.rules import masked

LEAST = 3


class ToldForm(forms.Form):
    """What is noted of a call."""

    channel = forms.ChoiceField(
        label=_("Por dónde llega"), choices=CHANNELS, widget=forms.RadioSelect, initial=Channel.PHONE
    )
    typed = forms.CharField(label=_("Teléfono, nombre, número o lugar"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Algo que anotar"),
        max_length=DESCRIPTION_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@needs(Permission.CASE_FILE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The screen: one field."""
    return render(request, "desk/how.html", {"form": ToldForm()})


@needs(Permission.CASE_FILE)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """The cases that may be meant, at most nine, numbered. By POST: no address ever holds a telephone or a name."""
    typed = request.POST.get("typed", "").strip()[:200]
    found = calling.cases_for(request.user, typed) if len(typed) >= LEAST else []
    return render(request, "desk/_how_cases.html", {"rows": rows.of_cases(found), "typed": typed, "least": LEAST})


@needs(Permission.CASE_FILE)
@require_safe
def tell(request: HttpRequest, uuid: Any) -> HttpResponse:
    """How a case goes, to be read aloud. Whose it is was looked at, and that is noted."""
    case = _found(request, uuid)
    context = {
        "case": case,
        "row": rows.of_cases([case])[0],
        "sentences": telling.sentences(case),
        "told_in": telling.language_of(case),
        "whose": _whose(request, case),
        "awaits": case.state == CaseState.WAITING_PERSON,
        "form": ToldForm(),
    }
    return render(request, "desk/_how_told.html", context)


def _found(request: HttpRequest, uuid: Any) -> Case:
    case = Case.objects.visible_to(request.user).select_related(*calling.RELATED).filter(uuid=uuid).first()
    if case is None:
        raise Http404
    return case


def _whose(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Whose it is, to make sure of who is calling; nothing where the identity is kept or the person protected."""
    person: Person | None = case.applicant
    if person is None or person.is_protected or person.erased_at or not sees_identity(request.user, case):
        return {}
    record_access(by=actor(request).ref, about=f"person:{person.uuid}", what="case.told")
    contacts = [masked(each.kind, each.value) for each in person.contacts.all()]
    return {"person": person, "contacts": ", ".join(contacts)}


@needs(Permission.CASE_FILE)
@require_POST
def note(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Note that the person was told; what they answered goes into the case where it was waiting for it."""
    case, form = _found(request, uuid), ToldForm(request.POST)
    if not form.is_valid():
        return problems.fragment(request, problems.of([form]))
    text, by = form.cleaned_data["text"], actor(request)
    if text and case.state == CaseState.WAITING_PERSON:
        case, text = person_replies(case, text=text, by=by), ""
    case = log_contact(case, channel=form.cleaned_data["channel"], text=text, by=by)
    return render(request, "desk/_how_noted.html", {"case": case})
