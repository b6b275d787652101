"""Finding a person by telephone, document or name, while it is being typed."""

from __future__ import annotations

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
    hits = find_documents(typed, EVERY_PERSON, kinds={KIND}, limit=limit).hits
    uuids = [hit.uuid for hit in hits]
    found = Person.objects.findable().filter(uuid__in=uuids).prefetch_related("contacts", "documents")
    by_uuid = {str(person.uuid): person for person in found} if uuids else {}
    return [by_uuid[uuid] for uuid in uuids if uuid in by_uuid]
