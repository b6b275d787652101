"""What the map of a real municipality knows, from its own files: a report is then placed by any way of saying where."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyogrio
import pyproj
import pytest
import shapely
from django.test import Client

from tests.cast import forget_everything
from tests.operations.conftest import Installation
from tests.operations.imports import bring
from tests.places.conftest import at
from ventanilla.audit.actions import verify_all
from ventanilla.audit.models import TrailEntry
from ventanilla.cases.models import Case
from ventanilla.lib.imports import ImportReport, UnreadableFile, WrongMapping
from ventanilla.operations import commands
from ventanilla.operations.imports import importers
from ventanilla.organization.actions import found_municipality
from ventanilla.places import geocode, revisions
from ventanilla.places.models import Address, Crossing, Street

STREETS = """
what = "streets"
[fields]
name = "{tipo} {nombre}"
kind = "tipo"
first_kilometre = "km"
aliases = "antes"
[values.kind]
Calle = "street"
Avenida = "avenue"
Carretera = "road"
"""
ASSETS = """
what = "assets"
[fields]
code = "placa"
kind = "clase"
lon = "x"
lat = "y"
[values.kind]
POSTE = "pole"
LUM = "luminaire"
"""
DOORS = """
what = "addresses"
[fields]
street = "calle"
number = "numero"
suffix = "bis"
parcel = "finca"
lon = "x"
lat = "y"
"""
PARCELS = """
what = "parcels"
[fields]
key = "finca"
lon = "x"
lat = "y"
"""


def way(kind: str, name: str, *points: tuple[float, float], **more: Any) -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": [at(*point) for point in points]}
    return {"type": "Feature", "properties": {"tipo": kind, "nombre": name, **more}, "geometry": line}


WAYS = [
    way("Calle", "Las Acacias", (-400, 0), (0, 0), antes="Calle Real"),
    way("Calle", "Las Acacias", (0, 0), (400, 0)),
    way("Calle", "Colón", (-100, -300), (-100, 300)),
    way("Calle", "Mitre", (100, -300), (100, 300)),
    way("Carretera", "Vieja", (-450, -200), (450, -200), km="3,0"),
]


def spot(x: float, y: float) -> str:
    return "{},{}".format(*at(x, y))


DOORS_TABLE = f"calle,numero,bis,finca,x,y\nCalle Las Acacias,300,,F-1,{spot(-90, 8)}\n" + (
    f"Calle Las Acacias,340,,F-2,{spot(-20, 8)}\nCalle Las Acacias,340,BIS,F-2,{spot(-18, 8)}\n"
)
PARCELS_TABLE = f"finca,x,y\nF-1,{spot(-90, 20)}\nF-2,{spot(-20, 20)}\n"
ASSETS_TABLE = f"placa,clase,x,y\n22-1127,POSTE,{spot(40, 6)}\nL-9,LUM,{spot(45, 6)}\n22-1130,ÁRBOL,{spot(60, 6)}\n"


@pytest.fixture
def sent(tmp_path: Path) -> dict[str, tuple[Path, Path]]:
    """The files a municipality has of its streets, parcels, doors and poles, each with its mapping."""
    drawn = json.dumps({"type": "FeatureCollection", "features": WAYS}, ensure_ascii=False)
    files = {
        "streets": ("calles.geojson", drawn, STREETS),
        "parcels": ("fincas.csv", PARCELS_TABLE, PARCELS),
        "addresses": ("puertas.csv", DOORS_TABLE, DOORS),
        "assets": ("postes.csv", ASSETS_TABLE, ASSETS),
    }
    for what, (name, content, mapping) in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        (tmp_path / f"{what}.toml").write_text(mapping, encoding="utf-8")
    return {what: (tmp_path / name, tmp_path / f"{what}.toml") for what, (name, *_rest) in files.items()}


@pytest.fixture
def founded(db: None, settings: Any) -> None:
    """A municipality as `init` makes it, with nothing on its map."""
    settings.MUNICIPALITY_PROVIDER = ""
    forget_everything()
    found_municipality(name="Villa", country="CR", time_zone="America/Costa_Rica", kind="Municipalidad", by="init")
    forget_everything()


def brought(sent: dict[str, tuple[Path, Path]], *kinds: str) -> list[ImportReport]:
    reports = [bring(what, *sent[what]) for what in kinds or sent]
    revisions.forget()
    return reports


def filed_at(said: str) -> Case:
    """A street light reported from a phone at a place said in words."""
    client, base = Client(), "/reportar/street_light_out/"
    page = client.post(f"{base}donde/", {"said": said})
    assert page.status_code == 302, page.content.decode()
    for step in ("detalles", "fotos", "quien"):
        answers = {"identity": "anonymous", "description": "No enciende", "how_many": "one"}
        assert client.post(f"{base}{step}/", answers).status_code == 302
    found = re.search(r"/caso/([0-9a-f-]+)/", client.post(f"{base}revise/")["Location"])
    assert found
    return Case.objects.get(uuid=found[1])


@pytest.mark.parametrize(
    ("said", "kind", "label", "spot"),
    [
        ("Calle Las Acacias 340", "address", "Calle Las Acacias 340", (-20, 8)),
        ("calle real 300", "address", "Calle Las Acacias 300", (-90, 8)),
        ("las acacias y mitre", "corner", "Calle Las Acacias y Calle Mitre", (100, 0)),
        ("Las Acacias entre Colón y Mitre", "between", "Calle Las Acacias entre Calle Colón y Calle Mitre", (0, 0)),
        ("km 3,5 carretera vieja", "kilometre", "Kilómetro 3,5, Carretera Vieja", (50, -200)),
        ("poste 22-1127", "asset", "Poste 22-1127", (40, 6)),
    ],
)
def test_a_report_is_placed_by_what_an_empty_municipality_was_told(
    founded: None, sent: dict[str, tuple[Path, Path]], said: str, kind: str, label: str, spot: tuple[float, float]
) -> None:
    brought(sent)
    case = filed_at(said)
    assert (case.place["kind"], case.place_label, case.place["as_said"]) == (kind, label, said)
    assert (case.lon, case.lat) == pytest.approx(at(*spot), abs=5e-5)


def write(path: Path, ways: list[dict[str, Any]], **how: Any) -> Path:
    """Streets in a file of another format, and of another coordinate system where one is said."""
    from numpy import array

    lines = [shapely.geometry.shape(each["geometry"]) for each in ways]
    if crs := how.pop("to", None):
        moved: Any = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
        lines = [shapely.transform(line, moved, interleaved=False) for line in lines]
    columns = [array([f"{p['tipo']} {p['nombre']}" for p in (each["properties"] for each in ways)], dtype=object)]
    values = {"geometry_type": "LineString", "crs": crs or "EPSG:4326", **how}
    pyogrio.raw.write(path, shapely.to_wkb(lines), columns, ["Name"], **values)
    return path


IN_METRES = {"driver": "GPKG", "to": "EPSG:5367"}  # CRTM05, Costa Rica's own


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("calles.gpkg", IN_METRES),
        ("calles.kml", {"driver": "KML"}),
        ("calles.shp", {"driver": "ESRI Shapefile", "to": "EPSG:32617", "encoding": "ISO-8859-1"}),
        ("calles.csv", {"driver": "CSV", "layer_options": {"GEOMETRY": "AS_WKT"}}),
    ],
)
def test_streets_of_any_format_and_coordinate_system_are_the_same_streets(
    founded: None, tmp_path: Path, name: str, how: dict[str, Any]
) -> None:
    (tmp_path / "a.toml").write_text('what = "streets"\n[fields]\nname = "Name"\n')
    report = bring("streets", write(tmp_path / name, WAYS[:4], **how), tmp_path / "a.toml")
    assert (report.created, report.rejected) == (3, [])
    corner = Crossing.objects.get(street__name="Calle Las Acacias", other__name="Calle Colón")
    assert (corner.lon, corner.lat) == pytest.approx(at(-100, 0), abs=2e-6)
    assert Street.objects.get(name="Calle Las Acacias").length_m == pytest.approx(800, abs=1)
    assert bring("streets", tmp_path / name, tmp_path / "a.toml").unchanged == 3


def test_zones_come_from_a_geopackage_and_landmarks_from_a_kml(founded: None, tmp_path: Path) -> None:
    from numpy import array

    move: Any = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:5367", always_xy=True).transform
    zone = shapely.transform(shapely.box(*at(-500, -500), *at(500, 500)), move, interleaved=False)
    zoned, known = tmp_path / "z.gpkg", tmp_path / "l.kml"
    columns = [array(["1"], dtype=object), array(["San Isidro"], dtype=object)]
    pyogrio.raw.write(
        zoned, shapely.to_wkb([zone]), columns, ["id", "n"], driver="GPKG", geometry_type="Polygon", crs="EPSG:5367"
    )
    names, church = [array(["Iglesia de San Isidro"], dtype=object)], shapely.to_wkb([shapely.Point(at(-200, 50))])
    pyogrio.raw.write(known, church, names, ["Name"], driver="KML", geometry_type="Point", crs="EPSG:4326")
    kinds = 'key = "id"\nname = "n"\nkind = "=neighborhood"\nword = "=Barrio"\n'
    (tmp_path / "z.toml").write_text(f'what = "zones"\n[fields]\n{kinds}')
    (tmp_path / "l.toml").write_text('what = "landmarks"\n[fields]\nname = "Name"\nkind = "=church"\n')
    assert bring("zones", zoned, tmp_path / "z.toml").created == 1
    assert bring("landmarks", known, tmp_path / "l.toml").created == 1
    revisions.forget()
    found = geocode.suggest("100 sur de la iglesia")[0]
    assert (found.label, found.zones) == (
        "100 m al sur de Iglesia de San Isidro",
        {"neighborhood": "Barrio San Isidro"},
    )
    assert (found.lon, found.lat) == pytest.approx(at(-200, -50), abs=5e-6)


def test_of_several_layers_the_mapping_says_which(founded: None, tmp_path: Path) -> None:
    path, how = tmp_path / "todo.gpkg", tmp_path / "a.toml"
    write(path, WAYS[:3], layer="calles", **IN_METRES)
    write(path, WAYS[3:], layer="caminos", append=True, **IN_METRES)
    how.write_text('what = "streets"\n[fields]\nname = "Name"\n')
    with pytest.raises(WrongMapping, match="varias capas: calles, caminos"):
        bring("streets", path, how)
    how.write_text('what = "streets"\nlayer = "caminos"\n[fields]\nname = "Name"\n')
    assert bring("streets", path, how).created == 2
    how.write_text('what = "streets"\nlayer = "lagos"\n[fields]\nname = "Name"\n')
    with pytest.raises(UnreadableFile, match="lagos"):
        bring("streets", path, how)


def test_what_came_in_is_told_and_comes_in_once(founded: None, sent: dict[str, tuple[Path, Path]]) -> None:
    streets, parcels, doors, assets = brought(sent)
    assert [each.created for each in (streets, parcels, doors, assets)] == [4, 2, 3, 2]
    assert [(each.row, each.key) for each in assets.rejected] == [(3, "22-1130")]
    assert "ÁRBOL" in assets.rejected[0].reason
    again = brought(sent)
    assert [(each.created, each.updated, each.unchanged) for each in again] == [
        (0, 0, 4),
        (0, 0, 2),
        (0, 0, 3),
        (0, 0, 2),
    ]
    assert TrailEntry.objects.filter(verb="places.streets_connected").count() == 1
    assert {each.data["what"] for each in TrailEntry.objects.filter(chain="imports")} == set(sent)
    assert verify_all().is_clean


def test_doors_find_a_street_that_comes_after_them(founded: None, sent: dict[str, tuple[Path, Path]]) -> None:
    brought(sent, "addresses")
    assert not Address.objects.exclude(street=None).exists()
    brought(sent, "streets")
    assert Address.objects.filter(street__name="Calle Las Acacias").count() == 3
    assert brought(sent, "addresses")[0].unchanged == 3


def test_doors_find_a_parcel_that_comes_after_them_when_they_are_brought_again(
    founded: None, sent: dict[str, tuple[Path, Path]]
) -> None:
    brought(sent, "addresses", "parcels")
    assert brought(sent, "addresses")[0].updated == 3
    assert list(Address.objects.order_by("pk").values_list("parcel__key", flat=True)) == ["F-1", "F-2", "F-2"]


def test_corners_are_found_again_where_an_import_was_cut_before_them(
    founded: None, sent: dict[str, tuple[Path, Path]]
) -> None:
    brought(sent, "streets")
    corners = Crossing.objects.count()
    Crossing.objects.all().delete()
    assert brought(sent, "streets")[0].unchanged == 4
    assert Crossing.objects.count() == corners > 0


def test_rows_that_are_no_piece_of_a_street_are_said(founded: None, sent: dict[str, tuple[Path, Path]]) -> None:
    file, how = sent["streets"]
    point = {"type": "Point", "coordinates": at(0, 0)}
    wrong = [
        {**way("Calle", "Las Acacias"), "geometry": point},
        {**way("Calle", "Las Acacias"), "geometry": None},
        way("Paseo", "Nuevo", (0, 50), (0, 90)),
        way("Carretera", "Nueva", (0, 50), (0, 90), km="tres"),
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": WAYS + wrong}), encoding="utf-8")
    report = bring("streets", file, how)
    assert (report.created, report.read) == (4, 8)
    assert [(each.row, each.reason) for each in report.rejected] == [
        (6, "La geometría no es una línea."),
        (7, "No trae geometría."),
        (8, "«Paseo» no es una clase conocida."),
        (9, "El kilómetro «tres» no es un número."),
    ]
    assert Street.objects.get(name="Calle Las Acacias").length_m == pytest.approx(800, abs=1)


@pytest.mark.parametrize(
    ("what", "mapping", "about"),
    [
        ("streets", STREETS.replace("name =", "nombre ="), "name"),
        ("streets", STREETS.replace("aliases", "alias"), "alias"),
        ("assets", ASSETS.replace("[values.kind]", "[values.class]"), "class"),
        ("assets", ASSETS.replace('"placa"', '"chapa"'), "chapa"),
        ("addresses", DOORS.replace("parcel =", "address_key ="), "address_key"),
        ("parcels", PARCELS + 'color = "rojo"\n', "color"),
        ("parcels", STREETS, "no para «parcels»"),
    ],
)
def test_a_wrong_mapping_is_said(
    founded: None, sent: dict[str, tuple[Path, Path]], what: str, mapping: str, about: str
) -> None:
    sent[what][1].write_text(mapping, encoding="utf-8")
    with pytest.raises(WrongMapping, match=about):
        brought(sent, what)


def test_a_file_that_is_none_is_said(founded: None, sent: dict[str, tuple[Path, Path]]) -> None:
    sent["streets"][0].write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"calles\.geojson"):
        brought(sent, "streets")


def test_shapes_of_the_background_are_lines_and_polygons(founded: None, tmp_path: Path) -> None:
    mapping = 'what = "shapes"\n[fields]\nkey = "id"\nkind = "=park"\nlabel = "n"\n'
    ring = {"type": "Polygon", "coordinates": [[at(0, 0), at(9, 0), at(9, 9), at(0, 0)]]}
    point = {"type": "Point", "coordinates": at(0, 0)}
    metres = {"type": "LineString", "coordinates": [[5e5, 1e6], [5e5, 2e6]]}
    shapes = [ring, point, metres, {"type": "GeometryCollection", "geometries": [point, ring]}]
    features = [
        {"type": "Feature", "properties": {"id": str(number), "n": "Parque"}, "geometry": shape}
        for number, shape in enumerate(shapes)
    ]
    (tmp_path / "f.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (tmp_path / "f.toml").write_text(mapping)
    report = bring("shapes", tmp_path / "f.geojson", tmp_path / "f.toml")
    assert (report.created, [each.row for each in report.rejected]) == (1, [2, 3, 4])


def test_each_kind_is_named_by_the_command_and_by_its_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        commands.parse(["import", "--help"])
    help_said = " ".join(capsys.readouterr().out.split())
    documented = (commands.HOME / "docs" / "importing.md").read_text(encoding="utf-8")
    listed = re.search(r"ventanilla import ([a-z|]+) ARCHIVO", documented)
    assert f"qué trae el archivo: {', '.join(importers)} " in help_said
    assert listed
    assert listed[1].split("|") == list(importers)


def test_the_command_brings_streets_doors_and_poles(
    installed: Installation, sent: dict[str, tuple[Path, Path]]
) -> None:
    said = [
        installed.run("import", what, str(file), "--mapping", str(mapping)) for what, (file, mapping) in sent.items()
    ]
    assert [each.stdout.splitlines()[0] for each in said] == [
        f"Nuevas: {count}  Cambiadas: 0  Iguales: 0" for count in (4, 2, 3, 2)
    ], [each.stderr for each in said]
    assert "Rechazadas: 1" in said[3].stdout
    where = "from ventanilla.places.geocode import placed; print([placed(said).label for said in sys.argv[1:]])"
    process = installed.python(where, "acacias y colón", "poste 22-1127")
    assert process.communicate(timeout=60)[0].strip() == "['Calle Las Acacias y Calle Colón', 'Poste 22-1127']"
