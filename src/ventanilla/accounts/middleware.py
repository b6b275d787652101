"""What stands before the desk: the user's own language, and the second factor of who must have one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ventanilla.accounts import factors
from ventanilla.design import languages

Answer = Callable[[HttpRequest], HttpResponse]
_DESK = "/mesa/"

_ALWAYS = {"account_login", "account_sign_out", "account_forgotten", "account_forgotten_sent", "account_new_password"}
_SETTING_UP = {
    "account_set_up",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "account_reauthenticate",
}
_PROVING = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class OwnLanguage:
    """Shows the desk in the language the user chose; without a choice, in the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_DESK) and (chosen := getattr(request.user, "language", "")):
            languages.speak(request, chosen)
        return self.get_response(request)


class SecondFactor:
    """Lets who must have a second factor into the desk only when this session has proven one.

    Who has none is led to set one up; who has one that this session hasn't seen (it was added in another) must give it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.path.startswith(_DESK) or not request.user.is_authenticated:
            return None
        if not request.user.needs_second_factor or factors.is_proven(request, request.user):
            return None
        page = request.resolver_match.url_name if request.resolver_match else None
        proving = factors.has_factor(request.user)
        if page in _ALWAYS | (_PROVING if proving else _SETTING_UP):
            return None
        return _lead(request, _where(proving, request))


def _where(proving: bool, request: HttpRequest) -> str:
    if not proving:
        return reverse("account_set_up")
    app = factors.factors_of(request.user).app  # type: ignore[arg-type]
    return reverse("mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn")


def _lead(request: HttpRequest, path: str) -> HttpResponse:
    """A fragment can't show another page: htmx is told to go there."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": path})
    if request.method in {"GET", "HEAD"}:
        path = f"{path}?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseRedirect(path)
