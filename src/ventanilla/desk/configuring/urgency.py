"""The weights of urgency: how the inbox is ordered, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ventanilla.accounts.enums import Permission
from ventanilla.cases.actions import weighing
from ventanilla.cases.models import UrgencyWeights
from ventanilla.cases.rules import MOST_HOURS
from ventanilla.desk.actor import actor
from ventanilla.organization.guards import needs
from ventanilla.organization.permissions import access_of

REFUSAL = format_lazy(gettext_lazy("Escriba un número entero, de 0 a {most}."), most=MOST_HOURS)


def _number(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """The field of a weight, which says what fits where something else is typed."""
    said = dict.fromkeys(("required", "invalid", "min_value", "max_value"), REFUSAL)
    return field.formfield(max_value=MOST_HOURS, error_messages=said, **options)


class WeightsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Hours by which each reason moves a case forward."""

    class Meta:
        model = UrgencyWeights
        fields = [field.name for field in UrgencyWeights._meta.fields if field.name != "id"]
        formfield_callback = _number


@needs()
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The weights, to whoever may set them; to all, how the inbox is ordered."""
    may_set = access_of(request.user).may(Permission.CATALOG_EDIT)
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    form = WeightsForm(request.POST if request.method == "POST" else None, instance=weighing.held())
    if form.is_valid():
        weighing.set_weights(by=actor(request).ref, **form.cleaned_data)
        messages.success(request, _("Guardado. La bandeja se ordena de nuevo en unos minutos."))
        return redirect("desk:urgency")
    context = {"form": form, "may_set": may_set}
    return render(request, "desk/settings/urgency.html", context, status=422 if form.errors else 200)
