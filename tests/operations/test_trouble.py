"""Real trouble, really made, around what runs in production: the disk full, the database held by another, its
connections cut, the mail server dead. People get a clear answer, nothing is lost, and all goes on by itself.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import wait_for
from tests.notifications.servers import DROP, HANG, SmtpServer, smtp_server
from tests.operations.clients import KIND, Answer, Browser, email, multipart, photo, report
from tests.operations.conftest import HOME, Databases, Installation, free_port
from tests.operations.served import Server

SIZE = "96m"
KEY = """
from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
print(issue_api_key(name="Vecinas", scopes=[Scope.CASE_FILE, Scope.CASE_READ], per_minute=100_000)[1])
"""
FORM = "application/x-www-form-urlencoded"


@dataclass
class Town:
    """What runs, and what it has promised so far."""

    server: Server
    key: str
    mail_port: int
    disk: Path | None
    promised: dict[str, str] = field(default_factory=dict)
    filed: int = 0

    @property
    def installation(self) -> Installation:
        return self.server.installation

    def browser(self) -> Browser:
        return Browser(self.server.port, timeout=60)

    def file(self, number: int = 0) -> Answer:
        """File a report by REST; what it promises is remembered."""
        self.filed += not number
        body, headers = report(self.key, number or self.filed)
        answer = self.browser().once("POST", "/api/v1/cases", body, **headers)
        if answer.status in (200, 201):
            self.promised[json.loads(answer.body)["reference"]] = f"Reporte {number or self.filed}"
        return answer


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of its own that is soon full; None where this user may make none."""
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)


