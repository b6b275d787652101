"""The staff's pages at their addresses, with a desk of one page behind them."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.accounts.cast import Cast, gather
from ventanilla.accounts import limits


@pytest.fixture(autouse=True)
def _addresses(settings: Settings, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.accounts.urls"
    settings.DATA = tmp_path
    limits._counters.cache_clear()
    yield
    limits._counters.cache_clear()


@pytest.fixture
def people(db: None) -> Cast:
    cache.clear()
    return gather()


@pytest.fixture
def as_user(people: Cast) -> Callable[[str], Client]:
    """A browser in which somebody of the cast has signed in."""

    def make(name: str) -> Client:
        client = Client()
        client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
