"""What notifications do when other rooms have news."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ventanilla.lib.actors import Actor
from ventanilla.notifications import actions
from ventanilla.notifications.models import Message
from ventanilla.people.registry import Count, Order, Subject


class HeldMessages:
    """The messages to a person, whoever they were thought to be when these were written."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    def counts(self) -> Sequence[Count]:
        found = Message.objects.speaking_of_any(recipients=self._subject.refs, addresses=self._subject.addresses)
        return [(_("Mensajes que se le mandaron"), found.count())]

    def erase(self, order: Order, *, by: Actor) -> None:
        actions.erase(recipients=self._subject.refs, addresses=self._subject.addresses)
