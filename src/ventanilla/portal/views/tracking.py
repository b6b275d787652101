"""«¿Cómo va lo mío?»: by account, or by number and code."""

from __future__ import annotations

import hmac
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.accounts import limits
from ventanilla.cases import actions, rules
from ventanilla.cases.actions.ending import BAD_MARK
from ventanilla.cases.enums import CaseState
from ventanilla.cases.models import Case, theirs
from ventanilla.catalog import published
from ventanilla.catalog.enums import Kind
from ventanilla.files import actions as files
from ventanilla.lib import clock
from ventanilla.notifications import opting
from ventanilla.organization.guards import public
from ventanilla.people.rules import masked
from ventanilla.portal import around, following, visitor
from ventanilla.portal.fields import receive_files
from ventanilla.portal.forms import CodeOfCaseForm, ReasonForm, SayForm, SurveyForm, WithdrawForm

TRIES_FROM, TRIES_OF_CASE = 30, 10
"""Codes that one address may try in an hour, and that may be tried for one case."""
LISTED = 100


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """By number and code. Guessing is slowed for whoever tries and for the case tried."""
    form = CodeOfCaseForm(request.POST or None, initial={"reference": request.GET.get("numero", "")[:40]})
    if request.method == "POST" and form.is_valid():
        case = _case_of_code(request, form.cleaned_data)
        if case:
            visitor.let_in(request, case)
            return redirect("portal:case", uuid=case.uuid)
        form.add_error(None, _("No encontramos un caso con ese número y ese código. Revise los dos."))
    context = {"form": form, "person": visitor.person_of(request)}
    return render(request, "portal/find.html", context, status=422 if form.errors else 200)


def _case_of_code(request: HttpRequest, told: dict[str, str]) -> Case | None:
    limits.demand("follow-from", limits.origin(request), limit=TRIES_FROM, seconds=3600)
    limits.demand("follow-case", told["reference"], limit=TRIES_OF_CASE, seconds=3600)
    case = Case.objects.filter(reference=told["reference"]).first()
    expected = case.follow_code if case else ""
    return case if case and hmac.compare_digest(expected.encode(), told["code"].encode()) else None


@public
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything of mine: what I filed, and what I opened by code in this browser."""
    if not visitor.is_known(request):
        return redirect("portal:find")
    person = visitor.person_of(request)
    opened = Q(uuid__in=visitor.case_uuids(request))
    cases = Case.objects.in_any(opened, *theirs(person)) if person else Case.objects.filter(opened)
    listed = cases.order_by("-filed_at")[:LISTED]
    context = {"reports": [_own(each) for each in listed], "followed": _followed(person), "person": person}
    context["contacts"] = _contacts(person)
    return render(request, "portal/mine.html", context)


def _own(case: Case) -> tuple[around.Report, str]:
    """A case of one's own, and how it is drawn for who filed it."""
    return around.report_of(case), _look(case)


def _look(case: Case) -> str:
    look = rules.look(case.state, case.due_at, clock.now())
    return "resolved" if look == "fixed" and case.kind != "service_request" else look


def _contacts(person: Any) -> list[tuple[str, str]]:
    """Where somebody is told, half hidden, and the page that stops it."""
    if person is None:
        return []
    points = person.contacts.filter(verified_at__isnull=False).order_by("pk").values_list("kind", "value")
    return [(masked(kind, value), opting.token(value, "")) for kind, value in points]


def _followed(person: Any) -> list[around.Report]:
    if person is None:
        return []
    found = Case.objects.public().filter(Q(followers__person__in=person.same_as()))
    return around.listed(found.order_by("-filed_at")[:LISTED])


def mine_or_404(request: HttpRequest, uuid: Any) -> Case:
    """The case, if this browser may read it; not found otherwise, so that nobody learns it exists."""
    related = ("assignee", "process__definition", "applicant")
    case = Case.objects.select_related(*related).filter(uuid=uuid).first()
    if case is None or not visitor.may_follow(request, case):
        raise Http404
    return case


