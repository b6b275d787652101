"""How often somebody may try: guards forms, codes and keys against guessing and flooding."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ventanilla.lib import clock
from ventanilla.lib.error_pages import TooManyRequests
from ventanilla.lib.limits import Counters


class TooMany(TooManyRequests):
    """The limit was passed; answered with 429 where no view has better words."""


@dataclass(frozen=True)
class Allowance:
    """How much of a limit is left: tries, and seconds until there are as many as `limit` again."""

    limit: int
    left: int
    seconds: int


@cache
def _counters() -> Counters:
    return Counters(settings.DATA / "run" / "limits", settings.SECRET_KEY)


def allow(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count a try of `who` at `what`; False when there were more than `limit` in this window."""
    return _counters().hit(f"{what}|{seconds}|{who}", limit=limit, seconds=seconds)


def demand(what: str, who: str, *, limit: int, seconds: int) -> Allowance:
    """Count a try of `who` at `what`; what is left of the limit. Raises TooMany."""
    count = _counters().count(f"{what}|{seconds}|{who}", seconds=seconds)
    wait = seconds - int(clock.now().timestamp()) % seconds
    if count > limit:
        raise TooMany(wait)
    return Allowance(limit, limit - count, wait)


def origin(request: HttpRequest) -> str:
    """Where a request comes from, for counting tries: its IPv4 address, or the /64 network of its IPv6 one.

    Behind proxies (`proxies` of them, in `ventanilla.toml`) it is what the outermost of ours saw; what a client writes
    into X-Forwarded-For itself stands further left and is never read.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    behind = settings.PROXIES and len(forwarded) >= settings.PROXIES
    said = forwarded[-settings.PROXIES] if behind else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)


def typed_username(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Whose door is being tried, as django-axes counts it: names differ by more than their capitals."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(typed).strip().lower()
