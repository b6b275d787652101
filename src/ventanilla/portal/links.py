"""Where the portal's pages are, for the rooms below."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ventanilla.lib import links


def _page(name: str, *keys: str) -> Any:
    def build(**what: Any) -> str:
        return reverse(f"portal:{name}", args=[what[key] for key in keys])

    return build


def register() -> None:
    """Say them once, when the room is ready."""
    links.register("portal.home", _page("home"))
    links.register("portal.report", _page("report"))
    links.register("portal.town", _page("town"))
    links.register("portal.find", _page("find"))
    links.register("portal.mine", _page("mine"))
    links.register("portal.sign_in", _page("sign-in"))
    links.register("portal.numbers", _page("numbers"))
    links.register("portal.verify_page", _page("verify"))
    links.register("portal.accessibility", _page("accessibility"))
    links.register("portal.privacy", _page("privacy"))
    links.register("portal.language", _page("language"))
    links.register("portal.case", _page("case", "uuid"))
    links.register("portal.public_case", _page("public-case", "uuid"))
    links.register("opt_out", _page("notices", "token"))
    links.register("portal.verify", _page("verify-link", "reference", "code"))
