"""The place of a case, corrected beside what was said (P5)."""

from __future__ import annotations

from django.db import transaction

from ventanilla.cases import notifications
from ventanilla.cases.actions.filing import settle_point
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import finish, locked
from ventanilla.cases.enums import EventKind, Visibility
from ventanilla.cases.models import Case
from ventanilla.lib.actors import Actor
from ventanilla.places.rules import Place


@transaction.atomic
def correct_place(case: Case, *, place: Place, by: Actor) -> Case:
    """Say where it really is. What the person said stays in the case. Raises OutsideMunicipality."""
    case = locked(case)
    if place.lon is not None and place.lat is not None:
        settle_point(case, place.lon, place.lat)
    case.corrected_place = place.to_json()
    case.place_label = place.label[:200]
    record(case, [Happening(EventKind.PLACE_CORRECTED, Visibility.PERSON, text=place.label)], by=by)
    finish(case)
    notifications.tell_place_corrected(case)
    return case
