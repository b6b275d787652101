"""The reports half done that a browser holds: their ids and secrets lie in one cookie."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ventanilla.cases.actions import drafts
from ventanilla.cases.models import Draft

COOKIE = "reporte"
MOST = 3
"""As many reports as one browser keeps half done; the oldest gives way."""


def keys_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Ids and secrets as the cookie has them, the newest first."""
    pairs = [each.partition(".") for each in request.COOKIES.get(COOKIE, "").split("!")]
    return [(uuid, secret) for uuid, _dot, secret in pairs if uuid and secret][:MOST]


def all_drafts(request: HttpRequest) -> list[Draft]:
    """Every draft this browser holds, also those filed meanwhile; one statement, once a page."""
    if not hasattr(request, "_drafts"):
        request._drafts = drafts.open_drafts(keys_of(request))  # type: ignore[attr-defined]
    return request._drafts  # type: ignore[attr-defined,no-any-return]


def half_done(request: HttpRequest) -> list[Draft]:
    """The drafts that wait to be gone on with."""
    return [each for each in all_drafts(request) if "filed" not in each.data]


def hold(response: HttpResponse, request: HttpRequest, draft: Draft, secret: str) -> None:
    """Give the browser a new draft's secret, beside those it has."""
    _write(response, [(str(draft.pk), secret), *keys_of(request)][:MOST])


def let_go(response: HttpResponse, request: HttpRequest, draft: Draft) -> None:
    """Take a draft out of the browser's cookie."""
    _write(response, [pair for pair in keys_of(request) if pair[0] != str(draft.pk)])


def let_go_of_filed(response: HttpResponse, request: HttpRequest) -> None:
    """Keep only what is still half done: the next person at this browser finds no receipt."""
    waiting = {str(each.pk) for each in half_done(request)}
    _write(response, [pair for pair in keys_of(request) if pair[0] in waiting])


def _write(response: HttpResponse, keys: list[tuple[str, str]]) -> None:
    if not keys:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        "!".join(f"{uuid}.{secret}" for uuid, secret in keys),
        max_age=int(drafts.DRAFT_LIFE.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
