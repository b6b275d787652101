"""Finding texts that stand outside gettext: in templates any word at all, in Python what reads as Spanish."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

# Templates --------------------------------------------------------------------------------------------------------

SPOKEN = {"aria-label", "aria-description", "aria-roledescription", "placeholder", "title", "alt", "summary", "label"}
SILENT = {"script", "style", "code", "kbd"}
PRINTED = {
    "m",
    "h",
    "km",
    "px",
    "Ctrl",
    "Enter",
    "Esc",
    "QR",
    "PDF",
    "JSON",
    "API",
    "REST",
    "GET",
    "POST",
    "Open311",
    "OpenAPI",
    "openapi",
    "json",
}
"""Signs and keys, the same in every language."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_QUOTED = re.compile(r"(_\()?([\"'])(.*?)\2")
_PHRASE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
_HIDDEN = "\ue000"
"""Stands for what a template puts in."""


def in_template(source: str) -> list[str]:
    """Words that people would read and nobody could translate, with what stands around them."""
    reader = _Reader()
    reader.feed(_bare(source))
    reader.close()
    return [*reader.found, *_in_tags(source)]


def _bare(source: str) -> str:
    """The template's own markup, without what is translated or put in."""
    kept, skipping, attributes = [], "", False
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if token.contents.endswith("_attributes") and name == "block":
            attributes = True
            kept.append("<p ")
        elif name == "endblock" and attributes:
            attributes = False
            kept.append(">")
        if skipping:
            skipping = "" if name == f"end{skipping}" else skipping
        elif name in {"blocktranslate", "blocktrans", "comment", "verbatim"}:
            skipping = name
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        else:
            kept.append(_HIDDEN)
    return "".join(kept)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rstrip(_HIDDEN)
        if tag in SILENT:
            self._inside.append(tag)
        for name, value in attrs:
            if _is_read(tag, name, value or ""):
                self._look(value or "")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._look(data)

    def _look(self, text: str) -> None:
        if _words(text):
            self.found.append(" ".join(text.replace(_HIDDEN, "…").split())[:80])


def _is_read(tag: str, name: str, value: str) -> bool:
    """Whether an attribute is for people: by its name, or for scripts to say, or on a button."""
    is_phrase = len(_PHRASE.findall(value)) > 0
    return name in SPOKEN or (
        is_phrase and (name.startswith("data-") or (name == "value" and tag in {"input", "button"}))
    )


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in PRINTED]


_NAMES = {"translate", "trans", "url", "static", "extends", "load", "block", "endblock", "csrf_token", "icon"}
"""Tags whose quoted words are names, or translated."""


def _in_tags(source: str) -> Iterator[str]:
    """Quoted words inside `{{ … }}` and `{% … %}` that a page would show: `|default:"Nada"`, `with label="Hola"`."""
    for token in Lexer(source).tokenize():
        if token.token_type in {TokenType.VAR, TokenType.BLOCK} and not _names_things(token):
            for marked, _quote, text in _QUOTED.findall(token.contents):
                if not marked and (_PHRASE.search(text) or reads_as_spanish(text)):
                    yield text


def _names_things(token: Token) -> bool:
    return token.token_type == TokenType.BLOCK and token.contents.split(" ")[0] in _NAMES


# Python -----------------------------------------------------------------------------------------------------------

_SPANISH = """
    el la los las del al un una unos unas que se su sus es son está están en por para con sin sobre le les lo ya más
    muy pero como cuando donde hay si sí este esta esto ese esa nos nuestro nuestra fue ha han y o de
"""
_SMALL = frozenset(_SPANISH.split())
_OF_ENGLISH = """
    the of and to is are with for that this it as be by not from an or which its has
"""
_ENGLISH = frozenset(_OF_ENGLISH.split())
_ACCENTED = re.compile(r"[áéíóúñü¿¡«»]", re.IGNORECASE)


def reads_as_spanish(text: str) -> bool:
    """Whether a text reads as Spanish said to people: it has Spanish letters, or little words that only Spanish has.

    A name without blanks (a key, a path, a CSS class) is none, unless it has Spanish letters.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if _ACCENTED.search(text):
        return bool(words)
    if len(words) < 2 or not re.search(r"[^\W\d_] [^\W\d_]", text):
        return False
    spanish, english = (sum(word in small for word in words) for small in (_SMALL, _ENGLISH))
    return spanish > english and spanish >= 1


GETTEXT = re.compile(r"_|(n|np|p)?gettext(_lazy|_noop)?|_lazy|_now")


def in_python(tree: ast.Module, known: frozenset[str] = frozenset()) -> list[str]:
    """Literals that read as Spanish, or are word by word a text we translate elsewhere (`known`), outside gettext."""
    return [text for text in _literals(tree) if reads_as_spanish(text) or text in known]


def _literals(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if _is_translated(child) or _is_docstring(child):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        yield from _literals(child)


def _is_translated(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and bool(GETTEXT.fullmatch(node.func.id))


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


# JavaScript -------------------------------------------------------------------------------------------------------

_SCRIPT = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`", re.DOTALL)


def in_script(source: str) -> list[str]:
    """Literals of a script that people would read: a script's texts come from the page, in `data-` attributes."""
    literals = (each[1:-1] for each in _SCRIPT.findall(source) if each[0] in "\"'`")
    return [each for each in literals if _is_said(re.sub(r"\$\{[^}]*\}", "…", each))]


def _is_said(text: str) -> bool:
    if reads_as_spanish(text):
        return True
    sentence = re.fullmatch(r"[^\W\d_][\w ,.:;¿?¡!…'’-]*", text)
    return bool(sentence) and text[0].isupper() and " " in text.strip()
