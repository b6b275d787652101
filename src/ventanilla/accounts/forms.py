"""The forms of signing in and of one's own account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.adapters import SignIn
from ventanilla.accounts.enums import FactorKind
from ventanilla.accounts.models import User
from ventanilla.design import languages

_CODE = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "none",
    "spellcheck": "false",
    "class": "v-width-10",
}


def _code(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=20,
        widget=forms.TextInput(attrs=dict(_CODE)),
        error_messages={"required": _("Escriba el código.")},
    )


def _password(label: Any, autocomplete: str, required: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": required},
    )


_HINT = _("Doce caracteres o más. Varias palabras al azar se recuerdan bien.")


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]
    """Username and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(
            label=_("Usuario"),
            max_length=150,
            widget=forms.TextInput(attrs=attrs),
            error_messages={"required": _("Escriba su usuario.")},
        )
        self.fields["password"] = _password(_("Contraseña"), "current-password", _("Escriba su contraseña."))
        self.order_fields(["login", "password"])


class ConfirmForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something delicate."""

    password = _password(_("Contraseña"), "current-password", _("Escriba su contraseña."))


class _Unrepeated:
    """A code of the app opens once. The library forgets a used one after 30 seconds, yet takes those next to it."""

    user: User
    authenticator: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == FactorKind.APP:
            lives = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
            if not cache.add(f"totp:{self.user.uuid}:{code.strip()}", "", timeout=lives):
                raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(_Unrepeated, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The app's code, or a printed one."""

    code = _code(_("Código"))


class ConfirmCodeForm(_Unrepeated, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something delicate."""

    code = _code(_("Código"), _("El de su aplicación, o uno de los impresos."))


class AppForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    code = _code(_("Código que muestra la aplicación"), _("Seis cifras; cambia cada medio minuto."))


_KEY_REFUSED = _("La llave no se pudo comprobar. Inténtelo otra vez con la llave de esta cuenta.")


@contextmanager
def _distrusting() -> Iterator[None]:
    """What a browser says of a key is read by libraries that answer forgeries with errors of every kind."""
    try:
        yield
    except forms.ValidationError as error:
        limited = error.messages == [SignIn.error_messages["too_many_login_attempts"]]
        raise error if limited else forms.ValidationError(_KEY_REFUSED) from error
    except Exception as error:
        raise forms.ValidationError(_KEY_REFUSED) from error


def _credential() -> forms.JSONField:
    return forms.JSONField(widget=forms.HiddenInput, error_messages={"required": _KEY_REFUSED, "invalid": _KEY_REFUSED})


class ShownKeyForm(webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key at sign-in."""

    credential = _credential()

    def clean_credential(self) -> Any:
        with _distrusting():
            return super().clean_credential()


class ConfirmKeyForm(webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A key once more, before something delicate."""

    credential = _credential()

    def clean_credential(self) -> Any:
        with _distrusting():
            return super().clean_credential()


class KeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new security key, and how to tell it from others."""

    credential = _credential()

    def clean(self) -> Any:
        with _distrusting():
            return super().clean()

    name = forms.CharField(
        label=_("Cómo la llamará"), max_length=60, required=False, help_text=_("Por ejemplo: la del llavero.")
    )


class ForgottenForm(forms.Form):
    """Whose password was forgotten."""

    typed = forms.CharField(
        label=_("Su usuario o su correo"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Escriba su usuario o su correo.")},
    )


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A password, twice."""

    new_password1 = _password(_("Contraseña nueva"), "new-password", _("Escriba la contraseña nueva."), _HINT)
    new_password2 = _password(_("Otra vez, igual"), "new-password", _("Escríbala otra vez."))
    error_messages = {"password_mismatch": _("Las dos contraseñas no son iguales.")}


class ChangePasswordForm(PasswordChangeForm):
    """The old password and a new one, twice."""

    old_password = _password(_("Contraseña de ahora"), "current-password", _("Escriba su contraseña de ahora."))
    new_password1 = _password(_("Contraseña nueva"), "new-password", _("Escriba la contraseña nueva."), _HINT)
    new_password2 = _password(_("Otra vez, igual"), "new-password", _("Escríbala otra vez."))
    error_messages = {
        "password_mismatch": _("Las dos contraseñas no son iguales."),
        "password_incorrect": _("Esa no es su contraseña de ahora."),
    }


_BROWSERS = "browser"


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What one changes about oneself."""

    language = forms.ChoiceField(label=_("Idioma"), widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["name", "phone", "language", "single_key_shortcuts", "compact_lists"]
        labels = {
            "name": _("Nombre"),
            "phone": _("Teléfono"),
            "single_key_shortcuts": _("Usar atajos de una sola tecla (j, k, r…)"),
            "compact_lists": _("Listas compactas: más filas en la pantalla"),
        }
        error_messages = {"name": {"required": _("Escriba su nombre.")}}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(_BROWSERS, _("El del navegador")), *languages.offered()]  # type: ignore[attr-defined]
        self.initial["language"] = self.instance.language or _BROWSERS

    def clean_language(self) -> str:
        chosen: str = self.cleaned_data["language"]
        return "" if chosen == _BROWSERS else chosen


class EmailForm(forms.Form):
    """Where we write to."""

    email = forms.EmailField(
        label=_("Correo"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Escriba su correo."),
            "invalid": _("Escriba el correo completo, como nombre@ejemplo.org."),
        },
    )
