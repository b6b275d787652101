"""The form of a reply template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases.actions.templates import text_of
from ventanilla.cases.models import ReplyTemplate
from ventanilla.cases.rules import TEMPLATE_LIMIT, template_problems
from ventanilla.organization.models import Department
from ventanilla.organization.permissions import access_of


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """What it is called, for what and for whom it is, and what it says."""

    class Meta:
        model = ReplyTemplate
        fields = ["name", "use", "department", "kind", "text", "is_active"]
        labels = {"is_active": _("En uso: aparece al responder")}
        error_messages = {"name": {"required": _("Póngale un nombre.")}}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=_("Qué dice"),
            max_length=TEMPLATE_LIMIT,
            widget=forms.Textarea(attrs={"rows": 9}),
            error_messages={"required": _("Escriba el texto.")},
        )
        self.initial["text"] = text_of(self.instance)
        self.fields["kind"].choices = [("", _("Cualquiera")), *self.fields["kind"].choices[1:]]  # type: ignore[attr-defined]
        self._of_departments(user)

    def _of_departments(self, user: Any) -> None:
        """Who may edit everywhere chooses the department or all; others, one of theirs."""
        access, field = access_of(user), self.fields["department"]
        if access.may(Permission.CASE_TEMPLATE_EDIT):
            field.queryset = Department.objects.filter(is_active=True)  # type: ignore[attr-defined]
            field.empty_label = _("Todas")  # type: ignore[attr-defined]
            return
        own = Department.objects.filter(pk__in=access.departments(Permission.CASE_TEMPLATE_EDIT))
        field.queryset, field.required = own, True  # type: ignore[attr-defined]
        field.empty_label = None  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Refused with the name of each variable that doesn't exist."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        problems = template_problems(text)
        if problems:
            raise forms.ValidationError(problems)
        return text

    def _post_clean(self) -> None:
        """The row is written by its action, not by the form."""
