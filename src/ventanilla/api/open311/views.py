"""The addresses of GeoReport v2. Each view: parse, permit, act, answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from ventanilla.accounts import limits
from ventanilla.accounts.enums import Scope
from ventanilla.api.open311 import filing, formats, listing, reading, writing
from ventanilla.api.open311 import updates as exchange
from ventanilla.api.open311.description import description
from ventanilla.api.open311.reading import Problem
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.lib import ids
from ventanilla.organization import municipality
from ventanilla.organization.guards import public

CHANGESET = "2026-11-21T00:00:00+00:00"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"

View = Callable[..., HttpResponse]


def endpoint(*methods: str) -> Callable[[View], View]:
    """Errors become the protocol's errors, in the asked format; every address is open to any client."""

    def decorate(view: View) -> View:
        @public
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, form: str, **what: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return _not_allowed(form, methods)
            try:
                reading.check_form(request)
                reading.check_jurisdiction(request.GET)
                reading.check_jurisdiction(request.POST)
                return view(request, form, **what)
            except Problem as problem:
                return formats.errors(problem.problems, form)
            except limits.TooMany as refusal:
                return _too_many(form, refusal.retry_after)

        return answer

    return decorate


def _not_allowed(form: str, methods: tuple[str, ...]) -> HttpResponse:
    response = formats.errors([(405, _("Esta dirección no admite ese método."))], form)
    response["Allow"] = ", ".join(methods)
    return response


def _too_many(form: str, seconds: int) -> HttpResponse:
    response = formats.errors([(429, _("Demasiadas llamadas. Espere un minuto."))], form)
    response["Retry-After"] = str(seconds)
    return response


@endpoint("GET")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    reading.reader(request)
    own = municipality.current()
    contact = own.email or own.phone or own.name
    found = {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": _("Pida su clave a %(who)s.") % {"who": contact},
        "endpoints": [
            _endpoint(request, "/open311/v2", "production"),
            _endpoint(request, "/open311/test/v2", "test"),
        ],
    }
    return formats.respond("discovery", found, form)


def _endpoint(request: HttpRequest, path: str, kind: str) -> dict[str, Any]:
    return {
        "specification": SPECIFICATION,
        "url": request.build_absolute_uri(path),
        "changeset": CHANGESET,
        "type": kind,
        "formats": ["text/xml", "application/json"],
    }


@endpoint("GET")
def services(request: HttpRequest, form: str, *, trial: bool = False) -> HttpResponse:
    reading.reader(request)
    return formats.respond("services", [writing.service(each) for each in writing.offered()], form)


@endpoint("GET")
def service_definition(request: HttpRequest, form: str, code: str, *, trial: bool = False) -> HttpResponse:
    reading.reader(request)
    return formats.respond("service_definition", writing.definition(find_service(code)), form)


def find_service(code: str) -> Procedure:
    """The offered type of a code. Raises Problem 404."""
    found = published.current().by_key.get(code)
    if found is None or not writing.is_offered(found):
        raise Problem((404, _("No hay un servicio con el código «%(code)s».") % {"code": code[:80]}))
    return found


@endpoint("GET", "POST")
def requests(request: HttpRequest, form: str, *, trial: bool = False) -> HttpResponse:
    if request.method == "POST":
        return formats.respond("service_requests", [_file(request, trial=trial)], form)
    key, extended = reading.reader(request), _is_extended(request)
    cases = listing.told(listing.asked(request, key), extended=extended)
    found = [writing.request(case, own=listing.is_own(case, key), extended=extended) for case in cases]
    return formats.respond("service_requests", found, form)


def _is_extended(request: HttpRequest) -> bool:
    return reading.one(request.GET, "extensions").lower() in ("true", "1")


def _file(request: HttpRequest, *, trial: bool) -> dict[str, Any]:
    key = reading.api_key(request, Scope.OPEN311_POST)
    code = reading.one(request.POST, "service_code")
    if not code:
        raise Problem((400, _("Falta «service_code».")))
    case = filing.file_request(request, find_service(code), key, trial=trial)
    if trial:
        return {"service_request_id": f"PRUEBA-{ids.code()}", "service_notice": _("Fue una prueba: no se guardó nada.")}
    return {"service_request_id": case.reference, "service_notice": writing.notice(case), "account_id": None}


@endpoint("GET")
def one_request(request: HttpRequest, form: str, reference: str, *, trial: bool = False) -> HttpResponse:
    key, extended = reading.reader(request), _is_extended(request)
    found = listing.told(listing.seen_by(key).filter(reference=reference), extended=extended).first()
    if found is None:
        raise Problem((404, _("No hay un reporte con el número «%(number)s».") % {"number": reference[:40]}))
    written = writing.request(found, own=listing.is_own(found, key), extended=extended)
    return formats.respond("service_requests", [written], form)


@endpoint("GET")
def token(request: HttpRequest, form: str, token: str, *, trial: bool = False) -> HttpResponse:
    """Requests get their number at once, so a token is the number itself."""
    if not listing.seen_by(reading.reader(request)).filter(reference=token).exists():
        raise Problem((404, _("No hay un reporte con esa ficha (token).")))
    return formats.respond("service_requests", [{"service_request_id": token, "token": token}], form)


@endpoint("GET", "POST")
def updates(request: HttpRequest, form: str, *, trial: bool = False) -> HttpResponse:
    if request.method == "POST":
        key = reading.api_key(request, Scope.OPEN311_UPDATE)
        return formats.respond("service_request_updates", [exchange.take_update(request, key, trial=trial)], form)
    found = exchange.given_updates(request, reading.reader(request))
    return formats.respond("service_request_updates", found, form)


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """What this server understands, as OpenAPI 3.1."""
    return HttpResponse(msgspec.json.encode(description()), content_type=formats.CONTENT_TYPES["json"])
