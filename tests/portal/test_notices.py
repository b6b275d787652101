"""Stopping the messages to a contact: from a message's link, from a mail program, and from one's own page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.portal.conftest import signed_in
from ventanilla.lib.links import link
from ventanilla.notifications import opting
from ventanilla.notifications.models import OptOut

ADDRESS = "rosa@correo.example"


def path_of(family: str = "case") -> str:
    return reverse("portal:notices", args=[opting.token(ADDRESS, family)])


def test_opening_the_link_of_a_message_stops_nothing(cast: Cast) -> None:
    page = Client().get(path_of()).content.decode()
    assert "Le enviamos los avisos de cómo va lo que presentó." in page
    assert ADDRESS not in page
    assert not OptOut.objects.exists()


def test_stopped_and_wanted_again(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    stopped = client.post(path_of(), follow=True).content.decode()
    assert "Ya no le enviamos los avisos de cómo va lo que presentó." in stopped
    assert OptOut.objects.filter(address_digest=opting.address_digest(ADDRESS), family="case").exists()
    again = client.post(path_of(), {"again": "1"}, follow=True).content.decode()
    assert "Le enviamos los avisos" in again
    assert not OptOut.objects.exists()


def test_a_mail_program_stops_them_with_one_click(cast: Cast) -> None:
    """RFC 8058: it posts `List-Unsubscribe=One-Click`, with neither cookie nor page."""
    answer = Client(enforce_csrf_checks=True).post(path_of("followed"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 302
    assert OptOut.objects.filter(family="followed").exists()


@pytest.mark.parametrize("token", ["x", "cut", "a:b:c"])
def test_a_link_that_was_cut_stops_nothing(cast: Cast, token: str) -> None:
    path = reverse("portal:notices", args=[opting.token(ADDRESS, "case")[:-2] if token == "cut" else token])
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404
    assert not OptOut.objects.exists()


def test_the_messages_lead_there() -> None:
    token = opting.token(ADDRESS, "case")
    assert link("opt_out", token=token) == f"/avisos/{token}/"


def test_my_page_leads_there_for_each_contact_half_hidden(cast: Cast) -> None:
    page = signed_in(cast.rosa).get("/lo-mio/").content.decode()
    assert "Adónde le avisamos" in page
    for contact in cast.rosa.contacts.filter(verified_at__isnull=False):
        assert contact.value not in page
        assert reverse("portal:notices", args=[opting.token(contact.value, "")]) in page
