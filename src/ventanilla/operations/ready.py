"""`ready`: may this installation be served? Run by `run` before it serves, in a process of its own."""

from argparse import Namespace

from ventanilla.operations import health, static
from ventanilla.operations.trouble import Trouble


def run(_args: Namespace) -> int:
    make_ready()
    return 0


def make_ready() -> None:
    """Gather the static files. Raises Trouble where the database isn't this version's."""
    if health.pending_migrations():
        raise Trouble("Los datos son de una versión anterior o están vacíos.", advice="./ventanilla upgrade")
    static.gather()
