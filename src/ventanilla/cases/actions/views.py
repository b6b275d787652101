"""Views of the inbox that somebody keeps under a name."""

from __future__ import annotations

from typing import Any

from ventanilla.cases.models import SavedView


def save_view(*, user: Any, name: str, query: str) -> SavedView:
    """Keep filters under a name; the same name again replaces them."""
    view, _made = SavedView.objects.update_or_create(user=user, name=name[:60], defaults={"query": query[:500]})
    return view


def update_view(*, user: Any, uuid: Any, query: str) -> bool:
    """Put other filters in a view of one's own. False where there is none such."""
    return SavedView.objects.filter(user=user, uuid=uuid).update(query=query[:500]) > 0


def drop_view(*, user: Any, uuid: Any) -> bool:
    """Forget a view of one's own. False where there is none such."""
    gone, _each = SavedView.objects.filter(user=user, uuid=uuid).delete()
    return gone > 0
