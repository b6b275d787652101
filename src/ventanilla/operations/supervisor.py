"""Keeps processes running: starts them again when they die, and stops them all when told to."""

import ctypes
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from ventanilla.operations.console import note

# A child that lived this long was well; one that dies sooner waits longer each time before it is started again.
_WELL = 60.0
_FIRST_PAUSE = 0.5
_MOST_FAILURES = 6
_PATIENCE = 40.0
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process by its name and command line."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started: float = 0.0
    failures: int = 0
    not_before: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, preexec_fn=_die_with_parent)  # noqa: PLW1509 - no threads yet

    def ended(self) -> bool:
        """Whether it has died since it was started; counts the failure and says when it may start again."""
        if self.process is None or self.process.poll() is None:
            return False
        note(f"El proceso «{self.name}» terminó (código {self.process.returncode}).")
        lived = time.monotonic() - self.started
        self.failures = 1 if lived > _WELL else self.failures + 1
        self.not_before = time.monotonic() + _FIRST_PAUSE * 2 ** (self.failures - 1)
        self.process = None
        return True


class Supervisor:
    """Watches over its children until SIGTERM or SIGINT."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self._stop = threading.Event()

    def run(self) -> int:
        """Run them. Returns 0 after a clean stop, 1 where a child keeps dying."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        for child in self.children:
            child.start()
        try:
            return self._watch()
        finally:
            self._stop_all()

    def _watch(self) -> int:
        while not self._stop.wait(0.2):
            for child in self.children:
                if child.ended() and child.failures >= _MOST_FAILURES:
                    note(f"«{child.name}» no logra arrancar. Qué hacer: lea las líneas de arriba y ./ventanilla doctor")
                    return 1
                if child.process is None and time.monotonic() >= child.not_before:
                    child.start()
        return 0

    def _stop_all(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _die_with_parent() -> None:
    """On Linux, ask to be stopped when the parent dies, so that nobody is left holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
