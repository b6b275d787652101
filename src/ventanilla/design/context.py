"""What every template is given: the house (what the frames show) and the municipality, both asked only if used."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property

from ventanilla.design import municipality, registry
from ventanilla.design.registry import Way, ways
from ventanilla.design.rules import DEFAULT_COLOR
from ventanilla.lib.links import link


class House:
    """The registries as one request sees them; each is read at most once a page."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def menu(self) -> list[Way]:
        return ways(registry.menu, self._request)

    @cached_property
    def doors(self) -> list[Way]:
        return ways(registry.doors, self._request)

    @cached_property
    def account(self) -> list[Way]:
        return ways(registry.account, self._request)

    @cached_property
    def footer_do(self) -> list[Way]:
        return ways(registry.footer_do, self._request)

    @cached_property
    def footer_know(self) -> list[Way]:
        return ways(registry.footer_know, self._request)

    @cached_property
    def footer_site(self) -> list[Way]:
        return ways(registry.footer_site, self._request)

    @cached_property
    def rail(self) -> list[Way]:
        return ways(registry.rail, self._request)

    @cached_property
    def desk_menu(self) -> list[Way]:
        return ways(registry.desk_menu, self._request)

    @cached_property
    def desk_home(self) -> str:
        return next((way.path for way in ways(registry.desk_home, self._request)), "")

    @cached_property
    def desk_search(self) -> Way | None:
        return next(iter(ways(registry.desk_search, self._request)), None)

    @cached_property
    def needs_me(self) -> dict[str, Any] | None:
        """`{"count": 6, "path": …}` of what waits for the person; None where nobody counts."""
        for waiting in registry.needs_me.values():
            return {"count": waiting.count(self._request), "path": link(waiting.to)}
        return None

    @property
    def home(self) -> str:
        return link(registry.HOME) or "/"

    @property
    def sign_out(self) -> str:
        return link(registry.SIGN_OUT)

    @property
    def own_color(self) -> str:
        """The municipality's colour without `#`, if it isn't ours: then its tokens must be loaded."""
        color = municipality.current().primary_color.upper()
        return "" if color == DEFAULT_COLOR else color.lstrip("#")


def house(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `house` and `municipality`."""
    return {"house": House(request), "municipality": SimpleLazyObject(municipality.current)}
