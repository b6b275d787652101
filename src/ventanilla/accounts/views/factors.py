"""Second factors: choosing one at the first sign-in, adding, removing, and the printed codes."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ventanilla.accounts import actions
from ventanilla.accounts.enums import FactorKind, Notice
from ventanilla.accounts.factors import factors_of, has_factor

AFTER = "accounts_after"
"""Where the session goes once the second factor is set up."""


@never_cache
@login_required
@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """The first sign-in of who needs a second factor: choose which; once chosen, on to what was wanted."""
    wanted = request.GET.get("next", "")
    if has_factor(request.user):  # type: ignore[arg-type]
        return redirect(request.session.pop(AFTER, settings.LOGIN_REDIRECT_URL))
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    request.session[AFTER] = wanted if own else settings.LOGIN_REDIRECT_URL
    return render(request, "accounts/set_up.html")


class _Adding:
    """What was just added counts as proven in this session: its owner had it at hand."""

    request: HttpRequest
    kind: FactorKind
    did_generate_recovery_codes: bool

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            actions.record_factor("second_factor_added", user, self.kind, Notice.FACTOR_ADDED)
        record_authentication(self.request, user, "mfa", type=str(self.kind))
        return response

    def get_success_url(self) -> str:
        messages.success(self.request, _("Su segundo factor quedó listo."))
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "account_own")


@method_decorator(never_cache, name="dispatch")
class AddApp(_Adding, ActivateTOTPView):  # type: ignore[misc]
    """An app that shows codes: scan, type the first code."""

    template_name = "accounts/add_app.html"
    kind = FactorKind.APP


@method_decorator(never_cache, name="dispatch")
class AddKey(_Adding, AddWebAuthnView):  # type: ignore[misc]
    """A security key: touch it."""

    template_name = "accounts/add_key.html"
    kind = FactorKind.KEY

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The library's own drops the form that was just refused.
        return {**super().get_context_data(**kwargs), **kwargs}


@never_cache
@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
@require_safe
def printed_codes(request: HttpRequest) -> HttpResponse:
    """The codes on paper: each opens once, when the phone or the key is not at hand.

    Not the library's own view, which notes in the database that they were looked at.
    """
    codes = factors_of(request.user).codes  # type: ignore[arg-type]
    if codes is None:
        raise Http404
    return render(request, "accounts/codes.html", {"codes": codes, "is_first": AFTER in request.session})


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """Codes anew: the printed ones stop working."""

    template_name = "accounts/new_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        with transaction.atomic():
            response = cast(HttpResponse, super().form_valid(form))
            actions.record_factor("printed_codes_made", user, FactorKind.PRINTED_CODES, Notice.CODES_MADE)
        return response


class ConfirmCode(ReauthenticateView):  # type: ignore[misc]
    """A code once more."""

    template_name = "accounts/confirm_code.html"


class ConfirmKey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The key once more."""

    template_name = "accounts/confirm_key.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return cast(HttpResponse, self.render_to_response(self.get_context_data(form=form)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **kwargs}


add_app = AddApp.as_view()
add_key = AddKey.as_view()
new_codes = NewCodes.as_view()
confirm_code = ConfirmCode.as_view()
confirm_key = ConfirmKey.as_view()


@never_cache
@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, mark: str = "") -> HttpResponse:
    """Take a factor away, after asking: the app, or the key with this mark."""
    authenticator, kind = _own(request, mark)
    allowed = get_adapter().can_delete_authenticator(authenticator)
    if request.method == "POST" and allowed:
        actions.remove_factor(authenticator, kind=kind)
        messages.success(request, _("Quitamos ese segundo factor."))
        return redirect("account_own")
    what = {"authenticator": authenticator, "is_app": kind is FactorKind.APP, "allowed": allowed}
    return render(request, "accounts/remove_factor.html", what)


def _own(request: HttpRequest, mark: str) -> tuple[Authenticator, FactorKind]:
    own = factors_of(request.user)  # type: ignore[arg-type]
    key = next((each for each in own.keys if each.mark == mark), None)
    if not mark and own.app:
        return own.app, FactorKind.APP
    if key is None:
        raise Http404
    return key.authenticator, FactorKind.KEY