@public
@never_cache
@require_safe
def case(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Following one case."""
    return _page(request, mine_or_404(request, uuid))


def _page(request: HttpRequest, case: Case, *, status: int = 200, **forms: Any) -> HttpResponse:
    events = following.events_for_person(case)
    asked = following.asked(case, events)
    context = {
        "case": case,
        "state": _look(case),
        "asked": asked,
        "waits_until": following.waits_until(case) if asked else "",
        "steps": following.steps(case, events),
        "terms": following.terms(list(case.deadlines.all()), case),
        "messages_said": following.conversation(case, events),
        "told": following.told(case, events),
        "facts": following.facts(case),
        "say": SayForm(papers=_takes_papers(case)),
        "can_reopen": rules.may_reopen(case.state, case.closed_at, case.procedure.reopen_days, clock.now()),
        "survey": _survey_form(case),
        "was_mended": _was_mended(case),
        "to_complain": _to_complain(case),
        **forms,
    }
    return render(request, "portal/case.html", context, status=status)


def _takes_papers(case: Case) -> bool:
    """Whether documents may be sent with a message: where nothing of the case is ever shown to everybody."""
    return not (case.is_public or case.procedure.may_be_public)


def _to_complain(case: Case) -> str:
    """Where one complains of how a case is attended; nowhere where it is a complaint itself."""
    kinds = published.current().by_key.values()
    complaint = next((each for each in kinds if each.kind == Kind.COMPLAINT), None)
    return reverse("portal:report-begin", args=[complaint.key]) if complaint and case.kind != Kind.COMPLAINT else ""


UNASKED = frozenset({CaseState.WITHDRAWN, CaseState.CANCELLED})
"""After these there is nothing to have an opinion of."""


def _survey_form(case: Case) -> SurveyForm | None:
    if case.is_open or case.state in UNASKED or case.surveys.filter(round=case.reopenings).exists():
        return None
    return SurveyForm(mended=_was_mended(case))


def _was_mended(case: Case) -> bool:
    return bool(case.state == CaseState.RESOLVED and case.kind == Kind.SERVICE_REQUEST)


@public
@never_cache
@require_POST
def say(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Answer, or add something, with photos; of what is never public, with documents too."""
    case = mine_or_404(request, uuid)
    form = SayForm(request.POST, request.FILES, papers=_takes_papers(case))
    if not form.is_valid():
        return _page(request, case, status=422, say=form)
    staged, problems = receive_files(form.cleaned_data["photos"], papers=form.papers)
    if problems:
        form.add_error("photos", problems)
        return _page(request, case, status=422, say=form)
    by = visitor.actor(request, case)
    with transaction.atomic():
        kept = [(files.keep(each, by=by.ref), each.name) for each in staged]
        actions.person_replies(case, text=form.cleaned_data["text"], by=by, files=kept)
    messages.success(request, _("Recibimos su mensaje."))
    return redirect("portal:case", uuid=uuid)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uuid: Any) -> HttpResponse:
    """It is no longer needed."""
    case = mine_or_404(request, uuid)
    if not case.is_open:
        messages.info(request, _("Este caso ya está cerrado."))
        return redirect("portal:case", uuid=uuid)
    return _with_reason(
        request,
        case,
        WithdrawForm(request.POST if request.method == "POST" else None),
        actions.withdraw_case,
        "withdraw",
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, uuid: Any) -> HttpResponse:
    """It was not mended."""
    case = mine_or_404(request, uuid)
    if not rules.may_reopen(case.state, case.closed_at, case.procedure.reopen_days, clock.now()):
        messages.info(request, _("Este caso no se puede abrir de nuevo. Si el problema sigue, presente otro."))
        return redirect("portal:case", uuid=uuid)
    return _with_reason(request, case, ReasonForm(request.POST or None), actions.reopen_case, "reopen")


def _with_reason(request: HttpRequest, case: Case, form: Any, act: Any, template: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(case, text=form.cleaned_data["text"], by=visitor.actor(request, case))
            return redirect("portal:case", uuid=case.uuid)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
    status = 422 if form.errors else 200
    return render(request, f"portal/{template}.html", {"case": case, "form": form}, status=status)


@public
@never_cache
@require_POST
def survey(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Two questions; a bad mark offers to reopen."""
    case = mine_or_404(request, uuid)
    form = SurveyForm(request.POST, mended=_was_mended(case))
    if not form.is_valid():
        return _page(request, case, status=422, survey=form)
    mark = form.cleaned_data["mark"]
    try:
        actions.answer_survey(case, mark=mark, comment=form.cleaned_data["comment"], by=visitor.actor(request, case))
    except actions.Refused as refused:
        messages.info(request, str(refused))
        return redirect("portal:case", uuid=uuid)
    messages.success(request, _("Gracias por decírnoslo."))
    may_reopen = rules.may_reopen(case.state, case.closed_at, case.procedure.reopen_days, clock.now())
    return redirect("portal:reopen" if mark <= BAD_MARK and may_reopen else "portal:case", uuid=uuid)
