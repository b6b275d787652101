"""The demo's town is one town: everything in it fits everything else."""

from collections.abc import Iterator

import pytest
import shapely
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from ventanilla.demo import town
from ventanilla.demo.town import Town
from ventanilla.places import geocode, zones
from ventanilla.places.models import Crossing


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: DjangoDbBlocker, built: Town) -> Iterator[Town]:
    """Laid once for this file, whose tests look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        town.lay(built)
        yield built
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def test_it_is_the_same_town_every_time(built: Town) -> None:
    again = town.build()
    for name, rows in vars(built).items():
        if isinstance(rows, list):
            other = getattr(again, name)
            assert [row.key for row in rows] == [row.key for row in other]
            assert shapely.equals_exact(_points(rows), _points(other), 0).all()


def _points(rows: list) -> list:
    return [getattr(row, "geometry", None) or shapely.Point(row.lon, row.lat) for row in rows]


def test_it_has_what_a_town_has(built: Town) -> None:
    kinds = {row.kind for row in built.landmarks}
    assert {"church", "school", "market", "clinic", "sport", "bus_stop", "cemetery", "municipal", "bridge"} <= kinds
    assert sum(row.kind == "district" for row in built.zones) == 5
    assert sum(row.kind == "neighborhood" for row in built.zones) >= 20
    assert len(built.landmarks) >= 60
    assert len(built.addresses) >= 2500
    assert sum(row.kind == "pole" for row in built.assets) >= 1500
    assert any(row.code == "1127" for row in built.assets)
    assert sum("Pulpería" in row.name for row in built.landmarks) >= 10


def test_its_barrios_fill_its_districts_and_do_not_overlap(built: Town) -> None:
    by_kind = {kind: [z.geometry for z in built.zones if z.kind == kind] for kind in ("district", "neighborhood")}
    for shapes in by_kind.values():
        whole = shapely.union_all(shapes)
        assert sum(shape.area for shape in shapes) == pytest.approx(whole.area, rel=1e-4)
    assert shapely.union_all(by_kind["district"]).area == pytest.approx(
        shapely.union_all(by_kind["neighborhood"]).area, rel=1e-4
    )
    assert all(shape.geom_type == "Polygon" for shape in by_kind["district"])


def test_everything_in_it_is_inside_it(built: Town) -> None:
    whole = shapely.union_all([zone.geometry for zone in built.zones]).buffer(0.00002)
    shapely.prepare(whole)
    for rows in (built.addresses, built.landmarks, built.assets, built.parcels):
        assert shapely.contains_xy(whole, [row.lon for row in rows], [row.lat for row in rows]).all()


def test_its_streets_run_within_its_districts(built: Town) -> None:
    whole = shapely.union_all([zone.geometry for zone in built.zones if zone.kind == "district"]).buffer(0.0001)
    assert [row.name for row in built.streets if not shapely.covered_by(row.geometry, whole)] == []


def test_every_door_is_on_its_street_and_in_its_parcel(built: Town) -> None:
    ways: dict[str, list] = {}
    for street in built.streets:
        ways.setdefault(street.name, []).append(street.geometry)
        ways.setdefault(street.key, []).append(street.geometry)
    lines = {name: shapely.union_all(parts) for name, parts in ways.items()}
    parcels = {row.key: row.geometry for row in built.parcels}
    doors = [(row, shapely.Point(row.lon, row.lat)) for row in built.addresses]
    assert [row.key for row, door in doors if row.street not in lines] == []
    assert max(lines[row.street].distance(door) for row, door in doors) < 0.0006, "some sixty metres"
    assert [row.key for row, door in doors if not parcels[row.parcel].buffer(0.00002).covers(door)] == []


def test_no_house_stands_in_the_river(built: Town) -> None:
    river = next(row.geometry for row in built.shapes if row.kind == "water")
    assert not shapely.contains_xy(river, [a.lon for a in built.addresses], [a.lat for a in built.addresses]).any()


def test_no_two_doors_of_a_street_have_one_number(built: Town) -> None:
    doors = [(row.street, row.number) for row in built.addresses]
    assert len(doors) == len(set(doors))


def test_the_church_stands_beside_the_park(built: Town) -> None:
    places = {row.name: shapely.Point(row.lon, row.lat) for row in built.landmarks}
    assert places["Iglesia de San Jacinto"].distance(places["Parque Central"]) < 0.0018


def test_it_is_laid_without_a_rejected_row_and_only_once(laid: Town) -> None:
    again = town.lay(laid)
    for report in again.values():
        assert report.rejected == []
        assert (report.created, report.changed, report.unchanged) == (0, 0, report.read)


@pytest.mark.usefixtures("laid")
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Avenida 3 y Calle 5", "Avenida 3 y Calle 5"),
        ("Avenida Central, calles 5 y 7", "Avenida Central entre Calle 5 y Calle 7"),
        ("poste 1127", "Poste 1127"),
        ("km 3,5 carretera vieja", "Kilómetro 3,5, Carretera Vieja"),
        ("200 m sur de la iglesia", "200 m al sur de Iglesia de San Jacinto"),
        ("del antiguo higuerón 100 norte", "100 m al norte de Antiguo Higuerón"),
        ("avenida central 340", "Avenida Central 340"),
        ("avenida 3 340", "Avenida 3, número 340"),
        ("calle real", "Avenida Central"),
    ],
)
def test_its_people_are_understood(text: str, label: str) -> None:
    found = geocode.suggest(text)[0]
    assert found.label == label
    assert found.inside


@pytest.mark.usefixtures("laid")
def test_its_streets_meet(laid: Town) -> None:
    lonely = {row.name for row in laid.streets} - set(Crossing.objects.values_list("street__name", flat=True))
    assert lonely == set()
    assert zones.locate(*town.CENTER).inside
