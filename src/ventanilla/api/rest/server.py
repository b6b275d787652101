"""The API itself: how it checks keys, says errors and describes itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import BaseRenderer
from ninja.security import APIKeyHeader, HttpBearer

from ventanilla.accounts.enums import Scope
from ventanilla.accounts.keyring import live_key
from ventanilla.accounts.limits import Allowance
from ventanilla.accounts.models import ApiKey
from ventanilla.api import keys
from ventanilla.api.rest import describing, problems, wording
from ventanilla.api.rest.problems import Problem
from ventanilla.cases.actions import Refused
from ventanilla.lib.error_pages import TooManyRequests
from ventanilla.organization.guards import public

VERSION = "1"
View = Callable[..., HttpResponseBase]

ABOUT = gettext_noop(
    "Para presentar casos, seguirlos y atenderlos desde otros programas, con los mismos permisos que la mesa."
)


def admit(request: HttpRequest, secret: str) -> ApiKey | None:
    """The live key of a secret, its call counted. Raises limits.TooMany."""
    key = live_key(secret)
    if key is None:
        keys.spend_as_stranger(request)
    else:
        request.allowance = keys.spend(key)  # type: ignore[attr-defined]
    return key


def _scoped(request: HttpRequest, secret: str, scope: Scope, *, acts: bool) -> ApiKey | None:
    key = admit(request, secret)
    if key is None:
        return None
    if scope not in key.scopes:
        raise Problem(403, _("Esta clave no tiene el alcance «%(scope)s».") % {"scope": scope})
    if acts and key.user is None:
        raise Problem(403, _("Esta clave no es de ninguna persona de la municipalidad."))
    return key


class Bearer(HttpBearer):
    """`Authorization: Bearer …`."""

    def __init__(self, scope: Scope, *, acts: bool) -> None:
        super().__init__()
        self.scope, self.acts = scope, acts

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        return _scoped(request, token, self.scope, acts=self.acts)


class KeyHeader(APIKeyHeader):
    """`X-Api-Key: …`."""

    param_name = "X-Api-Key"

    def __init__(self, scope: Scope, *, acts: bool) -> None:
        super().__init__()
        self.scope, self.acts = scope, acts

    def authenticate(self, request: HttpRequest, key: str | None) -> ApiKey | None:
        return _scoped(request, key or "", self.scope, acts=self.acts)


def needs(scope: Scope, *, acts: bool = False) -> list[Any]:
    """Lets in keys with a scope; `acts`: only those of somebody, whose eyes and hands they have."""
    return [Bearer(scope, acts=acts), KeyHeader(scope, acts=acts)]


def key_if_any(request: HttpRequest) -> ApiKey | None:
    """The key of an address that is open to everybody. Raises Problem 401 for one that isn't live."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    secret = (token if kind.lower() == "bearer" else "") or request.headers.get("X-Api-Key", "")
    key = admit(request, secret)
    if secret and key is None:
        raise _unauthorized()
    return key


ANYBODY: dict[str, Any] = {"security": [{}, {"Bearer": []}, {"KeyHeader": []}]}
"""For `openapi_extra` of what is open to everybody and counts a key's calls where one is sent."""


def answers_as(content_type: str, schema: str) -> dict[str, Any]:
    """For `openapi_extra` of what answers in another content type than JSON's."""
    content = {content_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"responses": {200: {"description": "OK", "content": content}}}


def _unauthorized() -> Problem:
    text = _("Mande una clave que sirva: «Authorization: Bearer …» o «X-Api-Key: …».")
    return Problem(401, text, headers={"WWW-Authenticate": "Bearer"})


class Renderer(BaseRenderer):
    """msgspec: quicker than the standard library, and letters stay letters."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return msgspec.json.encode(data)


class Server(NinjaAPI):
    """Ninja, its description made whole."""

    def get_openapi_schema(self, **_options: Any) -> Any:
        return describing.complete(super().get_openapi_schema(path_prefix="/api/v1/"))


server = Server(
    title="Ventanilla",
    version="1.0",
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=Renderer(),
    servers=[{"url": "/"}],
)


@server.exception_handler(Problem)
def _say(_request: HttpRequest, problem: Any) -> HttpResponse:
    return problems.response(problem)


@server.exception_handler(AuthenticationError)
def _say_unauthorized(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problems.response(_unauthorized())


@server.exception_handler(TooManyRequests)
def _say_too_many(_request: HttpRequest, error: Any) -> HttpResponse:
    wait = str(error.retry_after)
    text = _("Demasiadas llamadas: espere %(seconds)s segundos.") % {"seconds": wait}
    return problems.response(Problem(429, text, headers={"Retry-After": wait}))


@server.exception_handler(Refused)
def _say_refused(_request: HttpRequest, error: Any) -> HttpResponse:
    return problems.response(Problem(409, str(error)))


@server.exception_handler(Http404)
def _say_not_found(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problems.response(problems.not_found())


@server.exception_handler(HttpError)
def _say_unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    return problems.response(Problem(error.status_code, _("El cuerpo no es JSON en UTF-8.")))


@server.exception_handler(ValidationError)
def _say_invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    found = [{"detail": wording.told(each), **wording.located(each)} for each in error.errors[:50]]
    return problems.response(Problem(422, _("Hay datos que corregir."), errors=found))


def surround(view: View) -> View:
    """What every answer carries: the version, what is left of the key's allowance; and 405 said as a problem."""

    @public
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = ", ".join(sorted(response["Allow"].split(", ")))
            response = problems.response(Problem(405, _("Esta dirección admite %(them)s.") % {"them": allowed}))
            response["Allow"] = allowed
        response["API-Version"] = VERSION
        response.headers.setdefault("Cache-Control", "no-store")
        allowance: Allowance | None = getattr(request, "allowance", None)
        if allowance is not None:
            response["RateLimit-Limit"] = str(allowance.limit)
            response["RateLimit-Remaining"] = str(allowance.left)
            response["RateLimit-Reset"] = str(allowance.seconds)
        return response

    return answer
