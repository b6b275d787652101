"""Mi cuenta: who I am here, how I sign in, how I like the desk."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.views import ReauthenticateView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ventanilla.accounts import actions, limits
from ventanilla.accounts.factors import factors_of
from ventanilla.accounts.forms import ChangePasswordForm, EmailForm, ProfileForm
from ventanilla.accounts.models import User


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """The account's page, and saving its profile."""
    user = _user(request)
    # A form of its own copy: what is refused must not show in the frame.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        actions.update_profile(user, by=actions.ref(user), **form.cleaned_data)
        messages.success(request, _("Guardamos los cambios."))
        return redirect("account_own")
    return render(request, "accounts/own.html", {"form": form, "factors": factors_of(user)})


@login_required
@reauthentication_required()  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Change the address; by it a password is set anew, so we ask again who it is."""
    user = _user(request)
    form = EmailForm(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        actions.change_email(user, form.cleaned_data["email"], by=actions.ref(user))
        messages.success(request, _("Guardamos su correo nuevo. Avisamos también al anterior."))
        return redirect("account_own")
    return render(request, "accounts/email.html", {"form": form})


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password: this session goes on, every other ends."""
    user = _user(request)
    if request.method == "POST":
        limits.demand("password", str(user.uuid), limit=10, seconds=900)
    form = ChangePasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_password(user, form.cleaned_data["new_password1"], by=actions.ref(user))
        update_session_auth_hash(request, user)
        messages.success(request, _("Cambiamos su contraseña y cerramos sus demás sesiones."))
        return redirect("account_own")
    return render(request, "accounts/password.html", {"form": form})


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Close the account's sessions elsewhere."""
    user = _user(request)
    actions.end_sessions(user, by=actions.ref(user))
    update_session_auth_hash(request, user)
    messages.success(request, _("Cerramos sus sesiones en otros aparatos."))
    return redirect("account_own")


class Confirm(ReauthenticateView):  # type: ignore[misc]
    """The password once more."""

    template_name = "accounts/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "own": self.request.user}


confirm = Confirm.as_view()
