"""What the style guide shows: samples of every component."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ventanilla.design.components import (
    Answer,
    Bar,
    BarChart,
    Chip,
    Fact,
    Message,
    Option,
    Step,
    Term,
)
from ventanilla.design.enums import StepKind, TermState
from ventanilla.design.icons import INTERFACE, SERVICES
from ventanilla.design.registry import states
from ventanilla.lib import clock

COLORS = (
    ("paper", _("Papel"), _("fondo de página")),
    ("surface", _("Superficie"), _("tarjetas y tablas")),
    ("cal", _("Cal"), _("el muro, el pie, la guía")),
    ("ink", _("Tinta"), _("texto")),
    ("ink-soft", _("Tinta suave"), _("texto segundo")),
    ("line", _("Línea"), _("separar, nunca escribir")),
    ("edge", _("Canto"), _("borde de campos")),
    ("anil-600", _("Añil 600"), _("lo que se puede hacer")),
    ("anil-700", _("Añil 700"), _("pulsado")),
    ("anil-100", _("Añil 100"), _("elegido")),
    ("teja-600", _("Teja 600"), _("se debe o venció")),
    ("teja-100", _("Teja 100"), _("su fondo")),
    ("verde-700", _("Verde 700"), _("solo lo hecho")),
    ("verde-100", _("Verde 100"), _("su fondo")),
)


class SampleForm(forms.Form):
    """A field of every kind that forms are made of."""

    address = forms.CharField(label=_("Calle y número"), help_text=_("O una esquina: «Bolívar y Los Tilos»."))
    email = forms.EmailField(
        label=_("Su correo"),
        error_messages={"invalid": _("Le falta el final, por ejemplo «.com». Lo demás quedó guardado.")},
    )
    quarter = forms.ChoiceField(label=_("Barrio"), choices=[("si", "San Isidro"), ("ce", "Centro")])
    dark = forms.ChoiceField(
        label=_("¿Está toda la cuadra a oscuras?"),
        choices=[("all", _("Sí, toda")), ("one", _("No, solo un poste"))],
        widget=forms.RadioSelect,
    )
    hours = forms.MultipleChoiceField(
        label=_("¿Cuándo está apagado?"),
        help_text=_("Marque todos los que pasan."),
        choices=[("night", _("De noche")), ("dawn", _("De madrugada"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    more = forms.CharField(label=_("Cuéntenos algo más"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    tell = forms.BooleanField(label=_("Avisarme por correo cuando cambie"), required=False)


def _steps() -> list[Step]:
    return [
        Step(_("Recibimos su reporte"), _("Lunes 23 de noviembre, 20:41"), StepKind.DONE),
        Step(_("Alumbrado público lo tiene"), _("Lo lleva Julián Ferro"), StepKind.NOW),
        Step(_("Esperamos su respuesta"), _("Desde hoy, a las 9:50"), StepKind.ASK),
        Step(_("Una cuadrilla va a verlo"), _("Dentro de 3 días hábiles"), StepKind.NEXT),
        Step(_("Le contamos cómo quedó"), _("A más tardar el lunes 7 de diciembre"), StepKind.END),
    ]


def _terms(now: datetime) -> list[Term]:
    law, name = _("Artículo 12 de la Ordenanza de Atención al Vecino."), _("Plazo para contestarle")
    mending = _("Fecha prevista de arreglo")
    return [
        Term(now + timedelta(days=12), left=8, used=2, name=name, law=law),
        Term(now + timedelta(days=1), left=1, used=9, name=mending, law=_("Carta de servicios, alumbrado.")),
        Term(
            now + timedelta(days=12),
            left=7,
            used=3,
            state=TermState.PAUSED,
            name=name,
            law=law,
            note=_("Esperamos la respuesta de la persona."),
        ),
        Term(now - timedelta(days=2), left=0, used=10, late_by=2, state=TermState.LATE, name=name, law=law),
        Term(
            now + timedelta(days=4),
            left=4,
            used=6,
            state=TermState.MET,
            name=name,
            law=law,
            note=_("Dentro del plazo."),
        ),
    ]


def _lying() -> BarChart:
    return BarChart(
        title=_("Arbolado concentra 12 de los 17 reportes vencidos"),
        subject=_("Reportes vencidos por servicio"),
        columns=[_("Servicio"), _("Vencidos"), _("Abiertos")],
        bars=[
            Bar(_("Arbolado"), 12, "12", strong=True, more=["49"]),
            Bar(_("Higiene urbana"), 4, "4", more=["91"]),
            Bar(_("Alumbrado público"), 1, "1", more=["74"]),
        ],
        source=_("Fuente: expedientes, miércoles 25 de noviembre de 2026."),
    )


def _upright() -> BarChart:
    months = [("mayo", 78), ("junio", 80), ("julio", 83), ("agosto", 82), ("sept.", 87), ("octubre", 90)]
    return BarChart(
        title=_("En octubre respondimos a tiempo 9 de cada 10 reportes"),
        subject=_("Reportes respondidos a tiempo, por mes, en porcentaje"),
        columns=[_("Mes"), _("A tiempo")],
        bars=[Bar(name, value, f"{value} %", strong=value == 90) for name, value in months],
        goal=95,
        goal_said=_("Meta: 95 %"),
        top=100,
        upright=True,
    )


def _conversation(now: datetime) -> list[Message]:
    return [
        Message(_("Usted"), now - timedelta(days=2), _("El foco lleva más de una semana apagado."), mine=True),
        Message(
            "Julián Ferro",
            now - timedelta(minutes=34),
            _("Hay dos postes frente a la panadería. ¿Nos dice el número pintado en el que está apagado?"),
            role=_("Alumbrado público"),
        ),
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """All that `design/guide.html` draws, as of now."""
    now = clock.now()
    sent = {"address": "Las Acacias 34", "email": "rosa.benitez@correo", "quarter": "si", "tell": "on"}
    return {
        "now": now,
        "colors": COLORS,
        "form": SampleForm(sent),
        "options": [Option("Calle Las Acacias 340", "San Isidro"), Option("Pasaje Las Acacias 34", "Alto Verde")],
        "states": states.values(),
        "steps": _steps(),
        "terms": _terms(now),
        "facts": [
            Fact(_("Quién lo lleva"), "Julián Ferro", _("Alumbrado público")),
            Fact(_("También lo siguen"), _("4 vecinos de la cuadra")),
        ],
        "answers": [
            Answer(
                _("Dónde está"), "Calle Las Acacias 340", "San Isidro", change_path="#campos", about=_("dónde está")
            ),
            Answer(_("Desde cuándo"), _("Hace más de una semana"), change_path="#campos", about=_("desde cuándo")),
        ],
        "conversation": _conversation(now),
        "chips": [Chip("San Isidro", "?"), Chip(_("Alumbrado público"), "?")],
        "charts": [_lying(), _upright()],
        "interface_icons": sorted(INTERFACE),
        "service_icons": sorted(SERVICES),
        "keys": [("e", _("tomar")), ("a", _("asignar")), ("r", _("responder"))],
    }
