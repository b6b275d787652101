"""Whatever is done to the trail behind its back is seen."""

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audit.conftest import CHAINS, tell_a_story
from tests.conftest import lift_triggers
from ventanilla.audit import actions, triggers
from ventanilla.audit.actions import Entry
from ventanilla.audit.enums import ProblemKind as Kind
from ventanilla.audit.models import Anchor, ChainHead, TrailEntry

BY_HAND = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ENTRIES = st.sampled_from([(chain, seq) for chain, length in CHAINS.items() for seq in range(1, length + 1)])
OTHER = {
    "at": None,
    "by": "user:8",
    "verb": "case.lost",
    "data": {"number": 99},
    "previous": "0" * 64,
    "hash": "f" * 64,
}


@contextmanager
def unguarded() -> Iterator[None]:
    """The database without its triggers, as somebody finds it who may do anything in it; undone at the end."""
    with transaction.atomic():
        lift_triggers()
        yield
        transaction.set_rollback(True)


def found() -> set[Kind]:
    return {problem.kind for problem in actions.verify_all().problems} - {Kind.MISSING_TRIGGER}


def test_an_untouched_trail_is_clean(story: None) -> None:
    report = actions.verify_all()
    assert report.problems == []
    assert (report.entries, report.chains) == (sum(CHAINS.values()), len(CHAINS))


@BY_HAND
@given(entry=ENTRIES, column=st.sampled_from(sorted(OTHER)))
def test_any_changed_entry_is_found(db: None, entry: tuple[str, int], column: str) -> None:
    with unguarded():
        tell_a_story()
        chosen = TrailEntry.objects.filter(chain=entry[0], seq=entry[1])
        value = OTHER[column] if column != "at" else chosen.get().at.replace(microsecond=7)
        assert chosen.update(**{column: value}) == 1
        assert Kind.CHANGED_ENTRY in found()


@BY_HAND
@given(entry=ENTRIES)
def test_any_removed_entry_is_found(db: None, entry: tuple[str, int]) -> None:
    with unguarded():
        tell_a_story()
        TrailEntry.objects.filter(chain=entry[0], seq=entry[1]).delete()
        assert found() & {Kind.MISSING_ENTRY, Kind.EMPTY_CHAIN}


@BY_HAND
@given(chain=st.sampled_from(sorted(CHAINS)), at_end=st.booleans())
def test_any_inserted_entry_is_found(db: None, chain: str, at_end: bool) -> None:
    with unguarded():
        tell_a_story()
        last = TrailEntry.objects.filter(chain=chain).order_by("-seq")[0]
        place = last.seq + 1 if at_end else last.seq
        if not at_end:
            TrailEntry.objects.filter(pk=last.pk).update(seq=F("seq") + 1)
        _forge_entry(chain, place, last.hash if at_end else last.previous)
        assert found()


def _forge_entry(chain: str, seq: int, previous: str) -> None:
    """An entry with the right hash: hashes need no key."""
    with transaction.atomic():
        made = actions.append("elsewhere", [Entry("case.forged")], by="nobody")[0]
    from ventanilla.audit import rules

    own = rules.entry_hash(chain=chain, seq=seq, at=made.at, by="x", verb="v", data="{}", previous=previous)
    TrailEntry.objects.create(chain=chain, seq=seq, at=made.at, by="x", verb="v", data={}, previous=previous, hash=own)


@BY_HAND
@given(chain=st.sampled_from(sorted(CHAINS)))
def test_a_rewritten_chain_whose_head_is_forged_is_found(db: None, chain: str) -> None:
    with unguarded():
        tell_a_story()
        head = ChainHead.objects.get(chain=chain)
        _forge_entry(chain, head.count + 1, head.last_hash)
        last = TrailEntry.objects.get(chain=chain, seq=head.count + 1)
        ChainHead.objects.filter(chain=chain).update(count=last.seq, last_hash=last.hash)
        assert found() == {Kind.FORGED_HEAD}


@pytest.mark.parametrize("chain", sorted(CHAINS))
def test_a_removed_last_entry_with_its_old_head_is_found_once_anchored(story: None, chain: str) -> None:
    before = ChainHead.objects.filter(chain=chain).values("count", "last_hash", "mac").get()
    actions.append(chain, [Entry("case.closed")], by="user:7")
    actions.anchor()
    with unguarded():
        TrailEntry.objects.filter(chain=chain, seq=before["count"] + 1).delete()
        ChainHead.objects.filter(chain=chain).update(**before)
        assert found() == {Kind.REMOVED_SINCE_ANCHOR}


@pytest.mark.parametrize("chain", sorted(CHAINS))
def test_a_whole_chain_removed_is_found_once_anchored(story: None, chain: str) -> None:
    actions.anchor()
    with unguarded():
        TrailEntry.objects.filter(chain=chain).delete()
        ChainHead.objects.filter(chain=chain).delete()
        assert found() == {Kind.REMOVED_SINCE_ANCHOR}


def test_a_removed_head_is_found(story: None) -> None:
    with unguarded():
        ChainHead.objects.filter(chain="case:a").delete()
        assert found() == {Kind.MISSING_HEAD}


def test_removed_entries_that_leave_the_head_are_found(story: None) -> None:
    with unguarded():
        TrailEntry.objects.filter(chain="case:a").delete()
        assert found() == {Kind.EMPTY_CHAIN}


