"""A place as cases keep it: what was said, what it was understood as, and where that is, if it is known."""

from __future__ import annotations

from typing import Any, Self

import msgspec

from ventanilla.places.enums import PlaceKind, PlaceSource


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A structured place. Without coordinates it is still a place: the map is never the only way.

    `as_said` is what the person said or typed, never changed afterwards. `label` is how we write it. `precision_m` is
    the radius in metres within which the real place lies. `parts` are the pieces understood (street, number, cross
    streets, landmark, steps…), as plain JSON values.
    """

    kind: PlaceKind
    source: PlaceSource
    as_said: str = ""
    label: str = ""
    lon: float | None = None
    lat: float | None = None
    precision_m: int | None = None
    parts: dict[str, Any] = {}

    @property
    def has_position(self) -> bool:
        return self.lon is not None and self.lat is not None

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read back what `to_json` gave.

        Raises msgspec.ValidationError for anything else.
        """
        return msgspec.convert(value, cls)


def said_only(text: str) -> Place:
    """A place known only by what was said."""
    return Place(kind=PlaceKind.TEXT, source=PlaceSource.SAID_ONLY, as_said=text, label=text.strip())
