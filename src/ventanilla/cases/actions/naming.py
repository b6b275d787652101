"""What follows in a person's cases when it is corrected how they are called."""

from __future__ import annotations

from django.db import transaction

from ventanilla.cases.models import Case
from ventanilla.cases.search import index_case
from ventanilla.lib.actors import Actor
from ventanilla.people import actions as people
from ventanilla.people.models import Person


@transaction.atomic
def rename_applicant(person: Person, *, name: str, by: Actor) -> None:
    """Correct how a person is called: their cases are found by the new name, and no more by the old one."""
    people.rename_person(person=person, name=name, by=by.ref)
    for case in Case.objects.filter(applicant=person).select_related("applicant").order_by("pk"):
        index_case(case, erasing=True)
