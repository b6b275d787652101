"""Limits that hold across processes."""

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ventanilla.lib import clock
from ventanilla.lib.limits import SLOTS, Counters

WEDNESDAY_MORNING = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)


def test_it_allows_up_to_the_limit_and_again_in_the_next_window(tmp_path: Path) -> None:
    counters = Counters(tmp_path / "limits", "secret")
    with clock.at(WEDNESDAY_MORNING):
        assert [counters.hit("a", limit=2, seconds=60) for _ in range(3)] == [True, True, False]
        assert counters.hit("b", limit=2, seconds=60)
    with clock.at(WEDNESDAY_MORNING + timedelta(seconds=60)):
        assert counters.hit("a", limit=2, seconds=60)


def _hit_many(path: Path, times: int, allowed: "multiprocessing.Queue[int]") -> None:
    counters = Counters(path, "secret")
    with clock.at(WEDNESDAY_MORNING):
        allowed.put(sum(counters.hit("same", limit=100, seconds=3600) for _ in range(times)))


def test_processes_share_one_count(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    allowed: multiprocessing.Queue[int] = context.Queue()
    workers = [context.Process(target=_hit_many, args=(tmp_path / "limits", 80, allowed)) for _ in range(3)]
    for worker in workers:
        worker.start()
    total = sum(allowed.get(timeout=30) for _ in workers)
    for worker in workers:
        worker.join()
    assert total == 100


def test_it_has_its_place_on_the_disk_before_it_counts(tmp_path: Path) -> None:
    Counters(tmp_path / "limits", "secret")
    assert (tmp_path / "limits").stat().st_blocks * 512 >= SLOTS * 16
