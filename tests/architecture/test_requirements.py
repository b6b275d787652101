"""The requirement files install anywhere: every line pinned, hashed, and no index address in them."""

import re
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
FILES = ["run", "linkage", "development"]
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)(\[[a-z,]+\])?==(?P<version>[^ ]+)")


def lines(name: str) -> list[str]:
    text = (HOME / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(name: str) -> set[tuple[str, str]]:
    found = [PIN.match(line) for line in lines(name)]
    return {(each["name"], each["version"]) for each in found if each}


def wanted(names: list[str]) -> set[str]:
    return {re.split(r"[\[<>=; ]", each)[0].lower().replace("_", "-") for each in names}


@pytest.mark.parametrize("name", FILES)
def test_no_file_names_an_index_or_a_folder(name: str) -> None:
    text = (HOME / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index|find-links|trusted-host|(^|\s)/", text)


@pytest.mark.parametrize("name", FILES)
def test_every_library_is_pinned_and_hashed(name: str) -> None:
    assert lines(name)
    assert [line for line in lines(name) if not PIN.match(line) or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize(("name", "extra"), [("run", None), ("linkage", "linkage"), ("development", "dev")])
def test_each_file_holds_all_that_pyproject_asks(name: str, extra: str | None) -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    assert wanted(asked) - {library for library, _version in pins(name)} == set()


@pytest.mark.parametrize("name", ["linkage", "development"])
def test_the_larger_files_hold_the_run_file_at_the_same_versions(name: str) -> None:
    assert pins("run") <= pins(name)
