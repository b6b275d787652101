"""A case beside the list, with what is done to it first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.cases import drawn
from ventanilla.cases.permissions import sees_identity
from ventanilla.desk import acting, aside, listing
from ventanilla.desk.views.case import found
from ventanilla.organization.guards import needs

PHOTOS = 3


@needs(Permission.CASE_VIEW)
@require_safe
def show(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What one needs to know of a case to decide what to do with it."""
    case = found(request, uuid)
    acts = [acting.ACTS[name] for name in listing.FIRST]
    context = {
        "case": case,
        "look": aside.look(case),
        "terms": drawn.terms(case),
        "why": aside.why(case),
        "person": case.applicant if sees_identity(request.user, case) else None,
        "photos": [each for each in aside.attachments(case) if each.file.is_photo][:PHOTOS],
        "map": aside.map_of(case, 500, ratio=0.4),
        "acts": [{"act": act, "opens": act.name != "tomar"} for act in acts if act.may(request.user, case)],
    }
    return render(request, "desk/_preview.html", context)
