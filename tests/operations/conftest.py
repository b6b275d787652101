"""Whole installations, made by the commands people type, in processes of their own."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

HOME = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Installation:
    """A data folder and, on PostgreSQL, a database of its own."""

    data: Path
    database: str | None

    @property
    def env(self) -> dict[str, str]:
        names = {"PATH", "HOME", "LANG", "TMPDIR"}
        kept = {name: value for name, value in os.environ.items() if name in names}
        ours = {"PYTHONPATH": str(HOME / "src"), "VENTANILLA_DATA": str(self.data)}
        return kept | ours | ({"DATABASE_URL": self.database} if self.database else {})

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "ventanilla", *words]
        return subprocess.run(command, env=self.env, cwd=self.data.parent, capture_output=True, text=True, check=False)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-P", "-m", "ventanilla", *words]
        return subprocess.Popen(command, env=self.env, cwd=self.data.parent, stderr=subprocess.PIPE, text=True)

    def python(self, code: str, *words: str) -> "subprocess.Popen[str]":
        """Code of a test's own, run on this installation with Django set up."""
        whole = "import os, sys, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'ventanilla.config.settings'\n"
        whole += "django.setup()\n" + code
        return subprocess.Popen(
            [sys.executable, "-c", whole, *words],
            env=self.env,
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
        )

    def file(self, *words: str) -> list[str]:
        """File reports (`filed.py`): the uuid of each."""
        command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("filed.py")), *words]
        ended = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr[-3000:]
        return ended.stdout.split()

    def do(self, statements: Iterable[str]) -> None:
        """Run SQL behind the program's back, its triggers switched off meanwhile."""
        (_on_postgresql if self.database else _on_sqlite)(self, list(statements))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database holds, asked as an operator would: by SQL, from outside."""
        if self.database:
            import psycopg

            with psycopg.connect(self.database) as database:
                return database.execute(query).fetchall()  # type: ignore[arg-type]
        with closing(sqlite3.connect(self.data / "ventanilla.sqlite3", timeout=30)) as database:
            return database.execute(query).fetchall()

    def answer(self, code: str) -> str:
        process = self.python(code)
        said, _nothing = process.communicate(timeout=180)
        assert process.returncode == 0
        return said.strip()


def _on_sqlite(installation: Installation, statements: list[str]) -> None:
    database = sqlite3.connect(installation.data / "ventanilla.sqlite3")
    with closing(database), database:
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        guards = [(name, sql) for name, sql in triggers if name.startswith("audit_")]
        for name, _sql in guards:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        for _name, sql in guards:
            database.execute(sql)


GUARDED = ("audit_trailentry", "audit_chainhead", "audit_anchor")


def _on_postgresql(installation: Installation, statements: list[str]) -> None:
    import psycopg

    with psycopg.connect(str(installation.database)) as database:
        for table in GUARDED:
            database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            database.execute(statement)
    with psycopg.connect(str(installation.database)) as database:
        for table in GUARDED:
            database.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class Databases:
    """Databases of their own on the server the tests run on; none on SQLite, where each folder has its file."""

    def __init__(self, server: str | None) -> None:
        self.server = server
        self._made: list[str] = []

    def make(self, template: str | None = None) -> str | None:
        """The address of a new database, empty or a copy of the one at `template`."""
        if self.server is None:
            return None
        name = f"ventanilla_{uuid4().hex[:12]}"
        self._do(f"CREATE DATABASE {name}" + (f" TEMPLATE {template.rpartition('/')[2]}" if template else ""))
        self._made.append(name)
        return self.server.rpartition("/")[0] + "/" + name

    def drop(self) -> None:
        for name in self._made:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(str(self.server).rpartition("/")[0] + "/postgres", autocommit=True) as server:
            server.execute(statement)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    made = Databases(os.environ.get("DATABASE_URL"))
    yield made
    made.drop()


@pytest.fixture
def place(tmp_path: Path, databases: Databases) -> Callable[[str], Installation]:
    """Makes places for installations by name; on PostgreSQL with an empty database."""
    return lambda name: Installation(tmp_path / name, databases.make())


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Installation:
    """A municipality as `init` makes it, to be copied."""
    made = Installation(tmp_path_factory.mktemp("pattern") / "data", databases.make())
    ended = made.run("init", "--non-interactive", "--country", "CR", "--name", "Municipalidad de Prueba")
    assert ended.returncode == 0, ended.stderr
    return made


@pytest.fixture(scope="module")
def own_installation(
    pattern: Installation, tmp_path_factory: pytest.TempPathFactory, databases: Databases
) -> Installation:
    """A municipality for a whole module, where making what is looked at takes long."""
    data = tmp_path_factory.mktemp("own") / "data"
    shutil.copytree(pattern.data, data)
    return Installation(data, databases.make(pattern.database))


@dataclass(frozen=True)
class Demonstration:
    """A short demo, and what making it printed."""

    place: Installation
    said: str


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Demonstration:
    """The demo municipality with a few days behind it."""
    made = Installation(tmp_path_factory.mktemp("demonstration") / "data", databases.make())
    ended = made.run("demo", "--no-serve", "--days", "5")
    assert ended.returncode == 0, ended.stderr
    return Demonstration(made, ended.stdout)


@pytest.fixture
def installed(pattern: Installation, tmp_path: Path, databases: Databases) -> Installation:
    """A municipality of the test's own."""
    shutil.copytree(pattern.data, tmp_path / "data")
    return Installation(tmp_path / "data", databases.make(pattern.database))
