"""Delivery to servers that work, refuse, hang, hang up and die."""

import socket
import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from tests.notifications.conftest import PHONE, ROSA
from tests.notifications.servers import DROP, HANG, gateway_server, smtp_server
from ventanilla.lib import clock
from ventanilla.notifications import delivery, registry
from ventanilla.notifications.actions import Contact
from ventanilla.notifications.enums import State
from ventanilla.notifications.models import Message

ANA = Contact("email", "ana@example.org")


def by_email(port, **more):
    return {"email": {"host": "127.0.0.1", "port": port, "security": "none", "timeout": 0.5, **more}}


def again(message):
    return Message.objects.get(pk=message.pk)


def later(**length):
    return clock.at(clock.now() + timedelta(**length))


def test_a_mail_arrives_with_text_html_and_who_sends_it(tell, configure):
    with smtp_server() as server:
        configure(**by_email(server.port))
        message = tell(ROSA)
        assert delivery.deliver_due() == 1
    mail = message_from_bytes(server.taken[0].as_bytes(), policy=policy.default)
    assert mail["Message-ID"] == message.message_id
    assert mail["To"] == "rosa@example.org"
    assert str(mail["From"]) == "Municipalidad de Villa Esperanza <hola@villa.cr>"
    assert mail["Subject"] == "Respuesta a su aviso 2026-000123-7"
    assert "Hola, Rosa:" in mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert '<html lang="es-cr">' in html
    assert "<style>body { margin: 0;" in html
    assert ">Municipalidad de Villa Esperanza</p>" in html
    assert '<a href="https://villa.example/ver/7f9c2ba4e8d3a1">' in html
    assert again(message).state == State.ACCEPTED
    assert again(message).finished_at


def test_mails_of_one_round_share_a_connection(tell, configure):
    with smtp_server() as server:
        configure(**by_email(server.port))
        for _ in range(3):
            tell(ROSA)
        assert delivery.deliver_due() == 3
    assert (len(server.taken), server.connections) == (3, 1)


@pytest.mark.parametrize(
    ("replies", "state", "said"),
    [
        ({"RCPT": "450 later"}, State.TEMPORARY_FAILURE, "SMTP 450"),
        ({"RCPT": "550 nobody"}, State.PERMANENT_FAILURE, "SMTP 550"),
        ({"MAIL": "553 not you"}, State.TECHNICAL_FAILURE, "SMTP 553"),
        ({"END": "452 full"}, State.TEMPORARY_FAILURE, "SMTP 452"),
        ({"END": "554 spam"}, State.PERMANENT_FAILURE, "SMTP 554"),
        ({"CONNECT": "554 go away"}, State.TEMPORARY_FAILURE, "SMTP 554"),
        ({"END": DROP}, State.TEMPORARY_FAILURE, "SMTPServerDisconnected"),
        ({"END": HANG}, State.TEMPORARY_FAILURE, "SMTPServerDisconnected"),
        ({"CONNECT": HANG}, State.TEMPORARY_FAILURE, "SMTPServerDisconnected"),
        ({"CONNECT": DROP}, State.TEMPORARY_FAILURE, "SMTPServerDisconnected"),
    ],
)
def test_what_a_mail_server_says_decides_what_comes_next(tell, configure, replies, state, said):
    with smtp_server(**replies) as server:
        configure(**by_email(server.port))
        message = tell(ROSA)
        delivery.deliver_due()
    found = again(message)
    assert (found.state, found.said, found.attempts) == (state, said, 1)
    assert (found.next_attempt_at is None) == (state == State.PERMANENT_FAILURE)


def test_a_dead_server_costs_one_try_and_nothing_is_lost(tell, configure):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    configure(**by_email(port))
    messages = [tell(Contact("email", f"p{index}@example.org")) for index in range(30)]
    started = time.monotonic()
    delivery.deliver_due()
    assert time.monotonic() - started < 5
    assert sum(again(message).attempts for message in messages) == 1
    with smtp_server() as server, later(minutes=1):
        configure(**by_email(server.port))
        assert delivery.deliver_due() == 30
    assert {mail["To"] for mail in server.taken} == {f"p{index}@example.org" for index in range(30)}


