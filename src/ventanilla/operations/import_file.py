"""`import`: hands a file to the room that reads its kind, and tells what became of the rows."""

import csv
from argparse import Namespace
from collections import Counter
from pathlib import Path

from django.conf import settings

from ventanilla.lib.imports import ImportOrder, ImportReport, UnreadableFile, WrongMapping
from ventanilla.operations.console import Bar, say
from ventanilla.operations.imports import importers, mapping
from ventanilla.operations.trouble import Trouble
from ventanilla.organization.models import Municipality

_SHOWN = 5


def run(args: Namespace) -> int:
    read = importers.get(args.what)
    if read is None:
        raise Trouble(f"No sé importar «{args.what}».", advice="Puedo con: " + ", ".join(importers))
    if not args.file.is_file():
        raise Trouble(f"No existe el archivo {args.file}.", advice="Revise la ruta.")
    said = _mapping(args.mapping)
    if not Municipality.objects.exists():
        raise Trouble("Aquí no hay todavía una municipalidad.", advice="./ventanilla init")
    try:
        report = read(ImportOrder(args.file, said, Bar("filas").show))
    except WrongMapping as error:
        raise Trouble(str(error), advice=f"Corrija {said or 'el archivo o dé uno con --mapping'}.") from None
    except UnreadableFile as error:
        again = "Consiga el archivo entero y repita la orden: lo que ya entró no se repite."
        raise Trouble(str(error), advice=again) from None
    _tell(report, args.rejected or rejected_file(args.what, args.file))
    return 0


def _mapping(named: Path | None) -> Path | None:
    found = mapping.find(named) if named else None
    if named and not found:
        advice = f"Revise la ruta, o use una de las que vienen hechas: {', '.join(mapping.ready())}."
        raise Trouble(f"No existe la correspondencia {named}.", advice=advice)
    return found


def rejected_file(what: str, file: Path) -> Path:
    """Where the rejected rows of a file are written unless said otherwise: in the data folder, as all we write."""
    return Path(settings.DATA) / "imports" / f"{what}-{file.name}.rechazadas.csv"


def _tell(report: ImportReport, path: Path) -> None:
    say(f"Nuevas: {report.created}  Cambiadas: {report.updated}  Iguales: {report.unchanged}")
    if not report.rejected:
        path.unlink(missing_ok=True)
        return
    say(f"Rechazadas: {len(report.rejected)}, con su razón en {path}")
    reasons = Counter(each.reason for each in report.rejected)
    for reason, count in reasons.most_common(_SHOWN):
        first = next(each.row for each in report.rejected if each.reason == reason)
        say(f"  {count} × {reason} (la primera, la fila {first})")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([("fila", "clave", "razón"), *report.rejected])
