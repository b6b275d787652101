"""What is read aloud, printed or sent after filing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ventanilla.cases import drawn
from ventanilla.cases.actions import receipts
from ventanilla.cases.actions.receipts import FilingReceipt
from ventanilla.cases.models import Case
from ventanilla.design.components import Fact, Term
from ventanilla.lib import clock
from ventanilla.notifications.models import Message
from ventanilla.notifications.rules.choosing import CALL
from ventanilla.organization import municipality
from ventanilla.people.rules import masked


@dataclass(frozen=True)
class Receipt:
    """A matter that was filed, as the top of the screen shows it."""

    case: Case
    terms: Sequence[Term]
    facts: Sequence[Fact]
    proof: FilingReceipt
    sent_to: Sequence[str]
    missing: Sequence[str]

    @property
    def spoken_code(self) -> str:
        """The code to follow it, in two halves."""
        return f"{self.case.follow_code[:4]}-{self.case.follow_code[4:]}"


def of_filing(case: Case, request: HttpRequest) -> Receipt:
    """The receipt of a case that was just filed."""
    return Receipt(
        case=case,
        terms=drawn.terms(case) if case.is_open else [],
        facts=[Fact(name, value) for name, value in receipts.facts(case)],
        proof=receipts.receipt_of(case, build=request.build_absolute_uri),
        sent_to=_sent_to(case),
        missing=_missing(case),
    )


def _sent_to(case: Case) -> list[str]:
    """The addresses a message goes to, masked: who stands at the counter may not be alone."""
    sent = Message.objects.speaking_of(case.chain).filter(kind="case_filed").exclude(address="").exclude(channel=CALL)
    return [
        masked("email" if "@" in address else "phone", address) for address in sent.values_list("address", flat=True)
    ]


def _missing(case: Case) -> list[str]:
    """What is left to be completed, in words."""
    items = case.work_items.filter(kind="complete").values_list("answers", flat=True)
    wanting = [field for answers in items for field in answers.get("missing", ())]
    asked = case.procedure.form.paper.by_field if case.procedure.form else {}
    words = {"place": _("El lugar"), "document": _("El documento de identidad")}
    return [asked[field].text if field in asked else str(words.get(field, field)) for field in wanting]


def start_of_day() -> datetime:
    """Midnight in the municipality."""
    zone = municipality.current().zone
    return datetime.combine(clock.now().astimezone(zone).date(), time.min, zone)
