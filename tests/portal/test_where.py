"""Where: every way in which people say a place goes through the page, and the map is never the only one."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.portal.conftest import LAMP, fill
from ventanilla.cases.models import Draft
from ventanilla.demo.town import CENTER
from ventanilla.organization import municipality

pytestmark = pytest.mark.django_db

WHERE = f"/reportar/{LAMP}/donde/"
LON, LAT = CENTER


def place() -> dict[str, object]:
    return Draft.objects.latest("updated_at").data["place"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("said", "kind", "label"),
    [
        ("Avenida Central 340", "address", "Avenida Central 340"),
        ("avenida 3 y calle 5", "corner", "Avenida 3 y Calle 5"),
        ("Avenida Central, calles 5 y 7", "between", "Avenida Central entre Calle 5 y Calle 7"),
        ("km 3,5 carretera vieja", "kilometre", "Kilómetro 3,5, Carretera Vieja"),
        ("poste 1127", "asset", "Poste 1127"),
        ("del antiguo higuerón 100 norte", "landmark", "100 m al norte de Antiguo Higuerón"),
        ("calle real", "street", "Avenida Central"),
    ],
)
def test_a_place_plainly_said_is_understood(lived: Cast, said: str, kind: str, label: str) -> None:
    client = Client()
    response = client.post(WHERE, {"said": said})
    if response.status_code == 422:  # several may be meant: the first is the one
        fill(client, LAMP, donde={"said": said, "chosen": "0", "offered_for": said})
    assert (place()["kind"], place()["label"], place()["as_said"]) == (kind, label, said)
    assert {"lon", "lat"} <= set(place())


def test_of_several_churches_the_person_says_which(lived: Cast) -> None:
    client, said = Client(), "200 m sur de la iglesia"
    asked = client.post(WHERE, {"said": said})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Iglesia de San Jacinto" in page
    assert "Iglesia de La Otra Banda" in page
    number = re.search(r'value="(\d)" id="lugar-\d"[^>]*><label[^>]*>200 m al sur de Iglesia de La Otra Banda', page)
    assert number
    fill(client, LAMP, donde={"said": said, "chosen": number[1], "offered_for": said})
    assert place()["label"] == "200 m al sur de Iglesia de La Otra Banda"


def test_a_choice_made_for_other_words_is_not_taken(lived: Cast) -> None:
    again = Client().post(
        WHERE, {"said": "frente a la escuela", "chosen": "1", "offered_for": "200 m sur de la iglesia"}
    )
    assert again.status_code == 422
    assert "Escuela" in again.content.decode()


def test_what_nobody_knows_is_kept_as_it_was_said(lived: Cast) -> None:
    fill(Client(), LAMP, donde={"said": "por donde vivía doña Tina", "hint": "El portón verde"})
    assert place() == {
        "kind": "text", "source": "said_only", "as_said": "por donde vivía doña Tina",
        "label": "por donde vivía doña Tina",
    }  # fmt: skip


def test_none_of_those_offered_is_an_answer_too(lived: Cast) -> None:
    said = "200 m sur de la iglesia"
    fill(Client(), LAMP, donde={"said": said, "chosen": "said", "offered_for": said})
    assert place()["source"] == "said_only"


@pytest.mark.parametrize("source", ["map", "my_location"])
def test_a_point_of_the_map_or_of_the_phone_is_kept_with_what_is_there(lived: Cast, source: str) -> None:
    fill(Client(), LAMP, donde={"said": "", "lon": str(LON), "lat": str(LAT), "source": source})
    assert place()["source"] == source
    assert "Barrio Centro" in str(place()["label"])
    assert (place()["lon"], place()["lat"]) == (LON, LAT)


def test_a_point_is_told_back_in_words_before_going_on(lived: Cast) -> None:
    told = Client().post("/reportar/punto/", {"lon": str(LON), "lat": str(LAT)}).content.decode()
    assert "Barrio Centro" in told
    assert "Quitar el punto" in told


def test_a_point_elsewhere_says_who_to_turn_to(lived: Cast) -> None:
    told = Client().post("/reportar/punto/", {"lon": "-84.5", "lat": "10.4"}).content.decode()
    assert "fuera del municipio" in told
    assert "San Rafael" in told


def test_outside_the_municipality_the_person_is_told_who_to_turn_to_and_keeps_what_they_wrote(lived: Cast) -> None:
    answer = Client().post(WHERE, {"said": "la finca de mi tío", "lon": "-84.5", "lat": "10.4", "hint": "El portón"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert municipality.current().outside_advice in page
    assert "la finca de mi tío" in page
    assert "El portón" in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize("point", [("abc", "9"), ("nan", "9.9"), ("inf", "9.9"), ("-200", "9.9"), ("-84", "91")])
def test_a_point_that_is_none_is_said_and_nothing_is_lost(lived: Cast, point: tuple[str, str]) -> None:
    answer = Client().post(WHERE, {"said": "Avenida Central 340", "lon": point[0], "lat": point[1]})
    assert answer.status_code == 422
    assert "no llegó bien" in answer.content.decode()
    assert "Avenida Central 340" in answer.content.decode()
    assert Client().post("/reportar/punto/", {"lon": point[0], "lat": point[1]}).status_code == 422


def test_words_corrected_later_move_a_place_that_was_looked_up(lived: Cast) -> None:
    client = Client()
    fill(client, LAMP, donde={"said": "poste 1127"})
    page = client.get(WHERE).content.decode()
    assert 'value="poste 1127"' in page
    assert re.search(r'name="lon"(?![^>]*value)', page), "a looked-up point doesn't come back as if it had been put"
    fill(client, LAMP, donde={"said": "Avenida Central 340"})
    assert place()["label"] == "Avenida Central 340"


def test_places_are_offered_while_typing(lived: Cast) -> None:
    answer = Client().post("/reportar/lugares/", {"q": "200 m sur de la igl"})
    assert "200 m al sur de Iglesia de San Jacinto" in answer.content.decode()
    assert 'data-value="-84.' in answer.content.decode()
    assert Client().get("/reportar/lugares/?q=iglesia").status_code == 405, "an address isn't asked in an address"


def test_where_is_not_asked_where_it_does_not_matter(lived: Cast) -> None:
    assert Client().get("/reportar/felicitacion/donde/").status_code == 302
    fill(Client(), "sugerencia", donde={"said": ""})
    assert Client().post(WHERE, {"said": ""}).status_code == 422
