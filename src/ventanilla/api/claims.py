"""Who a client says is filing: read, and registered unless the same was said before."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ventanilla.notifications.actions import Contact
from ventanilla.organization import municipality
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person
from ventanilla.people.rules import BadContact, normal_email, normal_phone

NAME_LIMIT = 80
EMAIL_LIMIT = 254
Contacts = list[tuple[ContactKind, str]]


def read_claim(name: str, *, email: str, phone: str) -> tuple[str, Contacts]:
    """A name and contacts in normal form. Raises BadContact."""
    if len(name) > NAME_LIMIT:
        raise BadContact(_("El nombre pasa de %(limit)s caracteres.") % {"limit": NAME_LIMIT})
    if len(email) > EMAIL_LIMIT:
        raise BadContact(_("El correo pasa de %(limit)s caracteres.") % {"limit": EMAIL_LIMIT})
    contacts = [(ContactKind.EMAIL, normal_email(email))] if email else []
    if phone:
        contacts.append((ContactKind.PHONE, normal_phone(phone, municipality.current().country)))
    return " ".join(name.split()), contacts


def person_of_claim(
    name: str, contacts: Sequence[tuple[ContactKind, str]], *, by: str
) -> tuple[Person | None, list[Contact] | None]:
    """The person, with their contacts where they were written just now. Nobody where nothing is said."""
    if not contacts and not name:
        return None, None
    known = people.claimed_before(name=name, contacts=contacts)
    if known is not None:
        return known, None
    made = people.register_person(by=by, name=name, contacts=contacts)
    return made, [Contact(str(kind), value, index == 0) for index, (kind, value) in enumerate(contacts)]
