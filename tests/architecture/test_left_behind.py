"""Nothing of the work stays in what is handed over: no notes to oneself, no paths of whoever's machine it was."""

import re
from pathlib import Path

import pytest

from tests.architecture.house import HOME
from tests.architecture.test_rhythm import files_of_the_house

NOTES = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "WI" + "P", "NOCOM" + "MIT")
BENCHES = ("wo" + "rk", "t" + "mp", "ro" + "ot", "ho" + "me", "Us" + "ers", "mn" + "t")
LEFT = re.compile(
    rf"\b(?:{'|'.join(NOTES)})\b"  # a note to oneself
    rf"|(?<![\w.}}\])*/-])/(?:{'|'.join(BENCHES)})/\w"  # a path that is nobody else's
    r"|^(?:<{7}|>{7}|={7})(?:\s|$)"  # half of a merge
    r"|\bbreakpoint\(\)|\bpdb\.set_trace\b|\bdebugger;",
    re.MULTILINE,
)
OF_OTHERS = ("tests/vendor/", "src/ventanilla/design/static/design/vendor/")


def left_in(text: str) -> set[str]:
    return {found[0].strip() for found in LEFT.finditer(text)}


def texts() -> dict[str, str]:
    """What people wrote of the house's files; pictures and compiled ones have nothing to read."""
    found = {}
    for path in files_of_the_house():
        name = path.relative_to(HOME).as_posix()
        content = path.read_bytes() if path.is_file() and not name.startswith(OF_OTHERS) else b""
        if b"\0" not in content:
            found[name] = content.decode("utf-8", "replace")
    return found


def test_nothing_of_the_work_is_left() -> None:
    read = texts()
    assert len(read) > 500
    assert {name: left for name, text in read.items() if (left := left_in(text))} == {}


@pytest.mark.parametrize("note", [*(f"# {note}: later" for note in NOTES), *(f"see /{bench}/x1" for bench in BENCHES)])
def test_what_is_left_would_be_found(note: str) -> None:
    assert left_in(f"a = 1  {note}\n")


def test_what_only_looks_like_it_is_none() -> None:
    said = "todo lo demás; METODO; /api/cases/1/work/2; src/home/x; https://a.example/home/x; " + str(Path("a/tmp/b"))
    assert left_in(said) == set()
