"""`kill -9` at random moments while eight clients file reports on what runs in production: nothing that was promised is
lost, nothing is done twice, nothing lies about.

    VENTANILLA_TEST_REPORTS=500 ./ventanilla test tests/operations/test_killed.py -s

files 500 and lets the leases of the dead run out in their own time; without it a few are filed, and the leases are
aged. `VENTANILLA_TEST_SEED` repeats a run's chances as far as they are ours.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import wait_for
from tests.notifications.servers import SmtpServer, smtp_server
from tests.operations.clients import DOORS, Clients, Receipt
from tests.operations.conftest import Installation, free_port
from tests.operations.served import Server

FEW = 40
REPORTS = int(os.environ.get("VENTANILLA_TEST_REPORTS", FEW))
SEED = int(os.environ.get("VENTANILLA_TEST_SEED", time.time_ns() % 1_000_000))
IN_TIME = 120.0
"""Seconds in which all goes on again."""
PARTS = ("worker", "jobs", "all", "master")
EACH_PART_PER = 150
"""Reports after which each part has been killed once more."""

KEY = """
from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
scopes = [Scope.OPEN311_POST, Scope.CASE_FILE, Scope.CASE_READ]
print(issue_api_key(name="Vecinas", scopes=scopes, per_minute=100_000)[1])
"""

# The leases of the dead, ended: those that hold them are gone, so time alone is what is spared.
AGE = """
from datetime import timedelta
from django.db.models import F
from ventanilla.jobs.models import Job
from ventanilla.lib import clock
from ventanilla.notifications.models import Message
Job.objects.running().update(leased_until=clock.now() - timedelta(seconds=1))
Message.objects.filter(state="sending").update(next_attempt_at=clock.now())
"""

STATE = """
import json, time
from ventanilla.cases.actions.filing import code_of_hash
from ventanilla.audit.models import TrailEntry
from ventanilla.cases.models import Attachment, Case, DraftFile, Receipt
from ventanilla.files import actions as files
from ventanilla.files import verifying
from ventanilla.files.models import StoredFile
from ventanilla.files.storage import store
from ventanilla.jobs.models import Job
from ventanilla.notifications.models import Message
files.sweep(now=time.time() + 2 * files.LEFT_OVER)
codes = {e.chain: code_of_hash(e.hash) for e in TrailEntry.objects.filter(seq=1, chain__startswith="case:")}
held = {pk for model in (Attachment, DraftFile, Receipt) for pk in model.objects.values_list("file", flat=True)}
photos = {}
for attachment in Attachment.objects.select_related("file"):
    for thumbnail in (False, True):
        attachment.file.open(thumbnail=thumbnail).close()
    photos.setdefault(attachment.case_id, []).append(attachment.file.sha256)
on_disk = [path.name for path in store()._root.rglob("*") if path.is_file() and path.name != ".lock"]
print(json.dumps({
    "cases": [
        {"reference": case.reference, "about": case.description, "code": codes[case.chain], "chain": case.chain,
         "named": case.applicant_id is not None, "photos": photos.get(case.pk, [])}
        for case in Case.objects.all()
    ],
    "messages": list(Message.objects.values("message_id", "about", "state", "attempts", "kind")),
    "jobs": {state: Job.objects.filter(state=state).count() for state in ("running", "dead")},
    "staged": len(list(store().staged())),
    "wrong_files": [str(problem) for problem in verifying.problems()],
    "orphans": StoredFile.objects.exclude(pk__in=held).count(),
    "contents": sorted(on_disk),
    "wanted": sorted(d + v for d in set(StoredFile.objects.values_list("sha256", flat=True)) for v in ("", "-320")),
}))
"""

OUTBOX = """
from ventanilla.notifications.models import Message
print(Message.objects.filter(finished_at=None).count())
"""


@dataclass
class Aftermath:
    """What was promised, and what there is."""

    receipts: list[Receipt]
    state: dict[str, Any]
    taken: list[str]
    verified: int
    report: str
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def cases(self) -> dict[str, dict[str, Any]]:
        return {case["reference"]: case for case in self.state["cases"]}


def say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


@contextmanager
def mailed(installation: Installation) -> Iterator[SmtpServer]:
    """A mail server that takes its time, so that death comes in the middle of a dialogue."""
    with smtp_server() as server:
        server.delay = 0.02
        with (installation.data / "ventanilla.toml").open("a") as options:
            options.write(f'[notifications.email]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n')
        yield server


def kill_now_and_then(server: Server, clients: Clients, chance: random.Random) -> Counter[str]:
    """Each part in a random order, each after a random number of receipts and a random wait."""
    rounds = max(1, REPORTS // EACH_PART_PER)
    parts = [part for _round in range(rounds) for part in chance.sample(PARTS, len(PARTS))]
    after = sorted(chance.sample(range(1, REPORTS - len(DOORS)), len(parts)))
    killed: Counter[str] = Counter()
    for part, receipts in zip(parts, after, strict=True):
        wait_for(lambda receipts=receipts: len(clients.receipts) >= receipts or clients.done(), 600)
        time.sleep(chance.random() * 0.3)
        wait_for(lambda part=part: server.kill(part) or not server.is_running(), 60)
        say(f"killed {part} after {len(clients.receipts)} receipts")
        killed[part] += 1
        if not server.is_running():
            server.start()
    return killed


@pytest.fixture(scope="module")
def aftermath(own_installation: Installation) -> Iterator[Aftermath]:
    say(f"seed {SEED}, {REPORTS} reports")
    key = own_installation.answer(KEY)
    server = Server(own_installation, free_port())
    with mailed(own_installation) as mail:
        server.start()
        try:
            server.wait_until_well()
            clients, began = Clients(server.port, key, REPORTS), time.monotonic()
            clients.start()
            killed = kill_now_and_then(server, clients, random.Random(SEED))
            wait_for(lambda: clients.done() and _alive(server), 900)
            say(f"filed in {time.monotonic() - began:.0f} s, {clients.unanswered} requests sent again")
            assert clients.failures == []
            server.kill("all")
            if REPORTS <= FEW:
                own_installation.answer(AGE)
            _go_on(server)
        finally:
            server.stop()
        yield _looked_at(own_installation, clients, [each["Message-ID"] for each in mail.taken], killed)


def _alive(server: Server) -> bool:
    """Started again where its supervisor gave up, as the system's own would."""
    if not server.is_running():
        server.start()
    return True


