"""Files of cases and of drafts, to whoever may see them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ventanilla.cases.enums import Visibility
from ventanilla.cases.models import Attachment, DraftFile
from ventanilla.files.models import StoredFile
from ventanilla.files.responses import respond
from ventanilla.organization.guards import public
from ventanilla.portal import visitor
from ventanilla.portal.report import held


def _seen(request: HttpRequest, uuid: Any) -> StoredFile:
    """The file, if it is in this browser's draft, in a case it follows, or shown to everyone."""
    for one in Attachment.objects.select_related("file", "case").filter(file__uuid=uuid, file__state="kept"):
        if one.visibility == Visibility.PUBLIC and one.case.is_public:
            return one.file
        if one.visibility != Visibility.STAFF and visitor.may_follow(request, one.case):
            return one.file
    return _of_draft(request, uuid)


def _of_draft(request: HttpRequest, uuid: Any) -> StoredFile:
    own = [each.pk for each in held.half_done(request)]
    found = DraftFile.objects.select_related("file").filter(draft__in=own, file__uuid=uuid).first() if own else None
    if found is None:
        raise Http404
    return found.file


@public
@require_safe
def whole(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """A file as it was kept."""
    return respond(request, _seen(request, uuid))


@public
@require_safe
def thumbnail(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """A photo made small."""
    return respond(request, _seen(request, uuid), thumbnail=True)
