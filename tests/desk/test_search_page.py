"""Search at the desk: tolerant, and with nothing of what was typed in any address."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.cast import BY, Cast, actor, place
from tests.desk.attending import client_of
from ventanilla.cases import finding
from ventanilla.cases.actions.many import route_many
from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Case
from ventanilla.desk.views import search
from ventanilla.people.actions import register_person
from ventanilla.people.models import Person
from ventanilla.search import vocabulary
from ventanilla.search.actions import rebuild

pytestmark = pytest.mark.django_db

PATH = "/mesa/buscar/"
REFERENCE = re.compile(r"\b20\d\d-\d{6}-\d\b")


@pytest.fixture(scope="module")
def town(lasting: Cast) -> Cast:
    lasting.file(description="Hay un árbol caído sobre la acera.", place=place(label="Calle Núñez 12"))
    for number in range(5):
        lasting.file(place=place(label=f"Avenida {number}"))
    vocabulary.count()
    return lasting


@pytest.fixture
def client(town: Cast) -> Client:
    return client_of(town.coro)


def typed(client: Client, words: str) -> str:
    """The page that somebody is led to who types this at the top."""
    led = client.post(PATH, {"q": words})
    assert led.status_code == 302
    assert re.fullmatch(r"/mesa/buscar/\?b=\w{6}", led["Location"])
    return led["Location"]


def found(client: Client, path: str) -> list[str]:
    return list(dict.fromkeys(REFERENCE.findall(client.get(path).content.decode())))


@pytest.mark.parametrize(
    "words", ["arbol caido", "ÁRBOL", "nunez", "calle nuñez", "arvol caido", "harbol", "arboll caydo", "árbol acer"]
)
def test_accents_and_slips_don_t_matter(client: Client, words: str) -> None:
    assert len(found(client, typed(client, words))) == 1


def test_what_was_searched_instead_is_said(client: Client) -> None:
    page = client.get(typed(client, "arvol caido")).content.decode()
    assert "Buscamos «<b>arbol caido</b>»" in page


@pytest.mark.parametrize("words", ["88881234", "8888-1234", "+506 8888 1234"])
def test_a_telephone_finds_every_case_of_its_person(client: Client, words: str) -> None:
    assert len(found(client, typed(client, words))) == 6


@pytest.fixture
def elena(town: Cast) -> Person:
    """Somebody known by a document, who filed once saying who she is and once not."""
    who = register_person(by=BY.ref, name="Elena Vargas Soto", documents=[("cedula", "102340567")])
    town.file(applicant=who)
    town.file(applicant=who, identity=Identity.CONFIDENTIAL)
    return who


def said_who(person: Person) -> Case:
    return Case.objects.get(applicant=person, identity=Identity.IDENTIFIED)


@pytest.mark.parametrize("words", ["102340567", "1-0234-0567", "1 0234 0567"])
def test_a_document_finds_the_cases_of_who_said_who_they_are(client: Client, elena: Person, words: str) -> None:
    assert found(client, typed(client, words)) == [said_who(elena).reference]


def test_a_document_goes_on_finding_them_passed_on_and_indexed_anew(town: Cast, client: Client, elena: Person) -> None:
    case = said_who(elena)
    route_many([case], department=town.streets, reason="Es de ellos.", by=actor(town.coro))
    assert found(client, typed(client, "102340567")) == [case.reference]
    rebuild("case")
    assert found(client, typed(client, "102340567")) == [case.reference]


def test_the_words_stand_in_the_field_and_the_heading_but_in_no_address(client: Client) -> None:
    path = typed(client, "Rosa Benítez")
    page = client.get(path).content.decode()
    assert 'value="Rosa Benítez"' in page
    addresses = " ".join(re.findall(r'(?:href|action|hx-get)="([^"]*)"', page))
    assert "Rosa" not in addresses


def test_pages_go_on_with_the_words_that_were_found(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 4)
    path = typed(client, "bonbillo yglesia")
    first = found(client, path)
    following = re.search(r'href="(\?b=[^"]*antes=[^"]*)" rel="next"', client.get(path).content.decode())
    assert following
    second = found(client, PATH + following[1].replace("&amp;", "&"))
    assert (len(first), len(second), len(set(first + second))) == (4, 2, 6)


def test_the_pages_of_a_link_with_words_go_on_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 4)
    page = client.get(f"{PATH}?q=bonbillo").content.decode()
    following = re.search(r'href="(\?q=bombillo&amp;antes=[^"]*)" rel="next"', page)
    assert following
    assert len(found(client, PATH + following[1].replace("&amp;", "&"))) == 2


def test_the_last_searches_of_a_session_can_be_come_back_to(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "KEPT", 2)
    first, second, third = (typed(client, words) for words in ("árbol", "núñez", "bombillo"))
    assert [len(found(client, path)) for path in (first, second, third)] == [0, 1, 6]


def test_a_search_is_of_its_session_alone(town: Cast, client: Client) -> None:
    path = typed(client, "árbol")
    assert found(client_of(town.coro), path) == []


def test_the_people_that_may_be_meant_are_shown_with_their_contacts_masked(town: Cast, client: Client) -> None:
    query = typed(client, "rosa benites").partition("?")[2]
    page = client.get(f"{PATH}personas/?{query}").content.decode()
    assert f"/mesa/personas/{town.rosa.uuid}/" in page  # type: ignore[union-attr]
    assert "••• 1234" in page
    assert "88881234" not in page


def test_who_may_not_look_at_people_is_shown_none(town: Cast) -> None:
    crew = client_of(town.cuca)
    assert crew.get(f"{PATH}personas/?q=rosa").status_code == 403
    assert "buscar/personas" not in crew.get(f"{PATH}?q=rosa").content.decode()


@pytest.mark.parametrize("words", ["", "   ", "\x00", "'\"; DROP", "*", "a" * 5000, "🌳", "%", "«»"])
def test_any_text_gets_a_page(client: Client, words: str) -> None:
    assert client.get(typed(client, words)).status_code == 200
