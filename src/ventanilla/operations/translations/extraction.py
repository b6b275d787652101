"""What people read, gathered from Python, templates, the starting files and the ready processes.

Django itself (`templatize`) turns a template into what Babel reads. There is no GNU gettext to install, and the one
library that taught Babel Django's templates is no longer looked after.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.utils.translation.template import templatize
from lxml import etree

from ventanilla.design.languages import CONTENT
from ventanilla.operations.commands import HOME
from ventanilla.operations.trouble import Trouble

PACKAGE = HOME / "src" / "ventanilla"
Key = tuple[str, str]
"""The context, empty where there is none, and the Spanish text."""

_Spec = tuple[int | tuple[int, str], ...] | None
_FUNCTIONS: dict[str, _Spec] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_KEYWORDS = {name + ending: spec for name, spec in _FUNCTIONS.items() for ending in ("", "_lazy", "_noop")}
_KEYWORDS["_"] = None


@dataclass
class Text:
    """A text to translate: its plural where it has one, what its author tells translators, where it stands."""

    context: str
    text: str
    plural: str = ""
    comments: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.text


Texts = dict[Key, Text]


def extracted(package: Path = PACKAGE) -> Texts:
    """Every text of the package, in the order of its files. Raises Trouble where a file can't be read."""
    found: Texts = {}
    for path in sorted(package.rglob("*")):
        reader = _reader_of(path.relative_to(package))
        if reader is None or not path.is_file():
            continue
        try:
            texts = list(reader(path))
        except (SyntaxError, ValueError) as error:
            raise Trouble(
                f"No entiendo {path.name}: {error}", advice="Corrija el archivo y repita la orden."
            ) from error
        for text in texts:
            _add(found, text, path.relative_to(package).as_posix())
    return found


def _add(found: Texts, new: Text, file: str) -> None:
    text = found.setdefault(new.key, new)
    text.plural = text.plural or new.plural
    text.comments |= new.comments
    text.files.add(file)


def _reader_of(path: Path) -> Callable[[Path], Iterator[Text]] | None:
    if "migrations" in path.parts or "locale" in path.parts:
        return None
    if "templates" in path.parts:
        return of_template
    if path.suffix == ".toml" and path.parts[:2] in _STARTING:
        return of_starting_file
    return {".py": of_python, ".bpmn": of_diagram}.get(path.suffix)


def of_python(path: Path) -> Iterator[Text]:
    """What a module hands to gettext, under whatever name it imported it.

    Read from the syntax tree: Babel's own reader passes over what stands inside an f-string.
    """
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    names = {name: name for name in _KEYWORDS} | _aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield from _called(node, _KEYWORDS[names[node.func.id]], source.splitlines())


def _aliases(tree: ast.Module) -> dict[str, str]:
    """`_now` of `from django.utils.translation import gettext as _now`."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    names = (name for each in imports if each.module == "django.utils.translation" for name in each.names)
    return {each.asname: each.name for each in names if each.asname and each.name in _KEYWORDS}


def _called(call: ast.Call, spec: _Spec, lines: list[str]) -> Iterator[Text]:
    said = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
    wanted = [(place, "") if isinstance(place, int) else place for place in spec or (1,)]
    if len(said) < len(wanted) or not all(isinstance(said[place - 1], str) for place, _role in wanted):
        return
    context = "".join(str(said[place - 1]) for place, role in wanted if role == "c")
    text, *plural = (str(said[place - 1]) for place, role in wanted if role != "c")
    yield Text(context, text, "".join(plural), set(_told_above(call.lineno, lines)))


def _told_above(line: int, lines: list[str]) -> Iterator[str]:
    """`# Translators: …` on the line above."""
    above = lines[line - 2].strip() if line > 1 else ""
    if above.startswith("# Translators:"):
        yield above.removeprefix("# Translators:").strip()


def of_template(path: Path) -> Iterator[Text]:
    """What a template translates. Lines are stripped: their indentation is no Python."""
    made = templatize(path.read_text(encoding="utf-8"), origin=path.name)
    lines = BytesIO("\n".join(line.strip() for line in made.splitlines()).encode())
    read = extract("python", lines, keywords=_KEYWORDS, comment_tags=["Translators"], strip_comment_tags=True)
    for _line, message, comments, context in read:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield Text(context or "", str(singular), str(plural), {each.strip(": ") for each in comments})


_STARTING = {("catalog", "starting"), ("organization", "starting.toml"), ("calendars", "presets")}
_NAMES = {"name", "description", "question", "script", "hint", "advice", "says", "caveat"}
_TABLES = {"names", "options", "teams"}


def of_starting_file(path: Path) -> Iterator[Text]:
    """What a new municipality begins with. It is the municipality's afterwards: `design.languages.translated`."""
    for text in _texts_of(tomllib.loads(path.read_text(encoding="utf-8"))):
        yield Text(CONTENT, text)


def _texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts_of(each)
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _NAMES and isinstance(inner, str):
                yield inner
            elif key in _TABLES:
                yield from inner.values()
            else:
                yield from _texts_of(inner)


def of_diagram(path: Path) -> Iterator[Text]:
    """What a ready process says: the names of its steps, what the person reads of them, how they are done."""
    for element in etree.fromstring(path.read_bytes()).iter(etree.Element):
        said = [value for name, value in element.items() if etree.QName(name).localname in _DRAWN]
        if etree.QName(element).localname == "documentation":
            said.append(str(element.text or "").strip())
        yield from (Text(CONTENT, str(text)) for text in said if text)


_DRAWN = {"name", "publicTitle", "publicText"}
