"""What upper rooms tell about accounts.

demo_accounts.register("marta", DemoAccount("marta", "…", _("Atiende en ventanilla")))   # in AppConfig.ready()
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from ventanilla.lib.plugins import Registry


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo, whose password is no secret, and what who uses it does."""

    username: str
    password: str
    does: str | Promise


demo_accounts: Registry[DemoAccount] = Registry("demo account")
"""Shown by the sign-in page where settings.DEMO, in this order."""
