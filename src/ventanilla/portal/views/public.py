"""What anyone may see: the list with its map, a public report, and the checking of receipts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
from django import forms
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ventanilla.accounts import limits
from ventanilla.cases import mapping
from ventanilla.cases.actions import receipts
from ventanilla.cases.enums import CaseState, Visibility
from ventanilla.cases.models import Attachment, Case
from ventanilla.catalog import published
from ventanilla.design.languages import translated
from ventanilla.lib import clock, text
from ventanilla.lib.held import Held
from ventanilla.organization import municipality
from ventanilla.organization.guards import public
from ventanilla.places import basemap, zones
from ventanilla.portal import around, following, visitor
from ventanilla.portal.forms import CodeOfCaseForm

PAGE = 20
LONGEST_MARK = 19
"""No case has a number of so many figures, and no database takes it."""
RECENT = timedelta(days=30)
counts: Held[None, dict[str, int]] = Held(lambda _key: mapping.public_counts(since=clock.now() - RECENT), seconds=60)
"""How many are open and were mended: the whole town is counted, so once a minute is enough."""


class FilterForm(forms.Form):
    """The filters of the public list."""

    where = forms.CharField(label=gettext_lazy("Calle o barrio"), required=False, max_length=100)
    service = forms.ChoiceField(label=gettext_lazy("Servicio"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Estado"),
        required=False,
        choices=[
            ("", gettext_lazy("Todos")),
            ("open", gettext_lazy("Abiertos")),
            ("late", gettext_lazy("Vencidos")),
            ("done", gettext_lazy("Arreglados")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = [(each.key, translated(each.name)) for each in published.current().services]
        self.fields["service"].choices = [("", _("Todos")), *services]  # type: ignore[attr-defined]


@public
@require_safe
def town(request: HttpRequest) -> HttpResponse:
    """A list with a map."""
    form, told = _told(request)
    cases = _filtered(told)
    before = request.GET.get("antes", "")
    if before.isdecimal() and len(before) < LONGEST_MARK:
        cases = cases.filter(pk__lt=int(before))
    page = list(cases.order_by("-pk")[: PAGE + 1])
    query = request.GET.copy()
    if len(page) > PAGE:
        query["antes"] = str(page[PAGE - 1].pk)
    context = {
        "form": form,
        "reports": around.listed(page[:PAGE]),
        "next_path": f"?{query.urlencode()}" if len(page) > PAGE else "",
        "is_filtered": any(told.values()),
        "pins": _pins_path(told),
        "counts": counts.get(None),
        "map": around.minimap(page[:PAGE], label=_("Mapa con los reportes de la lista")),
        **_extent(),
    }
    return render(request, "portal/town.html", context)


def _told(request: HttpRequest) -> tuple[FilterForm, dict[str, Any]]:
    """The filters as asked for; none where they make no sense."""
    form = FilterForm(request.GET)
    return form, form.cleaned_data if form.is_valid() else {}


def _pins_path(told: dict[str, Any]) -> str:
    """Where the map asks for what the list shows."""
    asked = urlencode({name: value for name, value in told.items() if value})
    return f"{reverse('portal:points')}?{asked}" if asked else reverse("portal:points")


def _extent() -> dict[str, str]:
    """What the map shows at first: the whole municipality, or its centre where nothing says how far it goes."""
    bounds, own = zones.bounds(), municipality.current()
    whole = {"bounds": ",".join(f"{side:.5f}" for side in bounds)} if bounds else {}
    return {"center": f"{own.center_lon},{own.center_lat}", **whole}


def _filtered(told: dict[str, Any]) -> Any:
    cases = Case.objects.public()
    state, recent = told.get("state"), clock.now() - RECENT
    if state == "done":
        cases = cases.closed().filter(state=CaseState.RESOLVED, filed_at__gte=recent)
    elif state == "late":
        cases = cases.overdue()
    else:
        cases = cases.open()
    if told.get("service"):
        cases = cases.filter(procedure__service__key=told["service"])
    if told.get("where"):
        words = text.fold(told["where"])
        cases = cases.filter(neighborhood__folded__contains=words) | cases.filter(place_label__icontains=told["where"])
    return cases


@public
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Pins or groups of public reports within a window of the map: the open ones, or those the list was asked for."""
    _form, told = _told(request)
    window = mapping.window_of(request.GET)
    found = mapping.points(_filtered(told), window, lambda uuid: reverse("portal:public-case", args=[uuid]))
    return HttpResponse(msgspec.json.encode(found), content_type="application/json")


@public
@require_safe
def town_map(request: HttpRequest) -> HttpResponse:
    """The drawing of the town, for browsers that draw maps."""
    return basemap.respond(request)


@public
@require_safe
def report(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One public report: what, where, how it goes. Nothing of who filed it."""
    case = get_object_or_404(Case.objects.public().select_related("process__definition"), uuid=uuid)
    if visitor.may_follow(request, case):
        return redirect("portal:case", uuid=uuid)
    events = list(case.events.filter(visibility=Visibility.PUBLIC).order_by("seq"))
    prefetch_related_objects([case], Prefetch("attachments", Attachment.objects.select_related("file")))
    context = {
        "report": around.report_of(case),
        "case": case,
        "facts": following.public_facts(case),
        "steps": following.public_steps(case, events),
        "photos": around.photos_of(case),
        "map": around.minimap([case], label=_("Mapa con el lugar del reporte"), metres=300),
        "follows": _follows(request, case),
    }
    return render(request, "portal/public_case.html", context)


def _follows(request: HttpRequest, case: Case) -> bool:
    person = visitor.person_of(request)
    return bool(person) and case.followers.filter(person__in=person.same_as()).exists()  # type: ignore[union-attr]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a receipt: reference, moment and whether the code matches, no more."""
    form, proof = CodeOfCaseForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        limits.demand("verify", limits.origin(request), limit=60, seconds=3600)
        proof = receipts.check(form.cleaned_data["reference"], form.cleaned_data["code"])
    return render(request, "portal/verify.html", {"form": form, "proof": proof}, status=422 if form.errors else 200)


@public
@require_safe
def verify_link(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Where the QR of a receipt leads: the same page with the form filled in, one press from the answer."""
    form = CodeOfCaseForm(initial={"reference": reference[:40], "code": code[:20]})
    return render(request, "portal/verify.html", {"form": form, "proof": None})
