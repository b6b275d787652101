"""Reporting: what, where, near by, details, photos, who, check, receipt. One thing a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.cases.actions import OutsideMunicipality, drafts
from ventanilla.cases.models import Case, Draft
from ventanilla.catalog import published
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import Procedure
from ventanilla.design.components import Option
from ventanilla.design.languages import translated
from ventanilla.lib import references
from ventanilla.organization.guards import public
from ventanilla.places import geocode
from ventanilla.portal import joining, visitor
from ventanilla.portal.forms import NeedForm
from ventanilla.portal.report import held, summary
from ventanilla.portal.report.filing import file_report
from ventanilla.portal.report.flow import ASIDES, Flow, filed_case
from ventanilla.portal.report.forms import PointForm
from ventanilla.portal.report.steps import PAGES


@public
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What: by the words people use, or by service."""
    catalogue, words = published.current(), request.GET.get("q", "").strip()[:100]
    groups = [(service, catalogue.of_service(service)) for service in catalogue.services]
    context = {
        "form": NeedForm(initial={"q": words}),
        "words": words,
        "found": catalogue.find(words) if words else [],
        "groups": [(service, types) for service, types in groups if types],
    }
    return render(request, "portal/report/choose.html", context)


@public
@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """What, answered while typing; a number leads to how that case goes."""
    words = request.GET.get("q", "")[:100]
    listed = [
        Option(
            translated(each.name), translated(each.service.name), path=reverse("portal:report-begin", args=[each.key])
        )
        for each in published.current().find(words)
    ]
    if number := references.parse(words):
        listed = [Option(_("Ver cómo va el caso %(number)s") % {"number": number}, path=_how(number))]
    return render(request, "design/_options.html", {"options": listed})


def _how(number: str) -> str:
    return f"{reverse('portal:find')}?numero={number}"


@public
@never_cache
@require_POST
def places(request: HttpRequest) -> HttpResponse:
    """Where, answered while typing. Asked by POST: an address may be somebody's, and addresses of pages are logged."""
    found = geocode.suggest(request.POST.get("q", "")[:200])
    listed = [
        Option(each.label, each.zone_label if each.inside else _("Fuera del municipio"), value=f"{each.lon},{each.lat}")
        for each in found
    ]
    return render(request, "design/_options.html", {"options": listed})


@public
@never_cache
@require_POST
def point(request: HttpRequest) -> HttpResponse:
    """A point of the map or of the phone, told back in words before going on."""
    form = PointForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    found = geocode.reverse(form.cleaned_data["lon"], form.cleaned_data["lat"])
    context = {"label": found.label, "outside": not found.inside, "can_remove": True}
    return render(request, "portal/report/_understood.html", context)


def _procedure(key: str) -> Procedure:
    found = published.current().by_key.get(key)
    if found is None:
        raise Http404
    return found


def _is_stopped(procedure: Procedure) -> bool:
    """What isn't filed here: emergencies are phoned, technical matters are taken by their department."""
    return procedure.is_emergency or procedure.technical_only


@public
@never_cache
@require_safe
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """The door of a type: an emergency shows the phone to call, a technical matter who takes it; else the first step,
    or the one where somebody left off."""
    procedure = _procedure(key)
    if _is_stopped(procedure):
        return render(request, "portal/report/stop.html", {"procedure": procedure})
    return redirect(Flow(request, procedure).path_to_go_on())


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One step of a report."""
    procedure = _procedure(key)
    if _is_stopped(procedure):
        return redirect("portal:report-begin", key=key)
    flow = Flow(request, procedure)
    if name == "revise":
        return check(request, flow)
    if name not in flow.steps or name not in PAGES:
        return redirect(flow.path(flow.first_unanswered() or "revise"))
    return _take(flow, name) if request.method == "POST" else _show(flow, name)


def _show(flow: Flow, name: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    page = PAGES[name]
    number, count = flow.position(name)
    shown = {
        "flow": flow,
        "procedure": flow.procedure,
        "title": page.title,
        "number": number,
        "count": count,
        "aside": name in ASIDES,
        "back": flow.path_before(name),
        "behind": flow.steps_behind(name),
        **page.show(flow),
        **(context or {}),
    }
    return flow.remember(render(flow.request, f"portal/report/{name}.html", shown, status=status))


def _take(flow: Flow, name: str) -> HttpResponse:
    answer = PAGES[name].take(flow)
    if not answer.done:
        return _show(flow, name, answer.context, status=422)
    if "guardar" in flow.request.POST:
        return flow.remember(redirect("portal:report-saved"))
    return flow.remember(redirect(answer.path or _next(flow, name)))


def _next(flow: Flow, name: str) -> str:
    """The step that follows; back to the check when only one answer was being corrected."""
    if name == "donde" and "parecidos" in flow.steps:
        return flow.path("parecidos")
    return flow.path("revise") if flow.first_unanswered() is None else flow.path_after(name)


def check(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Check your answers; sending them files the report. Sent again, it leads to the receipt there is."""
    sent = filed_case(request, flow.procedure) if flow.draft is None else None
    if sent:
        return _receipt(request, get_object_or_404(Case, uuid=sent))
    missing = flow.first_unanswered()
    if missing:
        return redirect(flow.path(missing))
    if request.method == "POST":
        return _file(request, flow)
    number, count = flow.position("revise")
    context = {
        "flow": flow,
        "procedure": flow.procedure,
        "number": number,
        "count": count,
        "back": flow.path_before("revise"),
        "behind": flow.steps_behind("revise"),
        "lines": summary.lines(flow),
        "send": summary.SEND[Kind(flow.procedure.kind)],
        "promises": summary.promises(flow),
        "audience": summary.audience(flow),
    }
    return flow.remember(render(request, "portal/report/revise.html", context))


def _file(request: HttpRequest, flow: Flow) -> HttpResponse:
    try:
        case = file_report(flow)
    except OutsideMunicipality:
        return _show(flow, "donde", {"outside": True, "place": None}, status=422)
    except Draft.DoesNotExist:
        return redirect("portal:report-begin", key=flow.procedure.key)
    return _receipt(request, case)


def _receipt(request: HttpRequest, case: Case) -> HttpResponse:
    """To the receipt. The draft stays in the cookie, emptied: who lost this answer on the way may send again."""
    visitor.let_in(request, case)
    return redirect("portal:receipt", uuid=case.uuid)


@public
@never_cache
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The report waits in this browser."""
    return render(request, "portal/report/saved.html")


@public
@require_POST
def forget(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Drop a report half done that this browser holds."""
    response = redirect("portal:home")
    for draft in held.half_done(request):
        if draft.pk == uuid:
            held.let_go(response, request, draft)
            drafts.forget_draft(draft)
    return response


@public
@never_cache
@require_POST
def me_too(request: HttpRequest, uuid: Any) -> HttpResponse:
    """«A mí también»: follow a near-by report instead of filing another. It takes a person who can be told."""
    case = get_object_or_404(Case.objects.public().open(), uuid=uuid)
    person = visitor.person_of(request)
    if person is None:
        return redirect("portal:sign-in-to-follow", follow_uuid=uuid)
    return joining.join(request, case, person)
