"""Rate limits shared by every process of a machine: a small file of counters.

No database and no server beside it: a limit must cost less than what it protects. Each key falls on one of a fixed
number of slots by a keyed hash, so nothing personal is written, the file never grows and nobody can choose whom to
collide with. Two keys that share a slot share their allowance until the window ends.

Read and written, not mapped into memory: on a full disk a mapped page that has no place yet kills the process.
"""

import fcntl
import hashlib
import os
import struct
import threading
from pathlib import Path

from ventanilla.lib import clock

_SLOT = struct.Struct("<QI4x")
SLOTS = 65_536


class Counters:
    """Counters in a file. Safe among threads and processes of one machine."""

    def __init__(self, path: Path, secret: str) -> None:
        self._guard = threading.Lock()  # file locks exclude processes, not threads
        self._secret = secret.encode()[:64]
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        # All of its place at once, so that counting goes on when the disk is full.
        size = os.fstat(self._handle).st_size
        os.pwrite(self._handle, bytes(max(0, SLOTS * _SLOT.size - size)), size)

    def hit(self, key: str, *, limit: int, seconds: int) -> bool:
        """Count one more for `key` in this window of so many seconds; False once past `limit`."""
        return self.count(key, seconds=seconds) <= limit

    def count(self, key: str, *, seconds: int) -> int:
        """Count one more for `key` in this window of so many seconds; how many there were with it."""
        offset = self._slot(key) * _SLOT.size
        window = int(clock.now().timestamp()) // seconds
        with self._guard:
            fcntl.lockf(self._handle, fcntl.LOCK_EX, _SLOT.size, offset)
            try:
                held, count = _SLOT.unpack(os.pread(self._handle, _SLOT.size, offset))
                count = min(count + 1, 2**32 - 1) if held == window else 1
                os.pwrite(self._handle, _SLOT.pack(window, count), offset)
            finally:
                fcntl.lockf(self._handle, fcntl.LOCK_UN, _SLOT.size, offset)
        return int(count)

    def _slot(self, key: str) -> int:
        digest = hashlib.blake2b(key.encode(), key=self._secret, digest_size=8).digest()
        return int.from_bytes(digest, "little") % SLOTS
