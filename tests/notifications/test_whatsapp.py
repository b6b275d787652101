"""WhatsApp by the generic gateway: a real server that answers with what WhatsApp says of a message."""

import json
from typing import Any

import pytest

from tests.notifications.conftest import PHONE, ROSA
from tests.notifications.servers import gateway_server
from tests.places.conftest import shared
from ventanilla.notifications import delivery, registry
from ventanilla.notifications.enums import State
from ventanilla.notifications.models import Message

_AT = "entry.0.changes.0.value.statuses.0"
"""Where WhatsApp's own notices have the status, handed on by a gateway that waits for it."""


def options(url: str, **more: Any) -> dict[str, Any]:
    """As Meta's own address takes them."""
    body = {"messaging_product": "whatsapp", "to": "{{ to_digits }}", "type": "text", "text": {"body": "{{ text }}"}}
    headers = {"Authorization": "Bearer {{ secret }}"}
    return {"whatsapp": {"url": url, "secret": "s3cret", "headers": headers, "body": body, "timeout": 0.5, **more}}


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_a_message_goes_out_as_whatsapp_takes_it_and_its_id_is_kept(tell, configure):
    taken = {"messages": [{"id": "wamid.abc", "message_status": "accepted"}]}
    with gateway_server(reply=taken) as server:
        configure(**options(server.url, reference="messages.0.id", status="messages.0.message_status"))
        message = tell(PHONE)
        assert delivery.deliver_due() == 1
    [asked] = server.asked
    sent = json.loads(asked["body"])
    assert asked["headers"]["Authorization"] == "Bearer s3cret"
    assert asked["headers"]["Idempotency-Key"] == str(message.uuid)
    assert (sent["messaging_product"], sent["to"], sent["type"]) == ("whatsapp", "50688887777", "text")
    assert sent["text"]["body"].startswith("Villa Esperanza: respondimos a su aviso 2026-000123-7")
    kept = again(message)
    assert (kept.channel, kept.state, kept.provider_reference) == ("whatsapp", State.ACCEPTED, "wamid.abc")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("sent", State.ACCEPTED),
        ("delivered", State.DELIVERED),
        ("read", State.READ),
        ("played", State.READ),
        ("failed", State.PERMANENT_FAILURE),
    ],
)
def test_what_whatsapp_says_of_a_message_is_its_state(tell, configure, status, state):
    told = shared("whatsapp_webhooks", "updates", "message_status.json")
    said = json.loads(told.read_text(encoding="utf-8"))[status]
    with gateway_server(reply=said) as server:
        configure(**options(server.url, reference=f"{_AT}.id", status=f"{_AT}.status"))
        message = tell(PHONE)
        delivery.deliver_due()
    kept = again(message)
    assert (kept.state, kept.said, kept.finished_at is not None) == (state, f"HTTP 200 {status}", True)
    if state != State.PERMANENT_FAILURE:
        assert kept.provider_reference == "wamid.xyzxyz"


def test_a_message_that_whatsapp_could_not_hand_over_becomes_a_call(tell, configure, monkeypatch):
    heard: list[registry.Unreached] = []
    monkeypatch.setattr(registry.unreachable, "_items", {"spy": heard.append})
    with gateway_server(reply={"status": "failed"}) as server:
        configure(**options(server.url, status="status"))
        message = tell(PHONE)
        delivery.deliver_due()
    assert [(each.message, each.reason) for each in heard] == [(message.uuid, "permanent_failure")]


@pytest.mark.parametrize("reply", [{"status": "warming_up"}, {"status": 7}, {"other": "failed"}, ["failed"], None])
def test_a_word_that_nobody_knows_counts_as_taken(tell, configure, reply):
    with gateway_server(reply=reply) as server:
        configure(**options(server.url, status="status"))
        message = tell(PHONE)
        delivery.deliver_due()
    assert (again(message).state, again(message).said) == (State.ACCEPTED, "HTTP 200")


@pytest.mark.parametrize(("code", "state"), [(400, State.PERMANENT_FAILURE), (503, State.TEMPORARY_FAILURE)])
def test_a_refusal_is_not_undone_by_what_its_body_says(tell, configure, code, state):
    with gateway_server(status=code, reply={"status": "delivered"}) as server:
        configure(**options(server.url, status="status"))
        message = tell(PHONE)
        delivery.deliver_due()
    assert (again(message).state, again(message).said) == (state, f"HTTP {code}")


def test_it_goes_before_a_text_message_and_not_to_an_e_mail(tell, configure):
    with gateway_server() as whatsapp, gateway_server() as sms:
        configure(channels=["whatsapp", "sms"], **options(whatsapp.url), sms={"url": sms.url})
        tell(PHONE)
        tell(ROSA)
        delivery.deliver_due()
    assert (len(whatsapp.asked), len(sms.asked)) == (1, 0)
