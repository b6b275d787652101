"""The façade, and the pages that tell about the house."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language

from ventanilla.cases import numbers
from ventanilla.cases.models import Case, Draft
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.design import languages
from ventanilla.lib import references
from ventanilla.organization.guards import public
from ventanilla.portal import around, charts, visitor
from ventanilla.portal.forms import NeedForm
from ventanilla.portal.report import held

NEAR_SHOWN = 4
EXAMPLES = 3


class HalfDone(NamedTuple):
    """A report half done and its type."""

    draft: Draft
    procedure: Procedure


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One field, the doors, what happens near by, how we are doing."""
    recent = list(Case.objects.public().open().order_by("-filed_at")[:NEAR_SHOWN])
    context = {
        "form": NeedForm(),
        "examples": published.current().examples()[:EXAMPLES],
        "reports": around.listed(recent),
        "map": around.minimap(recent, label=_("Mapa con los reportes de la lista")),
        "doing": charts.answered_in_time(numbers.answered_by_month()),
        "half_done": _half_done(request),
    }
    return render(request, "portal/home.html", context)


def _half_done(request: HttpRequest) -> list[HalfDone]:
    """The reports that wait in this browser."""
    known = published.current().by_key
    found = [(each, known.get(each.data.get("type", ""))) for each in held.half_done(request)]
    return [HalfDone(draft, procedure) for draft, procedure in found if procedure]


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """«¿Qué necesita?»: types by people's words; a reference leads to how it goes."""
    words = request.GET.get("q", "").strip()[:100]
    if number := references.parse(words):
        return redirect(f"{reverse('portal:find')}?numero={number}")
    found = published.current().find(words) if words else []
    return render(
        request, "portal/search.html", {"form": NeedForm(initial={"q": words}), "words": words, "found": found}
    )


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and whom to tell when it doesn't."""
    return render(request, "portal/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep of people and why."""
    return render(request, "portal/privacy.html", {"demo": settings.DEMO})


@public
@require_safe
def numbers_page(request: HttpRequest) -> HttpResponse:
    """In how long we answer, by service, and how it is counted."""
    months = numbers.answered_by_month()
    context = {"doing": charts.answered_in_time(months), "services": numbers.answered_by_service()}
    return render(request, "portal/numbers.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponseBase:
    """Choose the language of the pages: Django's own switch, and a page of ours that leads back to where one was."""
    if request.method == "POST":
        visitor.speaks(request, request.POST.get("language", ""))
        return set_language(request)
    came_from = urlsplit(request.headers.get("Referer", ""))
    back = came_from.path if came_from.netloc == request.get_host() else reverse("portal:home")
    context = {"languages": languages.offered(), "current": languages.current(), "back": back}
    return render(request, "portal/language.html", context)
