"""What the case page and its commonest actions ask of the database: frozen, and no more than the benchmark allows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, actor, place
from tests.desk.case_page import signed_in
from tests.sql import Freeze
from ventanilla.cases import actions
from ventanilla.cases.actions import templates
from ventanilla.cases.models import Case
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.organization.models import Municipality

PAGE, ACT = 15, 20


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast, "olga")


@pytest.fixture
def full(cast: Cast) -> Case:
    """A case with everything: notes, questions, answers, a link, work done, a pause, others near by."""
    templates.start(Municipality.objects.get())
    near = cast.file(place=place(lon=-84.1002))
    rosa = Actor(f"person:{cast.rosa.uuid}", cast.rosa.name)
    with clock.at(clock.now() - timedelta(days=1)):
        case = actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))
    actions.link_cases(case, to=near, by=actor(cast.olga))
    actions.note(case, text="Llevar escalera.", by=actor(cast.olga))
    actions.ask_person(case, text="¿Qué poste?", by=actor(cast.olga))
    actions.person_replies(case, text="El 1127.", by=rosa)
    return actions.ask_person(case, text="¿Seguro?", by=actor(cast.olga))


def warm(client: Client, case: Case) -> str:
    """What is kept in memory is read before."""
    path = f"/mesa/caso/{case.uuid}/"
    client.get(path)
    return path


def test_the_page_of_a_plain_case(cast: Cast, client: Client, frozen_sql: Freeze) -> None:
    path = warm(client, cast.file())
    with frozen_sql(most=PAGE):
        assert client.get(path).status_code == 200


def test_the_page_of_a_case_with_everything(client: Client, full: Case, frozen_sql: Freeze) -> None:
    path = warm(client, full)
    with frozen_sql(most=PAGE):
        assert client.get(path).status_code == 200


def test_the_page_with_the_reply_open(client: Client, full: Case, frozen_sql: Freeze) -> None:
    path = warm(client, full)
    with frozen_sql(most=PAGE):
        assert client.get(f"{path}?hacer=responder").status_code == 200


ACTS = {
    "responder": {"text": "Vamos mañana."},
    "derivar": {"department": "calles", "text": "Es la acera."},
}


@pytest.mark.parametrize("name", list(ACTS))
def test_an_action(cast: Cast, client: Client, frozen_sql: Freeze, name: str) -> None:
    one, other = (f"/mesa/caso/{cast.file().uuid}/hacer/{name}/" for _each in range(2))
    client.post(one, ACTS[name])  # what is kept in memory is read before
    with frozen_sql(most=ACT):
        assert client.post(other, ACTS[name]).status_code == 302
