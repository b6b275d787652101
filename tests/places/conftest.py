"""A village small enough to know by heart, and the real data where it is there."""

import os
from pathlib import Path
from typing import Any

import pytest
import shapely

from ventanilla.places import actions

LON, LAT = -84.2, 10.0
METRE_LAT = 1 / 111_195.08
METRE_LON = METRE_LAT / 0.984_807_753


def at(x: float, y: float) -> tuple[float, float]:
    """The position so many metres east and north of the village's plaza."""
    return LON + x * METRE_LON, LAT + y * METRE_LAT


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([at(*point) for point in points])


def square(x: float, y: float, side: float) -> shapely.Polygon:
    return shapely.Polygon([at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side)])


@pytest.fixture
def village(db: None, settings: Any) -> None:
    """A square kilometre: two barrios, three calles north and south, two avenidas, doors, a church and poles."""
    settings.MUNICIPALITY_PROVIDER = ""  # it has none, and is not asked for it again and again
    zones = [
        actions.ZoneRow("1", "district", "Central", square(-500, -500, 1000), "Distrito"),
        actions.ZoneRow(
            "1-1", "neighborhood", "San Isidro", shapely.box(*at(-500, -500), *at(0, 500)), "Barrio", ("district", "1")
        ),
        actions.ZoneRow(
            "1-2", "neighborhood", "El Carmen", shapely.box(*at(0, -500), *at(500, 500)), "Barrio", ("district", "1")
        ),
    ]
    streets = [
        actions.StreetRow("las acacias", "Calle Las Acacias", line((-400, 0), (400, 0))),
        actions.StreetRow("los tilos", "Calle Los Tilos", line((-400, 100), (400, 100))),
        actions.StreetRow("colon", "Calle Colón", line((-100, -300), (-100, 300))),
        actions.StreetRow("mitre", "Calle Mitre", line((100, -300), (100, 300)), aliases=("Calle del Comercio",)),
        actions.StreetRow("ortega", "Calle Ortega y Gasset", line((300, -300), (300, 300))),
        actions.StreetRow("vieja", "Carretera Vieja", line((-450, -450), (450, -450)), "road", (), 3.0),
    ]
    doors = [(300, -90), (320, -60), (340, -20), (420, 60)]
    addresses = [actions.AddressRow(str(number), "Calle Las Acacias", str(number), *at(x, 8)) for number, x in doors]
    landmarks = [
        actions.LandmarkRow("iglesia", "Iglesia de San Isidro", *at(-200, 50), "church", ("La Parroquia",), 9),
        actions.LandmarkRow("ermita", "Ermita del Carmen", *at(250, 200), "church", (), 3),
        actions.LandmarkRow("pulperia", "Pulpería El Buen Precio", *at(120, 110), "shop"),
    ]
    assets = [
        actions.AssetRow("1127", "pole", "1127", *at(40, 6)),
        actions.AssetRow("22-334", "luminaire", "22-334", *at(45, 6)),
    ]
    actions.store_zones(rows=zones, by="test")
    actions.store_streets(rows=streets, by="test")
    actions.connect_streets(by="test")
    actions.store_addresses(rows=addresses, by="test")
    actions.store_landmarks(rows=landmarks, by="test")
    actions.store_assets(rows=assets, by="test")


def shared(*parts: str) -> Path:
    """A file of the real data, read in place; the test is skipped where it isn't."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("VENTANILLA_SHARED_DATA", root.parent / "shared" / "data"))
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the real data isn't here: {'/'.join(parts)} (set VENTANILLA_SHARED_DATA)")
    return path
