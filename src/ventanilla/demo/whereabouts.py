"""Where things happen, in the words people use for it: a door, a corner, a landmark and steps, a pole, the map."""

from __future__ import annotations

import random
from dataclasses import dataclass

import shapely

from ventanilla.demo.town import Town
from ventanilla.places import geocode, zones
from ventanilla.places.actions import AddressRow, LandmarkRow
from ventanilla.places.enums import Direction, PlaceSource
from ventanilla.places.rules import Place, distance_m, move, said_only

NEAR_M = 260
ASTRAY_M = 400
"""Farther than this from where it is, what was said was understood as some other place."""
SHORT = {
    "church": "la iglesia", "school": "la escuela", "high_school": "el liceo", "clinic": "el EBAIS",
    "market": "el mercado", "cemetery": "el cementerio", "bridge": "el puente", "community": "el salón comunal",
    "bus_stop": "la parada", "fuel": "la gasolinera", "bank": "la cooperativa", "park": "el parque",
}  # fmt: skip
SPOKEN = {
    "Biblioteca": "la biblioteca", "Fuerza": "la Fuerza Pública", "Cruz": "la Cruz Roja", "Red": "la red de cuido",
    "Bomberos": "los bomberos", "Plaza": "la plaza", "Estadio": "el estadio",
    "Kínder": "el kínder", "Banco": "el banco",
    "Súper": "el súper", "Supermercado": "el súper", "Plantel": "el plantel", "Palacio": "la municipalidad",
}  # fmt: skip
FEMININE = {"Pulpería", "Panadería", "Soda", "Farmacia", "Veterinaria", "Ferretería"}
DIRECTIONS = {
    "norte": Direction.NORTH, "sur": Direction.SOUTH, "este": Direction.EAST, "oeste": Direction.WEST,
}  # fmt: skip
STEPS = (25, 50, 75, 100, 100, 125, 150, 200)


@dataclass(frozen=True)
class Spot:
    """Where a matter is, and how it was told. `said` alone is looked up; with `put`, it was set on the map."""

    lon: float
    lat: float
    said: str = ""
    put: bool = False
    here: bool = False
    vague: bool = False

    def place(self) -> Place:
        """The place as the case keeps it, understood by the gazetteer as at the counter."""
        if self.vague:
            return said_only(self.said)
        found = said_only("") if self.put else geocode.placed(self.said)
        if found.has_position and distance_m(found.lon or 0, found.lat or 0, self.lon, self.lat) < ASTRAY_M:
            place = found
        else:
            source = PlaceSource.MY_LOCATION if self.here else PlaceSource.MAP
            place = geocode.pointed("", self.lon, self.lat, source)
            place = Place.from_json({**place.to_json(), "as_said": self.said or place.label})
        inside = zones.locate(place.lon or 0, place.lat or 0).inside
        return place if inside else said_only(place.as_said or place.label)


