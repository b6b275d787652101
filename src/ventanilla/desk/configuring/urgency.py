"""The weights of urgency: how the inbox is ordered, and why."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ventanilla.accounts.enums import Permission
from ventanilla.cases.actions import weighing
from ventanilla.cases.models import UrgencyWeights
from ventanilla.desk.actor import actor
from ventanilla.organization.guards import needs
from ventanilla.organization.permissions import access_of


class WeightsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Hours by which each reason moves a case forward."""

    class Meta:
        model = UrgencyWeights
        fields = [field.name for field in UrgencyWeights._meta.fields if field.name != "id"]


@needs()
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The weights, to whoever may set them; to all, how the inbox is ordered."""
    may_set = access_of(request.user).may(Permission.CATALOG_EDIT)
    form = WeightsForm(request.POST if may_set and request.method == "POST" else None, instance=weighing.held())
    if request.method == "POST" and may_set and form.is_valid():
        weighing.set_weights(by=actor(request).ref, **form.cleaned_data)
        messages.success(request, _("Guardado. La bandeja se ordena de nuevo en unos minutos."))
        return redirect("desk:urgency")
    context = {"form": form, "may_set": may_set}
    return render(request, "desk/settings/urgency.html", context, status=422 if form.errors else 200)
