"""GET /healthz."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from ventanilla.jobs.models import Worker
from ventanilla.lib import clock
from ventanilla.operations import health

pytestmark = pytest.mark.django_db


def test_it_is_well_when_all_is(client: Client) -> None:
    Worker.objects.create(name="w", beat_at=clock.now())
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": "ok", "migrations": "ok", "jobs": "ok", "disk": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_it_is_unwell_when_the_heartbeat_is_old(client: Client) -> None:
    Worker.objects.create(name="w", beat_at=clock.now() - health.FRESH - timedelta(seconds=1))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["jobs"] == "error"


def test_it_is_unwell_when_migrations_are_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health, "pending_migrations", lambda: ["cases.0002_more"])
    assert client.get("/healthz").json()["checks"]["migrations"] == "error"


def test_it_is_unwell_when_the_disk_is_full(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 2**62)
    assert client.get("/healthz").json()["checks"]["disk"] == "error"


def test_it_answers_even_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bool:
        raise DatabaseError

    monkeypatch.setattr(health, "has_heartbeat", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "error"


def test_it_costs_one_query(client: Client, django_assert_num_queries: Callable[[int], Any]) -> None:
    client.get("/healthz")
    with django_assert_num_queries(1):
        client.get("/healthz")
