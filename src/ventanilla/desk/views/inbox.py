"""The inbox: views, filters in the address, refresh in place, how dense it is drawn, and the list as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ventanilla.accounts import actions as accounts
from ventanilla.accounts.enums import Permission
from ventanilla.audit.actions import record_access
from ventanilla.cases import paging
from ventanilla.cases.inbox import Filters
from ventanilla.design import dates
from ventanilla.desk import exporting, listing
from ventanilla.desk.actor import actor
from ventanilla.organization.guards import needs

PURPOSE_LIMIT = 120


@needs(Permission.CASE_VIEW)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The list; for htmx the list alone, so that it refreshes in place."""
    if request.htmx and request.htmx.target == "lista":  # type: ignore[attr-defined]
        return listing.fragment(request, request.GET)
    return listing.page(request, request.GET)


@needs(Permission.CASE_VIEW)
@require_POST
def density(request: HttpRequest) -> HttpResponse:
    """Roomy or compact, kept with the account."""
    user = request.user
    accounts.update_profile(user, by=accounts.ref(user), compact_lists=request.POST.get("compacta") == "1")  # type: ignore[arg-type]
    return redirect(listing.back(listing.sent(request)))


@needs(Permission.CASE_VIEW, Permission.CASE_EXPORT)
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole list as a file for spreadsheets, of what the user may take out. That it was taken is noted."""
    filters = Filters.of(request.GET)
    record_access(
        by=actor(request).ref, about="cases", what="cases.exported", purpose=listing.clean(request.GET)[:PURPOSE_LIMIT]
    )
    lines = exporting.lines(paging.exported(request.user, filters))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"expedientes-{filters.view}-{dates.today().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
