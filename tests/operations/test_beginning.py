"""The first things people type, as they type them: `init` asked at a terminal, `demo` served and started again."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import urllib.request
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.operations.conftest import HOME, Demonstration, Installation, free_port
from tests.operations.test_commands import wait_for
from ventanilla.demo import cast
from ventanilla.operations import serve
from ventanilla.operations.trouble import Trouble

FOUNDED = "SELECT name, kind, country, time_zone FROM organization_municipality"
STARTED = ("catalog_service", "catalog_procedure", "organization_team", "organization_role",
           "workflow_processdefinition", "cases_replytemplate", "calendars_termrule")  # fmt: skip


class Terminal:
    """A command with somebody before it: what it shows, and what they type."""

    def __init__(self, installation: Installation, *words: str) -> None:
        self._ours, theirs = pty.openpty()
        command = [sys.executable, "-P", "-m", "ventanilla", *words]
        self.process = subprocess.Popen(
            command, env=installation.env, cwd=installation.data.parent, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        self.shown = ""

    def shows(self, words: str) -> Terminal:
        """Reads on until these words stand at the end of what is shown."""
        while not self.shown.rstrip().endswith(words):
            more = self._read()
            assert more, self.shown
            self.shown += more
        return self

    def types(self, line: str) -> Terminal:
        self.shown = ""
        os.write(self._ours, line.encode() + b"\n")
        return self

    def ends(self) -> str:
        """All that is shown until it ends; well."""
        while more := self._read():
            self.shown += more
        assert self.process.wait(60) == 0, self.shown
        os.close(self._ours)
        return self.shown.replace("\r\n", "\n")

    def _read(self) -> str:
        with suppress(OSError):  # the other end was closed
            return os.read(self._ours, 4096).decode("utf-8", "replace")
        return ""


def test_init_asks_at_a_terminal_for_what_no_flag_said(place: Callable[[str], Installation]) -> None:
    here = place("data")
    flags = ["--kind", "Ayuntamiento", "--host", "sede.example.org", "--https"]
    asked = Terminal(here, "init", *flags).shows("País (dos letras, por ejemplo CR):")
    asked.types("").shows("País (dos letras, por ejemplo CR):")
    asked.types("es").shows("Nombre (por ejemplo, Municipalidad de San Rafael):")
    asked.types("Ayuntamiento de Prueba").shows("[Europe/Madrid]:")
    asked.types("Atlantic/Canary").shows("Usuario que administra [admin]:")
    said = asked.types("").ends()
    assert here.rows(FOUNDED) == [("Ayuntamiento de Prueba", "Ayuntamiento", "ES", "Atlantic/Canary")]
    assert here.rows("SELECT username FROM accounts_user") == [("admin",)]
    assert re.search(r"usuario admin, clave \S{16} ", said)
    options = (here.data / "ventanilla.toml").read_text(encoding="utf-8")
    assert '"sede.example.org"' in options
    assert "https = true" in options


def test_init_asks_nothing_that_flags_said(pattern: Installation) -> None:
    assert pattern.rows(FOUNDED) == [("Municipalidad de Prueba", "Municipalidad", "CR", "America/Costa_Rica")]
    counts = {table: pattern.rows(f"SELECT count(*) FROM {table}")[0][0] for table in STARTED}
    assert all(counts.values()), counts
    assert pattern.rows("SELECT count(*) FROM cases_case") == [(0,)]


# The demo ---------------------------------------------------------------------------------------------------------


def noted(demo: Installation) -> Path:
    """Where what a start of the demo tells meanwhile is written."""
    return demo.data.parent / "notes"


@contextmanager
def started(demo: Installation, *words: str, **environment: str) -> Iterator[list[str]]:
    """`demo` while it serves: what it printed until its last key."""
    command = [sys.executable, "-P", "-m", "ventanilla", "demo", *words]
    with noted(demo).open("wb") as notes:
        process = subprocess.Popen(
            command, env=demo.env | environment, cwd=HOME, stdout=subprocess.PIPE, stderr=notes, text=True
        )
    assert process.stdout
    try:
        said: list[str] = []
        while not said or not said[-1].startswith("API_KEY="):
            said.append(process.stdout.readline().rstrip("\n"))
            assert said[-1] or process.poll() is None
        yield said
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=180)
    assert process.returncode == 0


def answers(url: str, key: str = "") -> int:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as answer:
        return int(answer.status)


def test_a_second_start_serves_the_same_demo_and_says_how_to_come_in(demonstration: Demonstration) -> None:
    """Where `PORT` says. Nothing is made again, so it takes seconds."""
    demo, port = demonstration.place, free_port()
    held = demo.rows("SELECT count(*) FROM cases_case")
    with started(demo, PORT=str(port)) as said:
        assert wait_for(port, lambda status, _said: status == 200)
        keys = dict(line.split("=", 1) for line in said if line.startswith(("OPEN311_API_KEY=", "API_KEY=")))
        assert {f"{name}={key}" for name, key in keys.items()} <= set(demonstration.said.splitlines())
        for path in ("/", "/mesa/entrar/", "/open311/v2/services.json"):
            assert answers(f"http://127.0.0.1:{port}{path}") == 200
        assert answers(f"http://127.0.0.1:{port}/api/v1/cases", keys["API_KEY"]) == 200
    assert f"Portal  http://127.0.0.1:{port}/" in said
    assert f"Mesa    http://127.0.0.1:{port}/mesa/" in said
    accounts = {tuple(line.split()[:2]) for line in said if line.startswith("  ")}
    assert {(name, password) for name, password, _purpose in cast.accounts()} <= accounts
    assert demo.rows("SELECT count(*) FROM cases_case") == held
    told = noted(demo).read_text(encoding="utf-8")
    assert f"Atiendo en http://127.0.0.1:{port}/" in told
    assert "Preparo la base de datos" not in told
    assert "Levanto el pueblo" not in told


@pytest.mark.parametrize(
    ("flag", "environment", "port"), [(8123, "8200", 8123), (None, "8200", 8200), (None, "", 8000), (None, None, 8000)]
)
def test_the_flag_says_the_port_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, flag: int | None, environment: str | None, port: int
) -> None:
    monkeypatch.delenv("PORT", raising=False)
    if environment is not None:
        monkeypatch.setenv("PORT", environment)
    assert serve.port_of(Namespace(port=flag)) == port


def test_a_port_that_is_no_number_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "ocho mil")
    with pytest.raises(Trouble, match="«ocho mil», que no es un número"):
        serve.port_of(Namespace(port=None))
