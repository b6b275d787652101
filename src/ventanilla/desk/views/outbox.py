"""What people were told of a case and whether it reached them: a fold of its page, or a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.cases.permissions import sees_identity
from ventanilla.desk import outbox
from ventanilla.desk.views.case import found
from ventanilla.organization.guards import needs


@needs(Permission.CASE_VIEW)
@require_safe
def show(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The messages about a case. Whoever may not know who filed it has none to see."""
    case = found(request, uuid)
    if not sees_identity(request.user, case):
        raise Http404
    name = "desk/_case_outbox.html" if getattr(request, "htmx", False) else "desk/case_outbox.html"
    return render(request, name, {"case": case, "outbox": outbox.of(case, request.user)})
