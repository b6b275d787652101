"""How allauth speaks and decides here: our words, our addresses, our letters."""

from __future__ import annotations

import time
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts import limits, sealing
from ventanilla.accounts.enums import FactorKind
from ventanilla.accounts.models import User
from ventanilla.design import municipality

_FRESH = 300
"""Seconds after a sign-in or a confirmation in which we don't ask again who it is."""


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by Systems, never by whoever comes by."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Esta cuenta está cerrada. Hable con Sistemas."),
        "incorrect_code": _("El código no es correcto o ya se usó. Espere al siguiente y escríbalo tal como lo ve."),
        "incorrect_password": _("La contraseña no es correcta."),
        "rate_limited": _("Van demasiados intentos seguidos. Espere unos minutos."),
        "too_many_login_attempts": _("Van demasiados intentos seguidos. Espere unos minutos e inténtelo otra vez."),
        "username_password_mismatch": _("El usuario o la contraseña no son correctos."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return limits.origin(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what happened themselves."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Our actions write the letters, in the transaction of what they tell."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of having signed in or confirmed."""
        request = context.request
        methods = get_authentication_records(request, request.user)
        return not methods or time.time() - methods[-1]["at"] >= _FRESH

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Con su contraseña"),
            "mfa_reauthenticate": _("Con un código"),
            "mfa_reauthenticate:webauthn": _("Con su llave de seguridad"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are kept encrypted under the installation's key; who must have a second factor keeps at least one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Es su único segundo factor. Agregue otro antes de quitar este."),
        "incorrect_code": SignIn.error_messages["incorrect_code"],
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        town = municipality.current()
        return f"{town.kind} {town.name}".strip()

    def build_totp_svg(self, url: str) -> str:
        """The QR as inline SVG without a `style`, dark on light whatever the theme."""
        drawn: str = segno.make(url, error="m").svg_inline(omitsize=True, border=2, light="#fff")
        return drawn

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {"id": user.uuid.bytes, "display_name": user.name or user.username, "name": user.username}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(_("Llave %(number)d") % {"number": count + 1})

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A second factor that is owed may be exchanged, not dropped."""
        if not authenticator.user.needs_second_factor:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=[FactorKind.APP, FactorKind.KEY])
        return bool(others.exclude(pk=authenticator.pk).exists())

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)
