"""The house as its tests see it: floors, rooms, and what lies in them."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import ventanilla

PACKAGE = Path(ventanilla.__file__).parent
HOME = Path(__file__).resolve().parents[2]
OUTSIDE = {"__main__", "__pycache__", "locale"}
"""In the package, but no room."""


@cache
def contracts() -> list[dict[str, Any]]:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


@cache
def floors() -> dict[str, int]:
    """The floor of each room, counted from 0, as the contract says."""
    layers = contracts()[0]["layers"]
    return {room: floor for floor, rooms in enumerate(reversed(layers)) for room in rooms.split(" | ")}


@cache
def rooms() -> list[str]:
    """The rooms that are there."""
    return sorted(path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name not in OUTSIDE)


def may_know(room: str, other: str) -> bool:
    """Whether a room may know of another: itself, and those on lower floors."""
    return room == other or floors()[other] < floors()[room]


@cache
def sources() -> dict[Path, ast.Module]:
    """Every Python file of the package but migrations, parsed."""
    paths = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def templates() -> dict[str, Path]:
    """Every template by the name it is asked for. Two of one name would hide each other."""
    found: dict[str, Path] = {}
    for path in sorted(PACKAGE.glob("*/templates/**/*")):
        if path.is_file():
            name = path.relative_to(PACKAGE / room_of(path) / "templates").as_posix()
            assert name not in found, name
            found[name] = path
    return found


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def shown(path: Path) -> str:
    """A path as a failed test names it."""
    return path.relative_to(PACKAGE).as_posix()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    """Calls of functions with these names, however they are reached."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in names:
            yield node


def name_of(node: ast.expr) -> str:
    """The last name of `a`, `a.b` or `a.b(…)`."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def texts(node: ast.AST) -> Iterator[str]:
    """Every text in a piece of code; what is put in at run time is a `*`."""
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in each.values)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def jobs_modules() -> list[Any]:
    return [import_module(f"ventanilla.{room}.jobs") for room in rooms() if (PACKAGE / room / "jobs.py").exists()]


TAG = re.compile(r"{%\s*(url|extends|include)\s+([\"'])(.+?)\2")
