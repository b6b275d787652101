"""The requirement files install anywhere: every line pinned, hashed, and no index address in them."""

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOME = Path(__file__).resolve().parents[2]
FILES = ["run", "linkage", "development"]
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)(\[[a-z,]+\])?==(?P<version>[^ ]+)")


def lines(name: str) -> list[str]:
    text = (HOME / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(name: str) -> set[tuple[str, str]]:
    found = [PIN.match(line) for line in lines(name)]
    return {(each["name"], each["version"]) for each in found if each}


def pinned_for_here(name: str) -> dict[str, str]:
    """What a file installs on this system, by version: some lines are for others alone."""
    said = [Requirement(line.partition(" --hash")[0].strip()) for line in lines(name)]
    ours = [each for each in said if each.marker is None or each.marker.evaluate()]
    return {canonicalize_name(each.name): next(iter(each.specifier)).version for each in ours}


def asked(extra: str | None) -> list[Requirement]:
    """What pyproject.toml asks for; `extra` besides what running takes."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    more = project["optional-dependencies"][extra] if extra else []
    return [Requirement(each) for each in [*project["dependencies"], *more]]


def unmet(requirements: Iterable[Requirement], pinned: dict[str, str]) -> list[str]:
    """Those that a file's versions don't satisfy."""
    return [
        f"{each}: {version}"
        for each in requirements
        if not (version := pinned.get(canonicalize_name(each.name), "")) or version not in each.specifier
    ]


def brought(requirement: Requirement) -> list[Requirement]:
    """What a library that is installed here asks for itself, with the extras it is asked with; nothing of another."""
    try:
        said = [Requirement(each) for each in distribution(requirement.name).requires or []]
    except PackageNotFoundError:
        return []
    extras = [{"extra": extra} for extra in ("", *requirement.extras)]
    return [each for each in said if each.marker is None or any(each.marker.evaluate(extra) for extra in extras)]


def everything(requirements: list[Requirement]) -> dict[str, Requirement]:
    """These and all they bring along, by what is written of each."""
    found: dict[str, Requirement] = {}
    waiting = list(requirements)
    while waiting:
        each = waiting.pop()
        if str(each) not in found:
            found[str(each)] = each
            waiting += brought(each)
    return found


@pytest.mark.parametrize("name", FILES)
def test_no_file_names_an_index_or_a_folder(name: str) -> None:
    text = (HOME / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index|find-links|trusted-host|(^|\s)/", text)


@pytest.mark.parametrize("name", FILES)
def test_every_library_is_pinned_and_hashed(name: str) -> None:
    assert lines(name)
    assert [line for line in lines(name) if not PIN.match(line) or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize(("name", "extra"), [("run", None), ("linkage", "linkage"), ("development", "dev")])
def test_each_file_holds_what_pyproject_asks_in_versions_it_allows(name: str, extra: str | None) -> None:
    assert unmet(asked(extra), pinned_for_here(name)) == []


@pytest.mark.parametrize(("name", "extra"), [("run", None), ("development", "dev")])
def test_each_file_is_what_pyproject_compiles_to(name: str, extra: str | None) -> None:
    """All that the libraries installed here ask of each other is pinned in a version they allow, and no other library.

    What linkage brings isn't installed where tests run.
    """
    whole = everything(asked(extra))
    pinned = pinned_for_here(name)
    assert unmet(whole.values(), pinned) == []
    assert set(pinned) == {canonicalize_name(each.name) for each in whole.values()}


def test_a_bound_raised_without_compiling_again_would_be_found() -> None:
    pinned = pinned_for_here("run")
    assert unmet([Requirement("django>=99"), Requirement("not-there")], pinned) == [
        f"django>=99: {pinned['django']}",
        "not-there: ",
    ]


@pytest.mark.parametrize("name", ["linkage", "development"])
def test_the_larger_files_hold_the_run_file_at_the_same_versions(name: str) -> None:
    assert pins("run") <= pins(name)
