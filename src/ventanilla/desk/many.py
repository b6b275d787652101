"""What can be done to several marked cases at once: who may, its form, what it says it will do, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import User
from ventanilla.cases.actions import many
from ventanilla.cases.actions.many import Outcome
from ventanilla.cases.models import Case
from ventanilla.desk.forms import RouteForm, _text
from ventanilla.lib.actors import Actor
from ventanilla.organization.models import Team

Told = dict[str, Any]


class ManyForm(forms.Form):
    """What an action on marked cases asks; `cases` are those it is done to."""

    def __init__(self, *args: Any, cases: Sequence[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class ManyAct:
    """One thing that can be done to marked cases."""

    name: str
    label: Any
    icon: str
    permission: Permission
    do: Callable[[Sequence[Case], Told, Any, Actor], Outcome]
    form: type[ManyForm] | None = None
    tells: Any = ""
    clock: Any = ""
    is_rare: bool = False
    """It stands in the menu behind the others."""

    @property
    def opens(self) -> bool:
        """Whether it asks something before it is done."""
        return self.form is not None

    def empty_form(self, cases: Sequence[Case], data: Any = None) -> ManyForm | None:
        """Its form, filled with what was sent."""
        return self.form(data, cases=cases) if self.form else None


class AssignManyForm(ManyForm):
    """To somebody, to a team, or to both: whoever is of a department that has some of the marked cases."""

    user = forms.ModelChoiceField(
        label=_("Persona"),
        queryset=User.objects.none(),
        to_field_name="username",
        required=False,
        empty_label=_("La que tenga cada uno"),
    )
    team = forms.ModelChoiceField(
        label=_("Equipo"),
        queryset=Team.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("El que tenga cada uno"),
    )

    def __init__(self, *args: Any, cases: Sequence[Case], **kwargs: Any) -> None:
        super().__init__(*args, cases=cases, **kwargs)
        departments = {case.department_id for case in cases}
        members = User.objects.filter(is_active=True, memberships__department__in=departments).distinct()
        self.fields["user"].queryset = members.order_by("name")  # type: ignore[attr-defined]
        teams = Team.objects.filter(department__in=departments, is_active=True).order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("user") and not cleaned.get("team"):
            self.add_error("user", _("Elija a quién, o a qué equipo."))
        return cleaned


class RouteManyForm(RouteForm, ManyForm):
    """To another department, with one reason for all."""

    def __init__(self, *args: Any, cases: Sequence[Case], **kwargs: Any) -> None:
        super().__init__(*args, case=cases[0], cases=cases, **kwargs)


class WriteManyForm(ManyForm):
    """The same message to whoever filed each."""

    text = _text(_("Mensaje, el mismo para todos"), _("Escriba el mensaje."))


class NoteManyForm(ManyForm):
    """The same note in each."""

    text = _text(_("Nota, solo para la mesa"), _("Escriba la nota."), rows=3)


ACTS = {
    act.name: act
    for act in (
        ManyAct(
            "tomar",
            _("Tomar"),
            "hand-stop",
            Permission.CASE_TAKE,
            lambda cases, told, user, by: many.take_many(cases, user=user, by=by),
        ),
        ManyAct(
            "asignar",
            _("Asignar"),
            "user-plus",
            Permission.CASE_ASSIGN,
            lambda cases, told, user, by: many.assign_many(cases, user=told["user"], team=told["team"], by=by),
            AssignManyForm,
            _("Lo sabe quien los recibe. No se les dice a las personas."),
            _("Los plazos siguen igual."),
        ),
        ManyAct(
            "derivar",
            _("Derivar"),
            "arrows-split-2",
            Permission.CASE_ROUTE,
            lambda cases, told, user, by: many.route_many(
                cases, department=told["department"], team=told["team"], reason=told["text"], by=by
            ),
            RouteManyForm,
            _("Cada persona lee a qué área pasó lo suyo y por qué."),
            _("Los plazos siguen corriendo."),
        ),
        ManyAct(
            "escribir",
            _("Escribirles"),
            "message",
            Permission.CASE_REPLY,
            lambda cases, told, user, by: many.reply_many(cases, text=told["text"], by=by),
            WriteManyForm,
            _("Lo recibe quien reportó cada uno. Si alguien reportó varios, le llega en un solo mensaje."),
            _("Los plazos siguen igual: con esto no queda contestado lo que pidieron."),
        ),
        ManyAct(
            "anotar",
            _("Anotar"),
            "note",
            Permission.CASE_NOTE,
            lambda cases, told, user, by: many.note_many(cases, text=told["text"], by=by),
            NoteManyForm,
            _("Queda en cada expediente, solo para la mesa."),
            _("Los plazos siguen igual."),
            is_rare=True,
        ),
        ManyAct(
            "urgente",
            _("Marcar urgentes"),
            "alert-triangle",
            Permission.CASE_ASSIGN,
            lambda cases, told, user, by: many.mark_many_urgent(cases, urgent=True, by=by),
            is_rare=True,
        ),
        ManyAct(
            "no-urgente",
            _("Quitar la urgencia"),
            "arrow-back-up",
            Permission.CASE_ASSIGN,
            lambda cases, told, user, by: many.mark_many_urgent(cases, urgent=False, by=by),
            is_rare=True,
        ),
    )
}
