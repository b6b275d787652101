"""A process that writes to an SQLite file as Ventanilla does, or as Django alone does; says how long it waited.

`python -m tests.config.writer FILE fair|plain SECONDS THREADS NAME`
"""

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction

ENGINES = {"fair": "ventanilla.config.sqlite", "plain": "django.db.backends.sqlite3"}
PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL"


def database(path: Path | str, engine: str = "fair", timeout: float = 20) -> dict[str, Any]:
    """The settings of a database in this file, as in production."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": timeout, "init_command": PRAGMAS}
    return {"ENGINE": ENGINES[engine], "NAME": str(path), "OPTIONS": options}


def write(seconds: float, name: str, waits: list[float]) -> None:
    connection.ensure_connection()
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        began = time.perf_counter()
        with transaction.atomic():
            waits.append(time.perf_counter() - began)
            execute("INSERT INTO t (who, n) VALUES (%s, %s)", [name, number])
            time.sleep(0.001)  # what else a filing does while it holds the lock
        execute("INSERT INTO t (who, n) VALUES (%s, %s) RETURNING id", [name, -1])
        number += 1
    connection.close()


def execute(sql: str, params: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def main(path: str, engine: str, seconds: str, threads: str, name: str) -> None:
    settings.configure(DATABASES={"default": database(path, engine)}, INSTALLED_APPS=[])
    django.setup()
    waits: list[float] = []
    workers = [threading.Thread(target=write, args=(float(seconds), f"{name}-{n}", waits)) for n in range(int(threads))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.stdout.write(json.dumps(waits))


if __name__ == "__main__":
    main(*sys.argv[1:])
