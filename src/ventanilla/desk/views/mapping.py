"""The town map of what one may see: a list with a map, the same cases in both."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.cases import inbox, mapping
from ventanilla.desk import listing
from ventanilla.organization import municipality
from ventanilla.organization.guards import needs
from ventanilla.places import basemap

VIEWS = {name: label for name, label in inbox.VIEWS.items() if name != inbox.CLOSED}
"""What is closed is not drawn: a town's years of it would cover the map."""


@needs(Permission.CASE_VIEW)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The list, a page of it, and the map of all of it."""
    own = municipality.current()
    context = {
        **listing.of_map(request, request.GET),
        "center": f"{own.center_lon},{own.center_lat}",
        "pins": f"{reverse('desk:points')}?{listing.clean(request.GET)}",
        "views": VIEWS,
    }
    return render(request, "desk/map.html", context)


@needs(Permission.CASE_VIEW)
@require_safe
def town_map(request: HttpRequest) -> HttpResponse:
    """The drawing of the town under the pins."""
    return basemap.respond(request)


@needs(Permission.CASE_VIEW)
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Groups or pins of what one may see in a window."""
    filters = inbox.Filters.of(request.GET)
    seen = inbox.filtered(inbox.seen_by(request.user, filters.view), filters)
    found = mapping.points(seen, mapping.window_of(request.GET), lambda uuid: reverse("desk:case", args=[uuid]))
    return HttpResponse(msgspec.json.encode(found), content_type="application/json")
