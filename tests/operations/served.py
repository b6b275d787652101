"""An installation served as in production, and killed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from tests.operations.conftest import HOME, Installation

READY_SECONDS = 120.0


class Server:
    """`./ventanilla run` in a session of its own. Its output goes to a file, as to a journal."""

    def __init__(self, installation: Installation, port: int, *words: str) -> None:
        self.installation, self.port, self._words = installation, port, words
        self.log = installation.data.parent / f"{installation.data.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-P", "-m", "ventanilla", "run", "--port", str(self.port), *self._words]
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                command, env=self.installation.env, cwd=HOME, stdout=out, stderr=out, start_new_session=True
            )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def health(self) -> dict[str, str]:
        """Each check of `/healthz` and how it went; nothing where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return dict(json.load(answer)["checks"])
        except urllib.error.HTTPError as error:
            return dict(json.load(error)["checks"])
        except (OSError, ValueError, http.client.HTTPException):
            return {}

    def wait_until_well(self, *, besides: str = "") -> None:
        """Until it answers that everything is well, jobs included; `besides` one check."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            assert self.is_running(), self.log.read_text()[-3000:]
            said = self.health()
            if said and all(how == "ok" for name, how in said.items() if name != besides):
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-3000:])

    def part(self, name: str) -> int | None:
        """The process of a part: `master` (gunicorn), `worker` (one of its), `jobs`; None where there is none now."""
        children = {_command(pid): pid for pid in _children(self.pid)}
        master = next((pid for command, pid in children.items() if "gunicorn" in command), None)
        if name == "worker":
            return next(iter(_children(master)), None) if master else None
        jobs = next((pid for command, pid in children.items() if command.endswith(" jobs")), None)
        return {"master": master, "jobs": jobs}[name]

    def kill(self, name: str) -> bool:
        """`kill -9` a part, or `all` of it at once; whether there was something to kill."""
        with suppress(ProcessLookupError):
            if name == "all":
                os.killpg(self.pid, signal.SIGKILL)
                self._ended()
                return True
            pid = self.part(name)
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
                return True
        return False

    def stop(self) -> int:
        """Stop it as a service is stopped."""
        if self.is_running():
            os.kill(self.pid, signal.SIGTERM)
        return self._ended()

    def _ended(self) -> int:
        assert self._process is not None
        try:
            return self._process.wait(timeout=90)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""