@pytest.fixture(scope="module")
def town(pattern: Installation, tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("trouble")
    with small_disk(home / "disk") as disk:
        installation = Installation((disk or home) / "data", databases.make(pattern.database))
        shutil.copytree(pattern.data, installation.data)
        mail_port = free_port()
        with (installation.data / "ventanilla.toml").open("a") as options:
            options.write(f'lock_seconds = 1\n[notifications.email]\nhost = "127.0.0.1"\nport = {mail_port}\n')
            options.write('security = "none"\ntimeout = 1\n')
        made = Town(Server(installation, free_port()), installation.answer(KEY), mail_port, disk)
        made.server.log = home / "log"
        made.server.start()
        try:
            made.server.wait_until_well(besides="disk")
            yield made
        finally:
            made.server.stop()


@pytest.fixture(autouse=True)
def _nothing_lost(town: Town) -> Iterator[None]:
    """Whatever the trouble, what was promised is there, once, and the trail is whole."""
    yield
    found = town.installation.rows("SELECT reference, description FROM cases_case")
    assert {reference: said for reference, said in found if reference in town.promised} == town.promised
    assert len({said for _reference, said in found}) == len(found)


def is_clear(answer: Answer) -> bool:
    """Whether it says in Spanish what happened, and when to come back."""
    said = answer.text
    told = any(words in said for words in ("No queda espacio", "está ocupado", "no podemos guardar archivos"))
    return answer.status == 503 and told and int(answer.headers["Retry-After"]) > 0 and "Traceback" not in said


def step(browser: Browser, name: str, **fields: str) -> Answer:
    """One page of a report, sent once."""
    path = f"/reportar/{KIND}/{name}/"
    if not browser.cookies:
        browser.ask("GET", path)
    body = urlencode({**fields, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}).encode()
    return browser.once("POST", path, body, Content_Type=FORM)


# The disk ---------------------------------------------------------------------------------------------------------


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """No byte left on the disk inside the block."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


ALONE = ("unshare", "--map-root-user", "--mount")
"""Before a command: in a namespace of its own, where it may mount."""
Test = Callable[[Town, Path], None]


def on_a_small_disk(test: Test) -> Callable[..., None]:
    """A test that fills a disk of its own; by whom may mount none here, it is run where they may."""

    def run(town: Town, request: pytest.FixtureRequest, tmp_path: Path) -> None:
        if town.disk is not None:
            test(town, town.disk)
        elif subprocess.run([*ALONE, "mount", "-t", "tmpfs", "tmpfs", tmp_path], check=False).returncode:
            pytest.skip("this user may mount no disk, not even in a namespace of their own")
        else:
            _elsewhere(request.node.name, tmp_path)

    run.__doc__ = test.__doc__
    return run


def _elsewhere(name: str, folder: Path) -> None:
    named = f"{Path(__file__).relative_to(HOME)}::{name}"
    alone = [*ALONE, sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--basetemp", folder / "there"]
    ours = {name: said for name, said in os.environ.items() if not name.startswith(("VENTANILLA_", "PYTEST_"))}
    ended = subprocess.run([*alone, named], cwd=HOME, env=ours, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-3000:]
    assert "skipped" not in ended.stdout


@on_a_small_disk
def test_with_the_disk_full_it_says_so_and_goes_on_once_there_is_room(town: Town, disk: Path) -> None:
    assert town.file().status == 201
    workers = town.server.part("worker")
    with full(disk):
        # What is on the disk already can be written over, so some may still be filed.
        refused = next(answer for _try in range(400) if (answer := _photographed(town)).status not in (200, 201))
        assert is_clear(refused), refused.text[:500]
        assert town.browser().once("GET", "/").status == 200
        assert town.server.health()["disk"] == "error"
    wait_for(lambda: town.file().status == 201)
    town.server.wait_until_well(besides="disk")
    assert town.server.part("worker") == workers, "a web process died"
    assert town.installation.run("verify").returncode == 0


def _photographed(town: Town) -> Answer:
    """A report with a photo; the first answer that refuses one of both."""
    filed = town.file()
    if filed.status != 201:
        return filed
    body, content_type = multipart({}, {"file": photo(town.filed)})
    path = f"/api/v1/cases/{json.loads(filed.body)['uuid']}/attachments"
    headers = {"Authorization": f"Bearer {town.key}", "Content_Type": content_type}
    return town.browser().once("POST", path, body, **headers)


@on_a_small_disk
def test_with_the_disk_full_a_photo_is_refused_on_its_page_and_the_report_is_kept(town: Town, disk: Path) -> None:
    browser = town.browser()
    assert step(browser, "donde", said="frente al parque", lon="-84.1", lat="9.93").status == 302
    assert step(browser, "detalles", description="Está apagada desde el lunes").status == 302
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    body, content_type = multipart(token, {"photos": photo(1)})
    with full(disk):
        refused = browser.once("POST", f"/reportar/{KIND}/fotos/", body, Content_Type=content_type)
    assert is_clear(refused) or (refused.status == 422 and "No se perdió nada" in refused.text), refused.text[-900:]
    assert browser.ask("POST", f"/reportar/{KIND}/fotos/", body, Content_Type=content_type).status == 302
    assert step(browser, "quien", identity="anonymous").status == 302
    assert "Está apagada desde el lunes" in browser.ask("GET", f"/reportar/{KIND}/revise/").text


# The database -----------------------------------------------------------------------------------------------------


@contextmanager
def held(installation: Installation) -> Iterator[None]:
    """The database's writing held by another program inside the block."""
    if installation.database:
        import psycopg

        with psycopg.connect(installation.database) as other:
            other.execute("LOCK TABLE cases_case, cases_draft IN EXCLUSIVE MODE")
            yield
            other.rollback()
        return
    with closing(sqlite3.connect(installation.data / "ventanilla.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_while_another_holds_the_database_it_says_to_come_back_and_the_same_report_is_filed_later(town: Town) -> None:
    town.filed += 1
    with held(town.installation):
        refused = town.file(town.filed)
        assert is_clear(refused), refused.text[:500]
        assert town.browser().once("GET", "/").status == 200
    assert town.file(town.filed).status == 201
    assert town.file(town.filed).status == 200


def test_while_another_holds_the_database_a_page_says_to_come_back_and_what_was_answered_stays(town: Town) -> None:
    browser = town.browser()
    assert step(browser, "donde", said="frente al parque", lon="-84.1", lat="9.93").status == 302
    with held(town.installation):
        refused = step(browser, "detalles", description="Parpadea toda la noche")
        assert is_clear(refused), refused.text[:500]
        assert "<html" in refused.text
    assert "frente al parque" in browser.ask("GET", f"/reportar/{KIND}/donde/").text
    assert step(browser, "detalles", description="Parpadea toda la noche").status == 302


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="SQLite has no connections that could be cut")
def test_when_every_connection_is_cut_new_ones_are_made(town: Town) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    assert len(town.installation.rows(f"{cut} AND pid <> pg_backend_pid()")) > 0
    wait_for(lambda: town.file().status == 201)
    town.server.wait_until_well(besides="disk")


# Mail -------------------------------------------------------------------------------------------------------------


def message(town: Town, number: int) -> tuple[str, str]:
    """The message to who filed a report: its id and its state."""
    said = f"SELECT message_id, state FROM notifications_message WHERE address = '{email(number)}'"
    ((message_id, state),) = town.installation.rows(said)
    return str(message_id), str(state)


def try_again(town: Town) -> None:
    """As if the pause after a failure had gone by."""
    town.installation.do(["UPDATE notifications_message SET next_attempt_at = '2020-01-01 00:00:00+00:00' "
                          "WHERE state IN ('created', 'temporary_failure')"])  # fmt: skip


@contextmanager
def mail_server(town: Town, **replies: list[str]) -> Iterator[SmtpServer]:
    with smtp_server(town.mail_port, **replies) as server:
        yield server


def test_a_mail_server_that_is_dead_then_hangs_then_hangs_up_gets_everything_at_last(town: Town) -> None:
    assert town.file().status == 201
    number = town.filed
    failed = "SELECT count(*) FROM notifications_message WHERE state = 'temporary_failure'"
    wait_for(lambda: town.installation.rows(failed)[0][0] > 0, 90)
    with mail_server(town, EHLO=[HANG], END=[DROP]) as server:
        wait_for(lambda: try_again(town) or message(town, number)[1] == "accepted", 120)
        ours = [mail["Message-ID"] for mail in server.taken if email(number) in str(mail["To"])]
    # The one that was taken in the moment the server hung up comes again, and is the same.
    assert set(ours) == {message(town, number)[0]}
    waiting = "SELECT count(*) FROM notifications_message WHERE finished_at IS NULL"
    with mail_server(town):
        wait_for(lambda: try_again(town) or town.installation.rows(waiting)[0][0] == 0, 120)
    assert town.installation.rows("SELECT DISTINCT state FROM notifications_message") == [("accepted",)]
