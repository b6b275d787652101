"""Filters of the desk's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds at a key; nothing where it holds nothing."""
    return values.get(key, "")
