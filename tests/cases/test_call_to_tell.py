"""Who no channel reaches is told by somebody: the case gets the work, with what to say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import Cast, actor
from ventanilla.cases import actions
from ventanilla.cases.enums import WorkKind, WorkState
from ventanilla.cases.handlers import call_to_tell
from ventanilla.cases.models import Case, WorkItem
from ventanilla.cases.permissions import can_work
from ventanilla.notifications import delivery
from ventanilla.notifications.models import Message
from ventanilla.notifications.registry import Unreached
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind

PHONE, EMAIL = (ContactKind.PHONE, "+50688887777"), (ContactKind.EMAIL, "ana@correo.example")


@pytest.fixture
def no_channel(cast: Cast, settings: Any) -> Cast:
    """A municipality that has not configured anything yet."""
    settings.NOTIFICATIONS = {}
    return cast


def filed_by(cast: Cast, *contacts: tuple[str, str]) -> Case:
    """A case of Ana's, and its messages delivered twice over."""
    ana = people.register_person(by="system", name="Ana Soto Ruiz", contacts=list(contacts), verified=True)
    case = cast.file(applicant=ana)
    for _twice in range(2):
        delivery.deliver_due()
    return case


def calls(case: Case) -> list[WorkItem]:
    return list(WorkItem.objects.filter(case=case, kind=WorkKind.CALL).order_by("pk"))


@pytest.mark.parametrize(
    ("contact", "name"), [(PHONE, "Llamar para avisar"), (EMAIL, "Avisar a mano: no dejó teléfono")]
)
def test_the_front_desk_gets_the_work_once_with_what_to_say(no_channel: Cast, contact: Any, name: str) -> None:
    case = filed_by(no_channel, contact)
    [item] = calls(case)
    assert (item.name, item.role, item.state) == (name, "front_desk", WorkState.OPEN)
    assert item.script.startswith("Municipalidad de Villa Esperanza, buenos días. Recibimos lo que nos contó")
    assert case.reference in item.script
    assert item.answers == {"address": contact[1], "message": str(Message.objects.get(about=case.chain).uuid)}
    assert can_work(no_channel.fede, item)


@pytest.mark.parametrize("contact", [PHONE, EMAIL])
def test_it_is_seen_on_the_case_read_on_its_page_and_done(no_channel: Cast, contact: Any) -> None:
    case = filed_by(no_channel, contact)
    [item] = calls(case)
    client = Client()
    client.force_login(no_channel.fede, backend="django.contrib.auth.backends.ModelBackend")
    assert item.name in client.get(f"/mesa/caso/{case.uuid}/").content.decode()
    assert "Apúntelo, por favor" in client.get(f"/mesa/caso/{case.uuid}/paso/{item.uuid}/").content.decode()
    actions.complete_work(item, answers={}, user=no_channel.fede, by=actor(no_channel.fede), note="Se lo dije.")
    assert [each.state for each in calls(case)] == [WorkState.DONE]


def test_a_reply_makes_work_too_and_what_is_not_essential_makes_none_for_an_e_mail(no_channel: Cast) -> None:
    case = filed_by(no_channel, EMAIL)
    actions.take_case(case, by=actor(no_channel.olga), user=no_channel.olga)
    actions.reply(Case.objects.get(pk=case.pk), text="Vamos el jueves.", by=actor(no_channel.olga))
    delivery.deliver_due()
    assert ["Vamos el jueves." in each.script for each in calls(case)] == [False, True]


def test_who_a_channel_reaches_makes_no_work(cast: Cast) -> None:
    assert calls(filed_by(cast, EMAIL)) == []


def test_who_left_nothing_makes_none(no_channel: Cast) -> None:
    assert calls(filed_by(no_channel)) == []


@pytest.mark.parametrize("about", ["", "person:4", f"case:{UUID(int=7)}"])
def test_what_is_about_no_case_makes_none(no_channel: Cast, about: str) -> None:
    call_to_tell(Unreached(UUID(int=1), "case_reply", about, "", PHONE[1], "Buenos días.", "no_channel"))
    assert not WorkItem.objects.filter(kind=WorkKind.CALL).exists()
