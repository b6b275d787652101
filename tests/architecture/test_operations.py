"""What the commands of `./ventanilla` owe to whoever types them."""

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

from ventanilla.operations.commands import COMMANDS

HOME = Path(__file__).resolve().parents[2]
SOURCES = sorted((HOME / "src" / "ventanilla").rglob("*.py"))


def calls_of(name: str) -> list[tuple[Path, ast.Call]]:
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                found.append((path, node))
    return found


def test_every_trouble_says_what_to_do() -> None:
    calls = calls_of("Trouble")
    assert calls
    advised = [
        call
        for _path, call in calls
        if any(
            keyword.arg == "advice" and not (isinstance(keyword.value, ast.Constant) and not keyword.value.value)
            for keyword in call.keywords
        )
    ]
    assert len(advised) == len(calls)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_who_does_it(name: str) -> None:
    assert find_spec(f"ventanilla.operations.{COMMANDS[name].module}")


def test_serving_needs_no_django() -> None:
    """The parent of the web and job processes stays small, and the second start is quick."""
    import subprocess
    import sys

    said = "import sys, ventanilla.__main__, ventanilla.operations.serve; print('django' in sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", said], env={"PYTHONPATH": str(HOME / "src")}, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "False"
