"""`export`: everything in open formats, for leaving or for looking: one CSV a table, the files, and what they mean.

Secrets (passwords, keys' digests, codes to follow a case, sessions) stay behind.
"""

import csv
import io
import json
import zipfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

import ventanilla
from ventanilla.lib import clock
from ventanilla.operations.console import note, say
from ventanilla.operations.trouble import Trouble

_SECRET = {"password", "digest", "mac", "salt", "secret", "follow_code"}
_ROWS = 2000


def run(args: Namespace) -> int:
    if args.file.exists():
        raise Trouble(f"Ya existe {args.file}.", advice="Elija otro nombre.")
    make(args.file)
    say(f"Exportado: {args.file} ({args.file.stat().st_size / 1e6:.2f} MB). Contiene datos personales.")
    return 0


def make(path: Path) -> None:
    """Write the zip: `tables/*.csv` (UTF-8, UTC), `files/`, and `about.json` with every column's type and meaning."""
    part = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out:
            part.chmod(0o600)
            about = {model._meta.db_table: _table(out, model) for model in tables()}
            said = {"version": ventanilla.__version__, "made_at": clock.now(), "tables": about}
            out.writestr("about.json", json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
            _files(out)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def tables() -> list[type[models.Model]]:
    """The tables of the rooms; those of libraries hold nothing of the municipality's."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("ventanilla.")]
    return [model for model in ours if model._meta.managed and not model._meta.proxy]


def _table(out: zipfile.ZipFile, model: type[models.Model]) -> dict[str, Any]:
    fields = [field for field in model._meta.concrete_fields if field.name not in _SECRET]
    note(model._meta.db_table)
    count = 0
    with out.open(f"tables/{model._meta.db_table}.csv", "w") as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow([field.column for field in fields])
        for row in _rows(model, [field.attname for field in fields]):
            writer.writerow([_cell(value) for value in row])
            count += 1
        text.flush()
        text.detach()
    columns = {
        field.column: {"type": field.get_internal_type(), "meaning": str(field.verbose_name)} for field in fields
    }
    return {"name": str(model._meta.verbose_name), "rows": count, "columns": columns}


def _rows(model: type[models.Model], names: list[str]) -> Iterator[tuple[Any, ...]]:
    """All rows by primary key, in pages: a cursor held open would keep SQLite's log from being cleared."""
    last = None
    while True:
        page = model._default_manager.order_by("pk")
        page = page.filter(pk__gt=last) if last is not None else page
        rows = list(page.values_list("pk", *names)[:_ROWS])
        yield from (row[1:] for row in rows)
        if len(rows) < _ROWS:
            return
        last = rows[-1][0]


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if hasattr(value, "isoformat") else value


def _files(out: zipfile.ZipFile) -> None:
    folder = Path(settings.DATA) / "files"
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            out.write(path, path.relative_to(settings.DATA).as_posix(), zipfile.ZIP_STORED)