def test_a_server_that_hangs_up_after_the_mail_gets_it_again_under_the_same_id(tell, configure):
    with smtp_server(END=[DROP]) as server:
        configure(**by_email(server.port))
        message = tell(ROSA)
        delivery.deliver_due()
        with later(minutes=1):
            delivery.deliver_due()
    assert [mail["Message-ID"] for mail in server.taken] == [message.message_id] * 2
    assert server.taken[0]["Date"] == server.taken[1]["Date"]
    assert again(message).state == State.ACCEPTED


def test_one_refused_address_does_not_stop_the_others(tell, configure):
    with smtp_server(RCPT=["550 nobody"]) as server:
        configure(**by_email(server.port))
        bad, good = tell(ROSA), tell(ANA)
        delivery.deliver_due()
    assert (again(bad).state, again(good).state) == (State.PERMANENT_FAILURE, State.ACCEPTED)


def test_tries_grow_apart_until_the_message_is_too_old(tell, configure):
    with smtp_server(RCPT="450 later") as server:
        configure(**by_email(server.port))
        message = tell(ROSA, kind="case_taken")
        waits = []
        for _ in range(4):
            found = again(message)
            with clock.at(found.next_attempt_at):
                delivery.deliver_due()
                waits.append((again(message).next_attempt_at - clock.now()).total_seconds())
        assert waits == sorted(waits)
        with clock.at(message.expires_at):
            assert delivery.deliver_due() == 0
    assert again(message).state == State.EXPIRED


def test_a_message_waits_for_its_time(tell, configure):
    with smtp_server() as server:
        configure(**by_email(server.port))
        tell(ROSA, not_before=clock.now() + timedelta(hours=1))
        assert delivery.deliver_due() == 0
        with later(hours=1, seconds=1):
            assert delivery.deliver_due() == 1


def test_what_is_being_sent_is_left_to_its_sender_until_the_lease_runs_out(tell, configure):
    with smtp_server() as server:
        configure(**by_email(server.port))
        message = tell(ROSA)
        [claimed] = delivery.claim()
        assert claimed == message
        assert delivery.deliver_due() == 0
        with clock.at(clock.now() + delivery.LEASE + timedelta(seconds=1)):
            assert delivery.deliver_due() == 1
    assert len(server.taken) == 1


def test_the_lease_ends_before_jobs_must_have_resumed():
    assert timedelta(minutes=2) > delivery.LEASE


def test_an_acceptance_that_comes_late_still_counts(tell, configure):
    configure(**by_email(9))
    message = tell(ROSA)
    [claimed] = delivery.claim()
    Message.objects.update(state=State.TEMPORARY_FAILURE)
    delivery.record(claimed, delivery.Outcome(State.ACCEPTED))
    assert again(message).state == State.ACCEPTED


# The gateway ------------------------------------------------------------------------------------------------------


def by_sms(url, **more):
    return {"sms": {"url": url, "timeout": 0.5, **more}}


def test_a_gateway_gets_what_the_options_say(tell, configure, tmp_path, settings):
    settings.DATA = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "sms.key").write_text("s3cret\n")
    with gateway_server(status=202, reply={"messages": [{"id": "abc"}]}) as server:
        options = {
            "secret": "file:keys/sms.key",
            "headers": {"Authorization": "Bearer {{ secret }}"},
            "body": {"messages": [{"to": "{{ to_digits }}", "body": "{{ text }}", "flash": False}]},
            "reference": "messages.0.id",
        }
        configure(**by_sms(server.url, **options))
        message = tell(PHONE)
        delivery.deliver_due()
    [asked] = server.asked
    assert asked["headers"]["Authorization"] == "Bearer s3cret"
    assert asked["headers"]["Idempotency-Key"] == str(message.uuid)
    assert asked["body"].startswith('{"messages": [{"to": "50688887777", "body": "Villa Esperanza: respondimos')
    assert (again(message).state, again(message).provider_reference) == (State.ACCEPTED, "abc")


def test_words_of_a_person_cannot_break_out_of_a_request(tell, configure):
    with gateway_server() as server:
        configure(**by_sms(server.url, format="form", unicode=True))
        tell(PHONE, context={"reference": 'x&to=+1"{{ secret }}'}, kind="case_taken")
        delivery.deliver_due()
    body = server.asked[0]["body"]
    assert body.count("&") == 1
    assert "%22%7B%7B+secret+%7D%7D" in body


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (400, State.PERMANENT_FAILURE),
        (401, State.TECHNICAL_FAILURE),
        (429, State.TEMPORARY_FAILURE),
        (503, State.TEMPORARY_FAILURE),
    ],
)
def test_a_gateways_status_decides_what_comes_next(tell, configure, status, state):
    with gateway_server(status=status) as server:
        configure(**by_sms(server.url))
        message = tell(PHONE)
        delivery.deliver_due()
    assert (again(message).state, again(message).said) == (state, f"HTTP {status}")


