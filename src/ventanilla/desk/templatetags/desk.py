"""Filters and tags of the desk's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from ventanilla.design.languages import said_once
from ventanilla.desk.rows import Row

WORDS = 140
"""Letters of what the person said, where a list shows them."""

register = template.Library()


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds at a key; nothing where it holds nothing."""
    return values.get(key, "")


@register.simple_tag(takes_context=True)
def list_row(context: template.Context, row: Row) -> SafeString:
    """A case as a line of a list."""
    words = Truncator(row.case.description).chars(WORDS) if context.get("with_words") else ""
    return _drawn(row, words, bool(context.get("markable")), row.uuid in (context.get("marked") or ()))


@said_once
def _drawn(row: Row, words: str, is_markable: bool, is_marked: bool) -> SafeString:
    """Drawn once for all it says: lists are asked for again every few seconds, and little has changed."""
    said = {"row": row, "words": words, "is_markable": is_markable, "is_marked": is_marked}
    return SafeString(get_template("desk/_list_row.html").render(said))
