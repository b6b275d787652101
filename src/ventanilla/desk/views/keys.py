"""Ajustes, claves: what lets other programs in."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ventanilla.accounts import actions
from ventanilla.accounts.enums import Permission, Scope
from ventanilla.accounts.models import ApiKey, User
from ventanilla.desk.forms_staff import SCOPES, KeyForm
from ventanilla.organization.guards import needs


@never_cache
@needs(Permission.KEY_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The keys, live ones first, and making one: its secret is on the answer to that alone."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key, secret = _issue(request, form)
        return render(request, "desk/staff/key_made.html", {"key": key, "secret": secret})
    rows = ApiKey.objects.select_related("user").order_by("-created_at", "-pk")[:500]
    listed = [(key, [SCOPES[Scope(scope)] for scope in key.scopes]) for key in rows]
    listed.sort(key=lambda row: not row[0].is_live)
    return render(request, "desk/staff/keys.html", {"form": form, "keys": listed})


def _issue(request: HttpRequest, form: KeyForm) -> tuple[ApiKey, str]:
    said = form.cleaned_data
    return actions.issue_api_key(
        name=said["name"],
        scopes=[Scope(scope) for scope in said["scopes"]],
        user=said["user"],
        per_minute=said["per_minute"],
        expires_at=said["expires_on"],
        by=actions.ref(cast(User, request.user)),
    )


@needs(Permission.KEY_MANAGE)
@require_POST
def revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The key opens nothing from now on."""
    key = get_object_or_404(ApiKey, uuid=uuid)
    actions.revoke_api_key(key, by=actions.ref(cast(User, request.user)))
    messages.success(request, _("La clave ya no sirve."))
    return redirect("keys:list")
