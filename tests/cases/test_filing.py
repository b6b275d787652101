"""Filing: one door for every channel, once for each key, with its trail, its timeline and what is missing as work."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast, actor, place
from ventanilla.audit.models import ChainHead, TrailEntry
from ventanilla.cases import actions, finding
from ventanilla.cases.actions import Filing, receipts
from ventanilla.cases.enums import Channel, EventKind, Identity, Visibility, WorkKind
from ventanilla.cases.models import Case, Event, WorkItem
from ventanilla.lib import references
from ventanilla.lib.actors import ANONYMOUS, Actor
from ventanilla.notifications.models import Message


def test_a_case_gets_a_reference_with_its_check_digit(cast: Cast) -> None:
    one, other = cast.file(), cast.file()
    assert references.parse(one.reference) == one.reference
    assert one.reference != other.reference


def test_a_case_begins_with_one_entry_in_both_books(cast: Cast) -> None:
    case = cast.file()
    assert case.events.get().kind == EventKind.FILED
    assert TrailEntry.objects.get(chain=case.chain).verb == "case.filed"
    assert ChainHead.objects.get(chain=case.chain).count == 1


def test_what_was_filed_is_sealed_and_not_written_in_the_trail(cast: Cast) -> None:
    case = cast.file(description="Vivo en la casa verde.")
    data = TrailEntry.objects.get(chain=case.chain).data
    assert "casa verde" not in str(data)
    assert {"text", "content"} <= data["digests"].keys()


def test_missing_particulars_become_work_and_block_nothing(cast: Cast) -> None:
    case = cast.file(answers={}, missing=["how_many"])
    item = WorkItem.objects.get(case=case, kind=WorkKind.COMPLETE)
    assert (case.is_incomplete, item.answers, item.role) == (True, {"missing": ["how_many"]}, "front_desk")


def test_who_hears_it_at_this_moment_gets_no_message(cast: Cast) -> None:
    filing = Filing(procedure=cast.lamp, channel=Channel.PHONE, place=place(), applicant=cast.rosa)
    case = actions.open_case(filing, by=actor(cast.fede), filed_by=cast.fede, tell=False)
    assert not Message.objects.filter(about=case.chain).exists()


@pytest.mark.parametrize("kind", ["lamp", "complaint", "breach"])
def test_only_what_may_be_public_is(cast: Cast, kind: str) -> None:
    case = cast.file(procedure=getattr(cast, kind), answers={})
    assert case.is_public == (kind == "lamp")
    assert case.is_reserved == (kind == "breach")


def test_the_message_is_a_receipt_that_can_be_checked(cast: Cast) -> None:
    case = cast.file(description="El poste está quemado.")
    body = Message.objects.get(kind="case_filed").body
    assert "El poste está quemado." in body
    [address] = re.findall(r"\S+/comprobar/\S*", body)
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", body.partition("comprobación:")[2])
    assert code is not None
    assert receipts.check(case.reference, code.group().replace("-", "")).matches
    assert code.group().replace("-", "") in address
    assert case.reference in address


# Once -----------------------------------------------------------------------------------------------------------------


def test_filed_twice_under_one_key_it_is_one_case(cast: Cast) -> None:
    one = cast.file(idempotency_key="a-key")
    other = cast.file(idempotency_key="a-key", description="Otra vez lo mismo.")
    assert one.pk == other.pk
    assert (Case.objects.count(), Event.objects.count()) == (1, 1)
    assert Message.objects.filter(kind="case_filed").count() == 1


def test_without_a_key_two_are_two(cast: Cast) -> None:
    assert cast.file().pk != cast.file().pk


@pytest.mark.django_db(transaction=True)
def test_filed_by_several_at_once_under_one_key_it_is_one_case(cast: Cast) -> None:
    found: list[Any] = []

    def file() -> None:
        try:
            found.append(cast.file(idempotency_key="a-key").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=file) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == Case.objects.count() == 1


def test_answered_at_once_it_is_filed_and_ended_together_once(cast: Cast) -> None:
    filing = Filing(procedure=cast.complaint, channel=Channel.PHONE, applicant=cast.rosa, idempotency_key="a-key")
    for _time in range(2):
        case = actions.answer_at_once(filing, text="Abrimos a las ocho.", by=actor(cast.fede), filed_by=cast.fede)
    assert not case.is_open
    assert Case.objects.count() == 1
    assert not Message.objects.exists()


# Foreseen -------------------------------------------------------------------------------------------------------------


def test_what_is_foreseen_is_what_happens_and_writes_nothing(cast: Cast) -> None:
    filing = Filing(procedure=cast.lamp, channel=Channel.WEB, place=place())
    foreseen = actions.foresee(filing)
    assert not Case.objects.exists()
    assert foreseen.department == cast.lighting
    assert foreseen.target_due_at is not None


def test_outside_the_municipality_nothing_is_filed(cast: Cast) -> None:
    with pytest.raises(actions.OutsideMunicipality):
        cast.file(place=place(lon=-80.0))
    assert not Case.objects.exists()


# Who reads the timeline -----------------------------------------------------------------------------------------------


def everything(cast: Cast) -> Case:
    """A case to which things of each visibility have happened."""
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    case = actions.note(case, text="Llevar escalera.", by=actor(cast.olga))
    case = actions.reply(case, text="Vamos mañana.", by=actor(cast.olga))
    return actions.resolve_case(case, text="Cambiado.", by=actor(cast.olga))


def test_each_thing_that_happens_is_for_who_it_is_for(cast: Cast) -> None:
    seen = dict(everything(cast).events.order_by("seq").values_list("kind", "visibility"))
    assert seen == {
        EventKind.FILED: Visibility.PERSON,
        EventKind.TAKEN: Visibility.PUBLIC,
        EventKind.NOTED: Visibility.STAFF,
        EventKind.REPLIED: Visibility.PERSON,
        EventKind.RESOLVED: Visibility.PUBLIC,
    }


def test_the_name_of_who_asked_to_be_kept_apart_is_on_no_line(cast: Cast) -> None:
    case = cast.file(identity=Identity.CONFIDENTIAL)
    case = actions.person_replies(case, text="¿Y?", by=Actor(f"person:{cast.rosa.uuid}", cast.rosa.name))
    assert {event.by_label for event in case.events.all()} == {"Identidad reservada"}


def test_who_asked_to_be_kept_apart_is_not_found_by_name(cast: Cast) -> None:
    case = cast.file(identity=Identity.CONFIDENTIAL)
    assert finding.find(cast.olga, "Benítez").cases == []
    assert finding.find(cast.olga, "bombillo").cases == [case]


def test_an_anonymous_case_names_nobody(cast: Cast) -> None:
    filing = Filing(procedure=cast.lamp, channel=Channel.WEB, place=place())
    case = actions.open_case(filing, by=ANONYMOUS)
    assert (case.applicant, case.events.get().by) == (None, "anonymous")
    assert not Message.objects.exists()
