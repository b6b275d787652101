"""Lower rooms name a page; the face that draws it says where it is."""

from collections.abc import Callable

from ventanilla.lib.plugins import Registry

_links: Registry[Callable[..., str]] = Registry("link")


def register(name: str, build: Callable[..., str]) -> None:
    """Say where the page `name` is: `build(**what)` returns its path."""
    _links.register(name, build)


def link(name: str, **what: object) -> str:
    """The path of a page by its name; the empty string where no face draws it."""
    build = _links.get(name)
    return build(**what) if build else ""
