"""Announcing, refusing and erasing."""

import pytest
from django.db import transaction

from tests.notifications.conftest import PHONE, ROSA
from ventanilla.lib import links
from ventanilla.notifications import opting, texts
from ventanilla.notifications.actions import Contact, Notice, announce, announce_to_contact, erase, opt_in, opt_out
from ventanilla.notifications.delivery import deliver_due
from ventanilla.notifications.enums import State
from ventanilla.notifications.models import Message, OptOut

FOLDER = {"enabled": True}


def notice(**changes):
    facts = {"kind": "case_reply", "recipient": "person:rosa", "contacts": (ROSA,), "about": "case:1"}
    return Notice(**{**facts, "context": texts.examples(), **changes})


def test_announcing_is_one_insert(town, configure, tell, django_assert_num_queries):
    configure(folder=FOLDER)
    tell()
    with transaction.atomic(), django_assert_num_queries(1):
        announce(notice(), notice(contacts=(PHONE,)), notice(kind="case_taken"))


@pytest.mark.django_db(transaction=True)
def test_a_message_is_there_only_if_what_it_tells_is(town, configure):
    configure(folder=FOLDER)
    with transaction.atomic():
        announce(notice())
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    with pytest.raises(transaction.TransactionManagementError):
        announce(notice())


def test_a_message_says_what_its_text_says_to_whom_it_concerns(tell, configure):
    configure(folder=FOLDER)
    message = tell(ROSA)
    assert (message.channel, message.address, message.state) == ("folder", "rosa@example.org", State.CREATED)
    assert message.subject == "Respuesta a su aviso 2026-000123-7"
    assert message.body.startswith("Hola, Rosa:\n\nLe respondemos sobre su aviso (Luminaria apagada):")
    assert "https://villa.example/ver/7f9c2ba4e8d3a1" in message.body
    assert message.message_id == f"<{message.uuid}@villa.example>"


def test_the_municipality_speaks_its_own_way(tell, configure, town):
    from ventanilla.organization import municipality

    configure(folder=FOLDER)
    town.form_of_address = "vos"
    town.save()
    municipality.forget()
    assert "Te respondemos sobre tu aviso" in tell(ROSA).body


def test_each_channel_gets_the_text_it_can_carry(tell, configure):
    configure(sms={"url": "http://127.0.0.1:9/"})
    message = tell(PHONE)
    assert (message.channel, message.subject) == ("sms", "")
    assert message.body == (
        "Villa Esperanza: respondimos a su aviso 2026-000123-7. Lea la respuesta: https://villa.example/ver/7f9c2ba4e8d3a1"
    )


def test_without_a_channel_somebody_calls_with_a_script(tell, configure):
    message = tell(PHONE)
    assert message.channel == "call"
    assert message.body.startswith("Municipalidad de Villa Esperanza, buenos días. Le llamo para responderle")


def test_a_code_is_never_read_out_on_the_phone(town, configure):
    configure()
    with transaction.atomic():
        assert (
            announce_to_contact(
                kind="verification_code", contact=("phone", "+50688887777"), about="", context={"code": "1"}
            )
            == []
        )


def test_who_left_no_contact_is_told_nothing(town, configure):
    configure(folder=FOLDER)
    with transaction.atomic():
        assert announce(notice(contacts=())) == []


def test_what_a_stranger_wrote_is_not_taken_for_a_page_of_this_site(tell, configure):
    configure(folder=FOLDER)
    assert "\n\n/etc\n\n" in tell(ROSA, context={"text": "/etc"}).body


def test_a_variable_not_given_is_told_at_once(town, configure):
    configure(folder=FOLDER)
    with pytest.raises(KeyError, match="reference"), transaction.atomic():
        announce(notice(context={"name": "Rosa", "what": "", "text": "", "link": ""}))


def test_who_stopped_a_family_gets_it_no_more_until_they_want_it_again(tell, configure, tmp_path, settings):
    settings.DATA = tmp_path
    configure(folder=FOLDER)
    token = opting.token("Rosa@example.org ", "case")
    opt_out(token=token)
    opt_out(token=token)
    assert OptOut.objects.get().address_digest != "rosa@example.org"
    unwanted, other = tell(ROSA, kind="case_taken"), tell(Contact("email", "ana@example.org"), kind="case_taken")
    essential = tell(ROSA, kind="case_filed")
    deliver_due()
    states = [Message.objects.get(pk=each.pk).state for each in (unwanted, other, essential)]
    assert states == [State.OPTED_OUT, State.DELIVERED, State.DELIVERED]
    opt_in(token=token)
    again = tell(ROSA, kind="case_taken")
    deliver_due()
    assert Message.objects.get(pk=again.pk).state == State.DELIVERED


def test_a_link_not_made_here_stops_nothing(db):
    for wrong in ("", "x", opting.token("rosa@example.org", "case")[:-1]):
        with pytest.raises(opting.BadToken):
            opt_out(token=wrong)


def test_a_message_that_may_be_refused_carries_the_link_that_stops_it(tell, configure, tmp_path, settings, monkeypatch):
    settings.DATA = tmp_path
    configure(folder=FOLDER)
    monkeypatch.setattr(links._links, "_items", {"opt_out": lambda token: f"/avisos/{token}"})
    tell(ROSA, kind="case_taken")
    tell(ROSA, kind="case_filed")
    deliver_due()
    refusable, essential = sorted((tmp_path / "outbox").iterdir(), key=lambda path: "case_filed" in path.name)
    assert "List-Unsubscribe: <https://villa.example/avisos/" in refusable.read_text().replace("\n ", "")
    assert "List-Unsubscribe" not in essential.read_text()


def test_erasing_leaves_no_trace(tell, configure, tmp_path, settings, django_capture_on_commit_callbacks):
    settings.DATA = tmp_path
    configure(folder=FOLDER)
    sent = tell(ROSA)
    deliver_due()
    waiting = tell(ROSA, kind="case_taken")
    kept = tell(Contact("email", "ana@example.org"), recipient="person:ana")
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(recipients=["person:rosa"]) == 2
    for message in Message.objects.filter(pk__in=[sent.pk, waiting.pk]):
        assert (message.address, message.subject, message.body, message.recipient) == ("", "", "", "")
        assert message.state == State.ERASED
    assert list((tmp_path / "outbox").iterdir()) == []
    assert Message.objects.get(pk=kept.pk).address == "ana@example.org"
    assert deliver_due() == 1


def test_erasing_everything_by_mistake_is_refused(db):
    with pytest.raises(ValueError, match="of what"):
        erase()
