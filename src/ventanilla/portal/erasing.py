"""What the portal holds of a person: the sessions of the browsers in which they proved who they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from ventanilla.lib.actors import Actor
from ventanilla.people.registry import Count, Order, Subject

PAGE = 500


class HeldSessions:
    """Sessions that know the person, by a record of theirs or by a contact they proved or are about to prove."""

    def __init__(self, subject: Subject) -> None:
        known = {json.dumps(each) for each in (*map(str, subject.uuids), *subject.addresses)}
        self._keys = [key for key, said in _sessions() if any(value in said for value in known)]

    def counts(self) -> Sequence[Count]:
        return [(_("Sesiones abiertas en el portal"), len(self._keys))]

    def erase(self, order: Order, *, by: Actor) -> None:
        Session.objects.filter(pk__in=self._keys).delete()


def _sessions() -> Iterator[tuple[str, str]]:
    """Each session by its key, with all it says."""
    last = ""
    while page := list(Session.objects.filter(pk__gt=last).order_by("pk")[:PAGE]):
        yield from ((session.pk, json.dumps(session.get_decoded())) for session in page)
        last = page[-1].pk
