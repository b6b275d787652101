"""Saved views of the inbox: kept under a name, brought up to date, forgotten."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ventanilla.accounts.enums import Permission
from ventanilla.cases.actions import views
from ventanilla.desk import listing
from ventanilla.lib.text import printable
from ventanilla.organization.guards import needs


@needs(Permission.CASE_VIEW)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep these filters under a name; the same name again replaces them."""
    name, query = printable(request.POST.get("nombre", "")).strip()[:60], listing.sent(request)
    if not name:
        messages.warning(request, _("Escriba un nombre para la vista."))
        return redirect(listing.path(query))
    view = views.save_view(user=request.user, name=name, query=listing.clean(query))
    messages.success(request, _("Vista guardada: «%(name)s».") % {"name": name})
    return redirect(listing.path(query, **{listing.SAVED: str(view.uuid)}))


@needs(Permission.CASE_VIEW)
@require_POST
def update(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Put the filters of the moment in a saved view of one's own."""
    query = listing.sent(request)
    if views.update_view(user=request.user, uuid=uuid, query=listing.clean(query)):
        messages.success(request, _("La vista quedó con estos filtros."))
    return redirect(listing.path(query))


@needs(Permission.CASE_VIEW)
@require_POST
def drop(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Forget a saved view of one's own."""
    query = listing.sent(request)
    if views.drop_view(user=request.user, uuid=uuid):
        messages.success(request, _("Vista borrada."))
    return redirect(listing.path(query, **{listing.SAVED: ""}))
