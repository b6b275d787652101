"""A person as the desk sees them: contacts, all they have with us that one may see, and correcting what is wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.audit.actions import record_access
from ventanilla.cases import paging
from ventanilla.cases.actions import rename_applicant
from ventanilla.cases.models import Case
from ventanilla.desk import rows
from ventanilla.desk.actor import actor
from ventanilla.desk.forms_person import PersonForm
from ventanilla.lib.actors import Actor
from ventanilla.organization.guards import needs
from ventanilla.organization.permissions import access_of
from ventanilla.people.actions import note_residence
from ventanilla.people.models import Person

MOST = 50


@needs(Permission.PERSON_VIEW)
@require_safe
def show(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The record of a person. Looking at it is noted."""
    person = _found(request, uuid)
    cases = Case.objects.visible_to(request.user).of_person(person).exclude(identity="confidential")
    found = list(paging.shown(cases).order_by("-filed_at", "-pk")[: MOST + 1])
    context = {
        "person": person,
        "rows": rows.of_cases(found[:MOST]),
        "more": len(found) > MOST,
        "may_correct": access_of(request.user).may_somewhere(Permission.PERSON_EDIT),
    }
    return render(request, "desk/person.html", context)


def _found(request: HttpRequest, uuid: Any) -> Person:
    """The record of a person, looked at: that is noted."""
    person = Person.objects.filter(uuid=uuid, erased_at=None).prefetch_related("contacts", "documents").first()
    if person is None:
        raise Http404
    record_access(by=actor(request).ref, about=f"person:{person.uuid}", what="person.viewed")
    return person


@needs(Permission.PERSON_VIEW, Permission.PERSON_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What we have of a person, put right."""
    person = _found(request, uuid)
    form = PersonForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_bound and form.is_valid():
        _correct(person, form.cleaned_data, actor(request))
        messages.success(request, _("Guardamos los cambios."))
        return redirect("desk:person", person.uuid)
    return render(
        request, "desk/person_form.html", {"person": person, "form": form}, status=422 if form.errors else 200
    )


@transaction.atomic
def _correct(person: Person, told: dict[str, Any], by: Actor) -> None:
    if told["name"] != person.name:
        rename_applicant(person, name=told["name"], by=by)
    if "residence" in told:
        note_residence(person=person, region=told["residence"], by=by.ref)
