"""In which zone a point lies."""

import csv
import gzip
import json
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.places.conftest import at, shared, square
from ventanilla.places import actions, zones
from ventanilla.places.enums import ZoneKind
from ventanilla.places.models import Zone


@pytest.mark.usefixtures("village")
def test_a_point_is_in_its_barrio_and_its_district() -> None:
    located = zones.locate(*at(-100, 30))
    assert located.inside
    assert zones.names(located) == {"neighborhood": "Barrio San Isidro", "district": "Distrito Central"}


@pytest.mark.usefixtures("village")
def test_a_point_outside_every_district_is_outside_the_municipality() -> None:
    for lon, lat in (at(900, 0), (0.0, 0.0), (float("nan"), 10.0), (500.0, 10.0)):
        located = zones.locate(lon, lat)
        assert not located.inside
        assert located.zones == {}


@pytest.mark.usefixtures("village")
def test_a_point_on_the_border_belongs_to_the_smaller_zone() -> None:
    small = actions.ZoneRow("1-3", "neighborhood", "La Plaza", square(0, 0, 100), "Barrio")
    actions.store_zones(rows=[small], by="test")
    located = zones.locate(*at(0, 50))
    assert zones.name_of(located.get(ZoneKind.NEIGHBORHOOD)) == ("neighborhood", "1-3", "La Plaza", "Barrio La Plaza")


@pytest.mark.usefixtures("village")
def test_once_read_it_asks_the_database_nothing() -> None:
    zones.locate(*at(0, 0))
    with CaptureQueriesContext(connection) as asked:
        for step in range(50):
            zones.locate(*at(step, step))
    assert len(asked) == 0


@pytest.mark.usefixtures("village")
def test_a_new_zone_is_seen_at_once() -> None:
    assert not zones.locate(*at(700, 0)).inside
    actions.store_zones(rows=[actions.ZoneRow("2", "district", "Este", square(600, -100, 300))], by="test")
    assert zones.locate(*at(700, 0)).inside


@pytest.mark.django_db
def test_without_zones_nothing_is_outside() -> None:
    assert zones.locate(*at(0, 0)).inside
    assert zones.bounds() is None


@pytest.mark.django_db
def test_a_service_area_is_no_boundary() -> None:
    actions.store_zones(rows=[actions.ZoneRow("r1", "service_area", "Ruta 1", square(0, 0, 100))], by="test")
    located = zones.locate(*at(5000, 0))
    assert located.inside
    assert located.zones == {}


@pytest.mark.usefixtures("village")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.integers(-700, 700), st.integers(-700, 700)), max_size=30))
def test_many_points_are_located_as_each_of_them(points: list[tuple[int, int]]) -> None:
    positions = [at(x, y) for x, y in points] + [(float("nan"), 0.0), (0.0, 0.0), (999.0, 10.0)]
    many = zones.locate_many([lon for lon, _lat in positions], [lat for _lon, lat in positions])
    assert many == [zones.locate(lon, lat) for lon, lat in positions]


@pytest.mark.django_db
def test_madrids_notices_fall_in_the_districts_and_barrios_counted_by_hand() -> None:
    expected = json.loads(shared("madrid_avisos", "expected_B_2023-04_2023-07.json").read_text(encoding="utf-8"))
    fields = {"key": "cartodb_id", "name": "name", "kind": "=district"}
    actions.import_zones(file=shared("zones", "madrid-districts.geojson"), mapping={"fields": fields}, by="test")
    fields["kind"] = "=neighborhood"
    actions.import_zones(file=shared("zones", "madrid.geojson"), mapping={"fields": fields}, by="test")
    with gzip.open(shared("madrid_avisos", "avisos_B_2023-04_2023-07.csv.gz"), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = zones.locate_many([float(r["long"] or "nan") for r in rows], [float(r["lat"] or "nan") for r in rows])
    assert _counts(found, ZoneKind.DISTRICT) == expected["by_district_pip"]
    assert _counts(found, ZoneKind.NEIGHBORHOOD) == expected["by_barrio_pip"]


def _counts(found: list[zones.Located], kind: ZoneKind) -> dict[str, int]:
    names = dict(Zone.objects.values_list("pk", "name"))
    return dict(Counter(str(names.get(located.get(kind))) for located in found))


def test_a_zone_is_labelled_as_people_call_it() -> None:
    assert Zone(word="Colonia", name="Roma").label == "Colonia Roma"
    assert Zone(name="Roma").label == "Roma"
