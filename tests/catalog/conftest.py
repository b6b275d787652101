"""A municipality as `init` leaves it."""

from collections.abc import Callable, Iterator

import pytest

from ventanilla.catalog import published
from ventanilla.organization.actions import found_municipality
from ventanilla.organization.models import Municipality


@pytest.fixture(autouse=True)
def _no_catalogue_remembered() -> Iterator[None]:
    published.forget()
    yield
    published.forget()


@pytest.fixture
def founded(db: None) -> Callable[[str], Municipality]:
    """Found the municipality of a country: `founded("ES")`."""

    def found(country: str) -> Municipality:
        return found_municipality(name="Villa", country=country, time_zone="UTC", kind="Municipalidad", by="test")

    return found


@pytest.fixture
def costa_rica(founded: Callable[[str], Municipality]) -> Municipality:
    return founded("CR")
