"""What every test stands on."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.browser import _window, browser, page_at, window
from tests.cast import WEDNESDAY_MORNING, cast, lasting
from tests.sql import frozen_sql
from ventanilla.audit import triggers
from ventanilla.config import environment
from ventanilla.lib import clock, ids
from ventanilla.organization import municipality
from ventanilla.places import revisions
from ventanilla.workflow import library
from ventanilla.workflow.rules import Diagram

__all__ = ["_window", "browser", "cast", "frozen_sql", "lasting", "page_at", "window"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="freeze the SQL of the pages anew")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    municipality.forget()
    revisions.forget()
    yield
    municipality.forget()
    revisions.forget()


def _kept_files() -> set[Path]:
    return {path for path in (environment.data_folder() / "files").rglob("*") if path.is_file()}


@pytest.fixture(scope="session", autouse=True)
def _a_sound_diagram_is_walked_once() -> Iterator[None]:
    """Nearly every test has a municipality made with the processes that come along: the same six, checked each time."""
    checked: dict[tuple[object, ...], Diagram] = {}
    check = library.check

    def remembered(xml: bytes, *, roles: Collection[str], services: Collection[str]) -> Diagram:
        asked = (xml, frozenset(roles), frozenset(services))
        if asked not in checked:
            checked[asked] = check(xml, roles=roles, services=services)
        return checked[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "check", remembered)
        yield


@contextmanager
def _no_files_left() -> Iterator[None]:
    """What is kept on the disk goes with its rows; `verify` would find it in the next test."""
    before = _kept_files()
    yield
    for path in _kept_files() - before:
        path.unlink()


@pytest.fixture(autouse=True)
def _no_files_of_other_tests() -> Iterator[None]:
    with _no_files_left():
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_files_of_other_modules() -> Iterator[None]:
    with _no_files_left():
        yield


ON_A_DATABASE = {"databases", "db", "django_db_setup", "transactional_db"}
"""What a test asks for that may come out otherwise on PostgreSQL."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what drives a browser, by its fixture; on PostgreSQL leaves out what is the same there: half of it."""
    for item in items:
        if "browser" in _asked(item):
            item.add_marker("browser")
    if os.environ.get("DATABASE_URL"):
        same = {each for each in items if _is_the_same_on_any_database(each)}
        config.hook.pytest_deselected(items=list(same))
        items[:] = [each for each in items if each not in same]


def _is_the_same_on_any_database(item: pytest.Item) -> bool:
    """What touches none, and what is long and marked so; slices of real data are brought in on both."""
    if item.get_closest_marker("sqlite"):
        return not os.environ.get("VENTANILLA_WHOLE_DATA")
    return not (ON_A_DATABASE & _asked(item) or item.get_closest_marker("django_db"))


def _asked(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


@pytest.fixture
def still_clock() -> Iterator[datetime]:
    """The clock held at Wednesday 25 November 2026, 10:24 in Costa Rica."""
    with clock.at(WEDNESDAY_MORNING):
        yield WEDNESDAY_MORNING


@pytest.fixture
def fixed_ids() -> Iterator[None]:
    """Ids and codes that come out the same in every run."""
    with ids.seeded(1):
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_trail_may_be_flushed() -> Iterator[None]:
    """The one place that lifts the triggers of the trail: to empty the tables after a test with real transactions.

    Emptying them calls `post_migrate`, which puts the triggers back.
    """
    flush = TransactionTestCase._fixture_teardown

    def lift_and_flush(self: TransactionTestCase) -> None:
        lift_triggers()
        flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_flush)
        yield


def lift_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in triggers.sqlite_sql():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for table, name in triggers.postgresql_sql():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


Start = Callable[..., subprocess.Popen[str]]


def start_python(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A process of this Python that finds the same modules. What it prints is read from its `stdout`."""
    path = os.pathsep.join(filter(None, sys.path))
    everything = os.environ | {"PYTHONPATH": path} | environment
    return subprocess.Popen([sys.executable, *arguments], env=everything, text=True, stdout=subprocess.PIPE)


@pytest.fixture
def start_process(transactional_db: None) -> Iterator[Start]:
    """Starts `python …` on this test's database: `start_process("-m", "django", "run_jobs")`. Ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        mine = {
            "DJANGO_SETTINGS_MODULE": "tests.settings_of_a_process",
            "VENTANILLA_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        }
        started.append(start_python(*arguments, **mine))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_for(condition: Callable[[], object], seconds: float = 90) -> None:
    """Wait until something is so; fail where it takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
