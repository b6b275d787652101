"""A case as a line of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.cases import drawn, rules
from ventanilla.cases.models import Case
from ventanilla.design.languages import said_once, translated
from ventanilla.design.registry import states
from ventanilla.design.templatetags.ventanilla import state_tag
from ventanilla.lib import clock

WHY = {
    "weight": gettext_lazy("Pesa por su tipo"),
    "followers": gettext_lazy("Vecinos que lo siguen"),
    "urgent": gettext_lazy("Marcado urgente"),
    "reopened": gettext_lazy("Se reabrió"),
    "person_replied": gettext_lazy("La persona respondió"),
    "escalated": gettext_lazy("Escalado"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What lists draw of a case: all of it made here, since fifty of them are drawn on a page.

    Rows that say the same are equal, so that what was drawn once can be shown again.
    """

    case: Case = field(compare=False)
    reference: str
    is_open: bool
    uuid: str
    path: str
    look: str
    tag: SafeString
    what: str
    where: str
    left: str
    spent: str
    is_late: bool
    tone: str
    who: str
    why: str

    def __getitem__(self, name: str) -> Any:
        """A template asks for the item first, and an error for each would cost more than the drawing."""
        return getattr(self, name)

    @property
    def shape(self) -> str:
        """Its mark on a map."""
        return str(states[self.look].shape)


def of_cases(cases: Iterable[Case]) -> list[Row]:
    """The lines of a list, all at one moment."""
    now, path = clock.now(), reverse("desk:case", args=[_NOBODY])
    return [_row(case, now, path) for case in cases]


_NOBODY = UUID(int=0)


def _row(case: Case, now: datetime, path: str) -> Row:
    is_open, drawn_as, uuid = case.is_open, look(case, now), str(case.uuid)
    fraction = rules.term_fraction(case.filed_at, case.due_at, now) if case.due_at else 0.0
    is_late = bool(case.due_at and case.due_at < now and is_open)
    return Row(
        case=case,
        reference=case.reference,
        is_open=is_open,
        uuid=uuid,
        path=path.replace(str(_NOBODY), uuid),
        look=drawn_as,
        tag=state_tag(drawn_as),
        what=translated(case.procedure.name),
        where=case.place_label or translated(case.department.name),
        left=drawn.left_in_words(case, now),
        spent=str(round(100 * fraction)),
        is_late=is_late,
        tone="soon" if is_late or fraction >= 0.8 else "ink",
        who=case.assignee.short_name if case.assignee else translated(case.team.name) if case.team else "",
        why=why(case.urgency) if is_open else "",
    )


def look(case: Case, now: datetime) -> str:
    """The key of a case's state as the desk draws it: where the portal says «your answer», here it is the person's."""
    drawn = rules.look(case.state, case.due_at, now, replied=case.person_replied_at is not None)
    return "awaiting" if drawn == "waiting" else drawn


def why(urgency: list[Any]) -> str:
    """The reason that weighs most, in words."""
    return _heaviest(max(urgency, key=lambda reason: reason[1])[0] if urgency else "")


@said_once
def _heaviest(reason: str) -> str:
    return str(WHY.get(reason, "")) if reason else _("Por su plazo")
