"""A process that is killed at every step of keeping and erasing a file, and what the sweep makes of it.

Run by `test_killed.py` with its own data folder and database. For each step a child is forked that kills itself
with SIGKILL right before it; then the sweep runs. Prints one JSON object a line.
"""

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, connections, transaction
from PIL import Image

from ventanilla.files import actions, verifying
from ventanilla.files.enums import FileState
from ventanilla.files.models import StoredFile
from ventanilla.files.storage import store

TWO_HOURS_ON = 7200.0


def photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return SimpleUploadedFile("foto.png", out.getvalue())


def die_before(step: int) -> None:
    """Let `step` steps go by, then kill this process: everything that reaches the disk is a step."""
    left = [step]

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            if left[0] == 0:
                os.kill(os.getpid(), 9)
            left[0] -= 1
            return original(*args, **options)

        return call

    os.fsync = counted(os.fsync)
    for name in ("rename", "replace", "unlink"):
        setattr(Path, name, counted(getattr(Path, name)))
    wrapper = type(connections["default"])
    wrapper._commit = counted(wrapper._commit)


def life_of_a_file(step: int, say: int) -> None:
    """Receive, keep, say so; erase, say so."""
    die_before(step)
    staged = actions.receive(photo())
    with transaction.atomic():
        stored = actions.keep(staged, by="Marta")
    os.write(say, b"kept ")
    actions.erase(stored, order="orden 1", by="Marta")
    os.write(say, b"erased ")


def in_child(work: Callable[[int], None]) -> tuple[str, bool]:
    """What the child said, and whether it lived to the end."""
    connection.close()
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(say)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    os.close(say)
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("a child failed instead of being killed")
    with os.fdopen(hear) as said:
        return said.read(), status == 0


def after(said: str) -> dict[str, Any]:
    """How things stand once the sweep has run."""
    import time

    actions.sweep(now=time.time() + TWO_HOURS_ON)
    kept = StoredFile.objects.filter(state=FileState.KEPT)
    for stored in kept:
        for thumbnail in (False, True):
            with stored.open(thumbnail=thumbnail) as content:
                Image.open(content).load()
    everywhere = [path.name for path in (store()._root).rglob("*") if path.is_file() and path.name != ".lock"]
    outcome = {
        "said": said.split(),
        "states": sorted(StoredFile.objects.values_list("state", flat=True)),
        "problems": [str(problem) for problem in verifying.problems()],
        "staged": [list(entry) for entry in store().staged()],
        "contents": len(everywhere),
    }
    StoredFile.objects.all().delete()
    shutil.rmtree(store()._root)
    return outcome


def main() -> None:
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
    step, alive = 0, False
    while not alive:
        said, alive = in_child(lambda say, step=step: life_of_a_file(step, say))  # type: ignore[misc]
        sys.stdout.write(json.dumps({"step": step, "alive": alive, **after(said)}) + "\n")
        step += 1


if __name__ == "__main__":
    main()
