"""The receipt of a filing: its page, and its document, which a job makes."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ventanilla.cases.actions import receipts
from ventanilla.cases.models import Case
from ventanilla.design.components import Fact
from ventanilla.files.documents import qr_svg
from ventanilla.files.responses import respond
from ventanilla.organization.guards import public
from ventanilla.people.rules import masked
from ventanilla.portal import following
from ventanilla.portal.views.tracking import mine_or_404


@public
@never_cache
@require_safe
def receipt(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The receipt of a filing."""
    case = mine_or_404(request, uuid)
    return render(request, "portal/receipt.html", _context(request, case))


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    prefetch_related_objects([case], "deadlines")
    receipt = receipts.receipt_of(case, build=request.build_absolute_uri)
    events = following.events_for_person(case)
    return {
        "case": case,
        "receipt": receipt,
        "receipt_facts": [Fact(name, value) for name, value in receipts.facts(case)],
        "qr": mark_safe(qr_svg(receipt.address)),  # noqa: S308 drawn by us of our own address
        "terms": following.terms(list(case.deadlines.all()), case),
        "steps": following.steps(case, events),
        "filed": following.conversation(case, events[:1]),
        "is_made": receipts.made(case) is not None,
        "told_to": _told_to(case),
        "share": reverse("portal:public-case", args=[case.uuid]) if case.is_public else "",
    }


def _told_to(case: Case) -> str:
    """Where the message with the same went, so masked that it tells nothing to who looks over a shoulder."""
    contact = case.applicant.contacts.order_by("-is_preferred", "pk").first() if case.applicant else None
    return masked(contact.kind, contact.value) if contact and contact.verified_at else ""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The page that has the document made, and waits for it."""
    case = mine_or_404(request, uuid)
    if request.method == "POST":
        receipts.ask(case)
        return redirect("portal:receipt-document", uuid=uuid)
    made = receipts.made(case) is not None
    context = {"case": case, "is_made": made, "is_asked": made or receipts.is_asked(case)}
    return render(request, "portal/receipt_document.html", context)


@public
@require_safe
def file(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """The document itself; where there is none yet, the page that has it made."""
    made = receipts.made(mine_or_404(request, uuid))
    return respond(request, made) if made else redirect("portal:receipt-document", uuid=uuid)
