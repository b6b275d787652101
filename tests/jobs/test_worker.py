"""Real processes that do jobs, are asked to stop, and are killed."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.conftest import Start, wait_for
from ventanilla.jobs import actions, queue, worker
from ventanilla.jobs.enums import JobState
from ventanilla.jobs.management.commands import run_jobs
from ventanilla.jobs.models import Job, Tick, Worker
from ventanilla.operations import supervisor

RUN = ("-m", "django", "run_jobs", "--poll", "0.05")
SLOW = "tests.jobs.jobs.slow"
NOTE = "tests.jobs.jobs.note"
RESUMED = timedelta(minutes=2)
"""Within which jobs resume, whatever was killed."""


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def all_done() -> bool:
    return not Job.objects.pending().exclude(task__startswith="ventanilla.").exists()


def test_a_worker_does_jobs_shows_that_it_lives_ticks_and_leaves_clean(start_process: Start, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    actions.enqueue_many(NOTE, [{"path": str(seen), "word": str(n)} for n in range(20)])
    process = start_process(*RUN)
    wait_for(all_done)
    assert sorted(lines(seen), key=int) == [str(n) for n in range(20)]
    assert Worker.objects.alive().count() == 1
    wait_for(Tick.objects.filter(name="ventanilla.jobs.jobs.purge_done").exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert not Worker.objects.exists()


def test_asked_to_stop_it_finishes_the_present_job_and_takes_no_other(start_process: Start, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    for word in ("one", "two"):
        actions.enqueue(SLOW, path=str(seen), word=word, seconds=1.5)
    process = start_process(*RUN, "--threads", "1")
    wait_for(lambda: lines(seen) == ["one begun"])
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert lines(seen) == ["one begun", "one done"]
    assert sorted(Job.objects.filter(task=SLOW).values_list("state", flat=True)) == [JobState.DONE, JobState.WAITING]


SUPERVISED = """
import sys
from ventanilla.operations.supervisor import Child, Supervisor
sys.exit(Supervisor([Child("jobs", [sys.executable, *sys.argv[1:]])]).run())
"""


def test_killed_in_the_middle_its_job_is_done_by_the_one_started_in_its_place(
    start_process: Start, tmp_path: Path
) -> None:
    """As in production, where a lease is `LEASE` and not these seconds."""
    seen = tmp_path / "seen"
    actions.enqueue(SLOW, path=str(seen), word="long", seconds=4)
    house = start_process("-c", SUPERVISED, *RUN, "--lease", "2")
    wait_for(lambda: lines(seen) == ["long begun"] and Worker.objects.exists())
    killed_at = time.monotonic()
    os.kill(int(Worker.objects.get().name.rsplit("-", 2)[1]), signal.SIGKILL)
    wait_for(all_done)
    assert time.monotonic() - killed_at < RESUMED.total_seconds()
    assert lines(seen) == ["long begun", "long begun", "long done"]
    assert Job.objects.get(task=SLOW).attempts == 2
    house.send_signal(signal.SIGTERM)
    assert house.wait(20) == 0


def test_in_production_what_a_killed_process_held_is_taken_up_within_two_minutes() -> None:
    """The longest it can take: the lease renewed just before, the pause before it is started anew, a round of its
    housekeeper, and a look for jobs."""
    usual = run_jobs.Command().create_parser("django", "run_jobs").parse_args([])
    started = timedelta(seconds=supervisor._FIRST_PAUSE + 30)
    looked = timedelta(seconds=worker._HOUSEKEEPING_SECONDS + usual.poll)
    assert timedelta(seconds=usual.lease) == queue.LEASE
    assert queue.LEASE + started + looked < RESUMED


def test_a_job_longer_than_its_lease_is_not_done_twice(start_process: Start, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    actions.enqueue(SLOW, path=str(seen), word="long", seconds=7)
    for _ in range(2):
        start_process(*RUN, "--lease", "3")
    wait_for(all_done)
    assert lines(seen) == ["long begun", "long done"]


def test_a_long_job_does_not_hold_up_the_others(start_process: Start, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    actions.enqueue(SLOW, path=str(seen), word="long", seconds=3)
    actions.enqueue(NOTE, path=str(seen), word="short")
    start_process(*RUN)
    wait_for(all_done)
    assert lines(seen).index("short") < lines(seen).index("long done")


def test_several_workers_do_each_job_once(start_process: Start, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    actions.enqueue_many(NOTE, [{"path": str(seen), "word": str(n)} for n in range(150)])
    for _ in range(3):
        start_process(*RUN)
    wait_for(all_done, 40)
    assert sorted(lines(seen), key=int) == [str(n) for n in range(150)]


def test_what_failed_is_tried_again(start_process: Start, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    actions.enqueue("tests.jobs.jobs.fail_once", path=str(seen))
    start_process(*RUN)
    wait_for(lambda: Job.objects.filter(state=JobState.WAITING, attempts=1).exists())
    Job.objects.update(run_after=None)
    wait_for(all_done)
    assert lines(seen) == ["tried", "tried"]
    assert Job.objects.get(task__startswith="tests.").state == JobState.DONE


@pytest.mark.django_db
def test_dead_jobs_are_shown_and_tried_again_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("dead_jobs")
    assert "No hay trabajos abandonados" in capsys.readouterr().out
    job = actions.enqueue(NOTE, path="x", word="y")
    for _ in range(12):
        lease = queue.take("me")
        assert lease
        queue.fail(lease, "builtins.OSError\n  a/b.py:1 f")
        Job.objects.update(run_after=None)
    call_command("dead_jobs", retry=True)
    out = capsys.readouterr().out
    assert str(job.pk) in out
    assert "builtins.OSError" in out
    assert "1 trabajo vuelve a la cola" in out
    assert Job.objects.get().state == JobState.WAITING
