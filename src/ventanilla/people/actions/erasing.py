"""Erasing what is known of a person, under an order that is recorded."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from ventanilla.audit import actions as audit
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.people import rules
from ventanilla.people.models import ContactPoint, IdentityDocument, OneTimeCode, Person
from ventanilla.people.registry import Holding, Order, Subject, holders
from ventanilla.people.search import index_person
from ventanilla.search import actions as search

FIELDS = ("contacts", "documents", "name")


class AlreadyErased(Exception):
    """There is nothing left to erase of this person."""


class TellsWho(ValueError):
    """The order's own words would keep what they say is to be forgotten."""


def subject_of(person: Person) -> Subject:
    """Everything by which a person is known, under every record joined to theirs."""
    records = list(person.same_as().order_by("pk"))
    contacts = ContactPoint.objects.filter(person__in=records).values_list("value", flat=True)
    documents = IdentityDocument.objects.filter(person__in=records).values_list("number", flat=True)
    return Subject(
        pks=tuple(record.pk for record in records),
        uuids=tuple(record.uuid for record in records),
        names=_distinct(record.name for record in records if record.folded),
        addresses=_distinct(contacts),
        documents=_distinct(documents),
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def held(subject: Subject) -> list[Holding]:
    """What every room holds of somebody. Outside any transaction: it may read much."""
    return [look(subject) for look in holders.values()]


def check_order(order: Order, subject: Subject) -> None:
    """Raises TellsWho where the order's words name the person."""
    said = f"{order.number} {order.authority}"
    if rules.tells_who(said, names=subject.names, addresses=subject.addresses, documents=subject.documents):
        raise TellsWho


def erase_person(*, person: Person, order: Order, by: Actor) -> None:
    """Erase what is known of a person: their records, and what every other room holds of them.

    What they filed stays as facts without words: of which type, when, where in public, how it ended. The trail keeps
    digests that say nothing once their salts are gone, and the order. A job then scrubs what the storage still has.
    Not to be called inside a transaction. Raises AlreadyErased, TellsWho.
    """
    subject = subject_of(person)
    check_order(order, subject)
    holdings = held(subject)
    with transaction.atomic():
        records = Person.objects.select_for_update().filter(pk__in=subject.pks, erased_at=None).order_by("pk")
        living = list(records)
        if not living:
            raise AlreadyErased
        for holding in holdings:
            holding.erase(order, by=by)
        for record in living:
            _erase(record, order, by)
        OneTimeCode.objects.filter(value__in=subject.addresses).delete()
        search.forget()


def _erase(record: Person, order: Order, by: Actor) -> None:
    record.contacts.all().delete()
    record.documents.all().delete()
    for name in ("given_names", "first_surname", "second_surname", "folded", "language", "residence"):
        setattr(record, name, "")
    record.erased_at = clock.now()
    record.save()
    index_person(record)
    audit.record_erasure(f"person:{record.uuid}", order=order.number, fields=FIELDS, by=by.ref, **order.told)
