"""What of a person can be found: names, telephones, e-mails and documents. A protected person never is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person
from ventanilla.search import actions as search
from ventanilla.search.rules import Document

KIND = "person"
PAGE = 500

Contacts = Sequence[tuple[str, str]]


def index_person(
    person: Person, *, contacts: Contacts | None = None, numbers: Sequence[str] | None = None, erasing: bool = False
) -> None:
    """Put a person in the index as they are now, or take them out of it where they must not be found.

    Inside the transaction that changed them. `erasing` says that what changed must be forgotten (a name).
    """
    if not person.is_findable:
        search.remove(KIND, str(person.uuid))
        return
    known = contacts if contacts is not None else list(person.contacts.values_list("kind", "value"))
    held = numbers if numbers is not None else list(person.documents.values_list("number", flat=True))
    search.index(document_of(person, known, held), erasing=erasing)


def document_of(person: Person, contacts: Contacts, numbers: Sequence[str]) -> Document:
    """A person as the index has them. Nothing but the name is kept to be shown."""
    parts = (person.given_names, person.first_surname, person.second_surname)
    return Document(
        kind=KIND,
        uuid=str(person.uuid),
        title=" ".join(part for part in parts if part),
        at=person.created_at,
        text=" ".join(value for kind, value in contacts if kind == ContactKind.EMAIL),
        phones=[value for kind, value in contacts if kind == ContactKind.PHONE],
        numbers=list(numbers),
    )


def documents() -> Iterator[Document]:
    """Every person who may be found, for building the index anew."""
    people, last = Person.objects.findable().order_by("pk").prefetch_related("contacts", "documents"), 0
    while page := list(people.filter(pk__gt=last)[:PAGE]):
        for person in page:
            contacts = [(each.kind, each.value) for each in person.contacts.all()]
            yield document_of(person, contacts, [each.number for each in person.documents.all()])
        last = page[-1].pk
