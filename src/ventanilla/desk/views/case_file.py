"""The whole file of a case: to print, and to take along."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.audit.actions import record_access
from ventanilla.cases.permissions import can, sees_identity
from ventanilla.desk import casefile
from ventanilla.desk.actor import actor
from ventanilla.desk.views.case import found
from ventanilla.organization.guards import needs


@needs(Permission.CASE_VIEW)
@never_cache
@require_safe
def printed(request: HttpRequest, uuid: Any) -> HttpResponse:
    """All of a case that one may see, on a page for the printer. That it was printed is noted."""
    case = found(request, uuid)
    record_access(by=actor(request).ref, about=case.chain, what="case.printed")
    return render(request, "desk/case_print.html", casefile.contents(case, request.user))


@needs(Permission.CASE_EXPORT)
@never_cache
@require_safe
def exported(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """The case, its trail and its files in a ZIP, for who may export and may know who filed it. It is noted."""
    case = found(request, uuid)
    if not (can(request.user, Permission.CASE_EXPORT, case) and sees_identity(request.user, case)):
        raise Http404
    record_access(by=actor(request).ref, about=case.chain, what="case.exported")
    name = f"expediente-{case.reference}.zip"
    return FileResponse(casefile.packed(case, request.user), as_attachment=True, filename=name)