def test_problems_name_chain_and_place(story: None) -> None:
    with unguarded():
        TrailEntry.objects.filter(chain="case:a", seq=2).update(verb="case.lost")
        (problem,) = [p for p in actions.verify_all().problems if p.kind != Kind.MISSING_TRIGGER]
        assert (problem.kind, problem.where, problem.seq) == (Kind.CHANGED_ENTRY, "case:a", 2)
        assert str(problem) == "asiento cambiado: case:a (2)"


def _change(sql: str) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return run


REFUSED = {
    "an entry changed": _change("UPDATE audit_trailentry SET verb = 'x'"),
    "an entry removed": _change("DELETE FROM audit_trailentry"),
    "a head removed": _change("DELETE FROM audit_chainhead"),
    "a head put back": _change("UPDATE audit_chainhead SET count = count - 1"),
    "a head's hash changed": _change("UPDATE audit_chainhead SET last_hash = 'x'"),
    "a head renamed": _change("UPDATE audit_chainhead SET chain = chain || 'x'"),
    "an anchor changed": _change("UPDATE audit_anchor SET digest = 'x'"),
    "an anchor removed": _change("DELETE FROM audit_anchor"),
    "an upsert": _change(
        "INSERT INTO audit_trailentry (chain, seq, at, by, verb, data, previous, hash)"
        " SELECT chain, seq, at, by, 'x', data, previous, hash FROM audit_trailentry WHERE 1 = 1"
        " ON CONFLICT (chain, seq) DO UPDATE SET verb = 'x'"
    ),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_the_database_itself_refuses(story: None, name: str) -> None:
    actions.anchor()
    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        REFUSED[name]()
    assert actions.verify_all().is_clean


@pytest.mark.parametrize("table", ["audit_trailentry", "audit_chainhead", "audit_anchor"])
def test_postgresql_refuses_to_truncate(story: None, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        _change(f"TRUNCATE {table}")()


def test_each_missing_trigger_is_named_and_installing_twice_mends_it(db: None) -> None:
    assert triggers.missing(connection) == []
    lift_triggers()
    missing = triggers.missing(connection)
    assert len(missing) >= len(triggers.TRIGGERS)
    assert {p.where for p in actions.verify_all().problems} == set(missing)
    for _ in range(2):
        triggers.install(connection)
    assert triggers.missing(connection) == []


def test_a_trigger_that_does_nothing_counts_as_missing(db: None) -> None:
    if connection.vendor == "sqlite":
        name = next(iter(triggers.sqlite_sql()))
        _change(f"DROP TRIGGER {name}")()
        _change(f"CREATE TRIGGER {name} BEFORE DELETE ON audit_trailentry FOR EACH ROW BEGIN SELECT 1; END")()
        assert triggers.missing(connection) == [name]
        return
    _change("ALTER TABLE audit_trailentry DISABLE TRIGGER USER")()
    assert triggers.missing(connection) == ["audit_trailentry_refuse_change"]
    hollow = "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    _change(hollow)()
    assert len(triggers.missing(connection)) == len(triggers.TRIGGERS)


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_between_tests_leaves_the_triggers() -> None:
    tell_a_story()
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_the_test_after_it_finds_the_triggers_again() -> None:
    assert not TrailEntry.objects.exists()
    assert not Anchor.objects.exists()
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_it_may_read_while_people_write() -> None:
    stop = threading.Event()

    def write(own: str) -> None:
        for number in itertools.count():
            with transaction.atomic():
                actions.append("system", [Entry("case.noted")], by=own)
                actions.append(f"{own}:{number}", [Entry("case.opened"), Entry("case.routed")], by=own, new=True)
            if stop.is_set():
                break
        connection.close()

    writers = [threading.Thread(target=write, args=(own,)) for own in ("a", "b")]
    for writer in writers:
        writer.start()
    reports = []
    try:
        while len(reports) < 15 or (len(reports) < 400 and reports[-1].entries <= reports[0].entries):
            actions.anchor()
            reports.append(actions.verify_all())
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert [report.problems for report in reports if not report.is_clean] == []
    assert reports[-1].entries > reports[0].entries


def test_very_many_problems_are_counted_but_not_all_kept(db: None) -> None:
    actions.append_many({f"case:{n}": [Entry("case.opened")] for n in range(1100)}, by="x", new=True)
    with unguarded():
        TrailEntry.objects.update(verb="x")
        report = actions.verify_all()
    assert report.found > 1100
    assert len(report.problems) == 1000


def test_it_tells_how_far_it_is(story: None) -> None:
    told: list[tuple[str, int]] = []
    actions.anchor()
    actions.verify_all(progress=lambda step, done: told.append((step, done)))
    assert ("entries", sum(CHAINS.values())) in told
    assert ("anchors", 1) in told


def test_a_receipt_is_verified_by_its_hash_alone(story: None) -> None:
    entry = TrailEntry.objects.get(chain="case:a", seq=1)
    good = actions.verify_receipt(chain="case:a", seq=1, hash=f" {entry.hash.upper()} ")
    assert (good.matches, good.at) == (True, entry.at)
    for chain, seq, own in [("case:a", 1, "0" * 64), ("case:a", 9, entry.hash), ("case:x", 1, entry.hash)]:
        bad = actions.verify_receipt(chain=chain, seq=seq, hash=own)
        assert (bad.matches, bad.at) == (False, None)


def test_a_receipt_of_a_changed_entry_does_not_match(story: None) -> None:
    entry = TrailEntry.objects.get(chain="case:a", seq=1)
    with unguarded():
        TrailEntry.objects.filter(pk=entry.pk).update(verb="case.lost")
        assert not actions.verify_receipt(chain="case:a", seq=1, hash=entry.hash).matches
