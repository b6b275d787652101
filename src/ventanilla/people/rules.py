"""Names, documents and contacts in the one form in which they are compared. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ventanilla.lib import text
from ventanilla.people.enums import ContactKind


class BadContact(ValueError):
    """What was typed is neither a telephone nor an e-mail; the message says so to the person."""


def normal_phone(typed: str, region: str) -> str:
    """A telephone in E.164 (`+50688881234`), read as dialled inside `region` (ISO 3166-1). Raises BadContact."""
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException as error:
        raise BadContact(_("No entendemos ese teléfono. Escríbalo solo con sus números.")) from error
    if not phonenumbers.is_possible_number(number):
        raise BadContact(_("A ese teléfono le faltan o le sobran números."))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def shown_phone(number: str) -> str:
    """A stored telephone as people read it: «+506 8888 1234»."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def normal_email(typed: str) -> str:
    """An e-mail address in lower case. Raises BadContact."""
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadContact(_("A ese correo le falta algo. Debe parecerse a nombre@ejemplo.com.")) from error
    return address


def normal_contact(typed: str, region: str) -> tuple[ContactKind, str]:
    """A telephone or an e-mail, whichever was typed. Raises BadContact."""
    if "@" in typed:
        return ContactKind.EMAIL, normal_email(typed)
    return ContactKind.PHONE, normal_phone(typed, region)


def normal_document(typed: str) -> str:
    """A document number without separators, upper case: `1-0234-0567` and `1 0234 0567` are one."""
    return re.sub(r"[^0-9A-Za-zÑñ]", "", typed).upper()


def folded_name(*parts: str) -> str:
    """The name as it is compared: folded, one space between words."""
    return text.fold(" ".join(part for part in parts if part))


def split_name(typed: str) -> tuple[str, str, str]:
    """Given names, first and second surname of a full name as said: the last two of three or more words are surnames.

    Compound surnames («de la O») keep their particles. It is a first reading that a person can correct.
    """
    words = _joined_particles(typed.split())
    if len(words) >= 3:
        return " ".join(words[:-2]), words[-2], words[-1]
    return (words[0], words[1], "") if len(words) == 2 else (" ".join(words), "", "")


_PARTICLES = {"de", "del", "la", "las", "los", "san", "santa"}


def _joined_particles(words: list[str]) -> list[str]:
    joined: list[str] = []
    carry: list[str] = []
    for word in words:
        carry.append(word)
        if word.lower() not in _PARTICLES:
            joined.append(" ".join(carry))
            carry = []
    return joined + ([" ".join(carry)] if carry else [])


def masked(kind: str, value: str) -> str:
    """A contact shown to whoever may not see it whole: `••• 1234`, `r•••@correo.example`."""
    if kind == ContactKind.EMAIL:
        name, _at, domain = value.partition("@")
        return f"{name[:1]}•••@{domain}"
    return f"••• {value[-4:]}"


def masked_document(number: str) -> str:
    """A document in a list of candidates: enough to ask for, too little to copy: `••• 567`."""
    return f"••• {number[-3:]}"


def tells_who(said: str, *, names: Iterable[str], addresses: Iterable[str], documents: Iterable[str]) -> bool:
    """Whether a text has a name, a telephone, an e-mail or a document of somebody in it, however they are written."""
    spoken, plain = set(text.words(said)), normal_document(said)
    known = {
        word for name in names for word in text.words(name) if len(word) >= _LONG_ENOUGH and word not in _PARTICLES
    }
    numbers = [normal_document(each)[-_TAIL:] for each in (*documents, *addresses) if "@" not in each]
    emails = [each.lower() for each in addresses if "@" in each]
    return bool(
        spoken & known
        or any(number in plain for number in numbers if len(number) >= _LONG_ENOUGH)
        or any(email in said.lower() for email in emails)
    )


_LONG_ENOUGH = 4
_TAIL = 7
"""Figures of a number that are enough to know it by."""


@dataclass(frozen=True)
class Told:
    """What somebody said of who they are, sorted into what it is."""

    name: str = ""
    contact: str = ""
    document: str = ""


def read_told(typed: str, region: str) -> Told:
    """What was typed into one field for telephone, document or name.

    With a figure in it, it is a telephone if it may be one inside `region`, else a document; without, a name.
    """
    said = " ".join(typed.split())
    if "@" in said:
        return Told(contact=said)
    if not any(c.isdigit() for c in said):
        return Told(name=said)
    try:
        normal_phone(said, region)
    except BadContact:
        return Told(document=said)
    return Told(contact=said)
