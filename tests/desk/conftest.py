"""What tests of the desk's lists share: a municipality made once for a whole file, taken back at its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, lasting_of, make_cast


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast, for all tests of a file that only look at it; what one of them changes is taken back after it."""
    yield from lasting_of(make_cast, django_db_blocker)
