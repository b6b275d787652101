"""The forms of the report's steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.actions.drafts import PHOTO_LIMIT
from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT
from ventanilla.cases.enums import Identity
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import Procedure
from ventanilla.organization import municipality
from ventanilla.people.rules import BadContact, normal_contact
from ventanilla.places.enums import PlaceSource
from ventanilla.portal.fields import LongText, PhotosField

_BAD_POINT = _("El punto del mapa no llegó bien. Póngalo otra vez o escriba la dirección.")


def _coordinate(limit: int, *, required: bool = False) -> forms.FloatField:
    return forms.FloatField(
        required=required,
        min_value=-limit,
        max_value=limit,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _BAD_POINT),
    )


class WhereForm(forms.Form):
    """Where: what was said, and a point if the map or the phone gave one."""

    said = forms.CharField(
        label=_("Calle y número, una esquina o un lugar conocido"),
        help_text=_("Dígalo como lo diría en la calle: «200 m sur de la iglesia», «frente al mercado», «poste 1127»."),
        max_length=200,
        required=False,
    )
    hint = LongText(label=_("Alguna seña para quien vaya"), max_length=300, required=False, rows=2)
    source = forms.ChoiceField(
        required=False,
        choices=[(each, each) for each in (PlaceSource.MAP, PlaceSource.MY_LOCATION)],
        widget=forms.HiddenInput,
    )
    lon = _coordinate(180)
    lat = _coordinate(90)

    def __init__(self, *args: Any, optional: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._optional = optional
        own = {"data-autocomplete": reverse("portal:report-places"), "data-by": "post"}
        self.fields["said"].widget.attrs |= own
        if optional:
            self.fields["said"].label = _("Si tiene que ver con un lugar, díganos cuál")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_point = cleaned.get("lon") is not None and cleaned.get("lat") is not None
        if not cleaned.get("said") and not has_point and not self._optional:
            self.add_error("said", _("Díganos dónde: una calle, una esquina o un lugar conocido."))
        return cleaned


class PointForm(forms.Form):
    """A point alone, to be told in words."""

    lon = _coordinate(180, required=True)
    lat = _coordinate(90, required=True)


ASKED = {
    Kind.COMPLAINT: _("¿Qué pasó?"),
    Kind.SUGGESTION: _("¿Qué nos propone?"),
    Kind.COMPLIMENT: _("¿A quién felicita y por qué?"),
    Kind.INQUIRY: _("¿Qué quiere saber?"),
}


class DescriptionForm(forms.Form):
    """What happens, in the person's own words."""

    description = LongText(
        label=_("Cuéntenos qué pasa"),
        max_length=DESCRIPTION_LIMIT,
        rows=5,
        error_messages={"required": _("Cuéntenoslo, aunque sea en pocas palabras.")},
    )

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["description"]
        if procedure.kind == Kind.SERVICE_REQUEST:
            field.required = False
            field.label = _("Algo más que debamos saber")
        elif procedure.kind in ASKED:
            field.label = ASKED[Kind(procedure.kind)]


class PhotosForm(forms.Form):
    """Photos, chosen one or several at a time, beside those already there; and documents, if `papers`."""

    photos = PhotosField(label=_("Elija fotos"), most=PHOTO_LIMIT)

    def __init__(self, *args: Any, room: int, papers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["photos"]
        field.most = room
        field.widget.attrs["data-most"] = str(room)
        if papers:
            field.take_papers(_("Elija fotos o documentos"))


class WhoForm(forms.Form):
    """Who, and how to tell them."""

    use_required_attribute = False

    identity = forms.ChoiceField(
        label=_("¿Cómo quiere presentarlo?"),
        widget=forms.RadioSelect,
        choices=[
            (Identity.IDENTIFIED, _("Con mi nombre")),
            (Identity.CONFIDENTIAL, _("Con identidad reservada")),
            (Identity.ANONYMOUS, _("Sin decir quién soy")),
        ],
        error_messages={"required": _("Elija una de las tres formas.")},
    )
    name = forms.CharField(
        label=_("Su nombre y apellidos"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Escriba su nombre.")},
    )
    contact = forms.CharField(
        label=_("Su teléfono o su correo"),
        help_text=_("Con un teléfono basta. Le enviamos un código para comprobarlo."),
        max_length=254,
        error_messages={"required": _("Escriba un teléfono o un correo para poder avisarle.")},
    )
    document = forms.CharField(
        label=_("Su documento de identidad"),
        max_length=40,
        error_messages={"required": _("Para este trámite hace falta su documento.")},
    )

    def __init__(self, *args: Any, procedure: Procedure, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not procedure.needs_document:
            del self.fields["document"]
        if known:
            del self.fields["name"], self.fields["contact"]
        if self.is_bound and self.data.get("identity") == Identity.ANONYMOUS:
            for name in {"name", "contact", "document"} & set(self.fields):
                self.fields[name].required = False

    def clean_contact(self) -> Any:
        """The contact in its normal form; nothing is read of one who doesn't say who they are."""
        typed = self.cleaned_data["contact"]
        if not typed or self.data.get("identity") == Identity.ANONYMOUS:
            return None
        try:
            return normal_contact(typed, municipality.current().country)
        except BadContact as error:
            raise forms.ValidationError(str(error)) from error


class CodeForm(forms.Form):
    """The six digits we sent."""

    code = forms.CharField(
        label=_("Código de seis números"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "v-width-8"}),
        error_messages={"required": _("Escriba el código que le enviamos.")},
    )
