"""Pages that are only looked at change nothing."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ventanilla.audit import actions as audit
from ventanilla.config.readonly import ReadOnlyGets, WroteWhileReading, reading_only
from ventanilla.jobs.models import Tick
from ventanilla.lib import clock

pytestmark = pytest.mark.django_db


def write(request: HttpRequest | None = None) -> HttpResponse:
    Tick.objects.create(name="x", last_at=clock.now())
    return HttpResponse()


def test_reading_is_let_through() -> None:
    with reading_only(), transaction.atomic():
        assert not Tick.objects.exists()


def test_writing_is_refused_and_named() -> None:
    with pytest.raises(WroteWhileReading, match="jobs_tick"), transaction.atomic(), reading_only():
        write()
    assert not Tick.objects.exists()
    write()


def test_many_rows_and_plain_sql_are_refused_too() -> None:
    with pytest.raises(WroteWhileReading), transaction.atomic(), reading_only():
        Tick.objects.bulk_create([Tick(name="x", last_at=clock.now())])
    with pytest.raises(WroteWhileReading), reading_only(), connection.cursor() as cursor:
        cursor.executemany("DELETE FROM jobs_tick WHERE name = %s", [["x"]])


def test_locking_rows_is_refused_where_the_database_can() -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite locks no rows")
    with pytest.raises(WroteWhileReading), reading_only():
        list(Tick.objects.select_for_update())


def test_sessions_and_the_log_of_who_looked_are_let_through(client: Any) -> None:
    with reading_only():
        audit.record_access(by="user:7", about="person:1", what="case.viewed")
        session = client.session
        session["a"] = 1
        session.save()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_page_that_writes_when_it_is_looked_at_fails(method: str) -> None:
    with pytest.raises(WroteWhileReading):
        ReadOnlyGets(write)(RequestFactory().generic(method, "/"))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_page_that_is_sent_something_may_write(method: str) -> None:
    assert ReadOnlyGets(write)(RequestFactory().generic(method, "/")).status_code == 200
    assert Tick.objects.exists()


def test_every_test_of_a_page_runs_under_the_guard() -> None:
    assert settings.MIDDLEWARE[-1] == "ventanilla.config.readonly.ReadOnlyGets"
