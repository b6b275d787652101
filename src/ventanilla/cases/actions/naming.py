"""What follows in a person's cases when it is corrected how they are called."""

from __future__ import annotations

from django.db import transaction

from ventanilla.cases.models import Case
from ventanilla.cases.search import owe_all
from ventanilla.lib.actors import Actor
from ventanilla.people import actions as people
from ventanilla.people.models import Person


@transaction.atomic
def rename_applicant(person: Person, *, name: str, by: Actor) -> None:
    """Correct how a person is called: soon their cases are found by the new name, and no more by the old one."""
    people.rename_person(person=person, name=name, by=by.ref)
    owe_all(Case.objects.of_person(person))
