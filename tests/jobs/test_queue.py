"""Jobs are taken once, in their order, and given back when their process dies."""

import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.conftest import WEDNESDAY_MORNING
from tests.jobs import jobs
from ventanilla.jobs import actions, queue, rules
from ventanilla.jobs.enums import JobState
from ventanilla.jobs.models import Job, Worker
from ventanilla.lib import clock

NOTE = "tests.jobs.jobs.note"
MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_enqueueing_is_one_insert_in_the_transaction_of_the_business(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        actions.enqueue(NOTE, path="x", word="y")
    with transaction.atomic():
        actions.enqueue(NOTE, path="x", word="z")
        transaction.set_rollback(True)
    assert Job.objects.get().kwargs == {"path": "x", "word": "y"}


@pytest.mark.django_db
def test_a_task_is_enqueued_by_django_s_own_interface(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        result = jobs.urgent.using(run_after=WEDNESDAY_MORNING).enqueue(path="x")
    job = Job.objects.get()
    assert (str(job.pk), job.task, job.priority) == (result.id, "tests.jobs.jobs.urgent", 1)
    assert (job.kwargs, job.run_after) == ({"path": "x"}, WEDNESDAY_MORNING)


@pytest.mark.django_db
def test_arguments_are_named_and_json() -> None:
    with pytest.raises(TypeError, match="named"):
        jobs.urgent.enqueue("x")
    with pytest.raises(TypeError), transaction.atomic():
        actions.enqueue(NOTE, path=uuid4(), word="y")
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_jobs_are_taken_by_level_then_in_their_order() -> None:
    with clock.at(WEDNESDAY_MORNING):
        actions.enqueue(NOTE, word="late", urgency=-1)
        actions.enqueue(NOTE, word="tomorrow", urgency=1, not_before=WEDNESDAY_MORNING + timedelta(days=1))
        actions.enqueue(NOTE, word="was put off", not_before=WEDNESDAY_MORNING - MINUTE)
    for minute, word in enumerate(["first", "second"], start=1):
        with clock.at(WEDNESDAY_MORNING + minute * MINUTE):
            actions.enqueue(NOTE, word=word)
    with clock.at(WEDNESDAY_MORNING + 2 * MINUTE):
        actions.enqueue(NOTE, word="urgent", urgency=1)
    with clock.at(WEDNESDAY_MORNING + 3 * MINUTE):
        taken = [lease.kwargs["word"] for _ in range(6) if (lease := queue.take("me"))]
    assert taken == ["urgent", "first", "second", "was put off", "late"]


@pytest.mark.django_db
def test_many_at_once_are_enqueued_in_few_statements() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert actions.enqueue_many(NOTE, ({"word": n} for n in range(300)), urgency=-3) == 300
    assert len(queries) < 10
    assert Job.objects.filter(priority=-1).count() == 300


@pytest.mark.django_db
def test_looking_for_work_is_one_reading_that_needs_only_the_index() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert not queue.is_anything_due()
    (query,) = queries
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            steps = [row[3] for row in cursor.fetchall() if "jobs_job" in row[3]]
            assert len(steps) == 6
            assert all("SEARCH jobs_job USING" in step and "job_waiting" in step for step in steps)
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert plan.count("using job_waiting") == 6
            assert "Sort" not in plan


@pytest.mark.django_db(transaction=True)
def test_several_who_take_at_once_never_take_the_same() -> None:
    actions.enqueue_many(NOTE, [{"word": n} for n in range(60)])
    taken: list[int] = []
    start = threading.Barrier(4)

    def take_all() -> None:
        start.wait()
        while lease := queue.take("me"):
            taken.append(lease.kwargs["word"])
        connection.close()

    threads = [threading.Thread(target=take_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(taken) == Counter(range(60))


@pytest.mark.django_db
def test_a_job_done_is_kept_for_a_while() -> None:
    with clock.at(WEDNESDAY_MORNING):
        actions.enqueue(NOTE)
        lease = queue.take("me")
        assert lease
        assert queue.finish(lease)
        actions.enqueue(NOTE)
        Worker.objects.create(name="old", beat_at=clock.now())
    with clock.at(WEDNESDAY_MORNING + timedelta(days=2)):
        assert actions.purge() == 0
        assert not Worker.objects.exists()
    with clock.at(WEDNESDAY_MORNING + timedelta(days=4)):
        assert actions.purge() == 1
    assert Job.objects.get().state == JobState.WAITING


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_taken_back_and_its_holder_no_longer_counts() -> None:
    with clock.at(WEDNESDAY_MORNING):
        actions.enqueue(NOTE)
        first = queue.take("one")
        assert first
        assert queue.reclaim() == 0
    with clock.at(WEDNESDAY_MORNING + 2 * MINUTE):
        assert queue.reclaim() == 1
        second = queue.take("two")
        assert second
        assert second.attempts == 2
        assert not queue.finish(first)
        assert not queue.fail(first, "late")
        assert queue.finish(second)


@pytest.mark.django_db
def test_a_prolonged_lease_is_not_taken_back() -> None:
    with clock.at(WEDNESDAY_MORNING):
        actions.enqueue(NOTE)
        assert queue.take("one")
    with clock.at(WEDNESDAY_MORNING + timedelta(seconds=50)):
        assert queue.renew("one") == 1
        assert queue.renew("two") == 0
    with clock.at(WEDNESDAY_MORNING + timedelta(seconds=100)):
        assert queue.reclaim() == 0


@pytest.mark.django_db
def test_a_clock_set_back_holds_up_neither_work_nor_the_leases_of_the_dead() -> None:
    with clock.at(WEDNESDAY_MORNING):
        actions.enqueue(NOTE, word="held by the dead")
        assert queue.take("dead")
        actions.enqueue(NOTE, word="waits")
    with clock.at(WEDNESDAY_MORNING - timedelta(hours=3)):
        assert queue.take("me")
        assert queue.reclaim() == 1
        lease = queue.take("me")
        assert lease
        assert lease.kwargs == {"word": "held by the dead"}


@pytest.mark.django_db
def test_a_failed_job_is_put_off_longer_each_time_and_given_up_after_the_last() -> None:
    actions.enqueue("tests.jobs.jobs.fail", secret="Rosa Quesada")
    now, waits = WEDNESDAY_MORNING, []
    for _ in range(rules.MAX_ATTEMPTS - 1):
        with clock.at(now):
            assert actions.run_waiting() == 1
            assert actions.run_waiting() == 0
            job = Job.objects.get()
            assert (job.state, job.leased_until) == (JobState.WAITING, None)
            assert job.run_after
            waits.append(job.run_after - now)
            now = job.run_after
    with clock.at(now):
        assert actions.run_waiting() == 1
    job = Job.objects.get()
    assert (job.state, job.attempts, job.finished_at) == (JobState.DEAD, rules.MAX_ATTEMPTS, now)
    assert waits[0] < MINUTE < waits[4] < waits[-1] <= timedelta(hours=1)
    assert "ValueError" in job.error
    assert "Rosa" not in job.error


@pytest.mark.django_db
def test_a_job_that_kills_its_process_every_time_is_given_up() -> None:
    actions.enqueue(NOTE)
    now = WEDNESDAY_MORNING
    for _ in range(rules.MAX_ATTEMPTS):
        with clock.at(now):
            assert queue.take("dies")
        now += 2 * MINUTE
        with clock.at(now):
            assert queue.reclaim() == 1
    job = Job.objects.get()
    assert (job.state, job.error) == (JobState.DEAD, queue.LOST)


@pytest.mark.django_db
def test_dead_jobs_are_listed_and_tried_again(tmp_path: Path) -> None:
    with clock.at(WEDNESDAY_MORNING):
        for task in ["tests.jobs.jobs.not_a_task", "tests.jobs.jobs.gone", NOTE]:
            actions.enqueue(task, path=str(tmp_path / "seen"), word="again")
        Job.objects.update(state=JobState.DEAD, attempts=12, finished_at=clock.now(), error="x")
        one = Job.objects.dead().get(task=NOTE)
        assert actions.retry(ids=[uuid4()]) == 0
        assert actions.retry(task="tests.jobs.jobs.gone") == 1
        assert actions.retry(ids=[one.pk]) == 1
        assert actions.retry() == 1
        assert actions.run_waiting() == 3
    one.refresh_from_db()
    assert (one.state, one.attempts, one.error) == (JobState.DONE, 1, "")
    assert dict(Job.objects.waiting().values_list("task", "attempts")) == {
        "tests.jobs.jobs.not_a_task": 1,
        "tests.jobs.jobs.gone": 1,
    }


@pytest.mark.django_db
def test_jobs_may_enqueue_jobs(tmp_path: Path) -> None:
    actions.enqueue("tests.jobs.jobs.chain", path=str(tmp_path / "seen"), left=3)
    assert actions.run_waiting() == 4
    assert (tmp_path / "seen").read_text().split() == ["3", "2", "1", "0"]


@pytest.mark.django_db
def test_it_does_no_more_than_it_is_told(tmp_path: Path) -> None:
    actions.enqueue("tests.jobs.jobs.chain", path=str(tmp_path / "seen"), left=3)
    assert actions.run_waiting(limit=2) == 2


@pytest.mark.django_db
def test_the_status_counts_what_there_is() -> None:
    with clock.at(WEDNESDAY_MORNING):
        actions.enqueue(NOTE)
        actions.enqueue(NOTE, not_before=WEDNESDAY_MORNING + timedelta(days=1))
        Worker.objects.create(name="me", beat_at=clock.now())
        Worker.objects.create(name="gone", beat_at=clock.now() - 2 * MINUTE)
        assert actions.status() == actions.Status(waiting=2, running=0, dead=0, oldest=WEDNESDAY_MORNING, workers=1)
