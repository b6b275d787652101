"""What pages and messages show of the municipality: name, arms, colour, how it speaks, how to reach it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ventanilla.accounts.enums import Permission
from ventanilla.design import rules
from ventanilla.desk.actor import actor
from ventanilla.desk.configuring.access import sets
from ventanilla.lib import arms
from ventanilla.organization import actions, municipality
from ventanilla.organization.models import Municipality

PHONE = RegexValidator(r"^[0-9+() .-]{2,30}$", _("Escriba un número de teléfono."))
BAD_ARMS = {
    "too_big": _("Ese archivo pesa demasiado: hasta 1 MB y 30 millones de puntos."),
    "not_a_picture": _("Eso no es una imagen que podamos mostrar: use SVG, PNG, JPEG o WebP."),
    "damaged": _("El dibujo no se puede leer: guárdelo otra vez como SVG."),
    "entities": _("El dibujo lleva definiciones que no se admiten: guárdelo como «SVG simple»."),
    "too_detailed": _(
        "El dibujo es demasiado detallado para ir en todas las páginas: simplifíquelo o súbalo como PNG."
    ),
}
_CENTER = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_SEE = "ver"


class TownForm(forms.ModelForm):  # type: ignore[type-arg]
    """The municipality as others see it."""

    arms = forms.FileField(
        label=_("Escudo"),
        required=False,
        help_text=_("SVG, o una imagen PNG, JPEG o WebP. Va en todas las páginas."),
        widget=forms.FileInput(attrs={"accept": ".svg,.png,.jpg,.jpeg,.webp"}),
    )
    no_arms = forms.BooleanField(label=_("Quitar el escudo y mostrar el dibujo de la casa"), required=False)
    center = forms.CharField(
        label=_("Centro del mapa"),
        required=False,
        help_text=_("Latitud y longitud, como las da cualquier mapa: 9.9333, -84.0833"),
        widget=forms.TextInput(attrs={"class": "v-width-20", "inputmode": "text"}),
    )

    class Meta:
        model = Municipality
        fields = [
            *("kind", "name", "address", "hours", "phone", "email", "website", "emergency_phone", "form_of_address"),
            *("outside_advice", "jurisdiction", "primary_color"),
        ]
        labels = {
            "kind": _("Qué es"),
            "name": _("Nombre"),
            "address": _("Dirección"),
            "hours": _("Horario, como se dice"),
            "phone": _("Teléfono"),
            "email": _("Correo"),
            "website": _("Sitio en internet"),
            "emergency_phone": _("Teléfono de emergencias"),
            "form_of_address": _("Cómo trata a la gente"),
            "outside_advice": _("A quién acudir si el lugar queda fuera"),
            "jurisdiction": _("Jurisdicción de Open311"),
            "primary_color": _("Color"),
        }
        help_texts = {
            "kind": _("Municipalidad, Ayuntamiento, Intendencia…"),
            "hours": _("Por ejemplo: lunes a viernes, de 8:00 a 16:00. Los plazos cuentan con el calendario oficial."),
            "emergency_phone": _("Al que se manda a quien está en peligro."),
            "outside_advice": _("Lo lee quien marca un lugar que no es del municipio."),
            "jurisdiction": _("Un nombre de dominio, si otro sistema lo pide."),
            "primary_color": _("El de los botones y enlaces. Si no se lee bien, lo oscurecemos lo justo."),
        }
        error_messages = {
            "name": {"required": _("Escriba el nombre del municipio.")},
            "kind": {"required": _("Escriba qué es: municipalidad, ayuntamiento…")},
            "email": {"invalid": _("Escriba el correo completo.")},
            "website": {"invalid": _("Escriba la dirección completa: https://…")},
            "emergency_phone": {"required": _("Escriba a qué número se llama en una emergencia.")},
        }
        widgets = {
            "outside_advice": forms.Textarea(attrs={"rows": 3}),
            "primary_color": forms.TextInput(attrs={"type": "color", "class": "c-color"}),
            "form_of_address": forms.RadioSelect,
            "phone": forms.TextInput(attrs={"type": "tel"}),
            "emergency_phone": forms.TextInput(attrs={"type": "tel", "class": "v-width-10"}),
        }
        field_classes = {"website": forms.CharField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        town = self.instance
        if town.center_lat or town.center_lon:
            self.initial["center"] = f"{town.center_lat}, {town.center_lon}"
        for name in ("phone", "emergency_phone"):
            self.fields[name].validators.append(PHONE)
        self.cleaned_arms = ""

    def clean_primary_color(self) -> str:
        """A colour as we write them."""
        color = str(self.cleaned_data["primary_color"]).strip().upper()
        if not rules.is_color(color):
            raise forms.ValidationError(gettext("Escriba el color como #2F4B9B."))
        return color

    def clean_website(self) -> str:
        """A whole address of the web, or none."""
        website = str(self.cleaned_data["website"]).strip()
        if website and not re.fullmatch(r"https?://[^\s<>\"']+\.[^\s<>\"']+", website):
            raise forms.ValidationError(gettext("Escriba la dirección completa: https://…"))
        return website

    def clean_arms(self) -> Any:
        """Shapes and colours of the file, and nothing that acts."""
        sent = self.cleaned_data["arms"]
        if sent:
            try:
                self.cleaned_arms = arms.clean(sent.read(arms.MAX_BYTES + 1))
            except arms.BadArms as bad:
                raise forms.ValidationError(BAD_ARMS[bad.problem]) from bad
        return sent

    def clean_center(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        said = self.cleaned_data["center"]
        found = _CENTER.fullmatch(said) if said else None
        if said and (found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180):
            raise forms.ValidationError(gettext("Escriba latitud y longitud en grados: 9.9333, -84.0833"))
        return (float(found[1]), float(found[2])) if found else None

    def said(self) -> dict[str, Any]:
        """What is to be shown from now on."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if center := self.cleaned_data["center"]:
            fields |= {"center_lat": center[0], "center_lon": center[1]}
        if self.cleaned_arms or self.cleaned_data["no_arms"]:
            fields["arms_svg"] = "" if self.cleaned_data["no_arms"] else self.cleaned_arms
        return fields


