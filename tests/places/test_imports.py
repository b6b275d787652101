"""Vector files of every sort become rows, once, and what can't is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.places.conftest import at, shared
from ventanilla.audit.models import TrailEntry
from ventanilla.lib.imports import UnreadableFile, WrongMapping
from ventanilla.places import actions, zones
from ventanilla.places.actions import storing
from ventanilla.places.models import Address, Asset, Crossing, Landmark, Parcel, Street, Zone

pytestmark = pytest.mark.django_db

MADRID = {"fields": {"key": "cartodb_id", "name": "name", "kind": "=neighborhood", "word": "=Barrio"}}

TRIANGLE = {"type": "Polygon", "coordinates": [[at(0, 0), at(9, 0), at(9, 9), at(0, 0)]]}
IN_METRES = {"type": "Polygon", "coordinates": [[[5e5, 1e6], [5e5, 2e6], [6e5, 2e6], [5e5, 1e6]]]}


def geojson(path: Path, features: list[tuple[dict[str, Any], Any]]) -> Path:
    made = [{"type": "Feature", "properties": properties, "geometry": shape} for properties, shape in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": made}), encoding="utf-8")
    return path


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(at(x, y))}


def path_of(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(at(*one)) for one in points]}


def test_barrios_of_madrid_are_imported_once() -> None:
    file = shared("zones", "madrid.geojson")
    first = actions.import_zones(file=file, mapping=MADRID, by="ana")
    before = dict(Zone.objects.values_list("key", "pk"))
    again = actions.import_zones(file=file, mapping=MADRID, by="ana")
    assert (first.created, first.rejected) == (128, [])
    assert actions.row_count(file, MADRID) == 128
    assert (again.created, again.changed, again.unchanged) == (0, 0, 128)
    assert dict(Zone.objects.values_list("key", "pk")) == before
    assert TrailEntry.objects.filter(chain="places", by="ana").count() == 1


def test_a_number_stored_as_a_float_is_the_number_stored_as_text() -> None:
    comunas = {"fields": {"key": "comunas", "name": "{comunas}", "word": "=Comuna", "kind": "=district"}}
    barrios = {
        "fields": {
            "key": "BARRIO", "name": "BARRIO", "kind": "=neighborhood", "parent": "COMUNA", "parent_kind": "=district"
        }
    }  # fmt: skip
    actions.import_zones(file=shared("zones", "CABA_comunas.geojson"), mapping=comunas, by="ana")
    report = actions.import_zones(file=shared("zones", "CABA_barrios.geojson"), mapping=barrios, by="ana")
    assert report.rejected == []
    assert Zone.objects.get(key="CHACARITA").parent.label == "Comuna 15"
    obelisk = zones.names(zones.locate(-58.3816, -34.6037))
    assert obelisk == {"neighborhood": "SAN NICOLAS", "district": "Comuna 1"}


def test_colonias_in_lambert_metres_come_out_in_degrees() -> None:
    fields = {"key": "CVE_COL", "name": "COLONIA", "kind": "=neighborhood", "word": "CLASIF"}
    file = shared("zones_marginacion_monterrey", "colonias_mty.shp")
    report = actions.import_zones(file=file, mapping={"fields": fields}, by="ana")
    assert (report.read, report.created) == (895, 895 - len(report.rejected))
    assert report.rejected == []
    west, south, east, north = zones.bounds()
    assert -101 < west < east < -99.5
    assert 25 < south < north < 26.5
    # Macroplaza, in the old centre.
    assert "Centro" in zones.names(zones.locate(-100.3099, 25.6691))["neighborhood"]


def test_parcels_of_montevideo_keep_all_their_doors() -> None:
    fields = {
        "key": "padron", "street": "calle", "number": "num_puerta", "suffix": "letra", "address_key": "gid"
    }  # fmt: skip
    file = shared("parcels_montevideo", "CENTRO.geojson")
    report = actions.import_parcels(file=file, mapping={"fields": fields}, by="ana")
    assert Parcel.objects.count() == report.created
    assert Address.objects.count() + len(report.rejected) == 6089
    door = Address.objects.get(key="10035")
    assert (str(door), door.parcel.key) == ("YAGUARON 1449 BIS", "149032")
    again = actions.import_parcels(file=file, mapping={"fields": fields}, by="ana")
    assert (again.created, again.changed) == (0, 0)


def test_what_cannot_be_stored_is_rejected_with_its_row_and_reason(tmp_path: Path) -> None:
    file = geojson(
        tmp_path / "zonas.geojson",
        [
            ({"id": "1", "name": "Buena"}, TRIANGLE),
            ({"id": "2", "name": "Sin forma"}, None),
            ({"id": "3", "name": ""}, TRIANGLE),
            ({"id": "1", "name": "Repetida"}, TRIANGLE),
            ({"id": "5", "name": "Punto"}, point(0, 0)),
            ({"id": "6", "name": "En metros"}, IN_METRES),
        ],
    )  # fmt: skip
    fields = {"key": "id", "name": "name", "kind": "=district"}
    report = actions.import_zones(file=file, mapping={"fields": fields}, by="ana")
    assert (report.read, report.created) == (6, 1)
    assert [(one.row, one.key, one.reason) for one in report.rejected] == [
        (2, "2", "No trae geometría."),
        (3, "3", "No trae nombre."),
        (4, "1", "La clave está repetida en el archivo."),
        (5, "5", "La geometría no es un polígono."),
        (6, "6", "Las coordenadas no son grados de longitud y latitud: falta decir su sistema."),
    ]


def test_a_barrio_of_an_unknown_district_is_rejected(tmp_path: Path) -> None:
    file = geojson(tmp_path / "zonas.geojson", [({"id": "1", "name": "Sola", "in": "99"}, TRIANGLE)])
    fields = {"key": "id", "name": "name", "kind": "=neighborhood", "parent": "in", "parent_kind": "=district"}
    report = actions.import_zones(file=file, mapping={"fields": fields}, by="ana")
    assert [one.reason for one in report.rejected] == ["No existe la zona «99» a la que pertenece."]
    assert not Zone.objects.exists()


def test_a_bow_tie_is_mended(tmp_path: Path) -> None:
    ring = [at(0, 0), at(100, 100), at(100, 0), at(0, 100), at(0, 0)]
    file = geojson(tmp_path / "z.geojson", [({"id": "1", "name": "Lazo"}, {"type": "Polygon", "coordinates": [ring]})])
    actions.import_zones(file=file, mapping={"fields": {"key": "id", "name": "name", "kind": "=district"}}, by="ana")
    assert zones.locate(*at(90, 50)).inside
    assert not zones.locate(*at(50, 90)).inside


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ({"fields": {"key": "nope", "name": "id", "kind": "=district"}}, "nope"),
        ({"fields": {"key": "id"}}, "name"),
        ({"fields": {"key": "id", "name": "id", "kind": "=district", "colour": "id"}}, "colour"),
        ({"columns": {}}, "columns"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_before_anything_is_written(
    tmp_path: Path, mapping: dict[str, Any], why: str
) -> None:
    file = geojson(tmp_path / "z.geojson", [({"id": "1"}, point(0, 0))])
    with pytest.raises(WrongMapping, match=why):
        actions.import_zones(file=file, mapping=mapping, by="ana")
    assert not Zone.objects.exists()


def test_a_file_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "roto.geojson"
    broken.write_text("{", encoding="utf-8")
    for file in (broken, tmp_path / "no-hay.shp"):
        with pytest.raises(UnreadableFile, match=file.name):
            actions.import_zones(file=file, mapping=MADRID, by="ana")


def test_an_import_that_was_cut_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "ROWS_A_TRANSACTION", 10)
    features = [({"code": str(number)}, point(number, 0)) for number in range(35)]
    file = geojson(tmp_path / "postes.geojson", features)
    mapping = {"fields": {"code": "code", "kind": "=pole"}}
    done: list[int] = []

    def cut(rows: int) -> None:
        done.append(rows)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.import_assets(file=file, mapping=mapping, by="ana", progress=cut)
    assert Asset.objects.count() == 20
    report = actions.import_assets(file=file, mapping=mapping, by="ana", progress=done.append)
    assert (report.created, report.unchanged) == (15, 20)
    assert done[2:] == [10, 10, 10, 5]
    assert TrailEntry.objects.filter(verb="places.assets_stored").count() == 4


def test_a_chunk_that_fails_leaves_nothing_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = geojson(tmp_path / "postes.geojson", [({"code": "1"}, point(0, 0))])

    def fail(*_args: object, **_named: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(storing, "append", fail)
    with pytest.raises(OSError, match="disk full"):
        actions.import_assets(file=file, mapping={"fields": {"code": "code", "kind": "=pole"}}, by="ana")
    assert not Asset.objects.exists()


def test_what_changed_in_the_source_changes_here_and_keeps_its_identity(tmp_path: Path) -> None:
    mapping = {"fields": {"key": "id", "name": "name", "kind": "=church", "aliases": "also", "weight": "w"}}
    values = {"id": "a", "name": "Iglesia", "also": "La Parroquia; Templo", "w": 7}
    file = geojson(tmp_path / "hitos.geojson", [(values, point(0, 0))])
    actions.import_landmarks(file=file, mapping=mapping, by="ana")
    before = Landmark.objects.get()
    geojson(file, [({**values, "name": "Iglesia Nueva"}, point(5, 0))])
    report = actions.import_landmarks(file=file, mapping=mapping, by="ana")
    after = Landmark.objects.get()
    assert (report.created, report.changed) == (0, 1)
    assert (after.pk, after.name, after.aliases, after.weight) == (
        before.pk, "Iglesia Nueva", ["La Parroquia", "Templo"], 7
    )  # fmt: skip


def test_landmarks_come_from_a_table_with_commas_in_its_numbers(tmp_path: Path) -> None:
    file = tmp_path / "hitos.csv"
    file.write_text('nombre,x,y\nEscuela Central,"-84,2","10,0"\nSin lugar,,\n', encoding="utf-8")
    mapping = {"fields": {"name": "nombre", "lon": "x", "lat": "y", "kind": "=school"}}
    report = actions.import_landmarks(file=file, mapping=mapping, by="ana")
    school = Landmark.objects.get()
    assert (school.name, school.lon, school.lat) == ("Escuela Central", -84.2, 10.0)
    assert [(one.row, one.reason) for one in report.rejected] == [(2, "No trae una posición válida.")]


def test_pieces_of_one_name_are_one_street_and_corners_are_found(tmp_path: Path) -> None:
    file = geojson(
        tmp_path / "calles.geojson",
        [
            ({"name": "Calle Real"}, path_of((-200, 0), (0, 0))),
            ({"name": "Calle Real"}, path_of((0, 0), (200, 0))),
            ({"name": "Avenida 1"}, path_of((100, -200), (100, 200))),
            # Ends eight metres short of the street it leads to, as drawn lines do.
            ({"name": "Calle Corta"}, path_of((-100, 8), (-100, 200))),
            ({"name": "Calle Lejos"}, path_of((-150, 60), (-150, 200))),
        ],
    )
    report = actions.import_streets(file=file, mapping={"fields": {"name": "name"}}, by="ana")
    assert report.created == 4
    assert Street.objects.get(name="Calle Real").length_m == pytest.approx(400, abs=1)
    met = Crossing.objects.filter(street__name="Calle Real").order_by("along_m").values_list("other__name", "along_m")
    assert [(name, round(along)) for name, along in met] == [("Calle Corta", 100), ("Avenida 1", 300)]
    assert Crossing.objects.count() == 4
