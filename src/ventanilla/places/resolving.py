"""What each kind of said place is resolved to: streets and doors, corners, kilometres, poles, landmarks and steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.lib import text as texts
from ventanilla.places import gazetteer, sheet, zones
from ventanilla.places.building import asset_key, coordinates
from ventanilla.places.enums import PlaceKind, Relation
from ventanilla.places.gazetteer import Match
from ventanilla.places.models import Address, Asset, Crossing, Street, door_label
from ventanilla.places.rules import Said, along, distance_m, key_words, move, name_key, point_at

STREETS = frozenset({PlaceKind.STREET})
LANDMARKS = frozenset({PlaceKind.LANDMARK})
ZONES = frozenset({PlaceKind.ZONE})
EVERYTHING = frozenset({PlaceKind.STREET, PlaceKind.LANDMARK, PlaceKind.ZONE})
LEAST_SCORE = 0.45
NEAR_M = 1500.0
NEAR_WORTH = 0.5
"""How much more a place close by is worth than one that is NEAR_M away or further."""
IN_ZONE_WORTH = 0.3
PRECISION_M = {
    Relation.AT: 30, Relation.BESIDE: 30, Relation.IN_FRONT: 30, Relation.DIAGONAL: 40, Relation.BEHIND: 50,
    Relation.NEAR: 120,
}  # fmt: skip
BETWEEN_DOORS_M = 200
"""Two known doors whose numbers are further apart than this don't tell where a third is."""

Near = tuple[float, float] | None


@dataclass(frozen=True)
class Found:
    """A point for what was said."""

    label: str
    kind: PlaceKind
    lon: float
    lat: float
    precision_m: float
    confidence: float
    parts: dict[str, Any] = field(default_factory=dict)


def resolve(said: Said, *, near: Near, limit: int) -> list[Found]:
    """Points for a said place, best first: as it was understood, and as a name where that finds nothing."""
    how = {
        PlaceKind.ADDRESS: _address, PlaceKind.CORNER: _corner, PlaceKind.BETWEEN: _between,
        PlaceKind.KILOMETRE: _kilometre, PlaceKind.ASSET: _asset, PlaceKind.LANDMARK: _landmark,
    }.get(said.kind)  # fmt: skip
    found = how(said, near, limit) if how else []
    if not found:
        found = _by_name(said, near, limit)
    return _ranked(found, near)


def _ranked(found: list[Found], near: Near) -> list[Found]:
    """Best first; of two as good, the nearer to where the person is."""

    def value(one: Found) -> float:
        away = distance_m(one.lon, one.lat, *near) if near else 0.0
        return one.confidence - min(away, NEAR_M) / NEAR_M * NEAR_WORTH

    unique: dict[tuple[str, float, float], Found] = {}
    for one in sorted(found, key=value, reverse=True):
        unique.setdefault((one.label, round(one.lon, 4), round(one.lat, 4)), one)
    return list(unique.values())


def _find(name: str, kinds: frozenset[PlaceKind], limit: int, *, is_typing: bool = True) -> list[Match]:
    found = gazetteer.find(name, kinds, limit=limit, is_typing=is_typing)
    best = found[0].score if found else 0.0
    behind = 0.3 if best < 1.0 else 0.15  # a name said exactly leaves little room for others
    return [match for match in found if match.score >= max(LEAST_SCORE, best - behind)]


# Streets ----------------------------------------------------------


def _address(said: Said, near: Near, limit: int) -> list[Found]:
    found = []
    for match in _find(said.street, STREETS, 3, is_typing=False):
        figure = int("".join(c for c in said.number.split("-")[0] if c.isdigit()) or 0)
        found.append(_door(match, said.number, figure) or _along_street(match, said.number))
    return [one for one in found if one is not None]


def _door(match: Match, number: str, figure: int) -> Found | None:
    """The door itself, or the place between the two nearest numbers of the street."""
    doors = Address.objects.filter(folded=match.entry.key)
    below = doors.filter(figure__lte=figure).order_by("-figure", "number")[:4]
    above = doors.filter(figure__gt=figure).order_by("figure", "number")[:1]
    lower, upper = list(below), list(above)
    same = [door for door in lower if door.figure == figure]
    exact = next((door for door in same if door.number == number), same[0] if same else None)
    parts = {"street": match.entry.label, "number": number}
    label = door_label(match.entry.label, number)
    if exact:
        sure = 1.0 if exact.number == number else 0.9
        return Found(label, PlaceKind.ADDRESS, exact.lon, exact.lat, 10, match.score * sure, parts)
    ends = [*lower[:1], *upper]
    if not ends or min(abs(door.figure - figure) for door in ends) > BETWEEN_DOORS_M:
        return None
    lon, lat, span = _interpolated(ends, figure)
    return Found(label, PlaceKind.ADDRESS, lon, lat, max(20.0, span / 2), match.score * 0.8, parts)


