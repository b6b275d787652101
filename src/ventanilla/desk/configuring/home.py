"""The way to what may be set."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ventanilla.design.registry import desk_settings, ways
from ventanilla.organization.guards import needs


@needs()
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The pages this member of staff may open, under their headings."""
    return render(request, "desk/settings/home.html", {"ways": ways(desk_settings, request)})
