"""Coming in and going out: password, second step, forgotten password, one-time link."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.accounts import actions, limits, password_links
from ventanilla.accounts.factors import factors_of
from ventanilla.accounts.forms import ForgottenForm, NewPasswordForm
from ventanilla.accounts.models import User
from ventanilla.accounts.registry import demo_accounts


class SignIn(LoginView):  # type: ignore[misc]
    """Username and password; in the demo, its accounts at hand."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = demo_accounts.values() if settings.DEMO else []
        return {**super().get_context_data(**kwargs), "is_demo": settings.DEMO, "demo_accounts": shown}


class SecondStep(AuthenticateView):  # type: ignore[misc]
    """The second factor, of those the account has."""

    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "factors": factors_of(self.stage.login.user)}


sign_in = SignIn.as_view()
second_step = SecondStep.as_view()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    messages.success(request, _("Salió de la mesa."))
    return redirect("account_login")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same whether the account exists or not."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limits.demand("forgotten", limits.origin(request), limit=20, seconds=3600)
        typed = form.cleaned_data["typed"].strip().lower()
        # Past the limit of one account nothing is said: that would tell that somebody else tries it.
        if limits.allow("forgotten-of", typed, limit=3, seconds=3600):
            actions.forgot_password(typed=typed, base=request.build_absolute_uri("/").rstrip("/"))
        return redirect("account_forgotten_sent")
    return render(request, "accounts/forgotten.html", {"form": form})


@require_safe
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "accounts/forgotten_sent.html")


class NewPassword(PasswordResetConfirmView):
    """Where a one-time link leads. Its token is moved out of the address before anything is shown."""

    template_name = "accounts/new_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("account_login")
    user: User | None

    def get_user(self, uidb64: str) -> User | None:
        return password_links.owner(uidb64)

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.user
        actions.set_password(user, form.cleaned_data["new_password1"], by=actions.ref(user))
        self.request.session.pop(INTERNAL_RESET_SESSION_TOKEN, None)
        messages.success(self.request, _("Su contraseña quedó puesta. Ya puede entrar."))
        return redirect(str(self.success_url))


new_password = NewPassword.as_view()
