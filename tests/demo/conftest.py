"""The demo's town, built once for whoever looks at it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cast import forget_everything
from ventanilla.demo import town
from ventanilla.demo.town import Town
from ventanilla.organization.actions import found_municipality

UNTIL = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)
"""The moment the demo is made."""


def found() -> None:
    """The municipality as the demo finds it."""
    forget_everything()
    found_municipality(
        name="Municipalidad de Muestra", country="CR", time_zone="America/Costa_Rica", kind="Municipalidad", by="demo"
    )


@pytest.fixture(scope="session")
def built() -> Town:
    return town.build()
