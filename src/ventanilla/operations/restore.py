"""`restore`: a backup, checked byte by byte, into an empty folder (and an empty database), and verified."""

import hashlib
import json
import os
import shutil
import tarfile
from argparse import Namespace
from pathlib import Path, PurePosixPath
from typing import Any

from ventanilla.operations.console import note, say
from ventanilla.operations.trouble import Trouble

_ASIDE = ".restoring"
_MANIFEST = "manifest.json"
_DAMAGED = "El respaldo está dañado. Cópielo de nuevo desde donde lo guardó, o use uno anterior."


def run(args: Namespace) -> int:
    target = Path(os.environ["VENTANILLA_DATA"])
    if not args.file.is_file():
        raise Trouble(f"No existe el respaldo {args.file}.", advice="Revise la ruta.")
    if target.exists() and any(target.iterdir()):
        raise Trouble(f"La carpeta {target} no está vacía.", advice="Recupere en una nueva: --data CARPETA")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        manifest = unpack(args.file, target)
        _begin(target, manifest)
    except BaseException:
        _clear(target)
        raise
    return _finish(target)


def unpack(file: Path, target: Path) -> dict[str, Any]:
    """Unpack into the empty folder `target`; nothing stands in its place until all has been checked.

    Returns the manifest. Raises Trouble where the tar is not one of ours, is damaged or names places outside.
    """
    aside = target / _ASIDE
    aside.mkdir(mode=0o700)
    note("Desempaco y compruebo…")
    try:
        with tarfile.open(file, "r|*") as tar:
            seen = {member.name: _unpack_one(tar, member, aside) for member in tar}
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise Trouble(f"No puedo leer {file}.", advice=_DAMAGED) from error
    manifest = _checked_manifest(aside, seen)
    for top in aside.iterdir():
        top.rename(target / top.name)
    aside.rmdir()
    return manifest


def _unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, aside: Path) -> str:
    parts = PurePosixPath(member.name).parts
    source = tar.extractfile(member) if member.isreg() else None
    if source is None or not parts or parts[0] == "/" or ".." in parts:
        raise Trouble(
            "El respaldo trae algo que no es nuestro.", advice="Use un archivo hecho por ./ventanilla backup."
        )
    path = aside.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while data := source.read(1 << 20):
            digest.update(data)
            out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _checked_manifest(aside: Path, seen: dict[str, str]) -> dict[str, Any]:
    path = aside / _MANIFEST
    if not path.exists():
        raise Trouble("El respaldo está incompleto: le falta el final.", advice=_DAMAGED)
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if manifest.get("format") != 1:
        raise Trouble(
            "El respaldo es de una versión más nueva.", advice="Use esa versión de Ventanilla o una posterior."
        )
    said = {name: about["sha256"] for name, about in manifest["files"].items()}
    if said != {name: digest for name, digest in seen.items() if name != _MANIFEST}:
        raise Trouble("Lo que trae el respaldo no coincide con su manifiesto.", advice=_DAMAGED)
    path.unlink()
    return manifest


def _begin(target: Path, manifest: dict[str, Any]) -> None:
    """Put the database in its place and set Django up on it."""
    import django

    if manifest["database"] == "sqlite":
        if os.environ.get("DATABASE_URL"):
            raise Trouble("El respaldo es de SQLite y DATABASE_URL nombra otra base.", advice="unset DATABASE_URL")
        (target / "database" / "ventanilla.sqlite3").rename(target / "ventanilla.sqlite3")
    django.setup()
    if manifest["database"] == "postgresql":
        _load_postgres(target)
    shutil.rmtree(target / "database")


def _load_postgres(target: Path) -> None:
    from django.db import connection

    from ventanilla.operations.backup import postgres_tool

    if connection.vendor != "postgresql":
        raise Trouble("El respaldo es de PostgreSQL.", advice="Cree una base vacía y dígala en DATABASE_URL.")
    if connection.introspection.table_names():
        raise Trouble("La base de datos no está vacía.", advice="Cree otra (createdb) y dígala en DATABASE_URL.")
    dump = target / "database" / "ventanilla.dump"
    options = ["--no-owner", "--no-privileges", "--no-comments", "--single-transaction", "--exit-on-error"]
    postgres_tool("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(dump))


def _finish(target: Path) -> int:
    from ventanilla.operations import health, static, upgrade, verify

    upgrade.refuse_newer()
    if health.pending_migrations():
        say(f"Recuperado en {target}. Es de una versión anterior: ./ventanilla upgrade --data {target}")
        return 0
    static.gather()
    note("Verifico el rastro…")
    wrong = verify.tell(verify.found())
    say(f"Recuperado en {target}. Para atender: ./ventanilla run --data {target}")
    return wrong


def _clear(target: Path) -> None:
    for path in target.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
