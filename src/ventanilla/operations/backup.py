"""`backup`: everything that must survive, in one tar, while the installation goes on serving.

Order matters. What is small goes first (keys, options, anchors: an anchor must not be newer than the database), then
one moment of the database, then the files: a file is on the disk before the database speaks of it and is not changed
afterwards, so all that the copy of the database names are there. Those that came after that moment stay behind: the
copy knows nothing of them. `manifest.json` comes last, with the size and SHA-256 of each.
"""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import ventanilla
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock
from ventanilla.operations.console import note, say
from ventanilla.operations.trouble import Trouble

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database/ventanilla.sqlite3", "postgresql": "database/ventanilla.dump"}

# Made again from the code, copied by other means, or of no use elsewhere.
_LEFT_OUT = ("static", "backups", "staging", "ventanilla.sqlite3")
_LATE = "files"


def run(args: Namespace) -> int:
    make(args.file)
    say(
        f"Respaldo completo: {args.file} ({args.file.stat().st_size / 1e6:.2f} MB). Contiene las claves: guárdelo bien."
    )
    say(f"Para recuperarlo: ./ventanilla restore {args.file} --data CARPETA")
    return 0


def make(path: Path) -> None:
    """Write the backup to `path`, readable by this user alone. Raises Trouble; leaves nothing half-written."""
    if path.exists():
        raise Trouble(f"Ya existe {path}.", advice="Elija otro nombre o mueva el respaldo anterior.")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            _write(out, path.parent, compressed=path.suffix in {".gz", ".tgz"}, besides={path, part})
            out.flush()
            os.fsync(out.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _write(out: BinaryIO, beside: Path, *, compressed: bool, besides: set[Path]) -> None:
    mode = "w|gz" if compressed else "w|"
    with tempfile.TemporaryDirectory(dir=beside) as folder, tarfile.open(fileobj=out, mode=mode) as tar:  # type: ignore[call-overload]
        writer = _Writer(tar)
        files = sorted(_data_files(besides))
        for name, path in files:
            if not name.startswith(_LATE + "/"):
                writer.add(name, path)
        note("Copio la base de datos…")
        with _database_copy(Path(folder)) as (copy, knows):
            writer.add(DATABASE[connection.vendor], copy)
            note("Copio los archivos…")
            # Twice: one that was being put into its place while the first list was read is there for the second.
            for _time in range(2):
                for name, path in _files_folder(besides):
                    if knows(_digest(path)) or not _is_known_now(_digest(path)):
                        writer.add(name, path)
        writer.finish()


def _data_files(besides: set[Path]) -> Iterator[tuple[str, Path]]:
    """What stands in the data folder except the database and the files, with its name in the tar."""
    for top in sorted(Path(settings.DATA).iterdir()):
        if top.name != _LATE and not top.name.startswith(_LEFT_OUT):
            yield from _under(top, besides)


def _files_folder(besides: set[Path]) -> Iterator[tuple[str, Path]]:
    """Contents, without the lock beside them."""
    contents = _under(Path(settings.DATA) / _LATE, besides)
    return ((name, path) for name, path in contents if not path.name.startswith("."))


def _under(top: Path, besides: set[Path]) -> Iterator[tuple[str, Path]]:
    for path in [top] if top.is_file() else sorted(top.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.absolute() not in {each.absolute() for each in besides}:
            yield path.relative_to(settings.DATA).as_posix(), path


@dataclass
class _Hashing:
    """Reads a file and hashes what went by."""

    source: BinaryIO

    def __post_init__(self) -> None:
        self.seen = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.seen.update(data)
        return data


class _Writer:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file, once."""
        if name in self._files:
            return
        try:
            source = path.open("rb")
        except FileNotFoundError:  # erased under an order since it was listed, or put into its place
            return
        with source:
            size = os.fstat(source.fileno()).st_size
            hashing = _Hashing(source)
            self._tar.addfile(_entry(name, size), cast(BinaryIO, hashing))
            self._files[name] = {"size": size, "sha256": hashing.seen.hexdigest()}

    def finish(self) -> None:
        said = {
            "format": FORMAT,
            "version": ventanilla.__version__,
            "made_at": clock.now().isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations()),
            "files": self._files,
        }
        body = json.dumps(said, ensure_ascii=False, indent=1).encode()
        self._tar.addfile(_entry(MANIFEST, len(body)), io.BytesIO(body))


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(clock.now().timestamp())
    return entry


Knows = Callable[[str], bool]
"""Whether the copy of the database names a content, by its SHA-256."""

_NAMED = "SELECT 1 FROM files_storedfile WHERE sha256 = "


def _digest(path: Path) -> str:
    """The content's, in the name of a file; a thumbnail's name goes on after it."""
    return path.name[:64]


def _is_known_now(digest: str) -> bool:
    """Since the copy was made. What nobody knows is for `verify` to tell of, so it goes along."""
    return StoredFile.objects.filter(sha256=digest).exists()


def _database_copy(folder: Path) -> AbstractContextManager[tuple[Path, Knows]]:
    return _copy_of_sqlite(folder) if connection.vendor == "sqlite" else _dump_of_postgres(folder)


@contextmanager
def _copy_of_sqlite(folder: Path) -> Iterator[tuple[Path, Knows]]:
    """One moment of the database: in WAL mode the copying reader and the writers don't wait for each other."""
    path = folder / "ventanilla.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        yield path, lambda digest: target.execute(_NAMED + "?", [digest]).fetchone() is not None


@contextmanager
def _dump_of_postgres(folder: Path) -> Iterator[tuple[Path, Knows]]:
    """The moment of a snapshot, exported to pg_dump by a transaction that goes on seeing it."""
    import psycopg

    path = folder / "ventanilla.dump"
    with psycopg.connect(**connection.get_connection_params()) as held:
        held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        [(snapshot,)] = held.execute("SELECT pg_export_snapshot()")
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
        postgres_tool("pg_dump", *options, f"--file={path}")
        yield path, lambda digest: held.execute(_NAMED + "%s", [digest]).fetchone() is not None


def postgres_tool(name: str, *options: str) -> None:
    """Run a client of PostgreSQL on this installation's database. Raises Trouble."""
    its = connection.settings_dict
    known = {"PGHOST": its["HOST"], "PGPORT": its["PORT"], "PGUSER": its["USER"], "PGPASSWORD": its["PASSWORD"]}
    env = os.environ | {"PGDATABASE": str(its["NAME"])} | {key: str(value) for key, value in known.items() if value}
    try:
        ended = subprocess.run([name, *options], env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Trouble(f"Falta el programa {name}.", advice="sudo apt install postgresql-client") from None
    if ended.returncode:
        raise Trouble(
            f"{name} falló: {ended.stderr.strip()[-600:]}",
            advice="Revise DATABASE_URL, y que el cliente no sea más viejo que el servidor: pg_dump --version",
        )
