"""The municipality as pages show it. This room knows none: settings name who does, `MUNICIPALITY_PROVIDER`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string

from ventanilla.design.rules import DEFAULT_COLOR

_UTC = ZoneInfo("UTC")


class Municipality(Protocol):
    """What pages ask of a municipality. `arms_svg` is trusted markup, cleaned where it came in."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def hours(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def emergency_phone(self) -> str: ...
    @property
    def primary_color(self) -> str: ...
    @property
    def arms_svg(self) -> str: ...
    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def country(self) -> str: ...
    @property
    def form_of_address(self) -> str: ...
    @property
    def languages(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Unnamed:
    """Shown until there is a municipality: a neutral name, our own colour, UTC."""

    kind: str = ""
    name: str = "Ventanilla"
    address: str = ""
    hours: str = ""
    phone: str = ""
    email: str = ""
    emergency_phone: str = ""
    primary_color: str = DEFAULT_COLOR
    arms_svg: str = ""
    zone: ZoneInfo = _UTC
    country: str = ""
    form_of_address: str = ""

    @property
    def languages(self) -> Sequence[str]:
        return [code for code, _name in settings.LANGUAGES]


@lru_cache(maxsize=4)
def _provider(path: str) -> Callable[[], Municipality]:
    return cast(Callable[[], Municipality], import_string(path))


def current() -> Municipality:
    """The municipality of this installation, or `Unnamed` before there is one."""
    path = getattr(settings, "MUNICIPALITY_PROVIDER", "")
    if not path:
        return Unnamed()
    try:
        return _provider(path)()
    except ObjectDoesNotExist:
        return Unnamed()
