"""`doctor`: looks at everything an installation stands on and says what to do."""

import platform
import shutil
import sqlite3
import stat
import sys
import zoneinfo
from argparse import Namespace
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks as django_checks
from django.db import DatabaseError, connection

from ventanilla.audit import triggers
from ventanilla.jobs.enums import JobState
from ventanilla.jobs.models import Job
from ventanilla.lib.findings import Finding, Level, Look, checks, error, ok, warn
from ventanilla.operations import health, static, upgrade
from ventanilla.operations.trouble import explained
from ventanilla.operations.verify import tell
from ventanilla.organization.models import Municipality

_SQLITE = (3, 37, 0)
_POSTGRES = 150_000
_LITTLE = 2_000_000_000
_LIBRARIES = ("pyogrio", "pyproj", "shapely", "typst", "PIL", "lxml", "h3", "SpiffWorkflow")


def run(_args: Namespace) -> int:
    return tell(found())


def found() -> Iterator[Finding]:
    """All there is to say, the installation's own checks first, then those the rooms registered."""
    own: list[Look] = [python, disk, keys, libraries, static_files]
    on_database: list[Look] = [database, time_zones, links, trail, jobs, dead_jobs, system_checks, *checks.values()]
    for look in own:
        yield from look()
    for look in on_database:
        seen = list(_safely(look))
        yield from seen
        if look is database and any(each.level is Level.ERROR for each in seen):
            return  # nothing else can be asked of it


def _safely(look: Look) -> Iterator[Finding]:
    try:
        yield from look()
    except DatabaseError as trouble:
        known = explained(trouble)
        advice = known.advice if known else "./ventanilla upgrade"
        yield error("Base de datos", f"no responde bien ({type(trouble).__name__})", advice)


def python() -> Iterator[Finding]:
    said = f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < _SQLITE:
        yield error(
            "Python", said, "Ventanilla necesita SQLite 3.37 o más nuevo: actualice el sistema, o use PostgreSQL."
        )
    else:
        yield ok("Python", said)


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    said = f"{free / 1e9:.1f} GB libres en {settings.DATA}"
    if free < health.LEAST_FREE:
        yield error("Disco", said, "Libere espacio ya: con tan poco no se puede guardar nada.")
    elif free < _LITTLE:
        yield warn("Disco", said, "Libere espacio o mueva la carpeta de datos a un disco mayor.")
    else:
        yield ok("Disco", said)


def keys() -> Iterator[Finding]:
    folder = Path(settings.DATA) / "keys"
    loose = [path.name for path in folder.iterdir() if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if loose:
        yield error("Claves", f"otros usuarios pueden leer {', '.join(sorted(loose))}", f"chmod 600 {folder}/*")
    else:
        yield ok("Claves", "solo las lee este usuario")


def libraries() -> Iterator[Finding]:
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        yield error("Bibliotecas", "faltan " + ", ".join(missing), "Borre .venv y repita la orden.")
    else:
        yield ok("Bibliotecas", f"completas en {sys.prefix}")


def links() -> Iterator[Finding]:
    """Whether what people are sent leads to where they can go."""
    if urlsplit(settings.SITE_ADDRESS).hostname in ("127.0.0.1", "localhost") and not settings.DEMO:
        advice = 'Ponga en ventanilla.toml el nombre del sitio: hosts = ["127.0.0.1", "ventanilla.example.org"]'
        yield warn(
            "Enlaces", f"los de avisos y constancias llevan a {settings.SITE_ADDRESS}, que es esta máquina", advice
        )
    else:
        yield ok("Enlaces", settings.SITE_ADDRESS)


def time_zones() -> Iterator[Finding]:
    municipality = Municipality.objects.first()
    if municipality is None:
        yield error("Municipalidad", "no hay ninguna", "./ventanilla init")
        return
    try:
        zoneinfo.ZoneInfo(municipality.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        yield error("Huso horario", f"no hay datos de {municipality.time_zone}", "sudo apt install tzdata")
    else:
        yield ok("Huso horario", municipality.time_zone)


def trail() -> Iterator[Finding]:
    missing = triggers.missing(connection)
    if missing:
        yield error("Protección del rastro", f"faltan {len(missing)} disparadores", "./ventanilla manage migrate")
    else:
        yield ok("Protección del rastro", "puesta")


def dead_jobs() -> Iterator[Finding]:
    dead = Job.objects.filter(state=JobState.DEAD).count()
    if dead:
        yield warn("Trabajos abandonados", str(dead), "./ventanilla manage dead_jobs, y con --retry los repite")


def database() -> Iterator[Finding]:
    yield _version()
    unknown, pending = upgrade.unknown_migrations(), health.pending_migrations()
    if unknown:
        yield error("Versión de los datos", f"más nueva que el programa ({unknown[0]})", "Actualice el programa.")
    elif pending:
        yield error("Versión de los datos", f"faltan {len(pending)} cambios", "./ventanilla upgrade")
    else:
        yield ok("Versión de los datos", "al día")


def _version() -> Finding:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return ok("Base de datos", "SQLite")
    version = connection.pg_version  # type: ignore[attr-defined]
    said = f"PostgreSQL {version // 10_000}"
    return (
        ok("Base de datos", said)
        if version >= _POSTGRES
        else error("Base de datos", said, "Ventanilla necesita PostgreSQL 15 o más nuevo.")
    )


def jobs() -> Iterator[Finding]:
    if health.has_heartbeat():
        yield ok("Trabajos", "en marcha")
    else:
        yield warn("Trabajos", "ningún proceso los hace", "./ventanilla run, o ./ventanilla jobs en otra máquina")


def static_files() -> Iterator[Finding]:
    if static.is_gathered():
        yield ok("Estilos e imágenes", "al día")
    else:
        yield warn("Estilos e imágenes", "no son los de esta versión", "./ventanilla upgrade")


def system_checks() -> Iterator[Finding]:
    """What Django and the rooms check by themselves; security warnings count where the site is public."""
    public = settings.HTTPS
    for each in django_checks.run_checks(include_deployment_checks=public, databases=["default"]):
        if each.level < django_checks.ERROR and not str(each.id).startswith("security."):
            continue  # advice to developers
        said = error if each.level >= django_checks.ERROR else warn
        yield said(f"Ajustes ({each.id})", str(each.msg), str(each.hint or "Revise ventanilla.toml."))
