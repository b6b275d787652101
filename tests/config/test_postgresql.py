"""A connection kept from request to request is given up when its server went, without asking it each time."""

from __future__ import annotations

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's connections"),
]


@pytest.fixture
def other() -> BaseDatabaseWrapper:
    made = connections.create_connection("default")
    made.ensure_connection()
    return made  # type: ignore[no-any-return]


def test_one_that_stands_is_usable_and_nothing_is_asked(other: BaseDatabaseWrapper) -> None:
    with other.execute_wrapper(_refuse):
        assert other.is_usable()
    other.close()
    assert not other.is_usable()


def test_one_that_the_server_ended_is_not(other: BaseDatabaseWrapper) -> None:
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    assert not other.is_usable()
    other.close()


def _refuse(*_asked: object) -> None:
    raise AssertionError
