"""HTTP by the standard library on a kept connection, as another system would use it; and the server's own figures."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ventanilla.operations.trouble import Trouble

_NANO = 1e9


@dataclass
class Client:
    """One connection with its cookies."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> bytes:
        """The body of an answer. Raises Trouble for anything but success or a redirect."""
        self._connection.request(method, path, body, {**self.headers, **(headers or {})})
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise Trouble(f"{method} {path.partition('?')[0]} contestó {answer.status}.", advice=content[:300].decode())
        return content

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True)
class Server:
    """The server under measure, as `run` starts it, without the process of jobs."""

    port: int
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer: gunicorn's workers, not its arbiter."""
        return [pid for arbiter in _children(self.pid) for pid in _children(arbiter)]

    def cpu_seconds(self) -> float:
        """Processor time of the workers so far, from the kernel's own accounting in nanoseconds."""
        return sum(_cpu(pid) for pid in self.workers())

    def rss_mb(self) -> float:
        """Memory of the largest worker, resident."""
        return max((_rss(pid) for pid in self.workers()), default=0.0)


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def _cpu(pid: int) -> float:
    """User and system time of all its threads, which live as long as the process."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0]) / _NANO
    return total


def _rss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def serving(port: int) -> Iterator[Server]:
    """The production server on a port, ended with the block."""
    command = [sys.executable, "-P", "-m", "ventanilla", "run", "--port", str(port), "--no-jobs"]
    environment = {**os.environ, "VENTANILLA_HOSTS": "127.0.0.1"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(60)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accesibilidad/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise Trouble("El servidor que se iba a medir no arrancó.", advice="Pruebe ./ventanilla run y lea lo que dice.")


def as_json(content: bytes) -> object:
    """An answer in JSON, read."""
    return json.loads(content)
