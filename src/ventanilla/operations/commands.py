"""The words of `./ventanilla`: each command, its options and the module that does it. Read without Django in memory."""

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ventanilla.operations import console
from ventanilla.operations.trouble import Trouble

HOME = Path(__file__).resolve().parents[3]
"""The folder of the launcher; data stand in it unless said otherwise."""

Options = Callable[[argparse.ArgumentParser], None]


def _none(parser: argparse.ArgumentParser) -> None:
    """A command without options of its own."""


@dataclass(frozen=True)
class Command:
    """`begins` may make keys in an empty folder; without `django` the command sets it up itself, or not at all."""

    module: str
    help: str
    options: Options = _none
    begins: bool = False
    django: bool = True
    folder: str = "data"


def _serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="puerto (PORT; si no se dice, 8000)")
    parser.add_argument("--bind", default="127.0.0.1", help="dirección en que atiende; 0.0.0.0 para todas")
    parser.add_argument("--no-jobs", action="store_true", help="sin el proceso de trabajos")
    parser.add_argument("--prepared", action="store_true", help=argparse.SUPPRESS)


def _demo(parser: argparse.ArgumentParser) -> None:
    _serving(parser)
    parser.add_argument("--no-serve", action="store_true", help="prepara la demostración y termina")
    parser.add_argument("--days", type=int, help="cuántos días de historia se viven al hacerla; si no, seis meses")


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help="nombre de la municipalidad")
    parser.add_argument("--kind", default="Municipalidad", help="clase: Municipalidad, Ayuntamiento, Intendencia…")
    parser.add_argument("--country", help="país, dos letras: CR, MX, ES…")
    parser.add_argument("--time-zone", help="huso horario: America/Costa_Rica…")
    parser.add_argument("--admin", help="usuario de quien administra; su clave se muestra una vez")
    parser.add_argument("--host", action="append", default=[], help="nombre público del sitio; puede repetirse")
    parser.add_argument("--https", action="store_true", help="el sitio se sirve por HTTPS")
    parser.add_argument("--non-interactive", action="store_true", help="no pregunta nada")


def _import(parser: argparse.ArgumentParser) -> None:
    kinds = "zones, streets, parcels, addresses, landmarks, assets, shapes, services, cases"
    parser.add_argument("what", metavar="CLASE", help=f"qué trae el archivo: {kinds}")
    parser.add_argument("file", metavar="ARCHIVO", type=Path, help="el archivo")
    parser.add_argument("--mapping", type=Path, help="correspondencia de columnas: un TOML o el nombre de uno hecho")
    parser.add_argument("--rejected", type=Path, help="CSV de las filas rechazadas; si no, en la carpeta de datos")


def _file(text: str) -> Options:
    def options(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="ARCHIVO", type=Path, help=text)

    return options


def _lock(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--upgrade", action="store_true", help="a las más nuevas; si no, solo lo que haga falta")


def _translations(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--missing", action="store_true", help="solo muestra lo que falta por traducir")


def _bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, help="cuántos expedientes se llenan: un millón, si no lo dice")
    parser.add_argument("--reuse", action="store_true", help="mide lo que ya se llenó en esta carpeta")
    parser.add_argument("--json", type=Path, help="dónde escribir los resultados")
    parser.add_argument("--only", help="solo las operaciones cuyo nombre contiene esto")
    parser.add_argument("--requests", type=int, default=200, help="cuántas veces se mide cada operación")
    parser.add_argument("--port", type=int, default=8765, help="puerto del servidor que se mide")


def _rest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", metavar="PALABRAS", nargs="*", help="lo que se le pasa, tal cual")


# What argparse says in English ------------------------------------------------------------------------------------

_WRONG = (
    (r"the following arguments are required: (.+)", "Falta decir: {}."),
    (r"unrecognized arguments: (.+)", "No conozco «{}»."),
    (r"argument ORDEN: invalid choice: '(.*?)' ", "No conozco la orden «{}»."),
    (r"argument (.+): invalid int value: '(.*)'", "{} lleva un número, y dice «{}»."),
    (r"argument (.+): expected one argument", "A {} le falta su valor."),
    (r"argument (.+): ignored explicit argument '(.*)'", "{} no lleva valor, y dice «{}»."),
    (r"ambiguous option: (.+?) could match (.+)", "{} puede ser cualquiera de estas: {}. Escríbala entera."),
)


class _Help(argparse.HelpFormatter):
    """The usage under a Spanish heading."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Uso: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """One that explains itself in Spanish, and says what to do about wrong words."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**said, add_help=False, formatter_class=_Help)
        self._positionals.title, self._optionals.title = "qué se dice", "opciones"
        self.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")

    def error(self, message: str) -> NoReturn:
        console.complain(Trouble(explained(message), advice=f"Vea cómo se escribe con ./{self.prog} --help"))
        self.exit(2)


def explained(message: str) -> str:
    """What argparse complains of, in Spanish."""
    for pattern, said in _WRONG:
        found = re.match(pattern, message)
        if found:
            return said.format(*found.groups())
    return "No entiendo la orden como está escrita."


COMMANDS = {
    "demo": Command("demo", "una municipalidad de muestra, lista para probar", _demo, begins=True, folder="data-demo"),
    "init": Command("init", "crea una municipalidad real, vacía y lista", _init, begins=True),
    "run": Command("serve", "atiende: web y trabajos", _serving, django=False),
    "jobs": Command("work", "solo el proceso de trabajos"),
    "import": Command("import_file", "trae lo del mapa, los servicios o los casos", _import),
    "export": Command("export", "saca todo en formatos abiertos", _file("archivo .zip que se crea")),
    "backup": Command("backup", "respaldo completo, aun en marcha", _file("archivo .tar o .tar.gz que se crea")),
    "restore": Command("restore", "recupera un respaldo en una carpeta vacía", _file("el respaldo"), django=False),
    "upgrade": Command("upgrade", "respalda y pasa los datos a esta versión"),
    "doctor": Command("doctor", "revisa la instalación y dice qué hacer"),
    "verify": Command("verify", "comprueba que nada fue alterado"),
    "bench": Command(
        "bench", "mide la velocidad con un millón de expedientes", _bench, begins=True, folder="data-bench"
    ),
    "manage": Command("manage", "órdenes de Django", _rest),
    "test": Command("quality", "pasa las pruebas", _rest, django=False),
    "check": Command("quality", "revisa el código y pasa las pruebas", _rest, django=False),
    "lock": Command("lock", "fija las versiones de las bibliotecas", _lock, django=False),
    "translations": Command("translations", "pone al día y compila las traducciones", _translations, django=False),
    "ready": Command("ready", ""),
}


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line, read: `command`, `data`, and what the command's own options say.

    Commands that hand their words on (`manage`, `test`, `check`) take `--data` first of all and leave the rest alone.
    """
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None or command.options is not _rest or arguments[1:2] == ["--help"]:
        return parser().parse_args(arguments)
    name, *rest = arguments
    data = rest[1] if rest[:1] == ["--data"] and len(rest) > 1 else None
    return argparse.Namespace(command=name, data=data, rest=rest[2:] if data else rest)


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; the command is in `command`, its data folder in `data`."""
    top = Parser(prog="ventanilla", description="La ventanilla de su municipalidad.")
    words = top.add_subparsers(dest="command", required=True, metavar="ORDEN", title="órdenes", prog="ventanilla")
    for name, command in COMMANDS.items():
        sub = words.add_parser(name, help=command.help) if command.help else words.add_parser(name)
        sub.add_argument("--data", help="carpeta de los datos (VENTANILLA_DATA)")
        command.options(sub)
    return top
