"""From what is said to a point, and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.places.conftest import at
from ventanilla.places import actions, geocode
from ventanilla.places.enums import PlaceSource
from ventanilla.places.geocode import Candidate
from ventanilla.places.rules import distance_m

pytestmark = pytest.mark.usefixtures("village")


def first(text: str, **options: object) -> Candidate:
    found = geocode.suggest(text, **options)
    assert found, f"nothing found for {text!r}"
    return found[0]


def is_at(candidate: Candidate, x: float, y: float, within: float = 5.0) -> bool:
    return distance_m(candidate.lon, candidate.lat, *at(x, y)) <= within


@pytest.mark.parametrize(
    ("text", "label", "x", "y"),
    [
        ("Calle Las Acacias 340", "Calle Las Acacias 340", -20, 8),
        ("las acasias 340", "Calle Las Acacias 340", -20, 8),
        ("acacias, 340", "Calle Las Acacias 340", -20, 8),
        ("Las Acacias y Colón", "Calle Las Acacias y Calle Colón", -100, 0),
        ("esq. de Mitre con Los Tilos", "Calle Mitre y Calle Los Tilos", 100, 100),
        ("Calle del Comercio y Los Tilos", "Calle Mitre y Calle Los Tilos", 100, 100),
        ("Los Tilos entre Colón y Mitre", "Calle Los Tilos entre Calle Colón y Calle Mitre", 0, 100),
        ("Calle Ortega y Gasset", "Calle Ortega y Gasset", 300, 0),
        ("km 3,5 carretera vieja", "Kilómetro 3,5, Carretera Vieja", 50, -450),
        ("kilómetro 3.2", "Kilómetro 3,2, Carretera Vieja", -250, -450),
        ("poste 1127", "Poste 1127", 40, 6),
        ("luminaria 22334", "Luminaria 22-334", 45, 6),
        ("100 m sur y 50 m este de la iglesia", "100 m al sur y 50 m al este de Iglesia de San Isidro", -150, -50),
        ("de la parroquia, 100 metros norte", "100 m al norte de Iglesia de San Isidro", -200, 150),
        ("frente a la ermita", "Frente a Ermita del Carmen", 250, 200),
        ("contiguo a pulperia el buen presio", "Contiguo a Pulpería El Buen Precio", 120, 110),
        ("iglesia", "Iglesia de San Isidro", -200, 50),
        ("los til", "Calle Los Tilos", 0, 100),
    ],
)  # fmt: skip
def test_what_is_said_is_found(text: str, label: str, x: float, y: float) -> None:
    found = first(text)
    assert found.label == label
    assert is_at(found, x, y)
    assert found.inside


def test_an_unknown_number_lies_between_its_neighbours_and_says_how_sure_it_is() -> None:
    known, between = first("Las Acacias 340"), first("Las Acacias 380")
    assert is_at(between, 20, 8)
    assert between.precision_m > known.precision_m
    assert between.confidence < known.confidence


def test_a_number_far_beyond_the_known_ones_is_only_somewhere_in_the_street() -> None:
    found = first("Las Acacias 9000")
    assert found.label == "Calle Las Acacias 9000"
    assert found.precision_m == pytest.approx(400, abs=2)


def test_the_less_exact_the_senas_the_less_precise_the_point() -> None:
    exact, vague = first("50 m sur de la iglesia"), first("a 300 m de la iglesia")
    assert exact.precision_m < vague.precision_m
    assert vague.precision_m >= 300


def test_of_two_churches_the_nearer_one_is_meant_where_the_person_stands() -> None:
    assert first("frente a la iglesia").label == "Frente a Iglesia de San Isidro"
    assert first("la ermita", near=at(250, 190)).label == "Ermita del Carmen"
    both = [one.label for one in geocode.suggest("frente a la iglesia", near=at(250, 200))]
    assert both[0] == "Frente a Ermita del Carmen"


def test_a_neighbourhood_named_beside_it_decides() -> None:
    assert first("frente a la iglesia, barrio El Carmen").label == "Frente a Ermita del Carmen"


@pytest.mark.parametrize("text", ["", "   ", "zzzzz", "no sé", "Calle Inexistente 40", "poste 999999", "🙂" * 50])
def test_what_is_not_known_finds_nothing(text: str) -> None:
    assert geocode.suggest(text) == []


def test_a_candidate_outside_the_municipality_says_so() -> None:
    found = first("1 km norte de la iglesia")
    assert not found.inside
    assert found.zones == {}


def test_a_candidate_becomes_the_place_kept_with_the_case() -> None:
    place = first("poste 1127").to_place()
    assert (place.as_said, place.label, place.source) == ("poste 1127", "Poste 1127", PlaceSource.GEOCODED)
    assert place.parts == {"asset": "pole", "code": "1127"}
    assert place.has_position


def test_a_point_is_told_by_its_door_and_the_streets_around_it() -> None:
    told = geocode.reverse(*at(-18, 5))
    assert told.label == "Calle Las Acacias 340, entre Calle Colón y Calle Mitre, Barrio San Isidro"
    assert told.parts == {"street": "Calle Las Acacias", "number": "340", "cross": ["Calle Colón", "Calle Mitre"]}


def test_where_there_are_no_doors_the_street_is_told() -> None:
    assert geocode.reverse(*at(20, 103)).label == ("Calle Los Tilos, entre Calle Colón y Calle Mitre, Barrio El Carmen")


def test_where_there_is_nothing_the_neighbourhood_is_told() -> None:
    assert geocode.reverse(*at(-350, 350)).label == "Barrio San Isidro"


def test_a_point_elsewhere_is_outside() -> None:
    told = geocode.reverse(*at(3000, 0))
    assert (told.label, told.inside) == ("Fuera del municipio", False)


@pytest.mark.parametrize(
    ("text", "most"),
    [("iglesia", 0), ("200 m sur de la iglesia", 0), ("Las Acacias 340", 2), ("Colón y Mitre", 1), ("poste 1127", 1),
     ("Los Tilos entre Colón y Mitre", 2), ("km 3,5 carretera vieja", 1)],
)  # fmt: skip
def test_names_are_found_without_asking_the_database(text: str, most: int) -> None:
    geocode.suggest(text)
    geocode.reverse(*at(0, 0))
    with CaptureQueriesContext(connection) as asked:
        geocode.suggest(text)
    assert len(asked) <= most


def test_a_point_is_told_with_two_queries() -> None:
    geocode.reverse(*at(0, 0))
    with CaptureQueriesContext(connection) as asked:
        geocode.reverse(*at(-18, 5))
    assert len(asked) == 2


def test_a_new_landmark_is_found_at_once() -> None:
    assert geocode.suggest("gallo pinto") == []
    actions.store_landmarks(rows=[actions.LandmarkRow("s", "Soda Gallo Pinto", *at(10, 10), "shop")], by="test")
    assert first("gallo pinto").label == "Soda Gallo Pinto"


def test_streets_known_only_by_their_doors_are_found() -> None:
    row = actions.AddressRow("x", "Yaguarón", "1449 BIS", *at(50, 50))
    actions.store_addresses(rows=[row], by="test")
    assert first("Yaguaron 1449 bis").label == "Yaguarón 1449 BIS"
    assert first("yaguarón").label == "Yaguarón"
