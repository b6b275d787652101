"""Going up, never down."""

from tests.operations.conftest import Installation

FROM_THE_FUTURE = """
from django.db.migrations.recorder import MigrationRecorder
from django.db import connection
MigrationRecorder(connection).record_applied("organization", "0099_from_the_future")
"""
FROM_THE_PAST = """
from django.core.management import call_command
call_command("migrate", "jobs", "zero", verbosity=0)
"""


def test_it_refuses_data_of_a_newer_version(installed: Installation) -> None:
    installed.answer(FROM_THE_FUTURE)
    ended = installed.run("upgrade")
    assert ended.returncode == 1
    assert "organization.0099_from_the_future" in ended.stderr
    assert "Qué hacer" in ended.stderr


def test_it_backs_up_before_it_changes_anything(installed: Installation) -> None:
    installed.answer(FROM_THE_PAST)
    assert installed.run("ready").returncode == 1
    ended = installed.run("upgrade")
    assert ended.returncode == 0, ended.stderr
    assert len(list((installed.data / "backups").glob("before-*.tar"))) == 1
    assert installed.run("ready").returncode == 0


def test_with_nothing_to_do_it_makes_no_backup(installed: Installation) -> None:
    assert installed.run("upgrade").returncode == 0
    assert not (installed.data / "backups").exists()
