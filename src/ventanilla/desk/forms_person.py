"""The form that corrects what we have of a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.calendars import clocks, official
from ventanilla.organization import municipality
from ventanilla.people.models import Person
from ventanilla.people.rules import split_name


class PersonForm(forms.Form):
    """How a person is called and, where the law heeds its holidays, in which region they live."""

    name = forms.CharField(
        label=_("Nombre y apellidos"),
        max_length=200,
        error_messages={"required": _("Escriba cómo se llama la persona.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    residence = forms.ChoiceField(
        label=_("Región en que vive"),
        help_text=_("Los festivos de allí también alargan sus plazos, en lo que presente desde ahora."),
        required=False,
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        known = {"name": person.name if person.folded else "", "residence": person.residence}
        super().__init__(data, initial=known)
        if not clocks.heeds_residence():
            del self.fields["residence"]
            return
        here = ("", gettext("La del municipio, o no se sabe"))
        regions = official.regions(municipality.current().country)
        self.fields["residence"].choices = [here, *regions.items()]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """As it fits: a surname of a hundred letters is a slip."""
        name = " ".join(self.cleaned_data["name"].split())
        given, *surnames = split_name(name)
        if len(given) > 120 or any(len(each) > 80 for each in surnames):
            raise forms.ValidationError(gettext("Es demasiado largo para un nombre. Acórtelo."))
        return name
