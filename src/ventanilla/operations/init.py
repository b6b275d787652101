"""`init`: a real, empty municipality, from a few questions or flags, ready for visitors at once."""

import sys
import zoneinfo
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from ventanilla.calendars import presets
from ventanilla.lib import ids
from ventanilla.operations import static
from ventanilla.operations.console import note, say
from ventanilla.operations.trouble import Trouble
from ventanilla.organization import actions
from ventanilla.organization.models import Municipality


def run(args: Namespace) -> int:
    if _is_founded():
        raise Trouble(
            f"En {settings.DATA} ya hay una municipalidad.",
            advice="Para servirla: ./ventanilla run. Para hacer otra, elija otra carpeta con --data.",
        )
    ask = _refuse if args.non_interactive else _ask
    country = _country(args.country or ask("--country", "País (dos letras, por ejemplo CR)", ""))
    name = args.name or ask("--name", "Nombre (por ejemplo, Municipalidad de San Rafael)", "")
    zone = _zone(args.time_zone or (_usual_zone(country) if args.non_interactive else _ask_zone(ask, country)))
    admin = args.admin or ("admin" if args.non_interactive else ask("--admin", "Usuario que administra", "admin"))
    prepare_database()
    write_options(hosts=args.host, https=args.https)
    actions.found_municipality(name=name, country=country, time_zone=zone, kind=args.kind, by="init")
    password = ids.code(16)
    actions.appoint_administrator(username=admin, password=password, by="init")
    _farewell(name, admin, password)
    return 0


def _is_founded() -> bool:
    return Municipality._meta.db_table in connection.introspection.table_names() and Municipality.objects.exists()


def prepare_database() -> None:
    """Migrate, and gather the static files."""
    note("Preparo la base de datos…")
    call_command("migrate", interactive=False, verbosity=0)
    static.gather()


def write_options(*, hosts: list[str], https: bool, demo: bool = False) -> None:
    """Write `ventanilla.toml` unless there is one: it is the operator's to edit from then on."""
    path = Path(settings.DATA) / "ventanilla.toml"
    if path.exists():
        return
    names = ", ".join(f'"{host}"' for host in ["127.0.0.1", "localhost", *hosts])
    lines = [f"hosts = [{names}]", f"https = {str(https).lower()}", f"demo = {str(demo).lower()}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)


def _farewell(name: str, admin: str, password: str) -> None:
    say(f"\nListo: {name}, en {settings.DATA}")
    say(f"  Para entrar a la mesa: usuario {admin}, clave {password}  (no se vuelve a mostrar; cámbiela al entrar)")
    say(f"  Guarde una copia de {settings.DATA}/keys aparte: sin ellas el registro no se puede comprobar.")
    say("  Para atender:  ./ventanilla run")


def _ask(flag: str, question: str, default: str) -> str:
    if not sys.stdin.isatty():
        return default or _refuse(flag, question, default)
    while True:
        answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
        if answer:
            return answer


def _refuse(flag: str, question: str, default: str) -> str:
    raise Trouble(f"Falta un dato: {question}.", advice=f"Dígalo con {flag}.")


def _ask_zone(ask: Callable[[str, str, str], str], country: str) -> str:
    return ask("--time-zone", "Huso horario (por ejemplo, America/Costa_Rica)", _usual_zone(country))


def _usual_zone(country: str) -> str:
    """The zone most of the country lives in: offered, never imposed."""
    return presets.load(country).time_zones[0]


def _country(said: str) -> str:
    if len(said) != 2 or not said.isascii() or not said.isalpha():
        raise Trouble(f"«{said}» no es un país.", advice="Use las dos letras del país: --country CR")
    if said.upper() not in presets.COUNTRIES:
        raise Trouble(
            f"De «{said.upper()}» no tenemos todavía los plazos que fija su ley.",
            advice=f"Elija entre {', '.join(presets.COUNTRIES)}. Cómo se agrega un país: CONTRIBUTING.md.",
        )
    return said.upper()


def _zone(said: str) -> str:
    if said not in zoneinfo.available_timezones():
        raise Trouble(f"«{said}» no es un huso horario.", advice="Use su nombre: --time-zone America/Costa_Rica")
    return said
