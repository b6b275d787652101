"""A strict Content-Security-Policy, kept by what templates and scripts hold; and the sprite, whole."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from ventanilla.design.icons import ICONS

SOURCE = Path(__file__).resolve().parents[2] / "src/ventanilla"
STATIC = SOURCE / "design/static/design"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*") if path.suffix in {".html", ".svg", ".txt"})
SCRIPTS = sorted(path for path in SOURCE.rglob("static/**/*.js") if "vendor" not in path.parts)
BUDGET = 60 * 1024
FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style", re.I),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.I),
    "hx-on": re.compile(r"\bhx-on\b", re.I),
    "an expression of htmx": re.compile(r"hx-[a-z]+=['\"](?:js|javascript):", re.I),
    "an address of another host": re.compile(r"(?:src|href)=\"(?:https?:)?//", re.I),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_has_nothing_the_policy_refuses(path: Path) -> None:
    text = path.read_text()
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_evaluates_nothing(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 160
    assert not re.search(r"\beval\(|new Function\(|setAttribute\(\"style\"|document\.write", text)
    assert text.startswith("//"), "the first lines say what the script is for"


def test_every_room_that_has_scripts_is_held_to_this() -> None:
    rooms = {path.relative_to(SOURCE).parts[0] for path in SCRIPTS}
    assert rooms == {"accounts", "design", "desk", "forms", "portal"}


def test_every_icon_named_is_in_the_sprite_and_the_sprite_holds_no_other() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (STATIC / "icons.svg").read_text()))
    assert drawn == ICONS


def test_every_icon_used_is_in_the_sprite() -> None:
    used = {name for path in TEMPLATES for name in re.findall(r'{%\s*icon\s+"([^"]+)"', path.read_text())}
    used |= {name for path in SOURCE.rglob("*.py") for name in re.findall(r'\bicon="([a-z0-9-]+)"', path.read_text())}
    assert used - ICONS == set()


def test_the_critical_path_is_light() -> None:
    desk = ["vendor/kit.css", "ventanilla.css", "desk.css", "vendor/htmx.min.js", "icons.svg"]
    desk += ["js/desk.js", "js/disclosure.js", "js/once.js"]
    size = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in desk)
    assert size <= BUDGET, f"{size / 1024:.1f} KB"


def test_vendored_files_are_what_their_list_says() -> None:
    root = SOURCE.parents[1]
    rows = re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", (STATIC / "vendor/README.md").read_text(), re.M)
    assert len(rows) >= 8
    for name, digest in rows:
        assert hashlib.sha256((root / name).read_bytes()).hexdigest() == digest, name
