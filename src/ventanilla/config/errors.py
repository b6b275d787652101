"""The pages of errors. They must come out whatever is broken: those of 500 and 503 touch no database."""

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ventanilla.lib import error_pages, request_id
from ventanilla.lib.outages import Outage, outage

_TEXTS = {
    400: gettext_lazy("No pudimos entender lo que envió su navegador. Vuelva atrás e inténtelo de nuevo."),
    403: gettext_lazy("No tiene permiso para ver esta página."),
    404: gettext_lazy("No encontramos esta página. Revise la dirección o empiece por la portada."),
    405: gettext_lazy("Esta dirección solo recibe lo que se envía desde una página. Vuelva a ella y siga desde ahí."),
    413: gettext_lazy("Lo que envió es demasiado grande. Pruebe con menos fotos o con fotos más pequeñas."),
    429: gettext_lazy("Recibimos demasiados intentos seguidos. Espere un momento y vuelva a probar."),
    500: gettext_lazy("Algo falló de nuestro lado. Lo que ya se había guardado sigue guardado."),
    503: gettext_lazy("El servicio está ocupado en este momento. Vuelva a intentarlo en unos segundos."),
}
_EXPIRED = gettext_lazy("La página estuvo abierta demasiado tiempo. Vuelva atrás, recárguela e inténtelo de nuevo.")
_DISK_FULL = gettext_lazy("No queda espacio para guardar lo que envió, y no se guardó nada. Avise a la municipalidad.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where the request was refused for its size."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return page(request, 403, str(_EXPIRED), template="403_csrf.html")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def not_allowed(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405, with the methods that `refused` allows."""
    response = page(request, 405)
    response["Allow"] = refused["Allow"]
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return page(request, 413)


def too_many(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    """429, with the seconds to wait."""
    response = page(request, 429)
    response["Retry-After"] = str(retry_after)
    return response


def locked_out(request: HttpRequest, *_rest: Any) -> HttpResponse:
    """What django-axes shows after too many wrong passwords."""
    return too_many(request, retry_after=900)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where the cause is an outage that passes. Called while the exception is handled."""
    reason = outage(sys.exc_info()[1])
    if reason is None:
        return page(request, 500)
    response = page(request, 503, str(_DISK_FULL) if reason is Outage.DISK_FULL else None)
    response["Retry-After"] = "60" if reason is Outage.DISK_FULL else "5"
    return response


def page(request: HttpRequest, status: int, text: str | None = None, *, template: str = "") -> HttpResponse:
    """The answer to an error, in the tongue of the face it happened in.

    Templates get `status`, `text` (why, in words for people), `explicit` (whether it says more than the status) and
    `request_id`.
    """
    explicit = text is not None
    text = text or str(_TEXTS[status])
    say = error_pages.face_of(request.path)
    response: HttpResponse = (
        say(request, status, text)
        if say
        else _html(request, template or f"{status}.html", status=status, text=text, explicit=explicit)
    )
    response["Cache-Control"] = "no-store"
    return response


def _html(request: HttpRequest, template: str, *, status: int, text: str, explicit: bool) -> HttpResponse:
    what = {"status": status, "text": text, "explicit": explicit, "request_id": request_id.current()}
    # Without the request no context processor runs, and so nothing asks the database who is signed in.
    whose = None if status >= 500 else request
    try:
        body: str = loader.render_to_string(template, what, request=whose)
    except Exception:  # an error page that fails would hide the error
        body = _plain(status, text)
    return HttpResponse(body, status=status)


def _plain(status: int, text: str) -> str:
    return (
        f'<!doctype html><html lang="{get_language() or "es"}"><meta charset="utf-8"><title>{status}</title>'
        f'<main><h1>{escape(text)}</h1><p><a href="/">{escape(_("Ir a la portada"))}</a></p>'
        f"<p>{escape(_('Código para reportarlo:'))} {escape(request_id.current())}</p></main></html>"
    )