def test_a_gateway_cannot_send_us_elsewhere(tell, configure):
    with gateway_server() as inside, gateway_server(status=302, headers={"Location": inside.url}) as server:
        configure(**by_sms(server.url))
        message = tell(PHONE)
        delivery.deliver_due()
    assert inside.asked == []
    assert again(message).state == State.TECHNICAL_FAILURE


def test_a_gateway_that_hangs_is_not_waited_for(tell, configure):
    with gateway_server() as server:
        server.delay = 2
        configure(**by_sms(server.url))
        message = tell(PHONE)
        delivery.deliver_due()
    assert (again(message).state, again(message).said) == (State.TEMPORARY_FAILURE, "TimeoutError")


def test_a_missing_secret_is_ours_to_mend(tell, configure, caplog):
    with gateway_server() as server:
        configure(**by_sms(server.url, secret="file:keys/none.key"))
        message = tell(PHONE)
        delivery.deliver_due()
    assert server.asked == []
    assert again(message).state == State.TECHNICAL_FAILURE


# Without a channel ------------------------------------------------------------------------------------------------


@pytest.fixture
def called(monkeypatch):
    heard = []
    monkeypatch.setattr(registry.unreachable, "_items", {"test": heard.append})
    return heard


def test_somebody_is_asked_to_call_with_the_script(tell, configure, called):
    message = tell(PHONE)
    delivery.deliver_due()
    delivery.deliver_due()
    [unreached] = called
    assert (unreached.about, unreached.address, unreached.reason) == ("case:1", "+50688887777", "no_channel")
    assert unreached.script.startswith("Municipalidad de Villa Esperanza, buenos días. Le llamo para responderle")
    assert again(message).state == State.ACCEPTED


def test_until_somebody_listens_a_call_waits(tell, configure):
    message = tell(PHONE)
    delivery.deliver_due()
    assert again(message).state == State.TECHNICAL_FAILURE


def test_a_message_that_must_arrive_and_cannot_becomes_a_call(tell, configure, called):
    with smtp_server(RCPT="550 nobody") as server:
        configure(**by_email(server.port))
        tell(ROSA, kind="case_question")
        tell(ROSA, kind="case_taken")
        delivery.deliver_due()
    assert [(each.kind, each.reason) for each in called] == [("case_question", "permanent_failure")]


def test_a_handler_that_fails_leaves_the_call_to_be_tried_again(tell, configure, monkeypatch, caplog):
    def broken(unreached):
        Message.objects.filter(uuid=unreached.message).update(subject="half written")
        raise RuntimeError("no")

    monkeypatch.setattr(registry.unreachable, "_items", {"test": broken})
    message = tell(PHONE)
    delivery.deliver_due()
    assert (again(message).state, again(message).subject) == (State.TECHNICAL_FAILURE, "")
    assert "+50688887777" not in caplog.text


def test_a_handler_that_fails_for_what_expired_does_not_stop_the_others(tell, configure, monkeypatch):
    def broken(unreached):
        raise RuntimeError("no")

    monkeypatch.setattr(registry.unreachable, "_items", {"test": broken})
    with smtp_server() as server:
        configure(**by_email(server.port))
        late = tell(ROSA, kind="case_question", expires_at=clock.now())
        good = tell(ANA)
        delivery.deliver_due()
        assert (again(late).state, again(good).state) == (State.TECHNICAL_FAILURE, State.ACCEPTED)
        heard = []
        monkeypatch.setattr(registry.unreachable, "_items", {"test": heard.append})
        with later(minutes=1):
            delivery.deliver_due()
    assert [each.reason for each in heard] == ["expired"]
    assert again(late).state == State.EXPIRED


def test_a_channel_that_is_gone_leaves_its_messages_waiting(tell, configure):
    configure(folder={"enabled": True})
    message = tell(ROSA)
    Message.objects.update(channel="pigeon")
    delivery.deliver_due()
    assert again(message).state == State.TECHNICAL_FAILURE
