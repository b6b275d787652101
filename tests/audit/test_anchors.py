"""Anchors witness the trail from outside the database."""

import gzip
import json
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from ventanilla.audit import actions, anchors
from ventanilla.audit.actions import Entry
from ventanilla.audit.enums import ProblemKind as Kind
from ventanilla.audit.models import Anchor, ChainHead

pytestmark = pytest.mark.usefixtures("story")


def note(chain: str) -> None:
    with transaction.atomic():
        actions.append(chain, [Entry("case.noted")], by="user:7")


def found() -> set[Kind]:
    return {problem.kind for problem in actions.verify_all().problems}


def lines(number: int) -> list[bytes]:
    return gzip.decompress(anchors.path_of(number).read_bytes()).splitlines(keepends=True)


def rewrite(number: int, said: list[bytes]) -> None:
    anchors.path_of(number).write_bytes(gzip.compress(b"".join(said)))


def test_an_anchor_lists_what_changed_since_the_one_before() -> None:
    assert actions.anchor() == 4
    note("case:b")
    assert actions.anchor() == 1
    assert actions.anchor() == 0
    header, head, footer = (json.loads(line) for line in lines(2))
    assert header["previous"] == Anchor.objects.get(number=1).digest
    assert head == ["case:b", 2, ChainHead.objects.get(chain="case:b").last_hash]
    assert (footer["heads"], footer["digest"]) == (1, Anchor.objects.get(number=2).digest)
    assert actions.verify_all().is_clean


def test_receipts_quote_the_last_anchor_without_asking_each_time(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assert actions.latest_anchor() == (0, "")
    actions.anchor()
    row = Anchor.objects.get()
    assert actions.latest_anchor() == (1, row.digest)
    with django_assert_num_queries(0):
        actions.latest_anchor()


def test_many_heads_fill_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchors, "HEADS_PER_FILE", 3)
    monkeypatch.setattr(anchors, "_MARKED_AT_ONCE", 2)
    assert actions.anchor() == 4
    assert [row.heads for row in Anchor.objects.order_by("number")] == [3, 1]
    assert actions.verify_all().is_clean


def test_a_head_that_moves_while_it_is_written_down_stays_to_be_anchored(monkeypatch: pytest.MonkeyPatch) -> None:
    real, moved = anchors._write_file, []

    def write_and_move(*args: object) -> str:
        digest = real(*args)  # type: ignore[arg-type]
        if not moved:
            note("case:b")
            moved.append(True)
        return digest

    monkeypatch.setattr(anchors, "_write_file", write_and_move)
    assert actions.anchor() == 4
    assert list(ChainHead.objects.filter(anchored=False).values_list("chain", flat=True)) == ["case:b"]
    assert actions.anchor() == 1
    assert [row.heads for row in Anchor.objects.order_by("number")] == [4, 1]
    assert not ChainHead.objects.filter(anchored=False).exists()
    assert actions.verify_all().is_clean


@pytest.mark.parametrize("moment", ["_mark", "_forget"])
def test_a_process_killed_while_anchoring_is_made_good_by_the_next(
    monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(anchors, moment, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.anchor()
    assert actions.anchor() == 4
    assert actions.verify_all().is_clean


def test_a_file_whose_row_was_lost_to_a_kill_gets_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Anchor.objects, "create", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.anchor()
    assert actions.verify_all().is_clean
    actions.anchor()
    assert [(row.number, row.heads) for row in Anchor.objects.order_by("number")] == [(1, 4), (2, 4)]
    assert actions.verify_all().is_clean


def test_two_processes_do_not_anchor_at_once() -> None:
    with anchors._alone() as mine:
        assert mine
        assert actions.anchor() == 0
    assert actions.anchor() == 4


def test_a_removed_anchor_is_found() -> None:
    actions.anchor()
    note("case:a")
    actions.anchor()
    anchors.path_of(1).unlink()
    assert found() == {Kind.MISSING_ANCHOR}


def test_a_removed_last_anchor_is_found() -> None:
    actions.anchor()
    anchors.path_of(1).unlink()
    assert found() == {Kind.MISSING_ANCHOR}


@pytest.mark.parametrize("line", [0, 1, 2, -1])
def test_a_changed_anchor_is_found(line: int) -> None:
    actions.anchor()
    said = lines(1)
    said[line] = said[line].replace(b"1", b"2").replace(b"a", b"b")
    rewrite(1, said)
    assert Kind.BROKEN_ANCHOR in found()


def test_an_anchor_forged_without_the_key_is_found(settings: Settings) -> None:
    note("case:a")
    settings.AUDIT_KEY, key = "another", settings.AUDIT_KEY
    actions.anchor()
    settings.AUDIT_KEY = key
    assert found() == {Kind.BROKEN_ANCHOR}


@pytest.mark.parametrize(
    "spoil", [b"", b"not gzip", b"\x1f\x8b\x08\x00", gzip.compress(b"", mtime=0), gzip.compress(b"[1]\n{", mtime=0)]
)
def test_a_file_that_is_no_anchor_is_found_and_nothing_fails(spoil: bytes) -> None:
    actions.anchor()
    anchors.path_of(1).write_bytes(spoil)
    assert found() == {Kind.BROKEN_ANCHOR}


@pytest.mark.parametrize("cut", [10, 60, -9, -1])
def test_a_torn_anchor_is_found(cut: int) -> None:
    actions.anchor()
    path = anchors.path_of(1)
    path.write_bytes(path.read_bytes()[:cut])
    assert found() == {Kind.BROKEN_ANCHOR}


def test_lines_added_after_the_signature_are_found() -> None:
    actions.anchor()
    rewrite(1, [*lines(1), b'["case:x",1,"00"]\n'])
    assert found() == {Kind.BROKEN_ANCHOR}


def test_anchors_exchanged_are_found() -> None:
    actions.anchor()
    note("case:a")
    actions.anchor()
    one, two = anchors.path_of(1), anchors.path_of(2)
    spare = Path(f"{one}.spare")
    one.rename(spare)
    two.rename(one)
    spare.rename(two)
    assert Kind.BROKEN_ANCHOR in found()


def test_a_draft_left_by_a_kill_is_no_anchor() -> None:
    actions.anchor()
    anchors.path_of(2).with_suffix(".draft").write_bytes(b"half")
    assert actions.verify_all().is_clean
    note("case:a")
    assert actions.anchor() == 1
    assert actions.verify_all().is_clean
