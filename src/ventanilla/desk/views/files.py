"""Files of cases, to whoever sees the case."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.cases.models import Attachment
from ventanilla.cases.permissions import can_view_case
from ventanilla.files.models import StoredFile
from ventanilla.files.responses import respond
from ventanilla.organization.guards import needs


def _seen(request: HttpRequest, uuid: Any) -> StoredFile:
    held = Attachment.objects.select_related("file", "case").filter(uuid=uuid, file__state="kept").first()
    if held is None or not can_view_case(request.user, held.case):
        raise Http404
    return held.file


@needs(Permission.CASE_VIEW)
@require_safe
def whole(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """A file as it was kept."""
    return respond(request, _seen(request, uuid))


@needs(Permission.CASE_VIEW)
@require_safe
def thumbnail(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """A photo made small."""
    return respond(request, _seen(request, uuid), thumbnail=True)
