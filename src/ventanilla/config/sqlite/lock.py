"""A fair lock for the one writer SQLite allows.

SQLite's own waiting sleeps longer the longer it waited, so whoever came first is served last. Here the threads of
a process queue in the order they came, and only the first of them competes with the other processes, by two lock
files: the *gate*, which is held while waiting for one's *turn*. Whoever has just written finds the gate taken by the
next, so a busy process can't keep the others out. The kernel wakes those who wait in the order they came (Linux 5.0
and newer) and frees the files of a process that dies. The files are never removed: a lock on a removed file is none.
"""

import fcntl
import os
import threading
import time
import weakref
from collections import deque
from pathlib import Path

# Bare locks rather than events: a lock may be given back by the garbage collector, in the middle of anything.
_Bell = threading.Lock


class LockTimeout(Exception):
    """The writer's lock could not be had in time."""


class _Queue:
    """First come, first served among the threads of this process."""

    def __init__(self) -> None:
        self._guard = threading.RLock()
        self._busy = False
        self._waiting: deque[threading.Lock] = deque()

    def enter(self, timeout: float) -> bool:
        bell = _Bell()
        bell.acquire()
        with self._guard:
            self._waiting.append(bell)
            if not self._busy:
                self._busy = True
                self._waiting.popleft().release()
        try:
            came = bell.acquire(timeout=timeout)
        except BaseException:
            if not self._give_up(bell):
                self.leave()
            raise
        return came or not self._give_up(bell)

    def _give_up(self, bell: threading.Lock) -> bool:
        """Leave the queue unserved; False where the turn came in the moment we stopped waiting."""
        with self._guard:
            try:
                self._waiting.remove(bell)
            except ValueError:
                return False
            return True

    def leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False


class _Wait:
    """A thread of its own that waits for the files, since the kernel's wait knows no time limit."""

    def __init__(self) -> None:
        self.came = _Bell()
        self.came.acquire()
        self.wanted = True


class _Files:
    """This process's place at the two lock files. Used by one thread at a time: the first of the queue."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._gate = self._turn = -1
        self._wait: _Wait | None = None

    def take(self, timeout: float) -> bool:
        with self._guard:
            if self._wait is None and self._try():
                return True
            wait = self._join_wait()
        try:
            came = wait.came.acquire(timeout=timeout)
        except BaseException:
            if not self._abandon(wait):
                self.give()
            raise
        if came:
            self._wait = None
        return came or not self._abandon(wait)

    def give(self) -> None:
        fcntl.flock(self._turn, fcntl.LOCK_UN)

    def forget(self) -> None:
        """In a forked child: let go of the parent's files without unlocking them."""
        for handle in (self._gate, self._turn):
            if handle >= 0:
                os.close(handle)
        self.__init__(self._path)  # type: ignore[misc]

    def _try(self) -> bool:
        if self._turn < 0:
            self._gate, self._turn = _open(f"{self._path}.gate"), _open(f"{self._path}.turn")
        try:
            fcntl.flock(self._gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False  # a gate already taken stays taken: it is our place in the line
        fcntl.flock(self._gate, fcntl.LOCK_UN)
        return True

    def _join_wait(self) -> _Wait:
        if self._wait is None:
            self._wait = _Wait()
            threading.Thread(target=self._stand, args=(self._wait,), name="writer-lock", daemon=True).start()
        self._wait.wanted = True
        return self._wait

    def _stand(self, wait: _Wait) -> None:
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        fcntl.flock(self._gate, fcntl.LOCK_UN)
        with self._guard:
            if wait.wanted:
                wait.came.release()
            else:
                self._wait = None
                self.give()

    def _abandon(self, wait: _Wait) -> bool:
        """Stop wanting the turn; False where it came in that moment."""
        with self._guard:
            if wait.came.acquire(blocking=False):
                self._wait = None
                return False
            wait.wanted = False
            return True


def _open(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


_places: dict[str, tuple[_Queue, _Files]] = {}
_places_guard = threading.Lock()
_locks: "weakref.WeakSet[WriterLock]" = weakref.WeakSet()


def _place(path: str) -> tuple[_Queue, _Files]:
    with _places_guard:
        if path not in _places:
            _places[path] = (_Queue(), _Files(path))
        return _places[path]


class WriterLock:
    """One connection's hold on the writer's lock of a database file."""

    held = False

    def __init__(self, database: str | Path) -> None:
        self.path = str(Path(database).absolute())
        self._queue, self._files = _place(self.path)
        _locks.add(self)

    def acquire(self, timeout: float) -> None:
        """Wait at most `timeout` seconds. Raises LockTimeout, or OSError where the files can't be opened."""
        deadline = time.monotonic() + timeout
        if not self._queue.enter(timeout):
            raise LockTimeout(self.path)
        try:
            self.held = self._files.take(max(0.0, deadline - time.monotonic()))
        finally:
            if not self.held:
                self._queue.leave()
        if not self.held:
            raise LockTimeout(self.path)

    def release(self) -> None:
        """Let the next one write. Without effect where the lock isn't held."""
        if self.held:
            self.held = False
            self._files.give()
            self._queue.leave()

    def __del__(self) -> None:
        # A thread that ends inside a transaction takes its connection along; the others must not wait for it.
        self.release()


def _after_fork() -> None:
    """A child holds nothing: its parent does."""
    global _places_guard
    _places_guard = threading.Lock()
    for lock in list(_locks):
        lock.held = False
    for queue, files in _places.values():
        queue.__init__()  # type: ignore[misc]
        files.forget()


os.register_at_fork(after_in_child=_after_fork)