class Atlas:
    """The town's places to choose from."""

    def __init__(self, town: Town) -> None:
        self.doors = town.addresses
        self.poles = [row for row in town.assets if row.kind == "pole"]
        self.marks = [row for row in town.landmarks if row.kind not in ("remembered", "other")]
        self.inside = shapely.union_all([zone.geometry for zone in town.zones if zone.kind == "district"]).buffer(-1e-4)
        shapely.prepare(self.inside)
        self.corners = [each for each in _corners(town) if shapely.contains_xy(self.inside, each[0], each[1])]
        self._pole_tree = shapely.STRtree([shapely.Point(row.lon, row.lat) for row in self.poles])
        self._mark_tree = shapely.STRtree([shapely.Point(row.lon, row.lat) for row in self.marks])

    def home(self, rnd: random.Random) -> Spot:
        """A dwelling, told by its address or put on the map."""
        door = rnd.choice(self.doors)
        if rnd.random() < 0.35:
            return Spot(door.lon, door.lat, put=True, here=rnd.random() < 0.5)
        return Spot(door.lon, door.lat, _address(door))

    def street(self, rnd: random.Random, *, by_phone: bool, vague: str = "", beside: str = "") -> Spot:
        """Somewhere in the street. On the phone people tell it; on the web most put it on the map."""
        if vague:
            door = rnd.choice(self.doors)
            return Spot(door.lon, door.lat, vague, vague=True)
        way = rnd.random() * (0.66 if by_phone else 1.0)
        if way < 0.26:
            return self._by_landmark(rnd)
        if way < 0.48:
            return self._corner(rnd)
        if way < 0.66:
            door = rnd.choice(self.doors)
            return Spot(door.lon, door.lat, _address(door))
        lon, lat = self._kerb(rnd)
        return Spot(lon, lat, beside, put=True, here=rnd.random() < 0.4)

    def _corner(self, rnd: random.Random) -> Spot:
        """Where two streets meet, or between one corner of a street and the next."""
        lon, lat, street, other = rnd.choice(self.corners)
        beyond = [(x, y, name) for x, y, same, name in self.corners if same == street and name != other]
        if beyond and rnd.random() < 0.4:
            x, y, name = min(beyond, key=lambda corner: distance_m(lon, lat, corner[0], corner[1]))
            if distance_m(lon, lat, x, y) < 180:
                return Spot((lon + x) / 2, (lat + y) / 2, f"{street}, entre {other} y {name}")
        return Spot(lon, lat, f"{street} y {other}")

    def pole(self, rnd: random.Random) -> Spot:
        """At a numbered pole."""
        row = rnd.choice(self.poles)
        return Spot(row.lon, row.lat, f"poste {row.code}")

    def _kerb(self, rnd: random.Random) -> tuple[float, float]:
        """By the side of some street: poles stand along every one of them."""
        row = rnd.choice(self.poles)
        lon, lat = move(row.lon, row.lat, rnd.uniform(1, 6), rnd.choice(list(Direction)))
        return (round(lon, 6), round(lat, 6)) if shapely.contains_xy(self.inside, lon, lat) else (row.lon, row.lat)

    def _by_landmark(self, rnd: random.Random) -> Spot:
        mark = rnd.choices(self.marks, [row.weight for row in self.marks])[0]
        metres, direction = rnd.choice(STEPS), rnd.choice(list(DIRECTIONS))
        lon, lat = move(mark.lon, mark.lat, metres, DIRECTIONS[direction])
        if not shapely.contains_xy(self.inside, lon, lat):
            return Spot(mark.lon, mark.lat, mark.name)
        return Spot(lon, lat, f"{metres} m {direction} de {mark.name}")

    def pole_near(self, spot: Spot) -> str:
        """The number of the nearest pole."""
        nearest = self._pole_tree.nearest(shapely.Point(spot.lon, spot.lat))
        return str(self.poles[nearest].code)

    def mark_near(self, spot: Spot) -> str:
        """A landmark close by, with its article, as one says it in passing; empty where there is none."""
        row = self.marks[self._mark_tree.nearest(shapely.Point(spot.lon, spot.lat))]
        return named(row) if distance_m(spot.lon, spot.lat, row.lon, row.lat) < NEAR_M else ""


def named(row: LandmarkRow) -> str:
    """A landmark with its article: «la pulpería La Ceiba», «el EBAIS»."""
    first, _space, rest = row.name.partition(" ")
    if first in SPOKEN or row.kind in SHORT:
        return SPOKEN.get(first) or SHORT[row.kind]
    article = "la" if first in FEMININE else "el"
    return f"{article} {first.lower()} {rest}".rstrip()


def _address(door: AddressRow) -> str:
    return f"{door.street} {door.number}"


def _corners(town: Town) -> list[tuple[float, float, str, str]]:
    """Where streets meet: longitude, latitude and the names of both, each corner under either street."""
    lines = [row.geometry for row in town.streets]
    tree, found = shapely.STRtree(lines), []
    for one, other in zip(*tree.query(lines, predicate="intersects").tolist(), strict=True):
        if one != other:
            for point in shapely.get_parts(lines[one].intersection(lines[other])):
                at = point.representative_point()
                found.append((round(at.x, 6), round(at.y, 6), town.streets[one].name, town.streets[other].name))
    return found
