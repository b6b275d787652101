"""A small trail to read, spoil and anchor."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from ventanilla.audit import actions, anchors, registry
from ventanilla.audit.actions import Entry

CHAINS = {"case:a": 4, "case:b": 1, "case:c": 2, "system": 3}


@pytest.fixture(autouse=True)
def _own_anchors(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    anchors._forget()
    yield
    anchors._forget()


@pytest.fixture(autouse=True)
def _the_trail_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """These chains tell of nothing that other rooms have."""
    monkeypatch.setattr(registry.contents, "_items", {})


def tell_a_story() -> None:
    """Four chains of four, one, two and three entries."""
    for chain, length in CHAINS.items():
        for number in range(length):
            with transaction.atomic():
                actions.append(chain, [Entry("case.noted", {"number": number, "ratio": 1e20})], by="user:7")


@pytest.fixture
def story(db: None) -> None:
    tell_a_story()
