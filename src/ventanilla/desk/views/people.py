"""A person as the desk sees them: contacts, and everything they have with us that one may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.audit.actions import record_access
from ventanilla.cases import paging
from ventanilla.cases.models import Case
from ventanilla.desk import rows
from ventanilla.desk.actor import actor
from ventanilla.organization.guards import needs
from ventanilla.people.models import Person

MOST = 50


@needs(Permission.PERSON_VIEW)
@require_safe
def show(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The record of a person. Looking at it is noted."""
    person = Person.objects.filter(uuid=uuid, erased_at=None).prefetch_related("contacts", "documents").first()
    if person is None:
        raise Http404
    record_access(by=actor(request).ref, about=f"person:{person.uuid}", what="person.viewed")
    cases = Case.objects.visible_to(request.user).of_person(person).exclude(identity="confidential")
    found = list(paging.shown(cases).order_by("-filed_at", "-pk")[: MOST + 1])
    context = {"person": person, "rows": rows.of_cases(found[:MOST]), "more": len(found) > MOST}
    return render(request, "desk/person.html", context)
