"""Distances and cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.places.enums import Direction, PlaceKind, PlaceSource
from ventanilla.places.rules import (
    Place,
    along,
    cells,
    distance_m,
    is_position,
    move,
    name_key,
    near,
    nearest_on,
    point_at,
    said_only,
)

LONS = st.floats(-179, 179)
LATS = st.floats(-60, 70)
DIRECTIONS = st.sampled_from(list(Direction))


def test_the_distance_is_that_of_the_great_circle() -> None:
    # Puerta del Sol to the Cibeles fountain.
    assert distance_m(-3.70379, 40.41678, -3.69314, 40.41933) == pytest.approx(945, abs=3)
    assert distance_m(0, 0, 180, 0) == pytest.approx(20_015_115, abs=5)


@given(LONS, LATS, st.floats(1, 5000), DIRECTIONS)
def test_walking_so_far_brings_one_so_far(lon: float, lat: float, metres: float, direction: Direction) -> None:
    there = move(lon, lat, metres, direction)
    assert distance_m(lon, lat, *there) == pytest.approx(metres, rel=0.004)


@given(LONS, LATS)
def test_cells_fit_a_signed_big_integer(lon: float, lat: float) -> None:
    assert all(0 < cell < 2**63 for cell in cells(lon, lat))


@given(LONS, LATS, st.floats(1, 4000), st.floats(0, 1), DIRECTIONS)
def test_whatever_is_within_reach_lies_in_the_ring(
    lon: float, lat: float, metres: float, share: float, direction: Direction
) -> None:
    ring = near(lon, lat, metres)
    other = move(lon, lat, metres * share * 0.99, direction)
    own = dict(zip((7, 9, 11), cells(*other), strict=True))[ring.resolution]
    assert own in ring.cells
    assert len(ring.cells) <= 37


@given(st.floats(0, 900))
def test_a_point_of_a_line_is_found_again_on_it(metres: float) -> None:
    line = [(-84.0, 10.0), (-84.0, 10.004), (-83.996, 10.004)]
    metres = min(metres, along(line)[-1])
    reached, away = nearest_on(line, *point_at(line, metres))
    assert reached == pytest.approx(metres, abs=0.5)
    assert away == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize(
    ("lon", "lat"), [(0.0, 0.0), (181.0, 5.0), (5.0, -90.5), (float("nan"), 1.0), (1.0, float("inf")), (None, 1.0)]
)
def test_broken_positions_are_told_from_real_ones(lon: float | None, lat: float | None) -> None:
    assert not is_position(lon, lat)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Avda. del Dr. Esquerdo", "AVENIDA DEL DOCTOR ESQUERDO"),
        ("C/ Peñuelas", "Calle Peñuelas"),
        ("Av. Gral. Paz", "avenida general paz"),
        ("Sta. Marta", "Santa Marta"),
        ("«La Esquina»", "la esquina"),
    ],
)
def test_a_name_written_in_two_ways_is_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_the_letter_enye_tells_names_apart() -> None:
    assert name_key("Peña") != name_key("Pena")


def test_a_place_comes_back_from_json_as_it_was() -> None:
    place = Place(
        kind=PlaceKind.CORNER, source=PlaceSource.GEOCODED, as_said="la esquina", label="Calle 1 y Avenida 2",
        lon=-84.1, lat=9.9, precision_m=15, parts={"street": "Calle 1", "cross": ["Avenida 2"]},
    )  # fmt: skip
    assert Place.from_json(place.to_json()) == place
    assert place.has_position


def test_a_place_without_a_point_is_a_place() -> None:
    place = said_only("por donde vivía doña Ana")
    assert Place.from_json(place.to_json()) == place
    assert not place.has_position
