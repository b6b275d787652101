"""The weights of urgency: set by the coordinator, applied to every open case by a job."""

from __future__ import annotations

from django.db import transaction

from ventanilla.audit.actions import Entry, append
from ventanilla.cases.actions import clocks
from ventanilla.cases.models import Case, UrgencyWeights

CHAIN = "cases"
BATCH = 500


def held() -> UrgencyWeights:
    """The weights in force, as a row that may not be saved yet."""
    return UrgencyWeights.objects.first() or UrgencyWeights()


@transaction.atomic
def set_weights(*, by: str, **weights: int) -> UrgencyWeights:
    """Set the hours of each reason and have the inbox ordered anew."""
    from ventanilla.cases.jobs import order_the_inbox

    row, _made = UrgencyWeights.objects.update_or_create(pk=1, defaults=weights)
    append(CHAIN, [Entry("weights.set", dict(weights))], by=by)
    transaction.on_commit(clocks.weights_in_force.forget)
    order_the_inbox.enqueue()
    return row


def order_anew() -> int:
    """Order every open case by the weights in force, a few at a time so that nobody waits. Returns how many."""
    clocks.weights_in_force.forget()
    last, done = 0, 0
    while page := list(Case.objects.open().filter(pk__gt=last).values_list("pk", flat=True).order_by("pk")[:BATCH]):
        with transaction.atomic():
            cases = list(Case.objects.select_for_update(of=("self",)).filter(pk__in=page))
            for case in cases:
                clocks.settle(case)
            Case.objects.bulk_update(cases, ["due_at", "order_at", "urgency"])
        last, done = page[-1], done + len(page)
    return done
