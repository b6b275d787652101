"""Errors as RFC 9457 says them: `application/problem+json`, the same under every address of the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.lib import request_id

CONTENT_TYPE = "application/problem+json"
REFERENCE = "/api/v1/"

# The anchor of each kind of problem on the reference page, and its title.
KINDS = {
    400: ("bad-request", gettext_lazy("No se entiende lo que llegó")),
    401: ("unauthorized", gettext_lazy("Falta la clave, o no sirve")),
    403: ("forbidden", gettext_lazy("La clave no permite esto")),
    404: ("not-found", gettext_lazy("No existe")),
    405: ("method-not-allowed", gettext_lazy("Esta dirección no admite ese método")),
    409: ("conflict", gettext_lazy("El expediente no lo permite ahora")),
    413: ("too-large", gettext_lazy("Lo que llegó es demasiado grande")),
    422: ("invalid", gettext_lazy("Hay datos que corregir")),
    429: ("too-many", gettext_lazy("Demasiadas llamadas")),
    500: ("internal", gettext_lazy("Algo falló de nuestro lado")),
    503: ("unavailable", gettext_lazy("El servicio está ocupado")),
}
_OTHER = ("error", gettext_lazy("No se pudo"))


class Problem(Exception):
    """What the client must mend, or can't have. `errors` point at what is wrong: `{"detail", "pointer"}`."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"problem {status}")
        self.status, self.detail, self.errors, self.headers = status, detail, list(errors), dict(headers or {})


def invalid(pointer: str, detail: str) -> Problem:
    """One wrong field of the body: `#/place/lat`."""
    return Problem(422, _("Hay datos que corregir."), errors=[{"detail": detail, "pointer": pointer}])


def not_found() -> Problem:
    """What doesn't exist for this key."""
    return Problem(404, _("No existe, o esta clave no lo ve."))


def response(problem: Problem) -> HttpResponse:
    """The answer that says a problem."""
    slug, title = KINDS.get(problem.status, _OTHER)
    body: dict[str, Any] = {
        "type": f"{REFERENCE}#{slug}",
        "title": str(title),
        "status": problem.status,
        "detail": problem.detail,
        "request_id": request_id.current(),
    }
    if problem.errors:
        body["errors"] = problem.errors
    headers = {**({"Retry-After": "60"} if problem.status == 503 else {}), **problem.headers}
    return HttpResponse(msgspec.json.encode(body), status=problem.status, content_type=CONTENT_TYPE, headers=headers)


def say_error(_request: HttpRequest, status: int, text: str) -> HttpResponse:
    """How errors of the house are said under /api/."""
    return response(Problem(status, text))