def _go_on(server: Server) -> None:
    """After the last death everything is done within two minutes."""
    died = time.monotonic()
    server.start()
    server.wait_until_well()
    wait_for(lambda: int(server.installation.answer(OUTBOX)) == 0, IN_TIME - (time.monotonic() - died))
    say(f"all told {time.monotonic() - died:.0f} s after the last death")


def _looked_at(installation: Installation, clients: Clients, taken: list[str], killed: Counter[str]) -> Aftermath:
    ended = installation.run("verify")
    state = json.loads(installation.answer(STATE))
    return Aftermath(clients.receipts, state, taken, ended.returncode, ended.stdout, killed)


def test_every_part_was_killed(aftermath: Aftermath) -> None:
    assert set(aftermath.killed) == set(PARTS)


def test_every_receipt_given_has_its_case(aftermath: Aftermath) -> None:
    assert len(aftermath.receipts) == REPORTS
    cases = aftermath.cases
    for receipt in aftermath.receipts:
        case = cases[receipt.reference]
        assert case["about"] == f"Reporte {receipt.number}"
        assert receipt.code in ("", case["code"])


def test_what_was_sent_again_was_filed_once(aftermath: Aftermath) -> None:
    assert sorted(case["about"] for case in aftermath.cases.values()) == sorted(
        f"Reporte {number}" for number in range(1, REPORTS + 1)
    )


def test_every_case_has_its_photo(aftermath: Aftermath) -> None:
    assert [case["reference"] for case in aftermath.cases.values() if not case["photos"]] == []


def test_the_trail_verifies(aftermath: Aftermath) -> None:
    assert aftermath.verified == 0, aftermath.report


def test_after_the_sweep_no_file_is_orphaned(aftermath: Aftermath) -> None:
    state = aftermath.state
    assert (state["staged"], state["orphans"], state["wrong_files"]) == (0, 0, [])
    assert state["contents"] == state["wanted"]


def test_nothing_is_left_undone(aftermath: Aftermath) -> None:
    assert aftermath.state["jobs"]["dead"] == 0
    assert {message["state"] for message in aftermath.state["messages"]} == {"accepted"}


def test_who_filed_is_told_once_and_what_repeats_is_the_same_message(aftermath: Aftermath) -> None:
    told = Counter(message["about"] for message in aftermath.state["messages"])
    assert told == {case["chain"]: 1 for case in aftermath.cases.values() if case["named"]}
    came = Counter(aftermath.taken)
    assert set(came) == {message["message_id"] for message in aftermath.state["messages"]}
    # Another dialogue is begun only where the outcome of the one before was never recorded.
    assert all(came[message["message_id"]] <= message["attempts"] for message in aftermath.state["messages"])
    assert sum(came.values()) - len(came) <= aftermath.killed["jobs"] + aftermath.killed["all"] + 1
