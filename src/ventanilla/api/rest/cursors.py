"""Where a page of a list ends and the next begins: entered in the index at that very place, and sealed.

It holds the moment and the case of the last row, so that it stays right while cases come and go; its seal tells ours
from what a client made up or changed.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Subquery
from django.utils.crypto import salted_hmac

from ventanilla.cases.models import Case, CaseQuerySet

SEAL_BYTES = 12


class BadCursor(ValueError):
    """Not a cursor of ours, or one of another order."""


@dataclass(frozen=True)
class Order:
    """An order with an index of its own: the column, and whether the newest comes first."""

    name: str
    column: str
    newest_first: bool

    def apply(self, cases: CaseQuerySet) -> CaseQuerySet:
        minus = "-" if self.newest_first else ""
        return cases.order_by(f"{minus}{self.column}", f"{minus}id")


ORDERS = {
    "urgency": Order("urgency", "order_at", newest_first=False),
    "filed": Order("filed", "filed_at", newest_first=True),
    "updated": Order("updated", "updated_at", newest_first=False),
}


def cursor(order: Order, case: Case) -> str:
    """The cursor behind a case: no primary key is in it."""
    moment: datetime = getattr(case, order.column)
    said = f"{order.name}|{moment.astimezone(UTC).isoformat()}|{case.uuid}".encode()
    return base64.urlsafe_b64encode(_seal(said) + said).decode().rstrip("=")


def _seal(said: bytes) -> bytes:
    return salted_hmac("ventanilla.api.cursor", said, algorithm="sha256").digest()[:SEAL_BYTES]


def after(cases: CaseQuerySet, order: Order, text: str) -> CaseQuerySet:
    """What comes behind a cursor. Raises BadCursor."""
    moment, uuid = _read(order, text)
    last = Subquery(Case.objects.filter(uuid=uuid).values("pk"))
    column = order.column
    if order.newest_first:
        return cases.filter(**{f"{column}__lte": moment}).exclude(**{column: moment, "pk__gte": last})
    return cases.filter(**{f"{column}__gte": moment}).exclude(**{column: moment, "pk__lte": last})


def _read(order: Order, text: str) -> tuple[datetime, UUID]:
    try:
        whole = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error
    seal, said = whole[:SEAL_BYTES], whole[SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(said)):
        raise BadCursor
    name, moment, uuid = said.decode().split("|")
    if name != order.name:
        raise BadCursor
    return datetime.fromisoformat(moment), UUID(uuid)
