"""Speaking on the terminal: answers on standard output, progress and complaints on standard error."""

import sys
import time

from ventanilla.operations.trouble import Trouble


def say(text: str = "") -> None:
    """A line of the answer."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """A line about what is being done."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def complain(trouble: Trouble) -> None:
    """What went wrong and what to do about it."""
    note(f"Error: {trouble}\nQué hacer: {trouble.advice}")


class Bar:
    """A progress bar drawn over itself, on terminals alone: how much, how many, how fast, how long still."""

    WIDTH = 24

    def __init__(self, what: str) -> None:
        self._what = what
        self._start = time.monotonic()
        self._ended = False

    def show(self, done: int, total: int | None) -> None:
        """Draw it again; the last time with `done` and `total` alike."""
        if not sys.stderr.isatty() or self._ended:
            return
        self._ended = done == total
        sys.stderr.write("\r\x1b[K" + self.line(done, total, time.monotonic() - self._start))
        sys.stderr.write("\n" if self._ended else "")
        sys.stderr.flush()

    def line(self, done: int, total: int | None, seconds: float) -> str:
        """`██████░░░░░░  50 %  1 000 filas  500/s  faltan 0:02`."""
        speed = done / seconds if seconds > 0 else 0.0
        said = f"{done:,} {self._what}  {speed:,.0f}/s".replace(",", "\u202f")
        if not total:
            return said
        full = self.WIDTH * done // total
        left = int((total - done) / speed) if speed else 0
        ending = f"  faltan {left // 60}:{left % 60:02d}" if done < total else f"  en {seconds:.1f} s"
        return f"{'█' * full}{'░' * (self.WIDTH - full)} {100 * done // total:3d} %  {said}{ending}"