@dataclass(frozen=True)
class Shade:
    """A colour as it is used somewhere, on its ground, and how well it reads."""

    name: str
    color: str
    ground: str
    ratio: str


@dataclass(frozen=True)
class Look:
    """How a municipality's colour comes out."""

    shades: list[Shade]
    is_kept: bool


def look_of(color: str) -> Look:
    """The colour as it was chosen and as pages use it, by day and by night."""
    day, night = rules.scale(color)
    shades = [
        _shade(gettext("Como lo eligió, sobre el papel"), color, rules.LIGHT_GROUNDS[0]),
        _shade(gettext("Como se usará, de día"), day["anil-600"], rules.LIGHT_GROUNDS[0]),
        _shade(gettext("Como se usará en la mesa, de noche"), night["anil-600"], rules.DARK_GROUNDS[0]),
    ]
    return Look(shades, day["anil-600"] == color.upper())


def _shade(name: str, color: str, ground: str) -> Shade:
    return Shade(name, color, ground, f"{number_format(rules.contrast(color, ground), 1)}:1")


@sets(Permission.MUNICIPALITY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Say it anew, or see how a colour would come out before that."""
    form = _form(request)
    is_saved = request.method == "POST" and request.POST.get("hacer") != _SEE
    if is_saved and form.is_valid():
        actions.describe_municipality(by=actor(request).ref, **form.said())
        messages.success(request, gettext("Guardado. Así lo ven desde ahora."))
        return redirect("desk:town")
    color = str(form["primary_color"].value() or "")
    look = look_of(color if rules.is_color(color) else rules.DEFAULT_COLOR)
    shown = {
        "form": form,
        "all_forms": [form] if is_saved else [],
        "look": look,
        "arms": municipality.current().arms_svg,
    }
    return render(request, "desk/settings/town.html", shown, status=422 if is_saved else 200)


def _form(request: HttpRequest) -> TownForm:
    """As it is stored or sent; a colour that is only looked at brings no complaints about the rest."""
    town = Municipality.objects.get()
    if request.method != "POST":
        return TownForm(instance=town)
    sent = TownForm(request.POST, request.FILES, instance=town)
    if request.POST.get("hacer") != _SEE:
        return sent
    return TownForm(instance=town, initial={name: sent[name].value() for name in sent.fields if name != "arms"})
