"""Kept with its transaction, erased under an order, and found out where it was tampered with."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.files.conftest import PDF, picture, sent
from ventanilla.audit.enums import ProblemKind as Kind
from ventanilla.audit.models import TrailEntry
from ventanilla.audit.registry import Problem
from ventanilla.files import actions, jobs, verifying
from ventanilla.files.enums import FileState
from ventanilla.files.models import StoredFile
from ventanilla.files.rules import MissingContent
from ventanilla.files.storage import THUMBNAIL, Disk
from ventanilla.lib import clock

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
LATER = 10**12


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Commits) -> Commits:
    return django_capture_on_commit_callbacks


def keep(content: bytes = PDF, name: str = "plano.pdf") -> StoredFile:
    staged = actions.receive(sent(content, name))
    with transaction.atomic():
        return actions.keep(staged, by="Marta")


def read(stored: StoredFile, **options: bool) -> bytes:
    with stored.open(**options) as content:
        return content.read()


def test_a_file_is_kept_with_one_statement() -> None:
    staged = actions.receive(sent(PDF, "plano.pdf"))
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        actions.keep(staged, by="Marta")
    assert [q["sql"].split()[0] for q in statements] == ["INSERT"]


def test_after_commit_it_lies_in_its_place(disk: Disk, commits: Commits) -> None:
    with commits(execute=True):
        stored = keep(picture(), "foto.jpg")
    assert disk.path(stored.sha256).exists()
    assert not list(disk.staged())
    assert read(stored, thumbnail=True) != read(stored)
    assert oct(disk.path(stored.sha256).parent.stat().st_mode)[-3:] == "700"


def test_who_reads_it_before_it_was_placed_gets_it_all_the_same(disk: Disk) -> None:
    stored = keep()
    assert not disk.path(stored.sha256).exists()
    assert read(stored) == PDF
    assert disk.path(stored.sha256).exists()


def test_where_the_transaction_fails_nothing_is_kept(disk: Disk, commits: Commits) -> None:
    with pytest.raises(ZeroDivisionError), commits(execute=True), transaction.atomic():  # noqa: PT012
        keep()
        _ = 1 / 0
    assert not StoredFile.objects.exists()
    actions.sweep(now=LATER)
    assert not list(disk.staged())
    assert list(verifying.problems()) == []


def test_keeping_outside_a_transaction_is_an_error(transactional_db: None) -> None:
    staged = actions.receive(sent(PDF, "plano.pdf"))
    with pytest.raises(transaction.TransactionManagementError):
        actions.keep(staged, by="Marta")


def test_a_rename_that_fails_does_not_fail_the_filing(
    disk: Disk, commits: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no")

    with monkeypatch.context() as broken, commits(execute=True):
        broken.setattr(Path, "replace", refuse)
        stored = keep()
    actions.sweep(now=0)
    assert disk.path(stored.sha256).exists()
    assert read(stored) == PDF


def test_the_sweep_leaves_alone_what_may_still_be_kept(disk: Disk) -> None:
    staged = actions.receive(sent(PDF, "plano.pdf"))
    jobs.sweep_files.func()
    assert [entry[0] for entry in disk.staged()] == [staged.sha256]
    with clock.at(clock.now() + timedelta(minutes=61)):
        jobs.sweep_files.func()
    assert not list(disk.staged())


def test_the_sweep_throws_away_what_was_never_finished(disk: Disk) -> None:
    actions.receive(sent(PDF, "plano.pdf"))
    next(iter(disk._staging.iterdir())).rename(disk._staging / "abc.123.part")
    actions.sweep(now=LATER)
    assert not list(disk._staging.iterdir())


def test_erased_its_content_and_name_are_gone_and_the_order_is_in_the_trail(disk: Disk, commits: Commits) -> None:
    with commits(execute=True):
        stored = keep(picture(), "Rosa Benítez.jpg")
    with commits(execute=True):
        actions.erase(stored, order="2026-14", by="Marta")
    stored.refresh_from_db()
    assert (stored.state, stored.name, stored.kept_by) == (FileState.ERASED, "", "")
    assert not [path for path in disk._root.rglob("*") if path.is_file() and path.name != ".lock"]
    with pytest.raises(MissingContent):
        stored.open()
    entry = TrailEntry.objects.get(chain=f"file:{stored.uuid}")
    assert (entry.verb, entry.data) == ("file.erased", {"order": "2026-14"})


def test_content_that_another_file_has_outlives_an_erasure(commits: Commits) -> None:
    with commits(execute=True):
        first, second = keep(), keep(name="copia.pdf")
        actions.erase(first, order="2026-14", by="Marta")
    assert first.sha256 == second.sha256
    assert read(second) == PDF
    with commits(execute=True):
        actions.erase(second, order="2026-15", by="Marta")
    assert list(verifying.problems()) == []
    with pytest.raises(MissingContent):
        second.open()


def test_the_sweep_finishes_an_erasure(disk: Disk, commits: Commits) -> None:
    with commits(execute=True):
        stored = keep()
    actions.erase(stored, order="2026-14", by="Marta")
    assert disk.path(stored.sha256).exists()
    assert list(verifying.problems()) == []
    actions.sweep(now=0)
    assert not disk.path(stored.sha256).exists()
    assert StoredFile.objects.get().state == FileState.ERASED


def test_what_is_sent_again_while_it_is_erased_is_not_lost(disk: Disk, commits: Commits) -> None:
    with commits(execute=True):
        first = keep()
    actions.erase(first, order="2026-14", by="Marta")
    second = keep()
    actions.sweep(now=0)
    assert read(second) == PDF
    assert StoredFile.objects.get(pk=first.pk).state == FileState.ERASED


def test_verify_finds_what_was_changed_removed_and_added(disk: Disk, commits: Commits) -> None:
    with commits(execute=True):
        changed, missing = keep(b"uno\n", "uno.txt"), keep(b"dos\n", "dos.txt")
        photo = keep(picture(), "foto.jpg")
    assert list(verifying.problems()) == []
    disk.path(changed.sha256).write_bytes(b"otro")
    disk.path(missing.sha256).unlink()
    disk.path(photo.sha256, THUMBNAIL).write_bytes(picture(color="red"))
    added = disk._root / "ff" / "ee" / ("ffee" + "0" * 60)
    added.parent.mkdir(parents=True)
    added.write_bytes(b"x")
    assert {(problem.kind, problem.where) for problem in verifying.problems()} == {
        (Kind.CHANGED_CONTENT, f"file {changed.sha256}"),
        (Kind.MISSING_CONTENT, f"file {missing.sha256}"),
        (Kind.CHANGED_CONTENT, f"file {photo.sha256}-320"),
        (Kind.UNRECORDED_CONTENT, f"file {added.name}"),
    }


def test_verify_finds_a_file_erased_without_an_order(commits: Commits) -> None:
    with commits(execute=True):
        stored = keep()
    StoredFile.objects.update(state=FileState.ERASED)
    assert Problem(Kind.MISSING_CONTENT, f"file:{stored.uuid}") in verifying.problems()


def test_what_we_made_ourselves_is_kept_too(commits: Commits) -> None:
    staged = actions.produce(PDF, name="Constancia 2026-002913-7.pdf")
    with commits(execute=True), transaction.atomic():
        stored = actions.keep(staged, by="")
    assert (stored.name, stored.media_type, read(stored)) == ("Constancia 2026-002913-7.pdf", "application/pdf", PDF)


FULL = """
import resource, sys
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from ventanilla.files import actions
from ventanilla.files.rules import StorageFull
settings.DATA = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
actions.receive(SimpleUploadedFile("a.txt", b"cabe"))
try:
    actions.receive(SimpleUploadedFile("b.txt", b"no cabe " * 20_000))
except StorageFull:
    print("full", len(list((settings.DATA / "files" / "staging").iterdir())))
"""


def test_with_the_disk_full_there_is_a_clear_error_and_nothing_half(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FULL, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.stdout == "full 1\n", done.stderr[-2000:]
