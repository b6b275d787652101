"""Finding a person by telephone, document or name, while it is being typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F

from ventanilla.people.models import Person
from ventanilla.people.search import KIND
from ventanilla.search.queries import find as find_documents
from ventanilla.search.rules import Scope

LIMIT = 6
EVERY_PERSON = Scope(everything=True)


def find(typed: str, *, limit: int = LIMIT) -> list[Person]:
    """The people that may be meant, best match first, with contacts and documents at hand.

    For members of staff who may look at people: the caller makes sure of it. What the index says is asked again of
    the records, so that a protected person is not found even where the index lags behind.
    """
    uuids = _meant(typed, limit)
    found = Person.objects.findable().filter(uuid__in=uuids).prefetch_related("contacts", "documents")
    by_uuid = {str(person.uuid): person for person in found} if uuids else {}
    return [by_uuid[uuid] for uuid in uuids if uuid in by_uuid]


def find_with_contacts(typed: str, *, limit: int = LIMIT) -> list[tuple[Person, list[tuple[str, str]]]]:
    """The same people, each with the contacts to tell them by, as kind and value: read with them, in one statement."""
    uuids = _meant(typed, limit)
    rows: Iterable[Any] = ()  # a person for each of their contacts
    if uuids:
        theirs = {"kind": F("contacts__kind"), "value": F("contacts__value")}
        rows = Person.objects.findable().filter(uuid__in=uuids).annotate(**theirs).order_by("contacts__pk")
    found: dict[str, tuple[Person, list[tuple[str, str]]]] = {}
    for row in rows:
        _person, contacts = found.setdefault(str(row.uuid), (row, []))
        contacts += [(row.kind, row.value)] if row.value else []
    return [found[uuid] for uuid in uuids if uuid in found]


def _meant(typed: str, limit: int) -> list[str]:
    """Who may be meant, as far as the index knows, best match first."""
    return [hit.uuid for hit in find_documents(typed, EVERY_PERSON, kinds={KIND}, limit=limit).hits]
