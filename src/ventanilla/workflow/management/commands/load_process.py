"""`load_process FILE --key KEY`: make a BPMN 2.0 diagram the current version of a process."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.workflow import actions, whitelist
from ventanilla.workflow.rules import InvalidDiagram


class Command(BaseCommand):
    help = str(gettext_lazy("Carga un diagrama BPMN 2.0 como versión vigente de un proceso"))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", required=True)
        parser.add_argument("--name", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            made = actions.load_definition(
                _read(options["file"]), key=options["key"], name=options["name"], by="command:load_process"
            )
        except InvalidDiagram as refused:
            raise CommandError(_("El diagrama no se carga:\n%(why)s") % {"why": _listed(refused)}) from None
        self.stdout.write(_("Vigente: %(name)s, versión %(version)s") % {"name": made.name, "version": made.version})


def _read(file: Path) -> bytes:
    """The file, up to a byte more than is allowed, so that a huge one is refused without being read whole."""
    try:
        with file.open("rb") as opened:
            return opened.read(whitelist.MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(_("No se puede leer %(file)s: %(why)s") % {"file": file, "why": error.strerror}) from None


def _listed(refused: InvalidDiagram) -> str:
    return "\n".join(f"- {problem}" for problem in refused.problems)
