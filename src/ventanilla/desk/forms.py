"""The forms of the desk's actions."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.accounts.models import User
from ventanilla.calendars.clocks import describe_term
from ventanilla.cases.actions import clocks, pauses
from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT
from ventanilla.cases.enums import DeadlineKind, TemplateUse, Visibility
from ventanilla.cases.models import Case
from ventanilla.design.languages import translated
from ventanilla.lib.workingtime import Term, Unit
from ventanilla.organization.models import Department, Team

_BLANK = re.compile(r"\[[^\[\]\n]{1,60}\]")
"""What a template leaves to be filled in by hand: «el [día]»."""
CORRECTION = "correction"
"""Of the clocks that can be made longer, the person's own."""


def _text(label: Any, required: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=DESCRIPTION_LIMIT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": required,
            "max_length": gettext_lazy(
                "Son %(show_value)d letras y caben %(limit_value)d. Acórtelo: no se ha perdido nada."
            ),
        },
        **more,
    )


class ActForm(forms.Form):
    """What an action asks. `case` is the case it is done to, `user` who does it."""

    use: TemplateUse | None = None
    """What its text may be begun from."""

    def __init__(self, *args: Any, case: Case, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user = case, user

    def clean_text(self) -> str:
        """The text, once nothing of a template is left to fill in."""
        text = str(self.cleaned_data["text"])
        blanks = list(dict.fromkeys(_BLANK.findall(text)))
        if self.use and blanks:
            raise forms.ValidationError(
                _("Complete lo que va entre corchetes: %(what)s.") % {"what": ", ".join(blanks)}
            )
        return text


class ReplyForm(ActForm):
    """A message to the person."""

    use = TemplateUse.REPLY
    text = _text(gettext_lazy("Mensaje"), gettext_lazy("Escriba el mensaje."), rows=5)
    answers = forms.BooleanField(label=gettext_lazy("Con esto queda contestado lo que pidió"), required=False)
    file = forms.FileField(label=gettext_lazy("Adjuntar"), required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        if case.answered_at or not case.response_due_at or not case.is_open:
            del self.fields["answers"]


class AskForm(ActForm):
    """A question to the person."""

    use = TemplateUse.ASK
    text = _text(gettext_lazy("Qué necesita saber"), gettext_lazy("Escriba la pregunta."), rows=3)


class CorrectionForm(ActForm):
    """What the person has to correct."""

    use = TemplateUse.ASK
    text = _text(gettext_lazy("Qué tiene que corregir o traer"), gettext_lazy("Diga qué tiene que corregir."), rows=3)


class NoteForm(ActForm):
    """A note for the desk."""

    text = _text(gettext_lazy("Nota, solo para la mesa"), gettext_lazy("Escriba la nota."), rows=3)


class _TeamField(forms.ModelChoiceField[Team]):
    """Teams with their departments, which alone don't tell them apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.department})"


class RouteForm(ActForm):
    """To another department, with a reason."""

    department = forms.ModelChoiceField(
        label=gettext_lazy("Área"),
        queryset=Department.objects.filter(is_active=True),
        to_field_name="key",
        empty_label=gettext_lazy("Elija un área"),
        error_messages={"required": gettext_lazy("Elija a qué área va.")},
    )
    team = _TeamField(
        label=gettext_lazy("Equipo"),
        queryset=Team.objects.filter(is_active=True).select_related("department").order_by("department__name", "name"),
        to_field_name="key",
        required=False,
        empty_label=gettext_lazy("El que corresponda"),
    )
    text = _text(gettext_lazy("Por qué"), gettext_lazy("Diga por qué lo deriva: la persona lo leerá."), rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        team, department = cleaned.get("team"), cleaned.get("department")
        if team and department and team.department_id != department.pk:
            self.add_error("team", _("Ese equipo no es de esa área."))
        return cleaned


class AssignForm(ActForm):
    """To somebody of the department, or to nobody."""

    user = forms.ModelChoiceField(
        label=gettext_lazy("Persona"),
        queryset=User.objects.none(),
        to_field_name="username",
        required=False,
        empty_label=gettext_lazy("Nadie todavía"),
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Equipo"),
        queryset=Team.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=gettext_lazy("El mismo"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        members = User.objects.filter(is_active=True, memberships__department=case.department_id).distinct()
        self.fields["user"].queryset = members.order_by("name")  # type: ignore[attr-defined]
        teams = Team.objects.filter(department=case.department_id, is_active=True)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        if case.assignee:
            self.initial["user"] = case.assignee.username


class ScheduleForm(ActForm):
    """It will be done later."""

    use = TemplateUse.SCHEDULE
    text = _text(
        gettext_lazy("Qué se hará y cuándo"),
        gettext_lazy("Cuente qué se hará y cuándo: es la respuesta a la persona."),
        rows=3,
    )
    without_budget = forms.BooleanField(
        label=gettext_lazy("Espera presupuesto: todavía no tiene fecha"), required=False
    )


class ResolveForm(ActForm):
    """It is done."""

    use = TemplateUse.RESOLVE
    text = _text(gettext_lazy("Cómo quedó"), gettext_lazy("Cuente cómo quedó: es lo que leerá la persona."), rows=3)
    file = forms.FileField(label=gettext_lazy("Foto o documento de cómo quedó"), required=False)


class RefuseForm(ActForm):
    """It is out of place, and who it is for."""

    use = TemplateUse.REFUSE
    text = _text(gettext_lazy("Por qué, y a quién acudir"), gettext_lazy("Diga por qué y a quién acudir."), rows=3)


class EndForm(ActForm):
    """Cancel or reopen: why."""

    text = _text(gettext_lazy("Por qué"), gettext_lazy("Diga por qué."), rows=3)


class AttachForm(ActForm):
    """Evidence."""

    file = forms.FileField(
        label=gettext_lazy("Archivo"), error_messages={"required": gettext_lazy("Elija un archivo.")}
    )
    text = forms.CharField(label=gettext_lazy("Qué es"), max_length=300, required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Quién lo ve"),
        choices=[
            (Visibility.STAFF, gettext_lazy("Solo la mesa")),
            (Visibility.PERSON, gettext_lazy("La persona también")),
        ],
        initial=Visibility.STAFF,
    )


class StepForm(forms.Form):
    """What may go with any step of a process, besides what its own form asks."""

    note = forms.CharField(
        label=gettext_lazy("Nota para la mesa"), max_length=4000, required=False, widget=forms.Textarea({"rows": 2})
    )
    file = forms.FileField(label=gettext_lazy("Foto o documento"), required=False)


class PlaceForm(ActForm):
    """Where it really is."""

    said = forms.CharField(
        label=gettext_lazy("Lugar correcto"),
        max_length=200,
        error_messages={"required": gettext_lazy("Escriba el lugar.")},
    )
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)


class ExtendForm(ActForm):
    """More time, where the law or the charter gives it."""

    kind = forms.ChoiceField(label=gettext_lazy("Cuál"))
    quantity = forms.IntegerField(
        label=gettext_lazy("Cuánto más"),
        min_value=1,
        max_value=365,
        error_messages={"required": gettext_lazy("Diga cuánto más.")},
    )
    text = _text(gettext_lazy("Por qué"), gettext_lazy("Diga por qué: la persona lo leerá."), rows=2)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.room = _extendable(case)
        self.fields["kind"].choices = [(key, label) for key, (label, _room) in self.room.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _label, room = self.room.get(cleaned.get("kind", ""), ("", None))
        if room is not None and cleaned.get("quantity", 0) > room:
            self.add_error("quantity", _("Ese plazo se puede ampliar en %(room)d, no más.") % {"room": room})
        return cleaned


def _extendable(case: Case) -> dict[str, tuple[str, int | None]]:
    """The clocks that can be made longer: how each is called, and by how many of its units at most."""
    found: dict[str, tuple[str, int | None]] = {}
    for deadline in case.deadlines.filter(met_at=None).order_by("kind"):
        room = clocks.room_to_extend(case, deadline)
        if room != 0:
            label = capfirst(str(DeadlineKind(deadline.kind).label))
            found[deadline.kind] = (_in_unit(label, Unit(deadline.unit), room), room)
    asked, longer = pauses.open_correction(case), pauses.room_to_cure(case)
    granted = pauses.cure(case)
    if asked and longer and granted:
        left = granted.term.quantity + longer.quantity - asked.quantity
        if left > 0:
            found[CORRECTION] = (_in_unit(_("Plazo de la persona para corregir"), Unit(asked.unit), left), left)
    return found


def _in_unit(label: str, unit: Unit, room: int | None) -> str:
    """«Fecha prevista de arreglo, en días hábiles», «Plazo para contestarle: hasta 3 meses más»."""
    if room is not None:
        return _("%(clock)s: hasta %(term)s más") % {"clock": label, "term": describe_term(Term(room, unit))}
    units = {
        Unit.WORKING_DAY: _("en días hábiles"),
        Unit.CALENDAR_DAY: _("en días"),
        Unit.MONTH: _("en meses"),
    }
    return f"{label}, {units.get(unit, _('en horas'))}"


class PauseForm(ActForm):
    """Why the term of law stands still."""

    cause = forms.ChoiceField(label=gettext_lazy("Causa, de las que la ley prevé"), widget=forms.RadioSelect)
    text = _text(gettext_lazy("Explíqueselo a la persona"), gettext_lazy("Explique la causa."), rows=2)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        listed = [each for each in pauses.causes(case) if each.key != pauses.FOR_PERSON]
        self.fields["cause"].choices = [(each.key, _caused(each)) for each in listed]  # type: ignore[attr-defined]


def _caused(cause: Any) -> str:
    """«Se ha pedido un informe preceptivo (art. 22.1.d, 3 meses a lo sumo)»."""
    limit = _(", %(term)s a lo sumo") % {"term": describe_term(cause.maximum)} if cause.maximum else ""
    return f"{translated(cause.name)} (art. {cause.article}{limit})"