def _interpolated(ends: Sequence[Address], figure: int) -> tuple[float, float, float]:
    """A point between two doors by their numbers, and how far apart these are; one door alone is the point."""
    if len(ends) == 1:
        return ends[0].lon, ends[0].lat, float(BETWEEN_DOORS_M)
    low, high = ends
    share = (figure - low.figure) / (high.figure - low.figure)
    lon, lat = low.lon + (high.lon - low.lon) * share, low.lat + (high.lat - low.lat) * share
    return lon, lat, distance_m(low.lon, low.lat, high.lon, high.lat)


def _along_street(match: Match, number: str = "") -> Found | None:
    """The middle of a street: a number that isn't known is somewhere along it."""
    entry = match.entry
    if entry.pk is None:
        door = Address.objects.filter(folded=entry.key).order_by("figure").first()
        position, half = ((door.lon, door.lat) if door else None), 500.0
    else:
        line = coordinates(sheet.line(entry.pk))
        half = along(line)[-1] / 2
        position = point_at(line, half)
    if position is None:
        return None
    parts = {"street": entry.label, **({"number": number} if number else {})}
    kind, label = PlaceKind.STREET, entry.label
    if number:
        kind, label = PlaceKind.ADDRESS, door_label(entry.label, number)
    return Found(label, kind, *position, max(30.0, half), match.score * (0.6 if number else 0.9), parts)


def _corner(said: Said, near: Near, limit: int) -> list[Found]:
    whole = _find(f"{said.street} y {said.cross[0]}", STREETS, 1, is_typing=False)
    if whole and whole[0].score == 1.0:  # a street's own name: «Ortega y Gasset»
        middle = _along_street(whole[0])
        return [middle] if middle else []
    ones = _find(said.street, STREETS, 4, is_typing=False)
    others = _find(said.cross[0], STREETS, 4)
    return _crossings(ones, others)


def _crossings(ones: list[Match], others: list[Match]) -> list[Found]:
    first = {match.entry.pk: match for match in ones if match.entry.pk}
    second = {match.entry.pk: match for match in others if match.entry.pk}
    met = Crossing.objects.filter(street_id__in=first, other_id__in=second).order_by("pk")
    found = []
    for corner in met:
        one, other = first[corner.street_id], second[corner.other_id]
        label = _("%(one)s y %(other)s") % {"one": one.entry.label, "other": other.entry.label}
        parts = {"street": one.entry.label, "cross": [other.entry.label]}
        sure = min(one.score, other.score)
        found.append(Found(label, PlaceKind.CORNER, corner.lon, corner.lat, 15, sure, parts))
    return found


def _between(said: Said, near: Near, limit: int) -> list[Found]:
    ones = _find(said.street, STREETS, 3, is_typing=False)
    ends = [_crossings(ones, _find(name, STREETS, 3)) for name in said.cross]
    pairs = ((start, end) for start in ends[0] for end in ends[1])
    found = [_middle(start, end) for start, end in pairs if start.parts["street"] == end.parts["street"]]
    return found or [replace(one, confidence=one.confidence * 0.7) for one in (*ends[0], *ends[1])]


def _middle(start: Found, end: Found) -> Found:
    street, cross = start.parts["street"], [start.parts["cross"][0], end.parts["cross"][0]]
    label = _("%(street)s entre %(one)s y %(other)s") % {"street": street, "one": cross[0], "other": cross[1]}
    half = distance_m(start.lon, start.lat, end.lon, end.lat) / 2
    lon, lat = (start.lon + end.lon) / 2, (start.lat + end.lat) / 2
    sure = min(start.confidence, end.confidence)
    return Found(label, PlaceKind.BETWEEN, lon, lat, max(15.0, half), sure, {"street": street, "cross": cross})


def _kilometre(said: Said, near: Near, limit: int) -> list[Found]:
    found = []
    scores = {m.entry.pk: m.score for m in _find(said.street, STREETS, 3, is_typing=False) if m.entry.pk}
    measured = Street.objects.filter(pk__in=scores) if said.street else Street.objects.all()
    for street in measured.filter(first_kilometre__isnull=False).order_by("pk")[:3]:
        metres = ((said.kilometre or 0.0) - (street.first_kilometre or 0.0)) * 1000
        if -50 <= metres <= street.length_m + 50:
            lon, lat = point_at(coordinates(sheet.line(street.pk)), metres)
            figure = f"{said.kilometre:g}".replace(".", ",")
            label = _("Kilómetro %(figure)s, %(street)s") % {"figure": figure, "street": street.name}
            parts = {"street": street.name, "kilometre": said.kilometre}
            sure = scores.get(street.pk, 0.6)
            found.append(Found(label, PlaceKind.KILOMETRE, lon, lat, 80, sure, parts))
    return found


