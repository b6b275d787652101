"""Every page says who may come in, and every template is on one."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import allauth
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import TAG, sources, templates, texts
from ventanilla.organization.guards import guard_of

LIBRARIES = ("allauth.", "django.")
"""Pages of libraries know by themselves who may come in."""

OPEN_BY_NATURE = ("ventanilla.design.",)
"""Colours, icons and the offline page: the same for everybody, and on a floor below the guards."""

BY_CONVENTION = {
    "400.html",
    "403.html",
    "404.html",
    "405.html",
    "413.html",
    "429.html",
    "500.html",
    "503.html",
    "403_csrf.html",
}
"""Asked for by Django, or by the name of the error."""

AWAITED = {"design/_draft.html", "design/_keys_help.html", "design/_photos_input.html", "design/desk.html"}
"""Components made before the pages of the desk that will hold them."""


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def own_views() -> list[Any]:
    return [view for view in views(get_resolver().url_patterns) if not _module(view).startswith(LIBRARIES)]


def _module(view: Any) -> str:
    return str(getattr(view, "__module__", ""))


def says_who(view: Any) -> bool:
    """A guard of ours; or, for an operation of the API, its own authentication."""
    operations = getattr(getattr(view, "__self__", None), "operations", [])
    authenticated = bool(operations) and all(each.auth_callbacks for each in operations)
    return guard_of(view) is not None or authenticated or _module(view).startswith(OPEN_BY_NATURE)


def test_every_view_says_who_may_come_in() -> None:
    assert [f"{_module(view)}.{view.__name__}" for view in own_views() if not says_who(view)] == []


def asked_for() -> set[str]:
    """All texts in code that may be a template's name, and what templates themselves ask for."""
    in_code = {text for tree in sources().values() for text in texts(tree) if "." in text and " " not in text}
    return in_code | {
        name for path in templates().values() for _, _, name in TAG.findall(path.read_text(encoding="utf-8"))
    }


def is_of_allauth(name: str) -> bool:
    """A template of the library that ours takes the place of."""
    return (Path(allauth.__file__).parent / "templates" / name).exists()


def unused(names: set[str]) -> list[str]:
    wanted = asked_for()
    spare = names - BY_CONVENTION - wanted
    families = [each for each in wanted if "/" in each.split("*")[0] and "*" in each]
    return sorted(name for name in spare if not is_of_allauth(name) and not any(fnmatch(name, f) for f in families))


def test_whoever_may_get_a_page_may_ask_for_its_head() -> None:
    """RFC 9110, section 9.1: who looks whether a site answers asks with HEAD."""
    forbids = ("require_GET", "['GET']", "['GET', 'POST']")
    assert [path.name for path, code in sources().items() if any(each in ast.unparse(code) for each in forbids)] == []


def test_every_template_is_used() -> None:
    assert set(unused(set(templates()))) - AWAITED == set()


@pytest.mark.parametrize("name", ["files/nobody_asks_for_this.html", "nothing/at_all.html"])
def test_a_template_nobody_asks_for_would_be_found(name: str) -> None:
    assert unused({name}) == [name]
