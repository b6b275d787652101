"""The links by which somebody stops a family of messages: signed, without naming the address."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core import signing

from ventanilla.lib.links import link

_SALT = "ventanilla.notifications.opt-out"


class BadToken(ValueError):
    """The link was not made here, or was cut."""


def address_digest(address: str) -> str:
    """A keyed digest of an address: 64 hexadecimal digits."""
    said = f"{_SALT}:{address.strip().lower()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def token(address: str, family: str) -> str:
    return signing.dumps([address_digest(address), family], salt=_SALT)


def read(text: str) -> tuple[str, str]:
    """The address's digest and the family. Raises BadToken."""
    try:
        digest, family = signing.loads(text, salt=_SALT)
    except signing.BadSignature as error:
        raise BadToken("the link was not made here") from error
    return digest, family


def address_of_page(address: str, family: str) -> str:
    """The whole address of the page that stops these messages; empty where no face draws it (`opt_out`)."""
    path = link("opt_out", token=token(address, family))
    return settings.SITE_ADDRESS + path if path else ""
