"""The map without a tile server."""

import gzip
import json

import pytest
from lxml import etree

from tests.places.conftest import at, square
from ventanilla.places import actions, basemap, minimap
from ventanilla.places.minimap import Pin

SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture: str) -> etree._Element:
    return etree.fromstring(picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@pytest.fixture
def painted(village: None) -> None:
    """The village with its ground: a block, a park, the river, and a name that would break a page."""
    rows = [
        actions.ShapeRow("town", "town", square(-450, -350, 900)),
        actions.ShapeRow("b1", "block", square(-90, 10, 80)),
        actions.ShapeRow("p1", "park", square(10, 10, 80), "P & <Sol>"),
        actions.ShapeRow("r", "water", square(200, -480, 60), "Río"),
    ]
    actions.store_shapes(rows=rows, by="test")


@pytest.mark.usefixtures("painted")
def test_it_draws_ground_streets_and_names() -> None:
    picture = minimap.svg(*at(0, 50), 400, label='Mapa de "aquí"')
    root = drawn(picture)
    classes = [node.get("class") for node in root.iter() if node.get("class")]
    assert classes[:3] == ["m-land", "m-town", "m-street"]
    assert {"m-block", "m-park", "m-label"} <= set(classes)
    words = [node.text for node in root.iter(f"{SVG}text")]
    assert {"Calle Las Acacias", "Calle Los Tilos", "Calle Colón", "Calle Mitre"} <= set(words)
    assert "P & <Sol>" in words
    assert root.get("aria-label") == 'Mapa de "aquí"'


@pytest.mark.usefixtures("painted")
def test_marks_have_their_shape_and_their_place() -> None:
    lon, lat = at(0, 50)
    pins = [
        Pin(lon, lat, "here"),
        Pin(*at(100, 50), "late", title="Bache <hondo>"),
        Pin(*at(0, 100), "cluster", count=1200),
    ]
    root = drawn(minimap.svg(lon, lat, 560, pins=pins))
    groups = root.findall(f"{SVG}g")
    assert [group.get("transform") for group in groups] == [
        "translate(280.0 210.0)", "translate(380.0 210.0)", "translate(280.0 160.0)"
    ]  # fmt: skip
    assert groups[1].find(f"{SVG}title").text == "Bache <hondo>"
    assert groups[2].find(f"{SVG}text").text == "999+"


@pytest.mark.usefixtures("painted")
def test_there_is_no_style_and_no_script_in_it() -> None:
    picture = minimap.svg(*at(0, 0), 900)
    assert "style=" not in picture
    assert "<script" not in picture


@pytest.mark.usefixtures("painted")
def test_words_do_not_cover_each_other() -> None:
    words = minimap._Words()
    assert words.fits(100, 100, 80, 12, 0)
    assert not words.fits(130, 104, 80, 12, 0)
    assert words.fits(100, 140, 80, 12, 0)


@pytest.mark.usefixtures("village")
def test_a_municipality_without_shapes_still_has_its_streets() -> None:
    assert 'class="m-street"' in minimap.svg(*at(0, 0), 400)


@pytest.mark.django_db
def test_a_municipality_with_zones_alone_shows_them() -> None:
    actions.store_zones(rows=[actions.ZoneRow("1", "district", "Centro", square(-100, -100, 200))], by="test")
    assert 'class="m-zone"' in minimap.svg(*at(0, 0), 400)


@pytest.mark.django_db
def test_with_nothing_at_all_there_is_land_and_the_mark() -> None:
    root = drawn(minimap.svg(-84.2, 10.0, pins=[Pin(-84.2, 10.0)]))
    assert [node.get("class") for node in root][:1] == ["m-land"]
    assert len(root.findall(f"{SVG}g")) == 1


@pytest.mark.usefixtures("painted")
def test_the_picture_follows_the_map() -> None:
    before = minimap.svg(*at(0, 0), 400)
    actions.store_shapes(rows=[actions.ShapeRow("p2", "park", square(-90, -90, 60))], by="test")
    assert minimap.svg(*at(0, 0), 400) != before


@pytest.mark.usefixtures("painted")
def test_the_background_is_geojson_with_more_in_it_the_nearer_one_comes() -> None:
    kinds = {}
    for bucket in basemap.BUCKETS:
        made = json.loads(gzip.decompress(basemap.background(bucket).body))
        assert made["type"] == "FeatureCollection"
        kinds[bucket] = {(one["properties"]["layer"], one["properties"]["kind"]) for one in made["features"]}
    assert ("zone", "district") in kinds["town"]
    assert ("street", "street") in kinds["quarter"] - kinds["town"]
    assert ("landmark", "church") in kinds["street"] - kinds["quarter"]


@pytest.mark.usefixtures("painted")
def test_the_background_is_made_once_for_each_state_of_the_map() -> None:
    first = basemap.background("town")
    folder = basemap._folder()
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert basemap.background("town") == first
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made
    actions.store_shapes(rows=[actions.ShapeRow("p3", "park", square(-200, -90, 60))], by="test")
    second = basemap.background("town")
    assert second.etag != first.etag
    assert len(list(folder.glob("town-*"))) == 1
