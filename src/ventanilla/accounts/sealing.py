"""What is kept but must not be read from the database alone: secrets of second factors, an address in a queue."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


def seal(text: str) -> str:
    """Encrypt under the installation's key."""
    return _cipher().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt. Raises cryptography.fernet.InvalidToken where the key is another one."""
    return _cipher().decrypt(sealed.encode()).decode()


def _cipher() -> MultiFernet:
    """The key of now seals; those before it (`SECRET_KEY_FALLBACKS`) still open."""
    from cryptography.fernet import Fernet, MultiFernet

    keys = [str(key).encode()[:64] for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.blake2b(b"second factor", key=key, digest_size=32).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
