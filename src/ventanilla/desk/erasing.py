"""What the pages of erasing show and do: a person with all they have with us, or one case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ventanilla.cases import mentions
from ventanilla.cases.actions import erase_case
from ventanilla.cases.models import Attachment, Case, Event
from ventanilla.lib import references
from ventanilla.lib.actors import Actor
from ventanilla.organization import municipality
from ventanilla.people.actions import erasing
from ventanilla.people.models import Person
from ventanilla.people.registry import Count, Order, Subject
from ventanilla.people.rules import BadContact, masked, masked_document, normal_contact, normal_document

NOBODY = Subject((), (), (), (), ())


@dataclass(frozen=True)
class Target:
    """Whose data an order speaks of: what would be erased, where else they are named, and the doing of it."""

    title: str
    known_by: str
    counts: Sequence[Count]
    named_in: Sequence[Case]
    subject: Subject
    erase: Callable[[Order, Actor], Any]


def of_person(person: Person) -> Target:
    """A person, and everything that any room holds of them."""
    subject = erasing.subject_of(person)
    counts = [count for holding in erasing.held(subject) for count in holding.counts()]
    own = [(_("Nombres, contactos y documentos"), len(subject.names + subject.addresses + subject.documents))]
    return Target(
        title=person.name,
        known_by=known_by(person),
        counts=[*own, *counts],
        named_in=mentions.naming(subject),
        subject=subject,
        erase=lambda order, by: erasing.erase_person(person=person, order=order, by=by),
    )


def of_case(case: Case) -> Target:
    """One case, whoever is named in it: who filed it, every word, every file."""
    subject = erasing.subject_of(case.applicant) if case.applicant else NOBODY
    return Target(
        title=case.reference,
        known_by=str(case.procedure),
        counts=[
            (_("Textos del expediente"), Event.objects.filter(case=case).exclude(text="").count()),
            (_("Fotos y documentos"), Attachment.objects.filter(case=case).count()),
        ],
        named_in=[],
        subject=subject,
        erase=lambda order, by: _erase_case(case, order, by, subject),
    )


def _erase_case(case: Case, order: Order, by: Actor, subject: Subject) -> None:
    erasing.check_order(order, subject)
    erase_case(case, order=order, by=by)


def known_by(person: Person) -> str:
    """Contacts and documents, masked: enough to tell two people apart."""
    contacts = [masked(each.kind, each.value) for each in person.contacts.all()]
    documents = [_("documento %(number)s") % {"number": masked_document(e.number)} for e in person.documents.all()]
    return ", ".join([*contacts, *documents])


@dataclass(frozen=True)
class Found:
    """Something an order may speak of, and where its page is."""

    title: str
    known_by: str
    path: str


def find(typed: str) -> list[Found]:
    """The people of exactly this telephone, e-mail or document, protected ones too, or the case of this number."""
    number = references.parse(typed)
    cases = Case.objects.filter(reference=number) if number else Case.objects.none()
    found = [Found(each.reference, str(each.procedure), reverse("desk:erase-case", args=[each.uuid])) for each in cases]
    people = Person.objects.filter(pk__in=_owners(typed), erased_at=None).prefetch_related("contacts", "documents")
    return [
        *found,
        *(Found(each.name, known_by(each), reverse("desk:erase-person", args=[each.uuid])) for each in people),
    ]


def _owners(typed: str) -> set[int]:
    document = normal_document(typed)
    owners = set(Person.objects.filter(documents__number=document).values_list("pk", flat=True)) if document else set()
    try:
        kind, value = normal_contact(typed, municipality.current().country)
    except BadContact:
        return owners
    return owners | set(Person.objects.filter(contacts__kind=kind, contacts__value=value).values_list("pk", flat=True))
