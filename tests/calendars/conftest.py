"""A municipality with its calendar, and who may and may not keep it."""

from collections.abc import Callable

import pytest

from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import User
from ventanilla.calendars import actions
from ventanilla.organization import municipality
from ventanilla.organization.enums import Reach
from ventanilla.organization.models import Membership, Municipality, Role

ZONES = {"CR": "America/Costa_Rica", "ES": "Europe/Madrid", "CL": "America/Santiago"}


@pytest.fixture
def started(db: None) -> Callable[..., Municipality]:
    """Set up the municipality of a country: `started("ES", holiday_region="MD")`."""

    def make(country: str, **preferences: str) -> Municipality:
        zone = ZONES.get(country, "UTC")
        here = Municipality.objects.create(name="Villa", country=country, time_zone=zone, preferences=preferences)
        actions.start(here)
        municipality.forget()
        return here

    return make


@pytest.fixture
def costa_rica(started: Callable[..., Municipality]) -> Municipality:
    return started("CR")


@pytest.fixture
def spain(started: Callable[..., Municipality]) -> Municipality:
    return started("ES")


@pytest.fixture
def clara(db: None) -> User:
    """Clara keeps the catalogue."""
    clara = User.objects.create_user("clara", name="Clara")
    role = Role.objects.create(
        key="keeper", name="Catálogo", reach=Reach.EVERYWHERE, permissions=[Permission.CATALOG_EDIT.value]
    )
    Membership.objects.create(user=clara, role=role)
    return clara


@pytest.fixture
def dario(db: None) -> User:
    """Darío works at the front desk and may not."""
    return User.objects.create_user("dario", name="Darío")
