"""Somebody sets the server's clock back by a day: what was owed is done now, not a day later, and nothing breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, actor
from tests.conftest import WEDNESDAY_MORNING
from tests.notifications.servers import smtp_server
from ventanilla.audit import actions as audit
from ventanilla.cases import actions
from ventanilla.cases.models import Case
from ventanilla.jobs import actions as jobs
from ventanilla.jobs import queue, rules
from ventanilla.jobs.models import Job
from ventanilla.lib import clock
from ventanilla.notifications import delivery
from ventanilla.notifications.models import Message
from ventanilla.people import actions as people
from ventanilla.people.enums import CodePurpose, ContactKind

BEFORE = WEDNESDAY_MORNING
BACK = BEFORE - timedelta(days=1)
NOBODY_LISTENS = 9


def configure(settings: object, port: int) -> None:
    options = {"host": "127.0.0.1", "port": port, "security": "none"}
    settings.NOTIFICATIONS = {"channels": ["email"], "email": options}  # type: ignore[attr-defined]


@pytest.fixture
def filed(cast: Cast, settings: object) -> Case:
    """A case filed before the clock went back, and two messages about it: one tried in vain, one not tried yet."""
    configure(settings, NOBODY_LISTENS)
    with clock.at(BEFORE):
        case = cast.file()
        delivery.deliver_due()
        actions.reply(case, text="Ya vamos.", by=actor(cast.olga))
    assert set(Message.objects.values_list("attempts", flat=True)) == {0, 1}
    return case


def test_messages_owed_are_sent_at_once(filed: Case, settings: object) -> None:
    with smtp_server() as server:
        configure(settings, server.port)
        with clock.at(BACK):
            delivery.deliver_due()
    assert set(Message.objects.values_list("state", flat=True)) == {"accepted"}
    assert len(server.taken) == 2


def test_a_message_in_the_hands_of_somebody_dead_is_taken_over(filed: Case, settings: object) -> None:
    with clock.at(BEFORE + timedelta(hours=2)):
        assert len(delivery.claim()) == 2
    with smtp_server() as server:
        configure(settings, server.port)
        with clock.at(BACK):
            delivery.deliver_due()
    assert set(Message.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_message_for_tomorrow_still_waits_a_day(filed: Case, settings: object) -> None:
    Message.objects.filter(attempts=0).update(next_attempt_at=BEFORE + timedelta(days=1))
    with smtp_server() as server:
        configure(settings, server.port)
        for moment, sent in ((BACK, 1), (BACK + timedelta(hours=23), 1), (BEFORE + timedelta(minutes=1), 2)):
            with clock.at(moment):
                delivery.deliver_due()
            assert len(server.taken) == sent


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_within_the_longest_pause() -> None:
    with clock.at(BEFORE):
        jobs.enqueue("tests.jobs.jobs.fail")
        lease = queue.take("somebody")
        assert lease is not None
        queue.fail(lease, "broken")
    with clock.at(BACK):
        assert queue.reclaim() == 1
        assert queue.take("somebody else") is not None


@pytest.mark.django_db
def test_a_job_put_off_until_tomorrow_still_waits() -> None:
    with clock.at(BEFORE):
        jobs.enqueue("tests.jobs.jobs.fail", not_before=BEFORE + timedelta(days=2))
    with clock.at(BACK):
        assert queue.reclaim() == 0
    assert Job.objects.get().run_after == BEFORE + timedelta(days=2)
    assert timedelta(days=2) > rules.LONGEST_WAIT


@pytest.mark.django_db
def test_who_had_asked_for_all_their_codes_may_ask_again() -> None:
    for _each in range(people.CODES_AN_HOUR):
        with clock.at(BEFORE):
            people.issue_code(purpose=CodePurpose.SIGN_IN, kind=ContactKind.PHONE, value="+50688881234")
    with clock.at(BACK):
        issued, code = people.issue_code(purpose=CodePurpose.SIGN_IN, kind=ContactKind.PHONE, value="+50688881234")
        assert people.use_code(uuid=issued.uuid, code=code) == issued


def test_a_case_of_the_future_is_worked_and_the_trail_stays_whole(filed: Case, cast: Cast) -> None:
    with clock.at(BEFORE):
        audit.anchor()
    with clock.at(BACK):
        other = cast.file(description="Otra farola")
        actions.take_case(filed, user=cast.olga, by=actor(cast.olga))
        actions.resolve_case(filed, text="Quedó.", by=actor(cast.olga))
        audit.anchor()
        assert audit.verify_all().is_clean
        client = Client()
        code = {"reference": filed.reference, "code": filed.follow_code}
        assert client.post("/caso/", code).status_code == 302
        assert client.get(f"/caso/{filed.uuid}/").status_code == 200
        assert client.get("/mapa/").status_code == 200
    assert other.reference != filed.reference
