"""The forms of the portal outside the report's flow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT
from ventanilla.lib import references
from ventanilla.organization import municipality
from ventanilla.people.rules import BadContact, normal_contact
from ventanilla.portal.fields import LongText, PhotosField


class NeedForm(forms.Form):
    """«¿Qué necesita?», answered while typing."""

    q = forms.CharField(label=_("¿Qué necesita?"), max_length=100, required=False)

    def __init__(self, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(auto_id="%s", initial=initial)
        self.fields["q"].widget.attrs["data-autocomplete"] = reverse("portal:report-options")


class CodeOfCaseForm(forms.Form):
    """Reference and code, as they stand on the receipt."""

    reference = forms.CharField(
        label=_("Número"),
        help_text=_("Como 2026-000123-7. Está en su constancia."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "v-width-12"}),
        error_messages={"required": _("Escriba el número de su caso.")},
    )
    code = forms.CharField(
        label=_("Código"),
        help_text=_("Ocho letras y números."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "v-width-8"}),
        error_messages={"required": _("Escriba el código.")},
    )

    def clean_reference(self) -> str:
        found = references.parse(self.cleaned_data["reference"])
        if found is None:
            raise forms.ValidationError(_("Ese número no es de un caso nuestro. Revise que esté bien copiado."))
        return found

    def clean_code(self) -> str:
        return "".join(c for c in self.cleaned_data["code"].upper() if c.isalnum())


class ContactForm(forms.Form):
    """A telephone or an e-mail to sign in with."""

    contact = forms.CharField(
        label=_("Su teléfono o su correo"),
        help_text=_("Le enviamos un código de seis números. No hace falta contraseña."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "class": "v-width-20"}),
        error_messages={"required": _("Escriba su teléfono o su correo.")},
    )

    def clean_contact(self) -> Any:
        try:
            return normal_contact(self.cleaned_data["contact"], municipality.current().country)
        except BadContact as error:
            raise forms.ValidationError(str(error)) from error


PHOTOS_OF_A_MESSAGE = 5


class SayForm(forms.Form):
    """A message to the desk: words, photos, or both; and documents, if `papers`."""

    text = LongText(label=_("Su respuesta"), max_length=DESCRIPTION_LIMIT, required=False)
    photos = PhotosField(label=_("Agregar fotos"), most=PHOTOS_OF_A_MESSAGE)

    def __init__(self, *args: Any, papers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = papers
        if papers:
            self.fields["photos"].take_papers(_("Agregar fotos o documentos"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text") and not cleaned.get("photos") and not self.errors:
            nothing = (
                _("Escriba su respuesta o agregue un archivo.")
                if self.papers
                else _("Escriba su respuesta o agregue una foto.")
            )
            self.add_error("text", nothing)
        return cleaned


class ReasonForm(forms.Form):
    """Why a case is reopened."""

    text = LongText(
        label=_("¿Qué quedó mal?"),
        max_length=1000,
        error_messages={"required": _("Díganos en pocas palabras qué quedó mal.")},
    )


class WithdrawForm(forms.Form):
    """Why it is no longer needed, if the person cares to say."""

    text = LongText(label=_("¿Quiere contarnos por qué?"), max_length=1000, required=False)


class SurveyForm(forms.Form):
    """Two questions after closing: of what was mended, or of what was answered."""

    mark = forms.TypedChoiceField(
        label=_("¿Cómo quedó?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (5, _("Muy bien")),
            (4, _("Bien")),
            (3, _("Más o menos")),
            (2, _("Mal")),
            (1, _("Muy mal, no está arreglado")),
        ],
        error_messages={"required": _("Elija una respuesta.")},
    )
    comment = LongText(label=_("¿Quiere contarnos algo más?"), max_length=2000, required=False)

    def __init__(self, *args: Any, mended: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mended:
            mark = self.fields["mark"]
            mark.label = _("¿Qué le pareció nuestra respuesta?")
            mark.choices = [*mark.choices[:-1], (1, _("Muy mal"))]  # type: ignore[attr-defined]
