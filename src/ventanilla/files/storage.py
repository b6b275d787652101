"""Where contents lie: by the SHA-256 of what they are, so the same content lies there once.

A content is first *staged* (written, flushed to the disk, named by its hash), then the database commits the row
that speaks of it, then it is *placed* by renaming. Whatever is killed in between, the sweep can tell from the staged
name and the rows whether to go on or to throw away.
"""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from ventanilla.files.rules import MissingContent, StorageFull
from ventanilla.lib import ids

ORIGINAL, THUMBNAIL = "", "-320"
VARIANTS = (THUMBNAIL, ORIGINAL)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Store(Protocol):
    """The port: another store (S3) has these doors."""

    def stage(self, contents: dict[str, bytes]) -> tuple[str, str]: ...
    def place(self, digest: str, ticket: str) -> None: ...
    def open(self, digest: str, variant: str = ORIGINAL) -> BinaryIO: ...
    def remove(self, digest: str, unless: Callable[[], bool]) -> None: ...
    def staged(self) -> Iterator[tuple[str, str, float]]: ...
    def discard(self, digest: str, ticket: str) -> None: ...
    def placed(self, prefix: str) -> set[str]: ...


class Disk:
    """`root/ab/cd/<sha256>`, thumbnails beside; `root/staging/<sha256>.<ticket>` before that."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._staging = root / "staging"

    def stage(self, contents: dict[str, bytes]) -> tuple[str, str]:
        """Write contents by variant, the original among them. Returns its hash and the ticket to place them with.

        Raises StorageFull, with nothing left behind.
        """
        self._staging.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, ticket = sha256(contents[ORIGINAL]).hexdigest(), ids.secret(8)
        try:
            for variant in VARIANTS:
                if variant in contents:
                    self._write(self._staged_path(digest, ticket, variant), contents[variant])
            _flush_folder(self._staging)
        except OSError as error:
            self.discard(digest, ticket)
            if error.errno in _FULL:
                raise StorageFull from error
            raise
        return digest, ticket

    def _write(self, path: Path, content: bytes) -> None:
        """Under a name of its own until it is whole: a staged name promises the content of its hash."""
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("xb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def place(self, digest: str, ticket: str) -> None:
        """Rename what was staged to where it belongs, the thumbnail first. May be done twice."""
        folder = self._folder(digest)
        with self._locked():
            self._make_folder(folder)
            for variant in VARIANTS:
                with suppress(FileNotFoundError):
                    self._staged_path(digest, ticket, variant).replace(folder / f"{digest}{variant}")
            _flush_folder(folder)

    def open(self, digest: str, variant: str = ORIGINAL) -> BinaryIO:
        """The content, placed now if nobody came to it yet. Raises MissingContent."""
        path = self.path(digest, variant)
        if not path.exists():
            for waiting in self._staging.glob(f"{digest}.*"):
                if waiting.suffix != ".part":
                    self.place(digest, waiting.suffix[1:])
        try:
            return path.open("rb")
        except FileNotFoundError as error:
            raise MissingContent(digest) from error

    def path(self, digest: str, variant: str = ORIGINAL) -> Path:
        return self._folder(digest) / f"{digest}{variant}"

    def remove(self, digest: str, unless: Callable[[], bool]) -> None:
        """Remove a content, unless somebody wants it after all: asked under the lock that placing takes too."""
        with self._locked():
            if not unless():
                for variant in VARIANTS:
                    self.path(digest, variant).unlink(missing_ok=True)
                with suppress(FileNotFoundError):
                    _flush_folder(self._folder(digest))

    def staged(self) -> Iterator[tuple[str, str, float]]:
        """Everything staged: hash, ticket and when it was written (Unix seconds). Unfinished ones have an empty hash
        and their file name as ticket."""
        for entry in sorted(self._staging.glob("*")):
            with suppress(FileNotFoundError):
                yield (*_read_name(entry.name), entry.stat().st_mtime)

    def discard(self, digest: str, ticket: str) -> None:
        """Throw away what was staged, or what `staged` called unfinished."""
        if not digest:
            (self._staging / ticket).unlink(missing_ok=True)
        for variant in VARIANTS:
            self._staged_path(digest, ticket, variant).unlink(missing_ok=True)

    def placed(self, prefix: str) -> set[str]:
        """Hashes of all originals that begin with two hexadecimal digits."""
        return {path.name for path in (self._root / prefix).glob("??/*") if not path.name.endswith(THUMBNAIL)}

    def _staged_path(self, digest: str, ticket: str, variant: str) -> Path:
        return self._staging / f"{digest}{variant}.{ticket}"

    def _folder(self, digest: str) -> Path:
        return self._root / digest[:2] / digest[2:4]

    def _make_folder(self, folder: Path) -> None:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _flush_folder(folder.parent)
            _flush_folder(self._root)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._root / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _read_name(name: str) -> tuple[str, str]:
    if name.endswith(".part"):
        return "", name
    stem, _dot, ticket = name.partition(".")
    return stem.removesuffix(THUMBNAIL), ticket


def _flush_folder(folder: Path) -> None:
    """Make renames in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@cache
def _disk(root: Path) -> Disk:
    return Disk(root)


def store() -> Disk:
    """The store of this installation."""
    return _disk(Path(settings.DATA) / "files")
