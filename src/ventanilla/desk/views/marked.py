"""Marked cases of the inbox: one thing done to all of them, with its form in place, and taken back."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ventanilla.accounts.enums import Permission
from ventanilla.cases.actions.many import Outcome, give_back
from ventanilla.cases.models import Case
from ventanilla.desk import listing, undoing
from ventanilla.desk.actor import actor
from ventanilla.desk.many import ACTS, ManyAct, Told
from ventanilla.organization.guards import needs

MOST = 200
TOLD = 8
"""So many of those that were refused are named with their reason; the others are counted."""


@needs(Permission.CASE_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest) -> HttpResponse:
    """Do one thing to the marked cases; first its form, where it has one. Somebody who comes by the address alone is
    led to the list."""
    query, chosen = listing.sent(request), ACTS.get(request.POST.get("accion", ""))
    marked = _marked(request)
    if chosen is None or not marked:
        if request.method == "POST":
            messages.warning(request, _("Marque al menos un expediente."))
        return redirect(listing.back(query))
    if chosen.form is None:
        return _do(request, chosen, marked, {}, query)
    sent = "hacer" in request.POST
    form = chosen.empty_form(marked, request.POST if sent else None)
    if form is not None and sent and form.is_valid():
        return _do(request, chosen, marked, form.cleaned_data, query)
    return _ask(request, chosen, marked, form, query, status=422 if sent else 200)


def _marked(request: HttpRequest) -> list[Case]:
    """The marked cases, of those the user sees."""
    uuids = [each for each in request.POST.getlist("caso")[:MOST] if _is_uuid(each)]
    if not uuids:
        return []
    seen = Case.objects.visible_to(request.user)
    return list(seen.filter(uuid__in=uuids).order_by("pk"))


def _is_uuid(text: str) -> bool:
    try:
        forms.UUIDField().clean(text)
    except forms.ValidationError:
        return False
    return True


def _ask(
    request: HttpRequest, chosen: ManyAct, marked: list[Case], form: forms.Form | None, query: QueryDict, *, status: int
) -> HttpResponse:
    """The list as it was, its marks too, with the form of the action over it."""
    return listing.page(
        request,
        query,
        status=status,
        act=chosen,
        form=form,
        marked={str(case.uuid) for case in marked},
        marked_cases=marked,
    )


def _do(request: HttpRequest, chosen: ManyAct, marked: list[Case], told: Told, query: QueryDict) -> HttpResponse:
    seen = Case.objects.permitted(request.user, chosen.permission).filter(pk__in=[case.pk for case in marked])
    allowed = set(seen.values_list("pk", flat=True))
    outcome = chosen.do([case for case in marked if case.pk in allowed], told, request.user, actor(request))
    outcome.refused += [(case, _("no le toca a usted")) for case in marked if case.pk not in allowed]
    undoing.keep(request, outcome)
    _tell(request, outcome)
    return redirect(listing.back(query))


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    """How many were done, and of the others which and why."""
    done = len(outcome.done)
    if done:
        said = ngettext("Listo: %(n)d expediente.", "Listo: %(n)d expedientes.", done)
        messages.success(request, said % {"n": done})
    if outcome.refused:
        messages.warning(request, _refusals(outcome.refused))


def _refusals(refused: Sequence[tuple[Case, str]]) -> str:
    """«No se pudo con 3: 2026-000012-4 (ya está cerrado), …»."""
    said = ngettext("No se pudo con %(n)d: ", "No se pudo con %(n)d: ", len(refused)) % {"n": len(refused)}
    named = ", ".join(f"{case.reference} ({why})" for case, why in refused[:TOLD])
    more = len(refused) - TOLD
    return said + named + (ngettext(" y %(n)d más.", " y %(n)d más.", more) % {"n": more} if more > 0 else ".")


@needs(Permission.CASE_VIEW)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Give back what was just taken or assigned. What happened to a case since then stands."""
    query, before = listing.sent(request), undoing.before(request)
    undoing.forget(request)
    if before:
        outcome = give_back(before, by=actor(request))
        _tell_undone(request, outcome)
    else:
        messages.warning(request, _("Ya pasó el tiempo para deshacerlo."))
    return redirect(listing.back(query))


def _tell_undone(request: HttpRequest, outcome: Outcome) -> None:
    done = len(outcome.done)
    if done:
        said = ngettext(
            "Deshecho: %(n)d expediente está como estaba.", "Deshecho: %(n)d expedientes están como estaban.", done
        )
        messages.success(request, said % {"n": done})
    if outcome.refused:
        messages.warning(request, _refusals(outcome.refused))
