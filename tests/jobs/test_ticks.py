"""Periodic jobs are enqueued once each time, whoever is at it and whatever the clock does."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests.conftest import WEDNESDAY_MORNING
from tests.jobs import jobs
from ventanilla.jobs import actions, registry
from ventanilla.jobs.models import Job, Tick
from ventanilla.jobs.registry import Periodic
from ventanilla.jobs.rules import MAX_ATTEMPTS
from ventanilla.jobs.ticks import tick
from ventanilla.lib import clock
from ventanilla.lib.plugins import Registry

NAME = "tests.jobs.jobs.fail"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _one_periodic_job(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    only: Registry[Periodic] = Registry("periodic job")
    only.register(NAME, Periodic(jobs.fail, 5 * MINUTE))
    monkeypatch.setattr(registry, "periodic", only)
    return


def ticks_at(moment: datetime) -> int:
    """Tick at a moment; whatever was enqueued is done at once."""
    with clock.at(moment):
        count = tick()
        Job.objects.all().delete()
    return count


@pytest.mark.django_db
def test_the_first_tick_comes_at_once_and_the_next_after_the_interval() -> None:
    found = [ticks_at(WEDNESDAY_MORNING + minutes * MINUTE) for minutes in range(11)]
    assert found == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


@pytest.mark.django_db
def test_after_a_long_rest_it_comes_once_not_for_each_time_missed() -> None:
    found = [ticks_at(WEDNESDAY_MORNING + timedelta(days=days)) for days in (0, 3, 3)]
    assert found == [1, 1, 0]


@pytest.mark.django_db
def test_a_clock_set_back_neither_stops_nor_doubles_it() -> None:
    assert ticks_at(WEDNESDAY_MORNING) == 1
    before = WEDNESDAY_MORNING - timedelta(hours=1)
    found = [ticks_at(before + minutes * MINUTE) for minutes in range(7)]
    assert found == [0, 0, 0, 0, 0, 1, 0]


@pytest.mark.django_db
def test_the_same_work_never_queues_behind_itself() -> None:
    with clock.at(WEDNESDAY_MORNING):
        assert tick() == 1
    with clock.at(WEDNESDAY_MORNING + 10 * MINUTE):
        assert tick() == 0
        assert Job.objects.get().task == NAME
        Job.objects.all().delete()
        assert tick() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_processes_one_enqueues_each_tick() -> None:
    Tick.objects.create(name=NAME, last_at=WEDNESDAY_MORNING)
    start, counts = threading.Barrier(4), []

    def run() -> None:
        start.wait()
        with clock.at(WEDNESDAY_MORNING + 5 * MINUTE):
            counts.append(tick())
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 0, 1]
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_a_failed_periodic_job_is_tried_again_no_later_than_it_would_come_anyway() -> None:
    with clock.at(WEDNESDAY_MORNING):
        tick()
        Job.objects.update(kwargs={"secret": "x"}, attempts=MAX_ATTEMPTS - 2)
        actions.run_waiting()
    wait = Job.objects.get().run_after
    assert wait
    assert wait - WEDNESDAY_MORNING <= 5 * MINUTE
