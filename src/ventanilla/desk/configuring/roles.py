"""What each role lets do: read by who hands them out, changed by them too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ventanilla.accounts.enums import Permission
from ventanilla.desk.actor import actor
from ventanilla.desk.configuring.access import sets
from ventanilla.organization import actions
from ventanilla.organization.enums import Reach
from ventanilla.organization.models import Role

WORDS = {
    Permission.CASE_VIEW: _("Ver los expedientes"),
    Permission.CASE_VIEW_ALL: _("Ver los de todas las áreas"),
    Permission.CASE_VIEW_RESERVED: _("Ver denuncias y a quien pidió reserva"),
    Permission.CASE_FILE: _("Atender: presentar por otra persona"),
    Permission.CASE_TAKE: _("Tomar un expediente"),
    Permission.CASE_ASSIGN: _("Asignarlo a alguien"),
    Permission.CASE_ROUTE: _("Derivarlo a otra área"),
    Permission.CASE_REPLY: _("Responder y preguntar a la persona"),
    Permission.CASE_NOTE: _("Escribir notas internas"),
    Permission.CASE_LINK: _("Vincularlo con otro"),
    Permission.CASE_TEMPLATE_EDIT: _("Escribir plantillas de respuesta"),
    Permission.CASE_WORK: _("Hacer los pasos y adjuntar pruebas"),
    Permission.CASE_CORRECT_PLACE: _("Corregir el lugar"),
    Permission.CASE_RESOLVE: _("Resolver y programar"),
    Permission.CASE_PAUSE: _("Parar y ampliar plazos"),
    Permission.CASE_REFUSE: _("Cerrar lo que no corresponde"),
    Permission.CASE_CANCEL: _("Anular"),
    Permission.CASE_REOPEN: _("Reabrir"),
    Permission.CASE_EXPORT: _("Exportar listas"),
    Permission.PERSON_VIEW: _("Ver los datos de las personas"),
    Permission.PERSON_EDIT: _("Corregir los datos de las personas"),
    Permission.PERSON_ERASE: _("Borrar datos personales por orden"),
    Permission.CATALOG_EDIT: _("Cambiar servicios, reparto, plazos y calendario"),
    Permission.MUNICIPALITY_EDIT: _("Cambiar los datos del municipio, sus áreas y equipos"),
    Permission.STAFF_MANAGE: _("Administrar el personal y sus papeles"),
    Permission.KEY_MANAGE: _("Administrar claves de programa"),
    Permission.NOTIFICATION_EDIT: _("Cambiar los textos de los avisos"),
}
"""What each permission lets do; a test holds that none is missing."""


class RoleForm(forms.Form):
    """A role that is there: its name and what it lets do."""

    name = forms.CharField(
        label=_("Nombre"), max_length=120, error_messages={"required": _("Escriba el nombre del papel.")}
    )
    permissions = forms.MultipleChoiceField(
        label=_("Qué deja hacer"),
        choices=[(str(permission), words) for permission, words in WORDS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def said(self) -> dict[str, Any]:
        """The name, and the permissions as such."""
        return {**self.cleaned_data, "permissions": [Permission(each) for each in self.cleaned_data["permissions"]]}


class NewRoleForm(RoleForm):
    """A new role; where it reaches can't be changed later, for those who have it would lose or gain sight."""

    reach = forms.ChoiceField(
        label=_("Dónde vale"), choices=Reach.choices, initial=Reach.DEPARTMENT, widget=forms.RadioSelect
    )
    field_order = ["name", "reach", "permissions"]

    def said(self) -> dict[str, Any]:
        return {**super().said(), "reach": Reach(self.cleaned_data["reach"])}


@sets(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest) -> HttpResponse:
    """The roles, what each lets do, and how many have it."""
    people = Count("memberships__user", filter=Q(memberships__user__is_active=True), distinct=True)
    roles = [
        (role, [words for permission, words in WORDS.items() if permission in role.permissions])
        for role in Role.objects.annotate(people=people).order_by("name")
    ]
    return render(request, "desk/settings/roles.html", {"roles": roles})


@sets(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A role of the municipality's own."""
    form = NewRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_role(**form.said(), by=actor(request).ref)
        except actions.RoleTaken:
            form.add_error("name", gettext("Ya hay un papel con ese nombre."))
        else:
            messages.success(request, gettext("Agregado. Déselo a alguien en Personal."))
            return redirect("desk:roles")
    return _page(request, form)


@sets(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """What a role is called and lets do, for all who have it."""
    role = get_object_or_404(Role, key=key)
    form = RoleForm(request.POST or None, initial={"name": role.name, "permissions": role.permissions})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(role, **form.said(), by=actor(request).ref)
        except actions.LastAdministrator:
            form.add_error("permissions", gettext("Nadie más podría administrar el personal."))
        else:
            messages.success(request, gettext("Guardado. Vale desde ahora para quien lo tiene."))
            return redirect("desk:roles")
    return _page(request, form, role)


def _page(request: HttpRequest, form: RoleForm, role: Role | None = None) -> HttpResponse:
    shown = {"form": form, "role": role}
    return render(request, "desk/settings/role.html", shown, status=422 if form.errors else 200)
