"""A foreign key to what is few and seldom changes: read from memory, not joined nor asked for one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

Find = Callable[[int], models.Model | None]


class _Accessor(ForwardManyToOneDescriptor):  # type: ignore[type-arg]  # no generic when it runs
    field: HeldKey

    def get_object(self, instance: models.Model) -> models.Model:
        """The row as it is held, or from the database where it isn't there yet."""
        held = self.field.held(getattr(instance, self.field.attname)) if self.field.held else None
        return super().get_object(instance) if held is None else held


class HeldKey(models.ForeignKey):  # type: ignore[type-arg]  # no generic when it runs
    """A foreign key whose row is asked of `held` by its number (`lib.held`), at most some seconds old.

    All who read through it share one object, so nobody writes to it. In migrations it is a plain ForeignKey.
    """

    forward_related_accessor_class = _Accessor

    def __init__(self, *args: Any, held: Find | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs
