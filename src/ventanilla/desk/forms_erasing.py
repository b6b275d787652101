"""The forms of erasing: who, under which order, and once more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ventanilla.people.enums import ErasureReason
from ventanilla.people.registry import Order

_NUMBER = RegexValidator(r"^[\w./\- ]+$", _("Use solo letras, números, puntos, guiones y barras."))


class WhoseForm(forms.Form):
    """By what somebody, or a case, is known exactly."""

    who = forms.CharField(
        label=_("Teléfono, correo, documento o número de expediente"),
        help_text=_("Completo: aquí no se busca por parecido."),
        max_length=254,
        error_messages={"required": _("Escriba el dato exacto de la persona, o el número del expediente.")},
    )


class OrderForm(forms.Form):
    """The order, as it will be recorded for ever."""

    number = forms.CharField(
        label=_("Número de la orden"),
        help_text=_("Como está en el oficio o en la resolución. No escriba nombres ni documentos de nadie."),
        max_length=40,
        validators=[_NUMBER],
        error_messages={"required": _("Escriba el número de la orden.")},
    )
    authority = forms.CharField(
        label=_("Quién la da"),
        help_text=_("El cargo o la oficina, no su nombre. Por ejemplo: Agencia de Protección de Datos."),
        max_length=80,
        error_messages={"required": _("Escriba qué cargo u oficina da la orden.")},
    )
    reason = forms.ChoiceField(
        label=_("Por qué"),
        choices=ErasureReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija por qué se borra.")},
    )

    @property
    def order(self) -> Order:
        """The order, once the form is valid."""
        told = self.cleaned_data
        return Order(told["number"], told["authority"], ErasureReason(told["reason"]))

    def refuse(self) -> None:
        """Its words name who is to be forgotten."""
        said = _("El número o quien la da nombran a la persona. Escríbalos sin sus datos: la orden no se borra nunca.")
        self.add_error(None, said)


class AgainForm(forms.Form):
    """The number once more: what is erased doesn't come back."""

    again = forms.CharField(
        label=_("Escriba otra vez el número de la orden"),
        max_length=40,
        error_messages={"required": _("Escriba otra vez el número de la orden para confirmar.")},
    )

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._number = number

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self._number:
            raise forms.ValidationError(_("No es el mismo número. No se ha borrado nada."))
        return self._number
