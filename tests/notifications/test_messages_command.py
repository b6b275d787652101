"""`manage messages`: what became of the messages, for who runs the installation."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from tests.notifications.conftest import PHONE, ROSA
from ventanilla.lib import clock
from ventanilla.notifications.enums import State
from ventanilla.notifications.models import Message


@pytest.fixture(autouse=True)
def _by_mail(configure):
    configure(email={"host": "127.0.0.1"}, sms={"url": "http://127.0.0.1:9/"})


def said(**options):
    out = StringIO()
    call_command("messages", stdout=out, **options)
    return out.getvalue()


def ended(message, state, *, ago=timedelta(hours=1), heard=""):
    """A message as its dialogue left it."""
    Message.objects.filter(pk=message.pk).update(
        state=state, said=heard, attempts=1, next_attempt_at=None, finished_at=clock.now() - ago
    )
    return message


def waiting(message, *, made, next_in=timedelta(0), attempts=0):
    now = clock.now()
    Message.objects.filter(pk=message.pk).update(
        created_at=now - made, next_attempt_at=now + next_in, attempts=attempts
    )
    return message


def test_they_are_counted_by_how_far_they_got(tell):
    for state in (State.ACCEPTED, State.ACCEPTED, State.READ):
        ended(tell(ROSA), state)
    tell(PHONE)
    lines = [line.split()[:2] for line in said().splitlines()]
    assert lines == [["1", "created:"], ["2", "accepted:"], ["1", "read:"]]


def test_those_that_failed_are_listed_with_what_was_heard_and_about_what(tell):
    message = ended(tell(ROSA), State.PERMANENT_FAILURE, heard="SMTP 550")
    late = ended(tell(PHONE), State.EXPIRED)
    told = said()
    assert "Fallaron: 2" in told
    [line] = [line for line in told.splitlines() if str(message.uuid) in line]
    assert line.split("  ")[2:] == ["case_reply", "email", "permanent_failure", "1 intento", "SMTP 550", "case:1"]
    assert str(late.uuid) in told


def test_nothing_personal_is_written(tell):
    ended(tell(ROSA), State.PERMANENT_FAILURE, heard="SMTP 550")
    waiting(tell(PHONE), made=timedelta(hours=5))
    told = said()
    assert "Fallaron: 1" in told
    assert "Esperan demasiado: 1" in told
    for word in ("rosa", "8888", "person:", "Respuesta", "foco"):
        assert word not in told.replace("case_reply", "")


def test_what_failed_long_ago_is_counted_and_not_listed(tell):
    ended(tell(ROSA), State.EXPIRED, ago=timedelta(days=10))
    assert "Fallaron" not in said()
    assert "Fallaron: 1" in said(days=30)


def test_what_waits_longer_than_one_has_patience_for_is_listed_and_what_has_its_own_time_is_not(tell):
    stuck = waiting(tell(ROSA), made=timedelta(hours=3))
    tried = waiting(tell(ROSA), made=timedelta(hours=2), next_in=timedelta(minutes=40), attempts=4)
    waiting(tell(ROSA), made=timedelta(minutes=20))
    waiting(tell(ROSA), made=timedelta(hours=9), next_in=timedelta(hours=8))
    told = said()
    assert "Esperan demasiado: 2" in told
    assert told.index(str(stuck.uuid)) < told.index(str(tried.uuid))
    assert "Esperan demasiado: 1" in said(hours=2.5)


def test_a_long_list_is_cut_and_says_so(tell):
    for _ in range(52):
        ended(tell(ROSA), State.EXPIRED)
    told = said()
    assert told.count("case:1") == 50
    assert "… y 2 más." in told


def test_without_any_it_says_so(tell):
    assert said() == "No hay ningún aviso.\n"
