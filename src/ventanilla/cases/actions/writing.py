"""How every action on a case begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ventanilla.cases.actions import clocks
from ventanilla.cases.models import Case
from ventanilla.lib import clock


class Refused(Exception):
    """The case doesn't allow that now; the message says why to whoever asked."""


_RELATED = ("assignee", "applicant")


def locked(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    return Case.objects.select_related(*_RELATED).select_for_update(of=("self",)).get(pk=case.pk)


def locked_many(cases: Iterable[Case]) -> list[Case]:
    """Cases as they are now, held until the transaction ends; in one order, so that nobody waits in a circle."""
    keys = [case.pk for case in cases]
    held = Case.objects.select_related(*_RELATED).select_for_update(of=("self",)).filter(pk__in=keys)
    return list(held.order_by("pk"))


def finish(case: Case) -> Case:
    """Settle the clocks and the place in the inbox, and save."""
    _settle(case)
    case.save()
    return case


def finish_many(cases: Sequence[Case], *changed: str) -> None:
    """The same for many at once: these fields, and those that follow from them."""
    for case in cases:
        _settle(case)
    Case.objects.bulk_update(
        cases, [*changed, "due_at", "order_at", "urgency", "updated_at", "version", "search_due_at"]
    )


def _settle(case: Case) -> None:
    clocks.settle(case)
    case.updated_at = clock.now()
    case.version += 1
