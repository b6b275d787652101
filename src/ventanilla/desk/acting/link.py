"""Joining a case with another: what the case page asks, and what it offers to choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.accounts.enums import Permission
from ventanilla.cases.enums import LinkKind
from ventanilla.cases.models import Case, RelatedCase
from ventanilla.cases.permissions import can
from ventanilla.desk.forms import ActForm
from ventanilla.lib import references


class LinkForm(ActForm):
    """Which other case, and what the two have to do with each other."""

    chosen = forms.CharField(required=False, widget=forms.HiddenInput)
    other = forms.CharField(
        label=gettext_lazy("Con cuál"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("El número, o palabras para buscarlo: dirección, tipo, nombre."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Qué tienen que ver"),
        choices=[
            (LinkKind.RELATED, gettext_lazy("Tienen relación: quedan vinculados y nadie recibe aviso")),
            (
                LinkKind.DUPLICATE,
                gettext_lazy("Este es repetido: se cierra, y su gente pasa a seguir el otro y recibe el aviso"),
            ),
        ],
        initial=LinkKind.RELATED,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Qué le diremos a la persona, si es repetido"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, case: Case, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, case=case, user=user, **kwargs)
        if not may_close(user, case):
            del self.fields["text"]
            self.fields["kind"].choices = [*self.fields["kind"].choices][:1]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`found` is the other case. A reference that leads to nothing this user may see is not found."""
        cleaned = super().clean() or {}
        typed, chosen = cleaned.get("other", ""), cleaned.get("chosen", "")
        # A whole number that was typed is meant; words were for finding what was then chosen.
        found = find(self.user, references.parse(typed) or references.parse(chosen))
        if found is None:
            self.add_error("other", _missing(typed))
        elif found.pk == self.case.pk:
            self.add_error("other", _("Es este mismo expediente: elija otro."))
        elif not can(self.user, Permission.CASE_LINK, found):
            self.add_error("other", _("Puede verlo, pero no vincularlo: pídaselo a su área."))
        return {**cleaned, "found": found}


def _missing(typed: str) -> str:
    if not typed.strip():
        return _("Elija con cuál, o escriba su número.")
    if references.parse(typed) is None:
        return _("Elija uno de los que aparecen al buscar, o escriba el número entero.")
    return _("No hay un expediente con ese número que usted pueda ver.")


def find(user: Any, reference: str | None) -> Case | None:
    """The case of a reference, if this user may see it."""
    if reference is None:
        return None
    return Case.objects.visible_to(user).select_related("applicant").filter(reference=reference).first()


def may_close(user: Any, case: Case) -> bool:
    """Whether this one may be closed as the same as another."""
    return case.is_open and can(user, Permission.CASE_RESOLVE, case)


class UnlinkForm(ActForm):
    """Which link."""

    link = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """`found` is the link, if it is of this case and both ends may be seen and linked."""
        cleaned = super().clean() or {}
        seen = RelatedCase.objects.of(self.case).visible_to(self.user).select_related("case", "other")
        said = cleaned.get("link")
        found = seen.filter(uuid=said).first() if said else None
        ends = (found.case, found.other) if found else ()
        if found is None or not all(can(self.user, Permission.CASE_LINK, each) for each in ends):
            raise forms.ValidationError(_("Ese vínculo ya no está, o no es suyo para quitarlo."))
        return {**cleaned, "found": found}