# Things and landmarks ----------------------------------------------------------


def _asset(said: Said, near: Near, limit: int) -> list[Found]:
    found = []
    for thing in Asset.objects.filter(folded=asset_key(said.code)).order_by("pk")[:limit]:
        sure = 1.0 if thing.kind == said.asset else 0.6
        parts = {"asset": thing.kind, "code": thing.code}
        found.append(Found(str(thing).capitalize(), PlaceKind.ASSET, thing.lon, thing.lat, 5, sure, parts))
    return found


def _landmark(said: Said, near: Near, limit: int) -> list[Found]:
    is_typing = not said.steps or texts.fold(said.text).endswith(said.anchor)
    matches = _find(said.anchor, LANDMARKS, limit, is_typing=is_typing)
    found = [_from_landmark(match, said) for match in matches]
    named = gazetteer.find(said.zone, ZONES, limit=1) if said.zone else []
    if named and named[0].score > 0.7:
        return [_in_zone(one, named[0].entry.pk) for one in found]
    return found


def _in_zone(one: Found, zone_id: int | None) -> Found:
    """A place outside the neighbourhood that was named beside it is less likely to be meant."""
    is_there = zone_id in zones.locate(one.lon, one.lat).zones.values()
    return one if is_there else replace(one, confidence=max(0.0, one.confidence - IN_ZONE_WORTH))


def _from_landmark(match: Match, said: Said) -> Found:
    lon, lat = match.entry.position
    precision = float(PRECISION_M[said.relation])
    walked: list[dict[str, Any]] = []
    for step in said.steps:
        if step.direction is None:
            precision += step.metres
        else:
            lon, lat = move(lon, lat, step.metres, step.direction)
            precision += step.metres * 0.15  # a hundred metres is a block, and blocks differ
        walked.append({"metres": step.metres, "direction": step.direction and str(step.direction)})
    parts = {"landmark": match.entry.label, "relation": str(said.relation), "steps": walked}
    if said.detail:
        parts["detail"] = said.detail
    return Found(_told(match.entry.label, said), PlaceKind.LANDMARK, lon, lat, precision, match.score, parts)


def _told(name: str, said: Said) -> str:
    """«200 m al sur y 50 m al este de Iglesia de San Isidro»."""
    if said.steps:
        steps = [_step_label(step.metres, step.direction and str(step.direction)) for step in said.steps]
        joined = _(" y ").join(steps)
        return _("%(steps)s de %(landmark)s") % {"steps": joined, "landmark": name}
    shapes = {
        Relation.BESIDE: _("Contiguo a %(landmark)s"),
        Relation.IN_FRONT: _("Frente a %(landmark)s"),
        Relation.DIAGONAL: _("Diagonal a %(landmark)s"),
        Relation.BEHIND: _("Detrás de %(landmark)s"),
        Relation.NEAR: _("Cerca de %(landmark)s"),
    }
    return shapes.get(said.relation, "%(landmark)s") % {"landmark": name}


def _step_label(metres: float, direction: str | None) -> str:
    words = {
        "north": _("al norte"), "south": _("al sur"), "east": _("al este"), "west": _("al oeste"),
        "north_east": _("al noreste"), "north_west": _("al noroeste"), "south_east": _("al sureste"),
        "south_west": _("al suroeste"),
    }  # fmt: skip
    length = f"{metres:g} m"
    return f"{length} {words[direction]}" if direction else length


# Names ----------------------------------------------------------


def _by_name(said: Said, near: Near, limit: int) -> list[Found]:
    """Streets, landmarks and zones by what was said, whatever it is."""
    name = said.street or said.anchor or said.text
    found = [_named(match) for match in _find(name, EVERYTHING, limit)]
    if not found and len(key_words(name_key(said.text))) > 1:
        found = [_named(match) for match in _find(said.text, EVERYTHING, limit)]
    return [one for one in found if one is not None]


def _named(match: Match) -> Found | None:
    entry = match.entry
    if entry.kind == PlaceKind.STREET:
        return _along_street(match)
    lon, lat = entry.position
    is_zone = entry.kind == PlaceKind.ZONE
    parts = {"zone" if is_zone else "landmark": entry.label}
    return Found(entry.label, entry.kind, lon, lat, 500 if is_zone else 30, match.score * 0.9, parts)
