"""Handing out a file so that nothing in it can act on our pages. Who may have it was decided before."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from ventanilla.files.models import StoredFile
from ventanilla.files.storage import ORIGINAL, THUMBNAIL

_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
_MAX_AGE = 600


def respond(request: HttpRequest, stored: StoredFile, *, thumbnail: bool = False) -> HttpResponseBase:
    """The file, or 304. Photos to be shown, anything else to be saved.

    `FILES_ACCEL_PREFIX` in the settings ("/archivos-internos/") lets nginx send the content from an internal location
    that points at the data folder's `files`. Raises rules.MissingContent.
    """
    etag = f'"{_variant(stored, thumbnail)}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or _content(stored, thumbnail)
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={_MAX_AGE}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _content(stored: StoredFile, thumbnail: bool) -> HttpResponseBase:
    content = stored.open(thumbnail=thumbnail)
    prefix = getattr(settings, "FILES_ACCEL_PREFIX", "")
    if not prefix:
        return FileResponse(
            content, content_type=stored.media_type, as_attachment=not stored.is_photo, filename=stored.name
        )
    content.close()  # it was opened to make sure that it is in its place
    response = HttpResponse(content_type=stored.media_type)
    name = _variant(stored, thumbnail)
    response["X-Accel-Redirect"] = f"{prefix}{name[:2]}/{name[2:4]}/{name}"
    response["Content-Disposition"] = content_disposition_header(not stored.is_photo, stored.name) or "inline"
    return response


def _variant(stored: StoredFile, thumbnail: bool) -> str:
    return f"{stored.sha256}{THUMBNAIL if thumbnail and stored.is_photo else ORIGINAL}"
