"""What was told of a case and how far it got: on the case page, for who may know whom it tells."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from tests.cast import Cast, actor
from tests.desk.case_page import Page, signed_in
from tests.sql import Freeze
from ventanilla.cases import actions
from ventanilla.cases.enums import Identity, WorkKind
from ventanilla.cases.models import Case
from ventanilla.desk import outbox
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.notifications import delivery, texts
from ventanilla.notifications.enums import State
from ventanilla.notifications.models import Message
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind


@pytest.fixture(autouse=True)
def _at_a_fixed_moment(still_clock):
    return still_clock


def told(cast: Cast, case: Case, name: str = "olga", *, fold: bool = True) -> str:
    """What the fold of the case page says, or the page in its place."""
    headers = {"HX-Request": "true"} if fold else {}
    answer = signed_in(cast, name).get(f"/mesa/caso/{case.uuid}/avisos/", headers=headers)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def left_as(case: Case, state: State, **more: Any) -> Message:
    """The receipt of a case, as its dialogue left it."""
    Message.objects.filter(about=case.chain).update(state=state, **more)
    return Message.objects.get(about=case.chain)


def test_it_says_what_to_a_masked_contact_how_when_and_how_far(cast: Cast) -> None:
    case = cast.file()
    delivery.deliver_due()
    shown = told(cast, case)
    assert re.search(
        r"^Acuse de recibo hoy, \d+:\d\d r•••@correo.example , correo Entregado$",
        shown.replace("example,", "example ,"),
    )
    assert "rosa.benitez" not in shown


STATES = {
    State.CREATED: "Por enviar",
    State.SENDING: "Enviándose",
    State.ACCEPTED: "Aceptado por el servidor",
    State.DELIVERED: "Entregado",
    State.READ: "Leído",
    State.TEMPORARY_FAILURE: "No salió, se reintenta",
    State.TECHNICAL_FAILURE: "Fallo nuestro, se reintenta",
    State.PERMANENT_FAILURE: "No se puede entregar",
    State.EXPIRED: "Se hizo tarde para enviarlo",
    State.HELD_FOR_DIGEST: "Espera un resumen",
    State.DIGESTED: "Fue en un resumen",
    State.OPTED_OUT: "La persona no quiere estos avisos",
    State.ERASED: "Borrado",
}


@pytest.mark.parametrize("state", State)
def test_every_state_is_said_in_plain_words(cast: Cast, state: State) -> None:
    case = cast.file()
    left_as(case, state)
    assert STATES[state] in told(cast, case)


@pytest.mark.parametrize(
    ("heard", "why"),
    [
        ("SMTP 550", "El servidor de correo contestó SMTP 550."),
        ("HTTP 400", "La empresa de mensajería contestó HTTP 400."),
        ("TimeoutError", "El servicio de mensajes no contestó (TimeoutError)."),
    ],
)
def test_it_says_why_it_failed(cast: Cast, heard: str, why: str) -> None:
    case = cast.file()
    left_as(case, State.PERMANENT_FAILURE, said=heard)
    assert why in told(cast, case)
    left_as(case, State.DELIVERED, said=heard)
    assert why not in told(cast, case)


def test_it_says_when_it_is_tried_again(cast: Cast) -> None:
    case = cast.file()
    again = clock.now() + timedelta(minutes=8)
    left_as(case, State.TEMPORARY_FAILURE, said="SMTP 451", attempts=4, next_attempt_at=again)
    assert "Se intenta de nuevo: hoy, " in told(cast, case)
    left_as(case, State.TEMPORARY_FAILURE, next_attempt_at=clock.now())
    assert "Se intenta de nuevo enseguida." in told(cast, case)


def test_what_went_in_a_digest_says_how_far_the_digest_got(cast: Cast) -> None:
    case = cast.file()
    digest = left_as(cast.file(), State.PERMANENT_FAILURE, said="SMTP 550")
    left_as(case, State.DIGESTED, digest=digest)
    shown = told(cast, case)
    assert "Fue en un resumen: no se puede entregar" in shown
    assert "El servidor de correo contestó SMTP 550." in shown


def test_a_call_leads_to_its_work_for_who_may_do_it_and_says_when_it_was_done(cast: Cast, settings: Any) -> None:
    settings.NOTIFICATIONS = {}
    ana = people.register_person(by="system", name="Ana Soto Ruiz", contacts=[(ContactKind.PHONE, "+50688887777")])
    case = cast.file(applicant=ana)
    delivery.deliver_due()
    item = case.work_items.get(kind=WorkKind.CALL)
    shown = told(cast, case)
    assert "••• 7777 , llamada Se pidió a alguien que le avise Llamar para avisar pendiente" in shown.replace(
        "7777,", "7777 ,"
    )
    link, path = f"/mesa/caso/{case.uuid}/paso/{item.uuid}/", f"/mesa/caso/{case.uuid}/avisos/"
    assert link in signed_in(cast, "fede").get(path).content.decode()
    assert link not in signed_in(cast, "vera").get(path).content.decode()
    actions.complete_work(item, answers={}, user=cast.fede, by=actor(cast.fede), note="Se lo dije.")
    assert "Llamar para avisar hecha, hoy" in told(cast, case)
    assert link not in signed_in(cast, "fede").get(path).content.decode()


def test_one_that_had_to_arrive_and_did_not_shows_the_call_that_followed(cast: Cast) -> None:
    case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    case = actions.reply(case, text="Vamos el jueves.", by=actor(cast.olga))
    Message.objects.filter(kind="case_reply").update(expires_at=clock.now() - timedelta(minutes=1))
    delivery.deliver_due()
    shown = told(cast, case)
    assert "Respuesta hoy" in shown
    assert "Se hizo tarde para enviarlo Avisar a mano: no dejó teléfono pendiente" in shown


def test_who_follows_it_is_counted_by_how_far_their_messages_got(cast: Cast) -> None:
    case = cast.file()
    for name in ("luis", "marta", "nora"):
        person = people.register_person(
            by="system", name=name, contacts=[(ContactKind.EMAIL, f"{name}@correo.example")]
        )
        actions.follow(case, person=person, by=Actor(f"person:{person.uuid}", name))
    actions.take_case(Case.objects.get(pk=case.pk), user=cast.olga, by=actor(cast.olga))
    Message.objects.filter(address="luis@correo.example").update(state=State.PERMANENT_FAILURE)
    shown = told(cast, case)
    assert shown.endswith("A quienes lo siguen Por enviar 2 No se puede entregar 1")
    assert "l•••" not in shown


def test_of_staff_no_address_is_shown(cast: Cast) -> None:
    case = cast.file()
    left_as(case, State.DELIVERED, recipient=f"user:{cast.olga.uuid}", kind="overdue")
    assert "Al personal, correo" in told(cast, case)


def test_who_left_no_contact_was_told_nothing_and_it_says_why(cast: Cast) -> None:
    case = cast.file(applicant=None, identity=Identity.ANONYMOUS)
    assert "no se ha avisado a nadie" in told(cast, case)


def test_only_the_newest_hundred_are_shown(cast: Cast) -> None:
    case = cast.file()
    [receipt] = Message.objects.filter(about=case.chain)
    rows = [
        Message(message_id=f"<{n}@x>", about=case.chain, kind="case_reply", channel="email", expires_at=clock.now())
        for n in range(outbox.MOST)
    ]
    Message.objects.bulk_create(rows)
    shown = told(cast, case)
    assert shown.count("Respuesta") == outbox.MOST
    assert "Acuse de recibo" not in shown
    assert receipt.pk
    assert shown.endswith("Son los más recientes.")


def test_every_message_about_a_case_has_its_words() -> None:
    assert set(outbox.WHAT) == set(texts.kinds()) - {"verification_code", "digest", outbox.NEWS}


# Who sees it ----------------------------------------------------------------------------------------------------------


def test_it_is_of_who_may_see_the_case(cast: Cast) -> None:
    case = cast.file()
    seen = {
        name for name in cast.users if signed_in(cast, name).get(f"/mesa/caso/{case.uuid}/avisos/").status_code == 200
    }
    assert seen == {name for name, user in cast.users.items() if Case.objects.visible_to(user).filter(pk=case.pk)}
    assert "otilia" not in seen
    assert {"olga", "fede", "coro", "vera"} <= seen


def test_of_who_filed_in_confidence_nothing_is_told_to_who_may_not_know_them(cast: Cast) -> None:
    case = cast.file(identity=Identity.CONFIDENTIAL)
    knows = {}
    for name in cast.users:
        client = signed_in(cast, name)
        opened = client.get(f"/mesa/caso/{case.uuid}/avisos/").status_code == 200
        page = client.get(f"/mesa/caso/{case.uuid}/")
        assert ("/avisos/" in page.content.decode()) == opened, name
        knows[name] = opened
    assert knows["olga"]
    assert not knows["coro"]


def test_the_case_page_has_the_fold_with_a_way_for_who_has_no_javascript(cast: Cast) -> None:
    page = Page(cast, "olga", cast.file())
    shown = page.shows()
    assert f'hx-get="/mesa/caso/{page.case.uuid}/avisos/"' in shown
    assert f'<a href="/mesa/caso/{page.case.uuid}/avisos/">' in shown
    assert "<title>" in unescape(page.client.get(f"{page.path}avisos/").content.decode())


def test_what_it_asks_of_the_database(cast: Cast, frozen_sql: Freeze) -> None:
    case, client = cast.file(), signed_in(cast, "olga")
    path = f"/mesa/caso/{case.uuid}/avisos/"
    client.get(path)
    with frozen_sql(most=6):
        assert client.get(path, headers={"HX-Request": "true"}).status_code == 200
