"""`verify`: reads the whole trail, and what rooms hold against it, and says what was changed, inserted or removed."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator

from ventanilla.audit.verification import verify_all
from ventanilla.lib.findings import Finding, Level, error, ok
from ventanilla.operations.console import say

_MARKS = {Level.OK: "bien ", Level.WARN: "ojo  ", Level.ERROR: "ERROR"}
_STEPS = {"entries": "asientos", "anchors": "anclas", "contents": "contenidos"}
_ADVICE = (
    "Guarde esta lista y un respaldo tal como está, sin corregir nada; recupere en otra carpeta el último respaldo que "
    "verifique y compare. Avise a quien controla."
)


def run(_args: Namespace) -> int:
    return tell(found())


def found() -> Iterator[Finding]:
    """What is not as it was written, and how much was read."""
    report = verify_all(progress=_progress)
    for problem in report.problems:
        yield error("Rastro", str(problem), "Vea al final.")
    said = f"{report.entries} asientos en {report.chains} cadenas, {report.anchors} anclas, {report.seconds:.1f} s"
    yield ok("Leído", said) if report.is_clean else error("Leído", f"{said}; {report.found} problemas", _ADVICE)


def _progress(step: str, done: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{_STEPS.get(step, step)}: {done}   ")


def tell(findings: Iterable[Finding]) -> int:
    """Print each; returns 1 if any is an error."""
    worst = 0
    for each in findings:
        say(f"{_MARKS[each.level]}  {each.subject}: {each.text}")
        if each.advice:
            say(f"       Qué hacer: {each.advice}")
        worst = max(worst, int(each.level is Level.ERROR))
    return worst
