"""What is typed while somebody is being listened to. Little is demanded: what is missing is completed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT
from ventanilla.cases.enums import Channel, Identity
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.forms.build import QuestionsForm, form_class
from ventanilla.organization import municipality
from ventanilla.people.enums import ContactKind
from ventanilla.people.rules import BadContact, Told, normal_contact, normal_document, read_told

CHANNELS = [(Channel.PHONE, _("Teléfono")), (Channel.COUNTER, _("Mostrador"))]
IDENTITIES = [
    (Identity.IDENTIFIED, _("Con su nombre")),
    (Identity.CONFIDENTIAL, _("Con reserva")),
    (Identity.ANONYMOUS, _("Sin nombre")),
]
QUESTIONS = "q"
HEARD = 600
"""So many letters of what was said are enough to tell what it is about."""


@dataclass(frozen=True)
class Said:
    """What somebody new said of who they are, in normal form."""

    name: str = ""
    contact: tuple[ContactKind, str] | None = None
    document: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.contact or self.document)


def heard(said: str) -> list[Procedure]:
    """The types that may be meant by what was said, best first."""
    return published.current().find(said[-HEARD:], limit=4)


class WhoForm(forms.Form):
    """Who, and by which way they came."""

    channel = forms.ChoiceField(
        label=_("Por dónde llega"), choices=CHANNELS, widget=forms.RadioSelect, initial=Channel.PHONE
    )
    who = forms.CharField(label=_("Teléfono, documento o nombre"), max_length=200, required=False)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nombre y apellidos"), max_length=200, required=False)
    contact = forms.CharField(label=_("Teléfono o correo"), max_length=254, required=False)
    document = forms.CharField(label=_("Documento de identidad"), max_length=40, required=False)
    identity = forms.ChoiceField(
        label=_("Cómo lo presenta"),
        choices=IDENTITIES,
        widget=forms.RadioSelect,
        initial=Identity.IDENTIFIED,
        required=False,
    )

    def clean_identity(self) -> str:
        return str(self.cleaned_data["identity"] or Identity.IDENTIFIED)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        anonymous = cleaned.get("identity") == Identity.ANONYMOUS
        cleaned["applicant"] = Said() if anonymous else self._said(self._told(cleaned), "contact")
        return cleaned

    def _told(self, cleaned: dict[str, Any]) -> Told:
        """The fields of somebody new; where they are empty, what was typed to look for them."""
        told = Told(cleaned.get("name", ""), cleaned.get("contact", ""), cleaned.get("document", ""))
        if cleaned.get("person") or told.name or told.contact:
            return told
        read = read_told(cleaned.get("who", ""), municipality.current().country)
        return Told(read.name, read.contact, told.document or read.document)

    def _said(self, told: Told, field: str) -> Said:
        contact = None
        try:
            contact = normal_contact(told.contact, municipality.current().country) if told.contact else None
        except BadContact as error:
            self.add_error(field, str(error))
        return Said(told.name, contact, normal_document(told.document))


class AttendForm(WhoForm):
    """The whole screen but the particulars of the type."""

    mood = forms.CharField(label=_("Cómo está la persona"), max_length=300, required=False)
    affected = forms.UUIDField(required=False, widget=forms.HiddenInput)
    affected_who = forms.CharField(
        label=_("A quién le pasa: teléfono, documento o nombre"), max_length=200, required=False
    )
    description = forms.CharField(
        label=_("Lo que dice, con sus palabras"),
        max_length=DESCRIPTION_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("Son %(show_value)d letras y caben %(limit_value)d. Acórtelo: no se ha perdido nada.")
        },
    )
    kind_words = forms.CharField(label=_("De qué se trata"), max_length=100, required=False)
    kind = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    said = forms.CharField(label=_("Calle y número, esquina o lugar conocido"), max_length=200, required=False)
    spot = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    hint = forms.CharField(label=_("Seña"), max_length=300, required=False)
    key = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_inquiry: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_inquiry = is_inquiry

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        affected = read_told(cleaned.get("affected_who", ""), municipality.current().country)
        cleaned["affected_said"] = Said() if cleaned.get("affected") else self._said(affected, "affected_who")
        cleaned["procedure"] = self._procedure(cleaned)
        self._demand_a_matter(cleaned)
        return cleaned

    def _demand_a_matter(self, cleaned: dict[str, Any]) -> None:
        """The one thing that can't be completed later: what it is about."""
        if "description" not in cleaned:
            return
        if self._is_inquiry and not cleaned["description"] and not cleaned["procedure"]:
            self.add_error("description", _("Escriba en pocas palabras qué preguntó."))
        if not self._is_inquiry and cleaned["procedure"] is None:
            self.add_error("kind_words", _("Diga de qué se trata: escriba una palabra y elija de la lista."))

    def _procedure(self, cleaned: dict[str, Any]) -> Procedure | None:
        """The type chosen; else the one that what was said meets best."""
        chosen = published.current().by_key.get(cleaned.get("kind", ""))
        found = [] if chosen else heard(cleaned.get("kind_words") or cleaned.get("description", ""))
        return chosen or (found[0] if found else None)

    @cached_property
    def questions(self) -> QuestionsForm | None:
        """The particulars of the type, as answered so far; asked for after `is_valid()`."""
        procedure = self.cleaned_data.get("procedure")
        own = procedure.form if procedure else None
        return form_class(own, lenient=True)(self.data, prefix=QUESTIONS) if own else None


def questions_of(procedure: Procedure) -> QuestionsForm | None:
    """The particulars of a type, not yet answered."""
    return form_class(procedure.form, lenient=True)(prefix=QUESTIONS) if procedure.form else None
