"""What we have of a person is put right at the desk, by who may, and nobody else."""

from __future__ import annotations

from html import unescape

import pytest

from tests.cases.laws import under
from tests.cast import Cast
from tests.desk.attending import client_of
from ventanilla.audit.models import AccessRecord, TrailEntry
from ventanilla.cases import finding
from ventanilla.cases.search import index_owed
from ventanilla.lib import clock
from ventanilla.people import finding as people
from ventanilla.people.models import Person
from ventanilla.search.models import SearchDocument

MAY = {"fede", "coro"}


def path_of(cast: Cast, tail: str = "corregir/") -> str:
    return f"/mesa/personas/{cast.rosa.uuid}/{tail}"  # type: ignore[union-attr]


def rosa(cast: Cast) -> Person:
    return Person.objects.get(pk=cast.rosa.pk)  # type: ignore[union-attr]


def test_of_the_whole_cast_only_who_may_correct_people_does(cast: Cast) -> None:
    for name, user in cast.users.items():
        client, expected = client_of(user), name in MAY
        assert client.get(path_of(cast)).status_code == (200 if expected else 403), name
        assert client.post(path_of(cast), {"name": f"De {name}"}).status_code == (302 if expected else 403), name
        page = client.get(path_of(cast, ""))
        assert ("corregir/" in page.content.decode()) == expected, name
    assert rosa(cast).name in {f"De {name}" for name in MAY}


def test_corrected_the_person_and_their_cases_are_found_by_the_new_name_alone(cast: Cast) -> None:
    case = cast.file()
    client_of(cast.fede).post(path_of(cast), {"name": "Rosalía  Benavides Arce"})
    assert rosa(cast).name == "Rosalía Benavides Arce"
    index_owed()
    for words in ("rosalia", "benavides"):
        assert people.find(words) == [rosa(cast)]
        assert [each.pk for each in finding.find(cast.olga, words).cases] == [case.pk]
    assert people.find("arias") == []
    assert finding.find(cast.olga, "arias").cases == []
    assert not SearchDocument.objects.filter(title__contains="Arias")


def test_the_trail_says_who_corrected_it_and_no_name(cast: Cast) -> None:
    client_of(cast.fede).post(path_of(cast), {"name": "Rosalía Benavides"})
    [entry] = TrailEntry.objects.filter(verb="person.renamed")
    assert (entry.by, entry.data) == (f"user:{cast.fede.uuid}", {})
    assert AccessRecord.objects.filter(what="person.viewed", by=f"user:{cast.fede.uuid}").exists()


def test_saved_as_it_is_nothing_is_written(cast: Cast) -> None:
    before = TrailEntry.objects.count()
    client_of(cast.fede).post(path_of(cast), {"name": "Rosa Benítez Arias"})
    assert TrailEntry.objects.count() == before


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Escriba cómo se llama la persona."), ("Rosa " + "Be" * 60, "Es demasiado largo para un nombre. Acórtelo.")],
)
def test_a_wrong_name_says_so_and_stays_typed(cast: Cast, name: str, said: str) -> None:
    answer = client_of(cast.fede).post(path_of(cast), {"name": name})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said in page
    assert f'value="{name}"' in page or not name
    assert rosa(cast).name == "Rosa Benítez Arias"


def test_where_they_live_is_asked_only_where_its_holidays_count(cast: Cast) -> None:
    client = client_of(cast.fede)
    assert "Región en que vive" not in client.get(path_of(cast)).content.decode()
    client.post(path_of(cast), {"name": "Rosa Benítez Arias", "residence": "CT"})
    assert rosa(cast).residence == ""
    under("ES")
    assert '<option value="CT">' in client.get(path_of(cast)).content.decode()
    client.post(path_of(cast), {"name": "Rosa Benítez Arias", "residence": "CT"})
    assert rosa(cast).residence == "CT"
    answer = client.post(path_of(cast), {"name": "Rosa Benítez Arias", "residence": "XX"})
    assert (answer.status_code, rosa(cast).residence) == (422, "CT")


def test_who_was_erased_is_not_there(cast: Cast) -> None:
    Person.objects.filter(pk=cast.rosa.pk).update(erased_at=clock.now())  # type: ignore[union-attr]
    assert client_of(cast.fede).get(path_of(cast)).status_code == 404
