"""When to try again, when a tick is due, and what is remembered of an error."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.jobs import rules
from ventanilla.jobs.rules import TickState

MOMENTS = st.integers(1_600_000_000, 2_200_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
INTERVALS = st.timedeltas(timedelta(seconds=10), timedelta(days=40))


@given(attempts=st.integers(1, 10_000), fraction=st.floats(0, 1), longest=INTERVALS)
def test_the_wait_grows_up_to_its_longest_and_is_never_nothing(
    attempts: int, fraction: float, longest: timedelta
) -> None:
    wait = rules.backoff(attempts, fraction, longest)
    assert timedelta(seconds=5) <= wait <= longest
    assert wait <= rules.backoff(attempts + 1, fraction, longest)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (8, 1280), (9, 2560), (10, 3600)])
def test_the_wait_doubles(attempts: int, seconds: int) -> None:
    assert rules.backoff(attempts, 1.0) == timedelta(seconds=seconds)
    assert rules.backoff(attempts, 0.0) == timedelta(seconds=seconds / 2)


def test_all_attempts_together_outlast_a_night_s_maintenance_but_not_a_day() -> None:
    total = sum((rules.backoff(n, 1.0) for n in range(1, rules.MAX_ATTEMPTS)), timedelta())
    assert timedelta(hours=3) < total < timedelta(hours=4)


@given(last_at=MOMENTS, every=INTERVALS, passed=st.timedeltas(timedelta(0), timedelta(days=100)))
def test_a_tick_is_due_when_its_interval_has_passed(last_at: datetime, every: timedelta, passed: timedelta) -> None:
    state = rules.tick_state(last_at=last_at, every=every, now=last_at + passed)
    assert state == (TickState.DUE if passed >= every else TickState.NOT_YET)


@given(last_at=MOMENTS, every=INTERVALS, back=st.timedeltas(timedelta(seconds=6), timedelta(days=100)))
def test_a_clock_set_back_is_noticed(last_at: datetime, every: timedelta, back: timedelta) -> None:
    assert rules.tick_state(last_at=last_at, every=every, now=last_at - back) == TickState.CLOCK_WENT_BACK


@given(last_at=MOMENTS, every=INTERVALS, back=st.timedeltas(timedelta(0), timedelta(seconds=5)))
def test_clocks_of_machines_that_differ_a_little_are_no_setting_back(
    last_at: datetime, every: timedelta, back: timedelta
) -> None:
    assert rules.tick_state(last_at=last_at, every=every, now=last_at - back) == TickState.NOT_YET


@given(
    start=MOMENTS,
    steps=st.lists(st.tuples(st.integers(1, 400), st.integers(-5000, 5000) | st.just(0)), max_size=60),
)
def test_however_the_clock_is_set_ticks_neither_stop_nor_double(start: datetime, steps: list[tuple[int, int]]) -> None:
    """By true time: never two within an interval unless the clock was set forward, never later than two and a look."""
    every, last_at, true, offset = timedelta(seconds=300), start, 0, 0
    ticked, forward, waited = 0, False, 0
    for passed, jump in steps:
        true, offset, waited = true + passed, offset + jump, waited + passed
        forward = forward or jump > 0
        now = start + timedelta(seconds=true + offset)
        state = rules.tick_state(last_at=last_at, every=every, now=now)
        if state == TickState.DUE:
            assert forward or true - ticked >= 300
            ticked, forward, waited = true, False, 0
        if state != TickState.NOT_YET:
            last_at = now
        if jump < 0:
            waited = 0
        assert waited <= 300 + 400


@pytest.mark.parametrize(("priority", "level"), [(-100, -1), (-1, -1), (0, 0), (1, 1), (100, 1)])
def test_priorities_fall_into_three_levels(priority: int, level: int) -> None:
    assert rules.level(priority) == level


def test_an_error_is_remembered_by_class_and_place_without_its_words() -> None:
    def fails(name: str) -> None:
        try:
            raise KeyError(name)
        except KeyError as cause:
            raise ValueError(f"no phone for {name}") from cause

    try:
        fails("Rosa Quesada")
    except ValueError as error:
        said = rules.describe_error(error)
    assert said.startswith("builtins.ValueError\n")
    assert "builtins.KeyError" in said
    assert "tests/jobs/test_rules.py:" in said
    assert said.count(" fails") == 2
    assert "Rosa" not in said
    assert "/home" not in said


def test_an_error_that_causes_itself_is_described_once() -> None:
    error = ValueError()
    error.__cause__ = error
    assert rules.describe_error(error) == "builtins.ValueError"
