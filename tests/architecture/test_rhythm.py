"""Short functions, short files, nothing printed, no address of a package index anywhere."""

import ast
import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import HOME, calls, functions, shown, sources

LONGEST_FUNCTION = 30
LONGEST_FILE = 400
LONGER_WITH_REASON: dict[str, str] = {
    "cases/actions/filing.py:_new_case": "one constructor call, a line a field",
    "demo/pictures/roads.py:sidewalk": "a drawing, a line a stroke",
}
INDEXES = ["pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "yarn" + "pkg.com", "crates" + ".io"]
INDEXES += ["proxy." + "golang.org", "conda." + "anaconda.org", "--index" + "-url=", "--extra-" + "index-url"]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    first = function.body[0]
    told = first.end_lineno - first.lineno + 1 if ast.get_docstring(function) and first.end_lineno else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


def too_long() -> set[str]:
    return {
        f"{shown(path)}:{function.name}"
        for path, tree in sources().items()
        for function in functions(tree)
        if length(function) > LONGEST_FUNCTION
    }


def test_functions_are_short() -> None:
    assert too_long() == set(LONGER_WITH_REASON)


def test_files_are_short() -> None:
    long = [shown(path) for path in sources() if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE]
    assert long == []


def test_nothing_is_printed() -> None:
    assert [shown(path) for path, tree in sources().items() if list(calls(tree, {"print"}))] == []


def files_of_the_house() -> list[Path]:
    """All that is kept in the repository; without one, all that lies where code does."""
    asked = ["git", "-C", str(HOME), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [HOME / name for name in listed.stdout.split("\0") if name]
    return [path for folder in ("src", "tests", "requirements", "docs", "tools") for path in (HOME / folder).rglob("*")]


def mentions(path: Path) -> list[str]:
    content = path.read_bytes() if path.is_file() else b""
    return [index for index in INDEXES if index.encode() in content]


def test_no_file_names_a_package_index() -> None:
    assert {str(path.relative_to(HOME)): found for path in files_of_the_house() if (found := mentions(path))} == {}


@pytest.mark.parametrize("index", INDEXES)
def test_a_mention_of_an_index_would_be_found(tmp_path: Path, index: str) -> None:
    spoiled = tmp_path / "spoiled.txt"
    spoiled.write_text(f"get it from https://{index}/simple")
    assert index in mentions(spoiled)
