"""`upgrade`: brings the data to this version of the code; backs up first and never goes down."""

from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import ventanilla
from ventanilla.lib import clock
from ventanilla.operations import backup, health, static
from ventanilla.operations.console import note, say
from ventanilla.operations.trouble import Trouble


def run(_args: Namespace) -> int:
    refuse_newer()
    pending = health.pending_migrations()
    if pending:
        saved = _save() if MigrationRecorder(connection).applied_migrations() else None
        _migrate(pending, saved)
    static.gather()
    say(f"Los datos están en la versión {ventanilla.__version__}. Reinicie el servicio si está en marcha.")
    return 0


def refuse_newer() -> None:
    """Raises Trouble where the database holds migrations this code doesn't know: it belongs to a later version."""
    unknown = unknown_migrations()
    if unknown:
        raise Trouble(
            f"Los datos son de una versión más nueva que este programa ({unknown[0]}).",
            advice="Instale esa versión o una posterior; para volver atrás, recupere un respaldo anterior con restore.",
        )


def unknown_migrations() -> list[str]:
    """What the database has been through and this code doesn't know, as `room.name`."""
    applied = MigrationRecorder(connection).applied_migrations()
    known = MigrationLoader(None).disk_migrations
    replaced = {old for migration in known.values() for old in migration.replaces}
    return sorted(".".join(key) for key in applied if key not in known and key not in replaced)


def _save() -> Path:
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    path = Path(settings.DATA) / "backups" / f"before-{ventanilla.__version__}-{stamp}.tar"
    note(f"Respaldo antes de cambiar nada: {path}")
    backup.make(path)
    return path


def _migrate(pending: list[str], saved: Path | None) -> None:
    note(f"Aplico {len(pending)} cambios a la base de datos…")
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise Trouble(
            f"La base de datos rechazó un cambio ({type(error).__name__}).",
            advice=f"Vuelva a la versión anterior del programa y recupere {saved} en otra carpeta con restore."
            if saved
            else "Revise que el usuario de la base pueda crear tablas.",
        ) from error
