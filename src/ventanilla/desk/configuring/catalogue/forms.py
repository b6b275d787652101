"""The forms of a service and of a type of dealing."""

from __future__ import annotations

import json
import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.calendars import clocks
from ventanilla.calendars.enums import LegalNature
from ventanilla.calendars.models import UNITS
from ventanilla.catalog import actions
from ventanilla.catalog.models import Procedure, Service
from ventanilla.design.languages import translated
from ventanilla.desk.configuring.routing.lists import People, unit_value
from ventanilla.desk.configuring.town import PHONE
from ventanilla.workflow.models import ProcessDefinition

MOST_WORDS, LONGEST_WORD = 80, 60


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A service."""

    class Meta:
        model = Service
        fields = ["name", "description", "icon", "is_active"]
        labels = {
            "name": _("Nombre"),
            "description": _("De qué se ocupa"),
            "icon": _("Dibujo"),
            "is_active": _("En uso: la gente lo encuentra y se puede presentar"),
        }
        error_messages = {"name": {"required": _("Escriba el nombre del servicio.")}}
        widgets = {"icon": forms.RadioSelect, "description": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, icons: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["icon"] = forms.ChoiceField(
            label=_("Dibujo"), choices=icons, widget=forms.RadioSelect, initial="tool"
        )
        self.order_fields(["name", "description", "is_active", "icon"])


class TypeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A type of dealing."""

    words = forms.CharField(
        label=_("Palabras de la gente"),
        required=False,
        help_text=_("Una por línea, o con comas: bombillo, foco, farola. Con ellas se encuentra."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    unit = forms.ChoiceField(
        label=_("A quién le llega"),
        help_text=_("Si ninguna regla de reparto dice otra cosa."),
        error_messages={"required": _("Elija a quién le llega."), "invalid_choice": _("Elija a quién le llega.")},
    )
    process_key = forms.ChoiceField(label=_("Qué pasos sigue"))
    target_unit = forms.ChoiceField(label=_("De qué"), choices=[("", _("Nada")), *UNITS], required=False)

    class Meta:
        model = Procedure
        fields = [
            *("name", "description", "kind", "nature", "place_need", "process_key", "target_quantity", "target_unit"),
            *("weight", "reopen_days", "is_emergency", "emergency_phone", "emergency_advice", "is_public"),
            *("at_dwelling", "technical_only", "needs_document", "is_active"),
        ]
        labels = {
            "name": _("Nombre"),
            "description": _("Qué es, en una frase"),
            "kind": _("Clase"),
            "nature": _("Qué es ante la ley"),
            "place_need": _("Pregunta dónde"),
            "target_quantity": _("Se arregla en"),
            "weight": _("Peso"),
            "reopen_days": _("Días para reabrir"),
            "is_emergency": _("Es una emergencia: no se presenta, se llama"),
            "emergency_phone": _("A qué teléfono"),
            "emergency_advice": _("Qué hacer mientras tanto"),
            "is_public": _("Sale en el mapa público y se ofrece a los vecinos"),
            "at_dwelling": _("Es en una vivienda: nunca sale en el mapa"),
            "technical_only": _("Solo lo presenta el área técnica, no la gente"),
            "needs_document": _("Pide documento de identidad"),
            "is_active": _("En uso: la gente lo encuentra y se puede presentar"),
        }
        help_texts = {
            "nature": _("De aquí sale el plazo para contestar."),
            "weight": _("De 0 a 10: cuánto adelanta en la bandeja."),
            "emergency_phone": _("Vacío: el de emergencias del municipio."),
            "target_quantity": _("La carta de servicios. Vacío: no se promete fecha."),
        }
        error_messages = {"name": {"required": _("Escriba el nombre.")}}
        widgets = {
            "description": forms.Textarea(attrs={"rows": 2}),
            "emergency_advice": forms.Textarea(attrs={"rows": 2}),
            "target_quantity": forms.NumberInput(attrs={"class": "v-width-4", "min": 1}),
            "weight": forms.NumberInput(attrs={"class": "v-width-4", "min": 0, "max": 10}),
            "reopen_days": forms.NumberInput(attrs={"class": "v-width-4", "min": 0}),
            "emergency_phone": forms.TextInput(attrs={"type": "tel", "class": "v-width-10"}),
        }

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["unit"].choices = [("", gettext("Elija")), *people.units()]  # type: ignore[attr-defined]
        processes = ProcessDefinition.objects.filter(is_current=True).order_by("name")
        named = [(key, translated(name)) for key, name in processes.values_list("key", "name")]
        self.fields["process_key"].choices = named  # type: ignore[attr-defined]
        self.fields["weight"].max_value = 10  # type: ignore[attr-defined]
        self.fields["emergency_phone"].validators.append(PHONE)
        self._offer_document()
        if self.instance.pk:
            self.initial["words"] = "\n".join(self.instance.words)
            self.initial["unit"] = unit_value(self.instance.department, self.instance.team)

    def _offer_document(self) -> None:
        """Whether a document is asked for is offered where the law needs to know who files, and by which law."""
        known = clocks.identifying()
        field, named = self.fields["needs_document"], [_by_law(nature, law) for nature, law in known.items()]
        field.help_text = gettext("Solo donde hay que saber quién lo pide: %(natures)s.") % {
            "natures": ", ".join(named)
        }
        field.widget.attrs |= {"data-when": "nature", "data-when-values": json.dumps(list(known))}

    def clean_words(self) -> list[str]:
        """The words, each once."""
        said = [word.strip() for word in re.split(r"[,\n]", self.cleaned_data["words"])]
        words = list(dict.fromkeys(word for word in said if word))
        if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
            limits = {"words": MOST_WORDS, "letters": LONGEST_WORD}
            raise forms.ValidationError(gettext("Caben %(words)d, de hasta %(letters)d letras cada una.") % limits)
        return words

    def clean_weight(self) -> int:
        """From 0 to 10."""
        weight = int(self.cleaned_data["weight"] or 0)
        if weight > 10:
            raise forms.ValidationError(gettext("Escriba un número de 0 a 10."))
        return weight

    def clean(self) -> dict[str, Any]:
        """A promise has a quantity and a unit, or neither."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("target_quantity")) != bool(cleaned.get("target_unit")) and not self.errors:
            name = "target_unit" if cleaned.get("target_quantity") else "target_quantity"
            self.add_error(name, gettext("Diga cuánto y de qué, o deje las dos vacías."))
        self._check_document(cleaned)
        return cleaned

    def _check_document(self, cleaned: dict[str, Any]) -> None:
        nature = cleaned.get("nature")
        if nature and cleaned.get("needs_document") and nature not in clocks.identifying():
            why = gettext("%(why)s Quítele la marca, o cambie qué es ante la ley.")
            self.add_error("needs_document", why % {"why": actions.DocumentNotNeeded(nature)})
            # Shown, so that it can be unticked.
            del self.fields["needs_document"].widget.attrs["data-when"]

    def said(self) -> dict[str, Any]:
        """The fields of the type."""
        fields = {name: self.cleaned_data[name] for name in (*self.Meta.fields, "words")}
        target = self.people.target(self.cleaned_data["unit"])
        if target is None:  # the form checked that it is on the list
            raise LookupError("the area is not on the list")
        return {**fields, "department": target.department, "team": target.team}


def _by_law(nature: LegalNature, law: str) -> str:
    return f"{nature.label} ({law})" if law else str(nature.label)
