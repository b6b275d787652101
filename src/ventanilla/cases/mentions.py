"""Cases of others in whose words somebody is named: found by the index, for whoever decides about an erasure."""

from __future__ import annotations

from collections.abc import Iterator

from ventanilla.cases.models import Case
from ventanilla.cases.search import KIND
from ventanilla.people.registry import Subject
from ventanilla.people.rules import normal_document
from ventanilla.search.queries import find
from ventanilla.search.rules import Scope

EVERYTHING = Scope(everything=True, reserved=True)
MOST = 20
LOCAL = 8
"""Last figures of a telephone, as people write it to each other."""


def naming(subject: Subject) -> list[Case]:
    """Cases that name this person and aren't theirs, the surest first, at most `MOST`."""
    uuids: dict[str, None] = {}
    for words in _ways_to_name(subject):
        found = find(words, EVERYTHING, kinds={KIND}, limit=MOST)
        if found.corrected is None:
            uuids |= dict.fromkeys(hit.uuid for hit in found.hits)
    cases = Case.objects.filter(uuid__in=uuids)
    others = cases.exclude(applicant__in=subject.pks).exclude(affected__in=subject.pks).in_bulk(field_name="uuid")
    by_uuid = {str(uuid): case for uuid, case in others.items()}
    return [by_uuid[uuid] for uuid in uuids if uuid in by_uuid][:MOST]


def _ways_to_name(subject: Subject) -> Iterator[str]:
    for address in subject.addresses:
        yield f"{address} "
        if "@" not in address:
            yield f"{normal_document(address)[-LOCAL:]} "
    yield from (f"{number} " for number in subject.documents)
    yield from (f"{name} " for name in subject.names if " " in name)
