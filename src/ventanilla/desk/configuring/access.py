"""Who may set what: settings are the whole municipality's, so what is held in one department alone isn't enough."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ventanilla.accounts.enums import Permission
from ventanilla.organization.guards import needs
from ventanilla.organization.permissions import access_of

View = Callable[..., HttpResponse]


def may_set(permission: Permission) -> Callable[[HttpRequest], bool]:
    """Whether the request is of somebody who holds this everywhere; for the entries of Ajustes."""
    return lambda request: access_of(request.user).may(permission)


def sets(permission: Permission) -> Callable[[View], View]:
    """Guards a page for whoever holds this everywhere."""

    def decorate(view: View) -> View:
        @wraps(view)
        def permitted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_set(permission)(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return needs(permission)(permitted)

    return decorate
