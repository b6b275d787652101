"""`demo`: the demo municipality, made the first time and served."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import User
from ventanilla.operations import health, static
from ventanilla.operations.console import note, say
from ventanilla.operations.init import prepare_database, write_options
from ventanilla.operations.serve import port_of, refuse_taken_port
from ventanilla.operations.trouble import Trouble
from ventanilla.organization.actions import found_municipality
from ventanilla.organization.models import Municipality

Account = tuple[str, str, str]
"""Username, password and what the account is for; the first of all is whom `API_KEY` acts as.

Without a password it is a person's: they sign in to the portal with a code sent to that contact.
"""

Fill = Callable[..., Sequence[Account]]

_OPEN311 = [Scope.OPEN311_POST, Scope.OPEN311_UPDATE]
_API = [Scope.CASE_FILE, Scope.CASE_READ, Scope.CASE_ACT]


def run(args: Namespace) -> int:
    _refuse_the_real()
    port = port_of(args)
    if not args.no_serve:
        refuse_taken_port(args.bind, port)
    accounts = make(days=args.days)
    _tell(args.bind, port, accounts)
    if not args.no_serve:
        _serve(args, port)
    return 0


def make(*, days: int | None = None) -> Sequence[Account]:
    """Make the demo, or what of it is missing; done once it costs a moment. Returns its accounts.

    `days`: how much of the story is lived when it is made; as much as the demo's room says if None.
    """
    if health.pending_migrations():
        prepare_database()
    static.gather()
    write_options(hosts=[], https=False, demo=True)
    if not Municipality.objects.exists():
        found_municipality(
            name="Municipalidad de Santa Rita de las Lomas",
            country="CR",
            time_zone="America/Costa_Rica",
            kind="Municipalidad",
            by="demo",
        )
    return _fill(days)


def _fill(days: int | None) -> Sequence[Account]:
    """Let the demo's room tell its story, where this edition brings one."""
    if find_spec(settings.DEMO_FILL.rpartition(".")[0]) is None:
        return []
    fill: Fill = import_string(settings.DEMO_FILL)
    return fill(say=note, days=days)


def _refuse_the_real() -> None:
    if (Path(settings.DATA) / "ventanilla.toml").exists() and not settings.DEMO:
        raise Trouble(
            f"En {settings.DATA} hay una municipalidad real.", advice="Use otra carpeta: ./ventanilla demo --data DIR"
        )


def _tell(bind: str, port: int, accounts: Sequence[Account]) -> None:
    say(f"\nPortal  http://{bind}:{port}/\nMesa    http://{bind}:{port}/mesa/\n\nCuentas de la demostración:")
    for username, password, purpose in accounts:
        if password:
            say(f"  {username:<14} {password:<14} {purpose}")
        else:
            _tell_of_person(f"http://{bind}:{port}/entrar/", username, purpose)
    acting = User.objects.filter(username=accounts[0][0]).first() if accounts else None
    say("\nOPEN311_API_KEY=" + _key("open311", _OPEN311, None))
    say("API_KEY=" + _key("api", _API, acting) + "\n")


def _tell_of_person(address: str, contact: str, purpose: str) -> None:
    """How a person signs in: nothing is sent in a demo, so their code is read in a folder."""
    folder = settings.NOTIFICATIONS.get("folder", {}).get("path", "outbox")
    say(f"\nEn el portal: {contact}, {purpose}. Escriba ese correo en {address}")
    say(f"  y lea el código en el archivo más nuevo de {Path(settings.DATA, folder)} (llega en unos segundos).")


def _key(name: str, scopes: list[Scope], user: User | None) -> str:
    """A key of the demo, made once; its secret is kept so that each start can show it."""
    path = Path(settings.DATA) / "keys" / f"demo-{name}.key"
    if not path.exists():
        _made, secret = issue_api_key(name=f"demo {name}", scopes=scopes, user=user)
        path.write_text(secret + "\n", encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def _serve(args: Namespace, port: int) -> None:
    """Become `run`: what was imported to make the demo is forgotten."""
    command = [sys.executable, "-P", "-m", "ventanilla", "run", "--prepared", "--data", str(settings.DATA)]
    command += ["--port", str(port), "--bind", args.bind, *(["--no-jobs"] if args.no_jobs else [])]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter
