"""Backup while running, restore elsewhere, the same content."""

import io
import json
import tarfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import wait_for
from tests.operations.clients import Clients
from tests.operations.conftest import Installation, free_port
from tests.operations.served import Server
from ventanilla.files.models import StoredFile
from ventanilla.files.storage import ORIGINAL, store
from ventanilla.operations import backup

Place = Callable[[str], Installation]

WRITE_UNTIL_TOLD = """
import threading
from django.db import transaction
from ventanilla.audit.actions import Entry, append
from ventanilla.organization.models import Department
done = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
number = 0
while not done.is_set():
    number += 1
    with transaction.atomic():
        Department.objects.create(key=f"area-{number}", name=f"Área {number}")
        append("backup-test", [Entry("made", {"number": number})], by="test")
    if number == 20:
        print("writing", flush=True)
print(number, flush=True)
"""

KEY = """
from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
print(issue_api_key(name="Vecinas", scopes=[Scope.OPEN311_POST, Scope.CASE_FILE], per_minute=100_000)[1])
"""

CONTENT = """
import json
from ventanilla.audit.models import ChainHead, TrailEntry
from ventanilla.organization.models import Department, Municipality
print(json.dumps({
    "names": list(Municipality.objects.values_list("name", flat=True)),
    "departments": Department.objects.filter(key__startswith="area-").count(),
    "entries": TrailEntry.objects.filter(chain="backup-test").count(),
    "head": list(ChainHead.objects.filter(chain="backup-test").values_list("count", flat=True)),
    "keys": open(os.environ["VENTANILLA_DATA"] + "/keys/audit.key").read(),
}))
"""


def put_file(installation: Installation) -> None:
    path = installation.data / "files" / "ab" / "abcd"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"una foto")


def test_a_backup_taken_while_people_write_restores_to_one_moment(
    installed: Installation, place: Place, tmp_path: Path
) -> None:
    put_file(installed)
    writer = installed.python(WRITE_UNTIL_TOLD)
    assert writer.stdout
    assert writer.stdout.readline().strip() == "writing"
    ended = installed.run("backup", str(tmp_path / "respaldo.tar.gz"))
    assert ended.returncode == 0, ended.stderr
    written, _nothing = writer.communicate(timeout=180)

    elsewhere = place("elsewhere")
    ended = elsewhere.run("restore", str(tmp_path / "respaldo.tar.gz"), "--data", str(elsewhere.data))
    assert ended.returncode == 0, ended.stderr

    content = json.loads(elsewhere.answer(CONTENT))
    assert 20 <= content["departments"] <= int(written)
    assert content["entries"] == content["departments"]
    assert content["head"] == [content["entries"]]
    assert (elsewhere.data / "files" / "ab" / "abcd").read_bytes() == b"una foto"


def test_the_restored_installation_is_the_same(installed: Installation, place: Place, tmp_path: Path) -> None:
    installed.run("backup", str(tmp_path / "respaldo.tar"))
    elsewhere = place("elsewhere")
    elsewhere.run("restore", str(tmp_path / "respaldo.tar"), "--data", str(elsewhere.data))
    assert json.loads(elsewhere.answer(CONTENT)) == json.loads(installed.answer(CONTENT))


def test_what_is_restored_is_readable_by_its_owner_alone(installed: Installation, place: Place, tmp_path: Path) -> None:
    put_file(installed)
    installed.run("backup", str(tmp_path / "respaldo.tar"))
    assert (tmp_path / "respaldo.tar").stat().st_mode & 0o077 == 0
    elsewhere = place("elsewhere")
    elsewhere.run("restore", str(tmp_path / "respaldo.tar"), "--data", str(elsewhere.data))
    assert [path for path in elsewhere.data.rglob("*") if path.stat().st_mode & 0o077] == []


def test_it_refuses_a_folder_that_is_not_empty(installed: Installation, tmp_path: Path) -> None:
    installed.run("backup", str(tmp_path / "respaldo.tar"))
    ended = installed.run("restore", str(tmp_path / "respaldo.tar"))
    assert ended.returncode == 1
    assert "no está vacía" in ended.stderr
    assert "Qué hacer" in ended.stderr
    assert installed.run("doctor").returncode == 0


def test_it_does_not_write_over_an_older_backup(installed: Installation, tmp_path: Path) -> None:
    (tmp_path / "respaldo.tar").write_text("el de ayer")
    assert installed.run("backup", str(tmp_path / "respaldo.tar")).returncode == 1
    assert (tmp_path / "respaldo.tar").read_text() == "el de ayer"


def changed(path: Path, to: Path, change: Callable[[tarfile.TarInfo, bytes], bytes | None]) -> None:
    """Copy a backup, changing its members; None leaves one out."""
    with tarfile.open(path) as source, tarfile.open(to, "w") as target:
        for member in source:
            body = change(member, source.extractfile(member).read())  # type: ignore[union-attr]
            if body is not None:
                member.size = len(body)
                target.addfile(member, io.BytesIO(body))


def flipped(member: tarfile.TarInfo, body: bytes) -> bytes:
    return body[:-1] + b"x" if member.name == "ventanilla.toml" else body


def without_key(member: tarfile.TarInfo, body: bytes) -> bytes | None:
    return None if member.name == "keys/audit.key" else body


def without_end(member: tarfile.TarInfo, body: bytes) -> bytes | None:
    return None if member.name == "manifest.json" else body


def reaching_out(member: tarfile.TarInfo, body: bytes) -> bytes:
    if member.name == "ventanilla.toml":
        member.name = "../outside.toml"
    return body


@pytest.mark.parametrize("change", [flipped, without_key, without_end, reaching_out])
def test_it_refuses_a_backup_that_was_changed_and_leaves_nothing_behind(
    installed: Installation, place: Place, tmp_path: Path, change: Callable[[tarfile.TarInfo, bytes], bytes | None]
) -> None:
    installed.run("backup", str(tmp_path / "respaldo.tar"))
    changed(tmp_path / "respaldo.tar", tmp_path / "malo.tar", change)
    elsewhere = place("elsewhere")
    ended = elsewhere.run("restore", str(tmp_path / "malo.tar"), "--data", str(elsewhere.data))
    assert ended.returncode == 1
    assert "Qué hacer" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(elsewhere.data.iterdir()) == []
    assert not (tmp_path / "outside.toml").exists()


def test_it_refuses_a_backup_that_is_cut_short(installed: Installation, place: Place, tmp_path: Path) -> None:
    installed.run("backup", str(tmp_path / "respaldo.tar.gz"))
    whole = (tmp_path / "respaldo.tar.gz").read_bytes()
    (tmp_path / "corto.tar.gz").write_bytes(whole[: len(whole) // 2])
    elsewhere = place("elsewhere")
    ended = elsewhere.run("restore", str(tmp_path / "corto.tar.gz"), "--data", str(elsewhere.data))
    assert ended.returncode == 1
    assert "dañado" in ended.stderr
    assert list(elsewhere.data.iterdir()) == []


@pytest.mark.django_db
def test_a_photo_that_is_being_put_into_its_place_meanwhile_is_in_the_backup(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path / "data"
    digest, ticket = store().stage({ORIGINAL: b"una foto"})
    opened = Path.open

    def placed_first(path: Path, *how: Any, **more: Any) -> Any:
        if path.parent.name == "staging" and path.exists():
            monkeypatch.setattr(Path, "open", opened)
            store().place(digest, ticket)
        return opened(path, *how, **more)

    monkeypatch.setattr(backup, "_database_copy", copy_that_knows(digest))
    monkeypatch.setattr(Path, "open", placed_first)
    assert digest in backed_up(tmp_path)


@pytest.mark.django_db
def test_of_what_came_after_the_copy_of_the_database_only_what_nobody_knows_goes_along(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path / "data"
    before, after, of_nobody = (placed(content) for content in (b"antes", b"despues", b"de nadie"))
    for digest in (before, after):
        StoredFile.objects.create(name="nota.txt", sha256=digest, size=1)
    monkeypatch.setattr(backup, "_database_copy", copy_that_knows(before))
    assert backed_up(tmp_path) == {before, of_nobody}


def placed(content: bytes) -> str:
    digest, ticket = store().stage({ORIGINAL: content})
    store().place(digest, ticket)
    return digest


def backed_up(folder: Path) -> set[str]:
    """Makes a backup; the contents it has."""
    backup.make(folder / "respaldo.tar")
    with tarfile.open(folder / "respaldo.tar") as made:
        return {Path(name).name for name in made.getnames() if name.startswith("files/")}


def copy_that_knows(*digests: str) -> Callable[[Path], AbstractContextManager[tuple[Path, backup.Knows]]]:
    def copy(folder: Path) -> AbstractContextManager[tuple[Path, backup.Knows]]:
        (folder / "database").write_bytes(b"")
        return nullcontext((folder / "database", lambda digest: digest in digests))

    return copy


def test_a_backup_of_a_server_at_work_is_whole_wherever_it_is_restored(
    installed: Installation, place: Place, tmp_path: Path
) -> None:
    server, key = Server(installed, free_port()), installed.answer(KEY)
    server.start()
    try:
        server.wait_until_well()
        clients = Clients(server.port, key, 32)
        clients.start()
        wait_for(lambda: len(clients.receipts) >= 4, 120)
        promised = {receipt.reference for receipt in clients.receipts}
        ended = installed.run("backup", str(tmp_path / "respaldo.tar"))
        assert ended.returncode == 0, ended.stderr
        wait_for(clients.done, 240)
        assert clients.failures == []
    finally:
        server.stop()
    elsewhere = place("elsewhere")
    ended = elsewhere.run("restore", str(tmp_path / "respaldo.tar"), "--data", str(elsewhere.data))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert elsewhere.run("verify").returncode == 0
    here, there = filed(installed), filed(elsewhere)
    assert promised <= there.keys()
    assert there.items() <= here.items()


def filed(installation: Installation) -> dict[str, str]:
    """Every case by its reference, and what it says."""
    return dict(installation.rows("SELECT reference, description FROM cases_case"))
