"""Documents to find."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from ventanilla.search import actions
from ventanilla.search.rules import Document, Scope

EVERYTHING = Scope(everything=True, reserved=True)
START = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)

Indexer = Callable[..., str]


@pytest.fixture
def indexed(db: None) -> Indexer:
    """Index a document, a minute after the one before; returns its uuid."""
    made: list[str] = []

    def index(title: str = "", **fields: object) -> str:
        uuid = str(fields.pop("uuid", f"u{len(made)}"))
        made.append(uuid)
        at = START + timedelta(minutes=len(made))
        actions.index(Document(kind=str(fields.pop("kind", "case")), uuid=uuid, title=title, at=at, **fields))  # type: ignore[arg-type]
        return uuid

    return index
