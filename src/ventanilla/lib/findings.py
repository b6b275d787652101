"""What the doctor says: rooms register who looks, `operations` asks them all and prints.

In `AppConfig.ready()`: `findings.checks.register("notifications", can_send)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ventanilla.lib.plugins import Registry


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One line: about what, what was seen, and what to do unless all is well. In Spanish, no personal data."""

    level: Level
    subject: str
    text: str
    advice: str = ""

    def __post_init__(self) -> None:
        if self.level is not Level.OK and not self.advice:
            raise ValueError("a finding that isn't ok says what to do")


Look = Callable[[], Iterable[Finding]]

checks: Registry[Look] = Registry("doctor's check")
"""What `./ventanilla doctor` runs besides its own: is the installation fit to serve?"""


def ok(subject: str, text: str) -> Finding:
    return Finding(Level.OK, subject, text)


def warn(subject: str, text: str, advice: str) -> Finding:
    return Finding(Level.WARN, subject, text, advice)


def error(subject: str, text: str, advice: str) -> Finding:
    return Finding(Level.ERROR, subject, text, advice)
