"""The receipt of a filing: what it proves, and how anyone checks it (X3)."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ventanilla.audit import actions as audit
from ventanilla.audit.models import TrailEntry
from ventanilla.cases import drawn, line
from ventanilla.cases.actions.filing import code_of_hash
from ventanilla.cases.enums import EventKind
from ventanilla.cases.models import Case, Receipt
from ventanilla.cases.rules import spoken
from ventanilla.design import languages
from ventanilla.design.dates import moment, official
from ventanilla.design.languages import translated
from ventanilla.files import actions as files
from ventanilla.files import documents
from ventanilla.files.models import StoredFile
from ventanilla.lib.actors import SYSTEM
from ventanilla.lib.links import link
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

MADE = "case.receipt_made"


@dataclass(frozen=True)
class Proof:
    """What the public page says of a receipt: reference, the server's moment and whether the code matches."""

    reference: str
    filed_at: datetime | None
    matches: bool


@dataclass(frozen=True)
class FilingReceipt:
    """What the receipt shows besides the case: its code, and where it is checked."""

    code: str
    address: str

    @property
    def spoken_code(self) -> str:
        """The code in two halves."""
        return spoken(self.code)


def _filing_entry(case: Case) -> TrailEntry:
    return TrailEntry.objects.get(chain=case.chain, seq=1)


def receipt_of(case: Case, *, build: Callable[[str], str]) -> FilingReceipt:
    """The receipt of a case. `build` makes a path into an address."""
    code = code_of_hash(_filing_entry(case).hash)
    return FilingReceipt(code, build(link("portal.verify", reference=case.reference, code=code)))


def check(reference: str, code: str) -> Proof:
    """Whether a code is that of the receipt of a case. Without a match nothing is said, not even the moment."""
    case = Case.objects.filter(reference=reference).only("uuid", "filed_at").first()
    expected = code_of_hash(_filing_entry(case).hash) if case else ""
    matches = hmac.compare_digest(expected.encode(), code.encode()) and bool(expected)
    return Proof(reference, case.filed_at if case and matches else None, matches)


def made(case: Case) -> StoredFile | None:
    """The receipt's document, if it has been made."""
    receipt = Receipt.objects.select_related("file").filter(case=case).first()
    return receipt.file if receipt else None


def _document(case: Case) -> bytes:
    receipt = receipt_of(case, build=lambda path: f"{settings.SITE_ADDRESS}{path}")
    data = {
        "language": languages.current(),
        "title": _("Constancia de ingreso"),
        "label": translated(case.procedure.name),
        "reference": case.reference,
        "lead": _("Lo recibimos el %(moment)s.") % {"moment": official(case.filed_at)},
        "facts": [{"term": term, "value": value} for term, value in [*facts(case), *_photos(case)]],
        "said": case.description,
        "steps": [{"title": s.title, "detail": s.text or _at(s), "state": s.kind} for s in line.steps(case, [])],
        "late": " ".join(filter(None, map(drawn.silence, case.deadlines.all()))),
        "check": {"code": receipt.spoken_code, "url": receipt.address},
        **_letterhead(municipality.current()),
    }
    return documents.render("receipt", data)


def _letterhead(town: Municipality) -> dict[str, Any]:
    kind = f"{town.kind} {pgettext('municipalidad de', 'de')}" if town.kind else ""
    named = {"kind": kind, "name": town.name, "lines": _lines(town)}
    return {"municipality": named, "arms": town.arms_svg, "color": town.primary_color}


def _photos(case: Case) -> list[tuple[str, str]]:
    count = case.attachments.filter(event__kind=EventKind.FILED).count()
    return [(_("Fotos"), str(count))] if count else []


def _at(step: line.LineStep) -> str:
    return capfirst(moment(step.at)) if step.at else ""


def _lines(town: Municipality) -> list[str]:
    return [each for each in (town.address, town.hours, town.phone) if each]


def facts(case: Case) -> list[tuple[str, str]]:
    """What the receipt says was filed."""
    found = [(_("Qué"), f"{translated(case.procedure.name)}, {translated(case.procedure.service.name)}")]
    if case.place_label:
        found.append((_("Dónde"), case.place_label))
    found.append((_("Entró"), _("%(moment)s, hora oficial") % {"moment": capfirst(official(case.filed_at))}))
    found += [(capfirst(str(term.name)), capfirst(f"{term.by}. {term.law}".strip())) for term in drawn.terms(case)]
    return found


def _language_of(case: Case) -> str:
    """That of the person, where we know it."""
    return case.applicant.language if case.applicant else ""


def is_asked(case: Case) -> bool:
    """Whether the document is being made."""
    return Receipt.objects.filter(case=case).exists()


def make(uuid: str) -> None:
    """Make the document, once: PDF/A-2a and PDF/UA-1. Run in a job, since it takes a second and much memory."""
    related = Receipt.objects.select_related("case")
    receipt = related.filter(case__uuid=uuid).first()
    if receipt is None or receipt.file_id is not None:  # erased under an order, or made already
        return
    with languages.speaking(_language_of(receipt.case)):
        staged = files.produce(_document(receipt.case), name=f"constancia-{receipt.case.reference}.pdf")
    with transaction.atomic():
        held = Receipt.objects.select_for_update(of=("self",)).select_related("case")
        receipt = held.filter(pk=receipt.pk).first()
        if receipt is not None and receipt.file_id is None:
            receipt.file = files.keep(staged, by=SYSTEM.ref)
            receipt.save(update_fields=["file"])
            audit.append(receipt.case.chain, [audit.Entry(MADE, {"files": [staged.sha256]})], by=SYSTEM.ref)


@transaction.atomic
def ask(case: Case) -> None:
    """Have the receipt's document made. Asked twice, made once."""
    from ventanilla.cases.jobs import make_receipt

    _receipt, new = Receipt.objects.get_or_create(case=case)
    if new:
        make_receipt.enqueue(case=str(case.uuid))
