"""`run`: starts web and jobs, watches over both, and stops both cleanly. Runs without Django in memory."""

import os
import socket
import subprocess
import sys
from argparse import Namespace

from ventanilla.operations.console import note
from ventanilla.operations.supervisor import Child, Supervisor
from ventanilla.operations.trouble import Trouble

_SELF = [sys.executable, "-P", "-m", "ventanilla"]
_WEB = [sys.executable, "-P", "-m", "gunicorn", "-c", "python:ventanilla.config.gunicorn"]


def run(args: Namespace) -> int:
    port = port_of(args)
    if not args.prepared and subprocess.run([*_SELF, "ready"], check=False).returncode:
        return 1
    refuse_taken_port(args.bind, port)
    # Threads share two heaps of the C library: with one for each, what one frees the others cannot use.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    # Links lead to it where the site has no public name.
    os.environ["PORT"] = str(port)
    os.environ["VENTANILLA_BIND"] = f"[{args.bind}]:{port}" if ":" in args.bind else f"{args.bind}:{port}"
    children = [Child("web", [*_WEB, "ventanilla.config.wsgi:application"])]
    if not args.no_jobs:
        children.append(Child("jobs", [*_SELF, "jobs"]))
    note(f"Atiendo en http://{os.environ['VENTANILLA_BIND']}/  (Ctrl+C para terminar)")
    return Supervisor(children).run()


def port_of(args: Namespace) -> int:
    """The port: `--port`, or `PORT`, or 8000. Raises Trouble where `PORT` is no number."""
    said = args.port or os.environ.get("PORT") or 8000
    try:
        return int(said)
    except ValueError:
        raise Trouble(f"PORT dice «{said}», que no es un número.", advice="Use, por ejemplo, PORT=8000") from None


def refuse_taken_port(bind: str, port: int) -> None:
    """Raises Trouble where the address can't be listened on."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except PermissionError:
            raise Trouble(
                f"El puerto {port} es solo para root.",
                advice="Use --port 8000 y ponga delante un proxy (deploy/nginx.conf).",
            ) from None
        except (OSError, OverflowError):
            raise Trouble(
                f"El puerto {port} de {bind} está ocupado o no existe.",
                advice=f"Elija otro, por ejemplo --port {min(port, 65_000) + 1}, o vea quién lo usa: ss -ltnp",
            ) from None
