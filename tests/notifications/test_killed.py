"""Killed while sending: nothing is lost, and what repeats is recognised as a repetition."""

import json
import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from tests.notifications.servers import smtp_server

COUNT = 12


@pytest.fixture
def run(transactional_db, tmp_path):
    """Starts `tests.notifications.worker` in a process of its own, over a database that outlives it."""
    environment = {**os.environ, "VENTANILLA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    if connection.vendor == "postgresql":
        parts = urlsplit(os.environ["DATABASE_URL"])
        environment["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))

    def start(*arguments, port):
        (tmp_path / "ventanilla.toml").write_text(
            f'[notifications.email]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        )
        command = [sys.executable, "-m", "tests.notifications.worker", *arguments]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    return start


def done(process):
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said


def sent(server):
    return [mail["Message-ID"] for mail in server.taken]


@pytest.mark.slow
@pytest.mark.parametrize("after", [1, 6])
def test_killed_while_sending_nothing_is_lost_and_what_repeats_is_recognised(run, after):
    with smtp_server() as server:
        done(run("seed", str(COUNT), port=server.port))
        server.delay = 0.05
        worker = run("deliver", "0", port=server.port)
        while len(server.taken) < after:
            assert worker.poll() is None
            time.sleep(0.002)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        states = json.loads(done(run("report", port=server.port)))
        server.delay = 0.0
        before = sent(server)
        done(run("deliver", "2", port=server.port))
        repeated = sent(server)[len(before) :]
        at_last = json.loads(done(run("report", port=server.port)))
    accepted = {message for message, state in states.items() if state == "accepted"}
    assert "sending" in states.values()
    assert len(states) == COUNT
    assert set(before) | set(repeated) == set(states)
    assert sorted(repeated) == sorted(set(states) - accepted)
    assert set(at_last.values()) == {"accepted"}
