"""Erasing personal data under an order: find whose, see what goes, say under which order, and confirm once more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ventanilla.accounts.enums import Permission
from ventanilla.audit.actions import record_access
from ventanilla.cases.models import Case
from ventanilla.desk import erasing
from ventanilla.desk.actor import actor
from ventanilla.desk.erasing import Target
from ventanilla.desk.forms_erasing import AgainForm, OrderForm, WhoseForm
from ventanilla.organization.guards import needs
from ventanilla.people.actions.erasing import AlreadyErased, TellsWho, check_order
from ventanilla.people.models import Person


@never_cache
@needs(Permission.PERSON_ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Whose data: asked by POST, since addresses of pages are logged by those who stand between."""
    form, found = WhoseForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        found = erasing.find(form.cleaned_data["who"])
    context = {"form": form, "found": found}
    return render(request, "desk/erasing/find.html", context, status=422 if form.errors else 200)


@never_cache
@needs(Permission.PERSON_ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A person and all they have with us. Looking at it is noted."""
    whose = get_object_or_404(Person.objects.prefetch_related("contacts", "documents"), uuid=uuid, erased_at=None)
    record_access(by=actor(request).ref, about=f"person:{whose.uuid}", what="person.erasure_viewed")
    return _page(request, erasing.of_person(whose))


@never_cache
@needs(Permission.PERSON_ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One case, whoever is named in it. Looking at it is noted."""
    which = get_object_or_404(Case.objects.select_related("applicant"), uuid=uuid)
    record_access(by=actor(request).ref, about=which.chain, what="case.erasure_viewed")
    return _page(request, erasing.of_case(which))


def _page(request: HttpRequest, target: Target) -> HttpResponse:
    """What would go and the order's form; then, the order being in order, the confirmation; then it is done."""
    form = OrderForm(request.POST or None)
    if request.method != "POST" or not _is_in_order(form, target):
        context = {"target": target, "form": form}
        return render(request, "desk/erasing/order.html", context, status=422 if form.errors else 200)
    again = AgainForm(request.POST if "again" in request.POST else None, number=form.order.number)
    if not again.is_valid():
        context = {"target": target, "order": form.order, "form": again}
        return render(request, "desk/erasing/confirm.html", context, status=422 if again.errors else 200)
    try:
        target.erase(form.order, actor(request))
    except AlreadyErased as error:
        raise Http404 from error
    messages.success(request, _("Borrado. La orden %(number)s quedó registrada.") % {"number": form.order.number})
    return redirect("desk:erase")


def _is_in_order(form: OrderForm, target: Target) -> bool:
    if not form.is_valid():
        return False
    try:
        check_order(form.order, target.subject)
    except TellsWho:
        form.refuse()
    return not form.errors
