"""The one source of identifiers and secrets; seeded in tests and in the demo, the system's own elsewhere."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from ventanilla.lib import clock

# No vowels (no accidental words) and nothing that is read two ways on a phone line.
CODE_ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"

_source: ContextVar[random.Random] = ContextVar("random_source")
_system = random.SystemRandom()


def source() -> random.Random:
    """The random source in force: the operating system's unless `seeded`."""
    return _source.get(_system)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Make every id and code inside the block repeatable. Never used where a real person is served."""
    token = _source.set(random.Random(seed))
    try:
        yield
    finally:
        _source.reset(token)


def uuid() -> UUID:
    """A UUID of version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, the rest random."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = (milliseconds & (2**48 - 1)) << 80 | source().getrandbits(80)
    value = value & ~(0xF000 << 64) | (0x7000 << 64)
    value = value & ~(0xC000 << 48) | (0x8000 << 48)
    return UUID(int=value)


def secret(size: int = 32) -> str:
    """Hexadecimal secret of `size` random bytes."""
    return source().randbytes(size).hex()


def code(length: int = 8, alphabet: str = CODE_ALPHABET) -> str:
    """A code a person can read aloud: `length` characters of `alphabet`."""
    return "".join(source().choices(alphabet, k=length))
