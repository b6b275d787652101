"""The services and their types: the list, one service, one type."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.calendars.clocks import describe_term
from ventanilla.catalog import actions
from ventanilla.catalog.models import Procedure, Service
from ventanilla.desk.actor import actor
from ventanilla.desk.configuring.access import sets
from ventanilla.desk.configuring.catalogue.forms import ServiceForm, TypeForm
from ventanilla.desk.configuring.catalogue.words import ICON_WORDS
from ventanilla.desk.configuring.routing.lists import People


@sets(Permission.CATALOG_EDIT)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The services, with how many types of each are in use."""
    used = Count("procedures", filter=Q(procedures__is_active=True))
    services = Service.objects.annotate(used=used, all=Count("procedures")).order_by("-is_active", "order", "name")
    return render(request, "desk/settings/catalogue/list.html", {"services": services})


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_service(request: HttpRequest) -> HttpResponse:
    """A service more."""
    form = ServiceForm(request.POST or None, icons=_icons())
    if request.method == "POST" and form.is_valid():
        made = actions.add_service(**form.cleaned_data, by=actor(request).ref)
        messages.success(request, _("Agregado. Ahora agréguele lo que la gente puede presentar."))
        return redirect("desk:service", made.key)
    return _service_page(request, form)


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, key: str) -> HttpResponse:
    """One service, and its types."""
    found = get_object_or_404(Service, key=key)
    form = ServiceForm(request.POST or None, instance=Service.objects.get(pk=found.pk), icons=_icons(found.icon))
    if request.method == "POST" and form.is_valid():
        actions.change_service(found, by=actor(request).ref, **form.cleaned_data)
        messages.success(request, _("Guardamos los cambios."))
        return redirect("desk:service", key)
    types = found.procedures.select_related("department", "team").order_by("-is_active", "order", "name")
    listed = [(each, describe_term(each.target) if each.target else "") for each in types]
    return _service_page(request, form, service=found, types=listed)


def _icons(own: str = "") -> list[tuple[str, Any]]:
    """The drawings to choose from; one of its own that isn't on the list stays."""
    return [*ICON_WORDS.items(), *([(own, own)] if own and own not in ICON_WORDS else [])]


def _service_page(request: HttpRequest, form: ServiceForm, **shown: Any) -> HttpResponse:
    drawn = {"form": form, **shown}
    return render(request, "desk/settings/catalogue/service.html", drawn, status=422 if form.errors else 200)


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_type(request: HttpRequest, key: str) -> HttpResponse:
    """A type more of a service."""
    found = get_object_or_404(Service, key=key)
    form = TypeForm(request.POST or None, people=People.read())
    if request.method == "POST" and form.is_valid():
        made = actions.add_procedure(service=found, by=actor(request).ref, **form.said())
        messages.success(request, _("Agregado. Ahora puede agregarle preguntas."))
        return redirect("desk:type", made.key)
    return _type_page(request, form, service=found)


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def type_(request: HttpRequest, key: str) -> HttpResponse:
    """One type of dealing."""
    found = _found(key)
    form = TypeForm(request.POST or None, instance=_found(key), people=People.read())
    if request.method == "POST" and form.is_valid():
        actions.change_procedure(found, by=actor(request).ref, **form.said())
        messages.success(request, _("Guardado. Vale para lo que se presente desde ahora."))
        return redirect("desk:type", key)
    questions = found.form.paper.questions if found.form else ()
    return _type_page(request, form, service=found.service, type=found, questions=questions)


def _found(key: str) -> Procedure:
    return get_object_or_404(Procedure.objects.select_related("service", "form", "department", "team"), key=key)


def _type_page(request: HttpRequest, form: TypeForm, **shown: Any) -> HttpResponse:
    drawn = {"form": form, **shown}
    return render(request, "desk/settings/catalogue/type.html", drawn, status=422 if form.errors else 200)


@sets(Permission.CATALOG_EDIT)
@require_POST
def switch_type(request: HttpRequest, key: str, way: str) -> HttpResponse:
    """Put a type in use or out of it, from the list of its service."""
    found = _found(key)
    actions.change_procedure(found, by=actor(request).ref, is_active=way == "usar")
    return redirect("desk:service", found.service.key)
