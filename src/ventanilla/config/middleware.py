"""What stands around every request: its id and access line, its size, and too many of them."""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ventanilla.config import errors
from ventanilla.lib import request_id
from ventanilla.lib.error_pages import TooManyRequests

Answer = Callable[[HttpRequest], HttpResponse]
_access = logging.getLogger("ventanilla.access")
_MOST_READ_AWAY = 200_000_000


class RequestLog:
    """Gives each request an id (`X-Request-ID`) and logs one line: method, route, status, milliseconds.

    The route is its name, never the path: paths hold references and ids.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        identity = request_id.begin(request.headers.get("X-Request-ID"))
        request.request_id = identity  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identity
            _access.info("request", extra=_line(request, response, began))
            return response
        finally:
            request_id.end()


def _line(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, object]:
    match = request.resolver_match
    return {
        "method": request.method if request.method in _METHODS else "OTHER",
        "route": (match.view_name or match.route) if match else "-",
        "status": response.status_code,
        "ms": round((time.perf_counter() - began) * 1000, 1),
    }


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Limits:
    """Refuses bodies that are too big before anything reads them, and gives words to refusals that have none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if size.isdigit() and int(size) > settings.MAX_REQUEST_BYTES:
            _read_away(request, int(size))
            return errors.too_large(request)
        response = self.get_response(request)
        refused = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.streaming
        return errors.not_allowed(request, response) if refused and not response.content else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.too_many(request, exception.retry_after) if isinstance(exception, TooManyRequests) else None


class ContentPolicy:
    """Says with every answer what a browser may load for it and do with it: the same for all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        return response


def _read_away(request: HttpRequest, size: int) -> None:
    """Take in what the browser is still sending: it shows the answer only after it could send all."""
    if size <= _MOST_READ_AWAY:
        while request.read(65_536):
            pass
