"""The areas of the municipality and their teams: what they are called, how to reach them, which are in use."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from ventanilla.accounts.enums import Permission
from ventanilla.desk.actor import actor
from ventanilla.desk.configuring.access import sets
from ventanilla.desk.configuring.town import PHONE
from ventanilla.organization import actions
from ventanilla.organization.models import Department, Team

_PEOPLE = Count("memberships__user", filter=Q(memberships__user__is_active=True), distinct=True)


class AreaForm(forms.ModelForm):  # type: ignore[type-arg]
    """An area."""

    class Meta:
        model = Department
        fields = ["name", "phone", "email"]
        labels = {"name": _("Nombre"), "phone": _("Teléfono"), "email": _("Correo")}
        error_messages = {
            "name": {"required": _("Escriba el nombre del área.")},
            "email": {"invalid": _("Escriba el correo completo.")},
        }
        widgets = {"phone": forms.TextInput(attrs={"type": "tel"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]
    """A team of an area."""

    class Meta:
        model = Team
        fields = ["name", "is_contractor"]
        labels = {"name": _("Nombre"), "is_contractor": _("Es una empresa contratada")}
        error_messages = {"name": {"required": _("Escriba el nombre del equipo.")}}


@sets(Permission.MUNICIPALITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The areas with their teams, and adding one."""
    form = AreaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_department(**form.cleaned_data, by=actor(request).ref)
        messages.success(request, gettext("Agregada. Ahora puede ponerle equipos y gente."))
        return redirect("desk:area", made.uuid)
    teams = Team.objects.filter(is_active=True)
    found = Department.objects.annotate(people=_PEOPLE).prefetch_related(Prefetch("teams", teams)).order_by("name")
    areas = list(found)
    shown = {
        "areas": [area for area in areas if area.is_active],
        "closed": [area for area in areas if not area.is_active],
        "form": form,
    }
    return render(request, "desk/settings/areas.html", shown, status=422 if form.errors else 200)


@sets(Permission.MUNICIPALITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One area: what it is called, and its teams."""
    form = AreaForm(request.POST or None, instance=get_object_or_404(Department, uuid=uuid))
    if request.method == "POST" and form.is_valid():
        key = get_object_or_404(Department, uuid=uuid).key
        actions.define_department(key=key, by=actor(request).ref, **form.cleaned_data)
        messages.success(request, gettext("Guardamos los cambios."))
        return redirect("desk:area", uuid)
    return _area_page(request, uuid, form=form)


def _area_page(request: HttpRequest, uuid: UUID, **forms_sent: Any) -> HttpResponse:
    found = get_object_or_404(Department, uuid=uuid)
    drawn = {"form": AreaForm(instance=found), "team_form": TeamForm(prefix="equipo"), **forms_sent}
    wrong = any(form.errors for form in drawn.values())
    shown = {"area": found, "teams": list(_teams(found)), "all_forms": list(drawn.values()), **drawn}
    return render(request, "desk/settings/area.html", shown, status=422 if wrong else 200)


def _teams(found: Department) -> QuerySet[Team]:
    return found.teams.annotate(people=_PEOPLE).order_by("-is_active", "name")


@sets(Permission.MUNICIPALITY_EDIT)
@require_POST
def add_team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A team more in an area."""
    form = TeamForm(request.POST, prefix="equipo")
    if not form.is_valid():
        return _area_page(request, uuid, team_form=form)
    found = get_object_or_404(Department, uuid=uuid)
    actions.add_team(department=found, **form.cleaned_data, by=actor(request).ref)
    messages.success(request, gettext("Agregado."))
    return redirect("desk:area", uuid)


@sets(Permission.MUNICIPALITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One team."""
    found = get_object_or_404(Team.objects.select_related("department"), uuid=uuid)
    form = TeamForm(request.POST or None, instance=Team.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        actions.define_team(key=found.key, by=actor(request).ref, **form.cleaned_data)
        messages.success(request, gettext("Guardamos los cambios."))
        return redirect("desk:area", found.department.uuid)
    return render(request, "desk/settings/team.html", {"team": found, "form": form}, status=422 if form.errors else 200)


@sets(Permission.MUNICIPALITY_EDIT)
@require_POST
def close_area(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an area out of use, if nothing needs it."""
    return _close(request, get_object_or_404(Department, uuid=uuid), uuid)


@sets(Permission.MUNICIPALITY_EDIT)
@require_POST
def close_team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a team out of use, if nothing needs it."""
    found = get_object_or_404(Team.objects.select_related("department"), uuid=uuid)
    return _close(request, found, found.department.uuid)


def _close(request: HttpRequest, unit: Department | Team, back: UUID) -> HttpResponse:
    try:
        actions.close(unit, by=actor(request).ref)
        messages.success(request, gettext("Ya no está en uso. Lo que hizo sigue a su nombre."))
    except actions.StillNeeded as needed:
        said = {"name": unit.name, "what": ", ".join(needed.by_what)}
        messages.error(request, gettext("%(name)s todavía tiene %(what)s. Páselos antes a otra parte.") % said)
    return redirect("desk:area", back)


@sets(Permission.MUNICIPALITY_EDIT)
@require_POST
def reopen_area(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put an area in use again."""
    actions.reopen(get_object_or_404(Department, uuid=uuid), by=actor(request).ref)
    return redirect("desk:area", uuid)


@sets(Permission.MUNICIPALITY_EDIT)
@require_POST
def reopen_team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a team in use again."""
    found = get_object_or_404(Team.objects.select_related("department"), uuid=uuid)
    actions.reopen(found, by=actor(request).ref)
    return redirect("desk:area", found.department.uuid)
