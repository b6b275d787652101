"""Jobs for the tests: what they do is seen in a file."""

import os
import time
from pathlib import Path

from django_tasks import task

from ventanilla.jobs import actions


@task()
def note(path: str, word: str) -> None:
    """Add a line to a file, whole even when several processes do."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{word}\n".encode())
    os.close(handle)


@task()
def slow(path: str, word: str, seconds: float) -> None:
    note.call(path=path, word=f"{word} begun")
    time.sleep(seconds)
    note.call(path=path, word=f"{word} done")


@task()
def fail(secret: str) -> None:
    raise ValueError(f"the name of the person is {secret}")


@task()
def fail_once(path: str) -> None:
    already = Path(path).exists()
    note.call(path=path, word="tried")
    if not already:
        raise OSError("no route to host")


@task()
def chain(path: str, left: int) -> None:
    note.call(path=path, word=str(left))
    if left:
        actions.enqueue("tests.jobs.jobs.chain", path=path, left=left - 1)


@task(priority=5)
def urgent(path: str) -> None:
    note.call(path=path, word="urgent")


def not_a_task() -> None:
    raise AssertionError("may not be called")
