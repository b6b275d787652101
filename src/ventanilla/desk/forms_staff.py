"""The forms of the staff's pages and of the keys of programs."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import ClosingReason, ResetReason, Scope
from ventanilla.accounts.models import User
from ventanilla.organization import municipality
from ventanilla.organization.models import Department, Role, Team
from ventanilla.organization.rules import SeatProblem

SCOPES = {
    Scope.OPEN311_POST: _("Open311: presentar reportes"),
    Scope.OPEN311_UPDATE: _("Open311: agregar novedades"),
    Scope.CASE_FILE: _("API: presentar"),
    Scope.CASE_READ: _("API: leer los casos que ve su cuenta"),
    Scope.CASE_ACT: _("API: actuar en los casos como su cuenta"),
}
SEAT_PROBLEMS = {
    SeatProblem.NEEDS_DEPARTMENT: ("department", _("Ese papel vale en un área: elija cuál.")),
    SeatProblem.NEEDS_TEAM: ("team", _("Ese papel vale en lo de un equipo: elija cuál.")),
    SeatProblem.TEAM_OF_ANOTHER: ("team", _("Ese equipo no es de esa área.")),
    SeatProblem.HELD_ALREADY: ("role", _("Ya tiene ese papel ahí.")),
}
_NAME = {"required": _("Escriba el nombre.")}


class StaffForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who somebody is."""

    class Meta:
        model = User
        fields = ["name", "email", "phone"]
        labels = {"name": _("Nombre"), "email": _("Correo"), "phone": _("Teléfono")}
        error_messages = {"name": _NAME, "email": {"invalid": _("Escriba el correo completo.")}}
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})}


class NewStaffForm(forms.Form):
    """A new account; the first role can be given along."""

    name = forms.CharField(label=_("Nombre"), max_length=150, error_messages=_NAME)
    username = forms.CharField(
        label=_("Usuario"),
        max_length=150,
        help_text=_("Letras, cifras, punto y guion. Con él entrará."),
        validators=[
            RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", _("Solo letras sin tilde, cifras, punto y guion."))
        ],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Escriba el usuario.")},
    )
    email = forms.EmailField(
        label=_("Correo"),
        required=False,
        help_text=_("Ahí le llega la invitación. Sin correo, se imprime."),
        error_messages={"invalid": _("Escriba el correo completo.")},
    )


class SeatForm(forms.Form):
    """A role, and where it holds."""

    role = forms.ModelChoiceField(
        label=_("Papel"),
        queryset=Role.objects.all(),
        to_field_name="key",
        empty_label=_("Elija un papel"),
        error_messages={"required": _("Elija un papel.")},
    )
    department = forms.ModelChoiceField(
        label=_("Área"),
        queryset=Department.objects.filter(is_active=True),
        to_field_name="key",
        required=False,
        empty_label=_("Ninguna"),
    )
    team = forms.ModelChoiceField(
        label=_("Equipo"),
        queryset=Team.objects.filter(is_active=True).select_related("department"),
        to_field_name="key",
        required=False,
        empty_label=_("Ninguno"),
    )

    def clean(self) -> dict[str, Any]:
        """A team says its department."""
        cleaned = super().clean() or {}
        if cleaned.get("team") and not cleaned.get("department"):
            cleaned["department"] = cleaned["team"].department
        return cleaned

    def refuse(self, problem: SeatProblem) -> None:
        """Say why the role can't be given there."""
        self.add_error(*SEAT_PROBLEMS[problem])


class CloseForm(forms.Form):
    """Why an account is closed."""

    reason = forms.ChoiceField(label=_("Por qué"), choices=ClosingReason.choices)


class ResetForm(forms.Form):
    """Why a second factor is taken away."""

    reason = forms.ChoiceField(label=_("Por qué"), choices=ResetReason.choices)


class KeyForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(
        label=_("Para qué programa"), max_length=100, error_messages={"required": _("Diga para qué es.")}
    )
    scopes = forms.MultipleChoiceField(
        label=_("Qué puede hacer"),
        choices=[(str(scope), words) for scope, words in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elija al menos una cosa.")},
    )
    user = forms.ModelChoiceField(
        label=_("Actúa como"),
        queryset=User.objects.filter(is_active=True).order_by("name"),
        to_field_name="username",
        required=False,
        empty_label=_("Nadie: solo lo público"),
        help_text=_("Ve y hace lo mismo que esa cuenta."),
    )
    per_minute = forms.IntegerField(
        label=_("Peticiones por minuto"),
        min_value=1,
        max_value=60_000,
        initial=600,
        widget=forms.NumberInput(attrs={"class": "v-width-10"}),
    )
    expires_on = forms.DateField(
        label=_("Sirve hasta el día"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "v-width-10"}),
        error_messages={"invalid": _("Escriba una fecha que exista.")},
    )

    def clean_expires_on(self) -> datetime | None:
        """The end of that day in the municipality."""
        day = self.cleaned_data["expires_on"]
        return datetime.combine(day, time.max, municipality.current().zone) if day else None

    def clean(self) -> dict[str, Any]:
        """Reading and acting on cases is done as somebody."""
        cleaned = super().clean() or {}
        owed = {str(Scope.CASE_READ), str(Scope.CASE_ACT)} & set(cleaned.get("scopes", []))
        if owed and not cleaned.get("user") and "user" not in self.errors:
            self.add_error("user", _("Para leer casos o actuar en ellos, elija como quién."))
        return cleaned
