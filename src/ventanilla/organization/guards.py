"""Every view says who may come in: `@public`, or `@needs(…)`. A test of the house finds those that don't.

    @needs(Permission.CASE_VIEW)
    def inbox(request): ...

A guard opens a page, not a record: what is on the page is decided by the querysets and predicates of its room.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from ventanilla.accounts.enums import Permission
from ventanilla.organization.permissions import access_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PUBLIC = "public"


def public(view: View) -> View:
    """For everybody, signed in or not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return cast(View, _marked(guarded, PUBLIC))


def needs(*permissions: Permission) -> Callable[[View], View]:
    """For members of staff who hold all these permissions somewhere; with none named, for any of them.

    A stranger is sent to sign in and comes back; who is signed in and lacks one gets a 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = getattr(request, "user", None)
            if user is None or not user.is_authenticated:
                return _to_sign_in(request)
            access = access_of(user)
            if not user.is_active or not all(access.may_somewhere(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(View, _marked(guarded, frozenset(permissions)))

    return decorate


def guard_of(view: Callable[..., Any]) -> str | frozenset[Permission] | None:
    """What a view says about who may come in; None where it says nothing."""
    return getattr(view, "guard", None)


def _marked(view: Callable[..., Any], guard: str | frozenset[Permission]) -> Callable[..., Any]:
    if guard_of(view) is not None:
        raise TypeError(f"{view.__qualname__} has two guards")
    view.guard = guard  # type: ignore[attr-defined]
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """A fragment can't show the sign-in page: htmx is told to go there, and to come back to the page it was on."""
    if getattr(request, "htmx", False):
        page = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": redirect_to_login(page).url})
    return redirect_to_login(request.get_full_path())
