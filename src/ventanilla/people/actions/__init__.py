"""Writes about people."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from ventanilla.audit.actions import Entry, append
from ventanilla.calendars import official
from ventanilla.lib import clock, ids
from ventanilla.organization import municipality
from ventanilla.people import rules
from ventanilla.people.enums import CodePurpose, ContactKind
from ventanilla.people.models import ContactPoint, IdentityDocument, OneTimeCode, Person
from ventanilla.people.search import index_person

CODE_LIFE = timedelta(minutes=15)
CODE_ATTEMPTS = 5
CODES_AN_HOUR = 5


class TooManyCodes(Exception):
    """This contact has asked for as many codes as it may for now."""


class WrongCode(Exception):
    """The code is not the one sent, has expired, was used, or was tried too often."""


def chain(person: Person) -> str:
    """The name of a person's trail."""
    return f"person:{person.uuid}"


@transaction.atomic
def register_person(
    *,
    by: str,
    name: str = "",
    contacts: Sequence[tuple[ContactKind, str]] = (),
    verified: bool = False,
    documents: Sequence[tuple[str, str]] = (),
) -> Person:
    """A new person, with contacts and documents already in normal form.

    `verified` says that the contacts have been proven by a code.
    """
    given, first, second = rules.split_name(name)
    person = Person.objects.create(
        given_names=given, first_surname=first, second_surname=second, folded=rules.folded_name(given, first, second)
    )
    _add_contacts(person, contacts, verified)
    if documents:
        IdentityDocument.objects.bulk_create(
            IdentityDocument(person=person, kind=kind, number=number) for kind, number in documents
        )
    append(chain(person), [Entry("person.registered")], by=by, new=True)
    index_person(person, contacts=contacts, numbers=[number for _kind, number in documents])
    return person


def _add_contacts(person: Person, contacts: Sequence[tuple[ContactKind, str]], verified: bool) -> None:
    proven_at = clock.now() if verified else None
    if contacts:
        ContactPoint.objects.bulk_create(
            ContactPoint(person=person, kind=kind, value=value, verified_at=proven_at, is_preferred=index == 0)
            for index, (kind, value) in enumerate(contacts)
        )


def proven_person(kind: ContactKind, value: str) -> Person | None:
    """The person whose proven contact this is."""
    found = ContactPoint.objects.select_related("person").filter(
        kind=kind, value=value, verified_at__isnull=False, person__erased_at=None
    )
    contact = found.first()
    return contact.person if contact else None


@transaction.atomic
def person_of_proven_contact(*, kind: ContactKind, value: str, name: str = "", by: str) -> Person:
    """The person whose proven contact this is, registered now if there is none."""
    return proven_person(kind, value) or register_person(by=by, name=name, contacts=[(kind, value)], verified=True)


@transaction.atomic
def claimed_person(*, name: str, contacts: Sequence[tuple[ContactKind, str]], by: str) -> Person:
    """The person somebody says to be, without proof: the same claim made again is the same record.

    It never touches the record of whoever has proven that contact.
    """
    return claimed_before(name=name, contacts=contacts) or register_person(by=by, name=name, contacts=contacts)


def claimed_before(*, name: str, contacts: Sequence[tuple[ContactKind, str]]) -> Person | None:
    """The person of the same claim made earlier: the same name with the same first contact, unproven."""
    if not contacts:
        return None
    kind, value = contacts[0]
    folded = rules.folded_name(*rules.split_name(name))
    same = ContactPoint.objects.select_related("person").filter(
        kind=kind, value=value, verified_at=None, person__folded=folded, person__erased_at=None
    )
    known = same.first()
    return known.person if known else None


@transaction.atomic
def add_document(*, person: Person, kind: str, number: str, by: str) -> None:
    """Note a document that names a person, as shown or as said."""
    normal = rules.normal_document(number)
    _document, made = IdentityDocument.objects.get_or_create(person=person, kind=kind, number=normal)
    if made:
        append(chain(person), [Entry("person.document_added", {"kind": kind})], by=by)
        index_person(person)


@transaction.atomic
def rename_person(*, person: Person, name: str, by: str) -> None:
    """Correct how a person is called. The old name leaves no trace but that it was changed."""
    given, first, second = rules.split_name(name)
    person.given_names, person.first_surname, person.second_surname = given, first, second
    person.folded = rules.folded_name(given, first, second)
    person.save(update_fields=["given_names", "first_surname", "second_surname", "folded"])
    append(chain(person), [Entry("person.renamed")], by=by)
    index_person(person, erasing=True)


@transaction.atomic
def speak_with(*, person: Person, language: str, by: str) -> None:
    """Note the language that a person wants to be written to in. Spanish is taken for said."""
    if language == (person.language or settings.LANGUAGE_CODE):
        return
    person.language = language
    person.save(update_fields=["language"])
    append(chain(person), [Entry("person.language_chosen", {"language": language})], by=by)


@transaction.atomic
def note_residence(*, person: Person, region: str, by: str) -> None:
    """Note the region where a person lives, whose holidays count in their terms where the law says so (ES 30.6).

    What is filed from now on counts by it, and what is counted again. Raises ValueError for a region without holidays
    of its own.
    """
    if region == person.residence:
        return
    if region and region not in official.regions(municipality.current().country):
        raise ValueError(f"no holidays are known for region {region!r}")
    person.residence = region
    person.save(update_fields=["residence"])
    append(chain(person), [Entry("person.residence_noted")], by=by)


def _code_digest(uuid: object, code: str) -> str:
    said = f"{uuid}|{code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


@transaction.atomic
def issue_code(*, purpose: CodePurpose, kind: ContactKind, value: str) -> tuple[OneTimeCode, str]:
    """A code of six digits to be sent to a contact. Raises TooManyCodes."""
    # Those of a future that a clock set back has undone don't count.
    last_hour = (clock.now() - timedelta(hours=1), clock.now())
    if OneTimeCode.objects.filter(value=value, created_at__range=last_hour).count() >= CODES_AN_HOUR:
        raise TooManyCodes
    code = ids.code(6, "0123456789")
    issued = OneTimeCode(purpose=purpose, kind=kind, value=value, expires_at=clock.now() + CODE_LIFE)
    issued.digest = _code_digest(issued.uuid, code)
    issued.save(force_insert=True)
    return issued, code


def use_code(*, uuid: UUID | str, code: str) -> OneTimeCode:
    """Spend a code. A wrong try is counted even though the answer is an error. Raises WrongCode."""
    with transaction.atomic():
        now = clock.now()
        live = OneTimeCode.objects.filter(pk=uuid, used_at=None, expires_at__gt=now, attempts__lt=CODE_ATTEMPTS)
        if not live.update(attempts=F("attempts") + 1):
            raise WrongCode
        issued = OneTimeCode.objects.get(pk=uuid)
        digits = "".join(c for c in code if c.isdigit())
        right = hmac.compare_digest(issued.digest, _code_digest(issued.uuid, digits))
        if right:
            OneTimeCode.objects.filter(pk=uuid).update(used_at=now)
    if not right:
        raise WrongCode
    return issued
