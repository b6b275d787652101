"""One digest where there would be many."""

from datetime import timedelta

import pytest

from tests.notifications.conftest import ROSA
from ventanilla.lib import clock
from ventanilla.notifications.actions import Contact, erase, opt_out
from ventanilla.notifications.delivery import deliver_due
from ventanilla.notifications.digests import send_digests
from ventanilla.notifications.enums import State
from ventanilla.notifications.models import Message
from ventanilla.notifications.opting import token

MORNING = "2026-11-25T16:24:00+00:00"


@pytest.fixture
def folder(configure, settings, tmp_path, still_clock):
    settings.DATA = tmp_path
    configure(folder={"enabled": True})
    return tmp_path / "outbox"


def states(*kinds):
    return list(Message.objects.exclude(kind="digest").order_by("pk").values_list("state", flat=True))


def test_three_go_out_and_the_rest_in_one_digest(tell, folder):
    for _ in range(3):
        tell(ROSA, kind="due_soon")
        deliver_due()
    for index in range(4):
        tell(ROSA, kind="due_soon", context={"reference": f"2026-00000{index}-1"})
        deliver_due()
    assert states() == [State.DELIVERED] * 3 + [State.HELD_FOR_DIGEST] * 4
    assert send_digests() == 0
    with clock.at(clock.now() + timedelta(minutes=10)):
        assert send_digests() == 1
        assert deliver_due() == 1
    digest = Message.objects.get(kind="digest")
    assert digest.subject == "Tiene 4 avisos"
    assert "• Vence mañana, jueves 26 de noviembre: 2026-000003-1" in digest.body
    assert digest.carried.count() == 4
    assert digest.state == State.DELIVERED
    assert len(list(folder.iterdir())) == 4


def test_many_at_once_are_one_digest_and_nothing_else(tell, folder):
    for _ in range(40):
        tell(ROSA, kind="overdue")
    deliver_due()
    assert set(states()) == {State.HELD_FOR_DIGEST}
    with clock.at(clock.now() + timedelta(minutes=10)):
        assert send_digests() == 1
    assert Message.objects.get(kind="digest").body.count("•") == 30
    assert "y 10 más" in Message.objects.get(kind="digest").body


def test_what_is_essential_is_never_gathered(tell, folder):
    for _ in range(6):
        tell(ROSA, kind="case_filed")
    assert deliver_due() == 6


def test_another_family_and_another_address_count_apart(tell, folder):
    for index in range(4):
        tell(Contact("email", f"p{index}@example.org"), kind="due_soon")
    tell(ROSA, kind="due_soon")
    tell(ROSA, kind="follower_news")
    assert deliver_due() == 6


def test_ten_minutes_later_the_count_begins_anew(tell, folder):
    for index in range(6):
        with clock.at(clock.now() + timedelta(minutes=4 * index)):
            tell(ROSA, kind="due_soon")
            assert deliver_due() == 1


def test_what_went_stale_while_held_is_left_out(tell, folder):
    for _ in range(5):
        tell(ROSA, kind="due_soon", expires_at=clock.now() + timedelta(minutes=5))
    deliver_due()
    with clock.at(clock.now() + timedelta(minutes=10)):
        assert send_digests() == 0
    assert set(states()) == {State.EXPIRED}


def test_who_stopped_the_family_gets_no_digest_of_it(tell, folder):
    for _ in range(5):
        tell(ROSA, kind="follower_news")
    deliver_due()
    opt_out(token=token("rosa@example.org", "followed"))
    with clock.at(clock.now() + timedelta(minutes=10)):
        send_digests()
        assert deliver_due() == 0
    assert Message.objects.get(kind="digest").state == State.OPTED_OUT


def test_erasing_a_case_erases_the_digest_that_spoke_of_it(tell, folder):
    for index in range(5):
        tell(ROSA, kind="due_soon", about=f"case:{index}")
    deliver_due()
    with clock.at(clock.now() + timedelta(minutes=10)):
        send_digests()
    erase(about="case:2")
    assert Message.objects.get(kind="digest").body == ""
