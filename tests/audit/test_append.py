"""What the trail does when it is written."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ventanilla.audit import actions, rules
from ventanilla.audit.actions import Entry
from ventanilla.audit.models import AccessRecord, ChainHead, TrailEntry

OPENED = Entry("case.opened", {"type": "luz"})


@pytest.mark.django_db
def test_entries_of_a_chain_stand_each_on_the_one_before() -> None:
    first, second = actions.append("case:a", [OPENED, Entry("case.routed")], by="user:7", new=True)
    (third,) = actions.append("case:a", [Entry("case.closed")], by="user:8")
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == [rules.GENESIS, first.hash, second.hash]
    head = ChainHead.objects.get(chain="case:a")
    assert (head.count, head.last_hash, head.anchored) == (3, third.hash, False)


@pytest.mark.django_db
def test_what_was_said_is_read_back_as_it_was() -> None:
    said = {"text": "ñandú «\n»", "ratio": 1e20, "zero": -0.0, "none": None, "list": [1, {"b": 2, "a": 1}]}
    actions.append("case:a", [Entry("case.noted", said)], by="user:7", new=True)
    assert TrailEntry.objects.get().data == said
    assert actions.verify_all().is_clean


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_write_outside_the_transaction_of_what_it_records() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        actions.append("case:a", [OPENED], by="user:7")


@pytest.mark.django_db
def test_a_new_chain_that_exists_is_refused() -> None:
    actions.append("case:a", [OPENED], by="user:7", new=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.append("case:a", [OPENED], by="user:7", new=True)


@pytest.mark.django_db
@pytest.mark.parametrize("nothing", [{}, {"case:a": []}, {"case:a": [OPENED], "case:b": []}])
def test_nothing_to_record_is_an_error(nothing: dict[str, list[Entry]]) -> None:
    with pytest.raises(ValueError, match="nothing to record"):
        actions.append_many(nothing, by="user:7")


@pytest.mark.django_db
@pytest.mark.parametrize("bad", [float("nan"), object(), {1, 2}])
def test_what_json_cannot_say_is_refused_before_anything_is_written(bad: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        actions.append("case:a", [Entry("case.noted", {"bad": bad})], by="user:7")
    assert not TrailEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("new", "statements"), [(True, 2), (False, 3)])
def test_recording_takes_few_statements(new: bool, statements: int) -> None:
    if not new:
        actions.append("case:a", [OPENED], by="user:7", new=True)
    with CaptureQueriesContext(connection) as queries:
        actions.append("case:a", [Entry("case.routed"), Entry("case.noted")], by="user:7", new=new)
    assert len(queries) == statements


@pytest.mark.django_db
def test_a_thousand_new_chains_take_two_statements_and_verify() -> None:
    with CaptureQueriesContext(connection) as queries:
        actions.append_many({f"case:{n}": [OPENED] for n in range(1000)}, by="import:1", new=True)
    assert len(queries) == 2
    report = actions.verify_all()
    assert (report.is_clean, report.chains, report.entries) == (True, 1000, 1000)


@pytest.mark.django_db
def test_many_chains_old_and_new_go_on_together() -> None:
    actions.append("case:a", [OPENED], by="user:7", new=True)
    actions.append_many({"case:b": [OPENED], "case:a": [Entry("case.merged"), Entry("case.closed")]}, by="user:7")
    assert dict(ChainHead.objects.values_list("chain", "count")) == {"case:a": 3, "case:b": 1}
    assert actions.verify_all().is_clean


@pytest.mark.django_db(transaction=True)
def test_two_writers_never_fork_a_chain_even_at_its_beginning() -> None:
    start = threading.Barrier(4)

    def write() -> None:
        start.wait()
        for _ in range(25):
            with transaction.atomic():
                actions.append("system", [Entry("job.done")], by="worker")
        connection.close()

    _in_threads(write, 4)
    assert ChainHead.objects.get().count == TrailEntry.objects.count() == 100
    assert actions.verify_all().is_clean


def _in_threads(work: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_looking_at_a_person_is_one_insert_outside_any_transaction() -> None:
    with CaptureQueriesContext(connection) as queries:
        actions.record_access(by="user:7", about="person:1", what="case.viewed")
    assert [query["sql"].split()[0] for query in queries] == ["INSERT"]
    assert AccessRecord.objects.get().about == "person:1"
