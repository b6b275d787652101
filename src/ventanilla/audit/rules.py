"""How entries are hashed and heads are signed. Pure.

An entry's hash is SHA-256 over the canonical JSON of all it says and the hash before it. A head carries the number
of entries, the last hash and an HMAC-SHA256 under a key that is kept outside the database, so that who can write
to the database alone cannot remove the last entry unseen. Personal values stand in entries only as salted digests:
once value and salt are erased nothing of them is left, and the chain still verifies. See `docs/trail.md`.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import msgspec

GENESIS = ""

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_FRAME = msgspec.json.Encoder()


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces. Raises TypeError or ValueError for what JSON can't say."""
    return _CANONICAL.encode(value)


def digest(value: Any, salt: str) -> str:
    """Salted digest of a personal value (any JSON value): 64 hexadecimal digits."""
    return hashlib.sha256(f"{salt}\x1f{canonical(value)}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as it is hashed: ISO 8601 in UTC with microseconds. A naive one is taken for UTC."""
    if at.tzinfo is not None:
        at = at.astimezone(UTC).replace(tzinfo=None)
    return at.isoformat(timespec="microseconds") + "+00:00"


def entry_hash(*, chain: str, seq: int, at: datetime, by: str, verb: str, data: str, previous: str) -> str:
    """The hash of one entry: 64 hexadecimal digits. `data` is its canonical JSON, letter by letter as stored."""
    said = _FRAME.encode([chain, seq, moment(at), by, verb, data, previous])
    return hashlib.sha256(said).hexdigest()


def _mac(key: str, said: str) -> str:
    return hmac.digest(key.encode(), said.encode(), "sha256").hex()


def head_mac(*, key: str, chain: str, count: int, last_hash: str) -> str:
    """The signature of a chain's head: 64 hexadecimal digits."""
    return _mac(key, f"head|{chain}|{count}|{last_hash}")


def anchor_mac(*, key: str, number: int, digest: str) -> str:
    """The signature of an anchor: 64 hexadecimal digits."""
    return _mac(key, f"anchor|{number}|{digest}")


def same(one: str, other: str) -> bool:
    """Whether two digests are equal, in a time that doesn't tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
