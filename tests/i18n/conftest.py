"""What the tests of languages stand on."""

from __future__ import annotations

import pytest

from ventanilla.operations.translations import extraction
from ventanilla.operations.translations.extraction import Texts


@pytest.fixture(scope="session")
def gathered() -> Texts:
    """Every text of the code."""
    return extraction.extracted()
