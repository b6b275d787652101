from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "ventanilla.accounts"

    def ready(self) -> None:
        from ventanilla.design.registry import SIGN_OUT, Entry, desk_menu
        from ventanilla.lib import links

        links.register(SIGN_OUT, lambda: reverse("account_sign_out"))
        links.register("accounts.own", lambda: reverse("account_own"))
        desk_menu.register("accounts.own", Entry(_("Mi cuenta"), "accounts.own", icon="user", order=10))
