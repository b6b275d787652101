"""Joining somebody else's report, and what becomes of one's own that was half done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ventanilla.cases.actions import Refused, drafts, follow
from ventanilla.cases.models import Case
from ventanilla.people.models import Person
from ventanilla.portal import visitor
from ventanilla.portal.report import held


def join(request: HttpRequest, case: Case, person: Person) -> HttpResponse:
    """Follow a report, and drop one's own half-done report of the same type: it is the same trouble."""
    try:
        follow(case, person=person, by=visitor.actor_of(person))
    except Refused as refused:
        return render(request, "portal/refused.html", {"text": str(refused)}, status=409)
    messages.success(request, _("Listo: lo sumamos a este reporte."))
    response = redirect("portal:public-case", uuid=case.uuid)
    for draft in held.half_done(request):
        if draft.data.get("type") == case.procedure.key:
            held.let_go(response, request, draft)
            drafts.forget_draft(draft)
    return response
