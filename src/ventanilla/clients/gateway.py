"""One HTTP request to a message gateway: short, without redirects, its reply bounded."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REPLY_LIMIT = 65_536
_PIECE = 4096


class Unreachable(OSError):
    """The gateway did not answer, or not in time. The message names the kind of failure, never the address."""


@dataclass(frozen=True)
class Request:
    """What to send. Headers and body may hold secrets, so it never prints them."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Request({self.method})"


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A gateway that sends us elsewhere could send us inside: its 3xx is the reply."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def send(request: Request, *, timeout: float) -> Reply:
    """Send one request and read at most 64 KiB of its reply, in at most about twice `timeout` seconds.

    Proxies of the environment are honoured. Raises Unreachable, and ValueError for an address that isn't HTTP.
    """
    if not request.url.startswith(("https://", "http://")):
        raise ValueError("the gateway's address must be http or https")
    sent = urllib.request.Request(  # noqa: S310 the scheme is checked above
        request.url, data=request.body or None, headers=dict(request.headers), method=request.method
    )
    try:
        with _opener.open(sent, timeout=timeout) as reply:
            return Reply(reply.status, _read(reply, timeout))
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, b"")
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(_kind_of(error)) from None


def _read(reply: http.client.HTTPResponse, timeout: float) -> bytes:
    """The reply's beginning; a gateway that drips is not waited for."""
    until, read = time.monotonic() + timeout, b""
    while len(read) < REPLY_LIMIT and time.monotonic() < until:
        piece = reply.read1(_PIECE)
        if not piece:
            break
        read += piece
    return read


def _kind_of(error: BaseException) -> str:
    reason = getattr(error, "reason", error)
    return type(reason if isinstance(reason, BaseException) else error).__name__
