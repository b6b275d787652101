"""What the names of a municipality mean: which streets, landmarks and zones are like what was said. In memory;
addresses stay in the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ventanilla.places.enums import LandmarkKind, PlaceKind
from ventanilla.places.models import Address, Landmark, Street, Zone
from ventanilla.places.nameindex import Entry, NameIndex
from ventanilla.places.revisions import Kept
from ventanilla.places.rules import key_words, name_key
from ventanilla.places.rules.names import STREET_TYPES, ZONE_WORDS

KIND_WORDS: dict[str, str] = {
    LandmarkKind.CHURCH: "iglesia templo parroquia capilla ermita",
    LandmarkKind.SCHOOL: "escuela primaria kinder",
    LandmarkKind.HIGH_SCHOOL: "colegio liceo instituto secundaria",
    LandmarkKind.CLINIC: "ebais clinica hospital salud ambulatorio",
    LandmarkKind.MARKET: "mercado feria",
    LandmarkKind.SHOP: "tienda abarrotes",
    LandmarkKind.PHARMACY: "farmacia botica",
    LandmarkKind.BANK: "banco cajero",
    LandmarkKind.PARK: "parque plaza",
    LandmarkKind.SPORT: "cancha estadio polideportivo",
    LandmarkKind.CEMETERY: "cementerio panteon",
    LandmarkKind.BUS_STOP: "parada bus",
    LandmarkKind.BRIDGE: "puente",
    LandmarkKind.FUEL: "gasolinera bomba estacion servicio nafta",
    LandmarkKind.MUNICIPAL: "municipalidad ayuntamiento muni palacio",
    LandmarkKind.SAFETY: "policia bomberos cruz roja delegacion",
    LandmarkKind.COMMUNITY: "salon comunal",
}
"""What people call a kind of place when they don't say its name."""

LONGEST_QUERY = 8
SCORED = 1500
"""Names that are compared whole; of more, those that hold fewer of the words are left out."""


class Match(NamedTuple):
    entry: Entry
    score: float


def _entries() -> Iterator[tuple[Entry, list[str]]]:
    """Every name with the keys under which it is found."""
    for pk, name, folded, aliases in Street.objects.values_list("pk", "name", "folded", "aliases").iterator():
        others = tuple(map(name_key, aliases))
        yield Entry(PlaceKind.STREET, pk, folded, name, 3, others=others), [folded, *others]
    orphans = Address.objects.filter(street=None).order_by("folded").values_list("folded", "street_name").distinct()
    for folded, name in orphans.iterator():
        yield Entry(PlaceKind.STREET, None, folded, name, 3), [folded]
    landmarks = Landmark.objects.values_list("pk", "name", "folded", "aliases", "kind", "weight", "lon", "lat")
    for pk, name, folded, aliases, kind, weight, lon, lat in landmarks.iterator():
        called = [f"{word} {folded}" for word in KIND_WORDS.get(kind, "").split() if word not in folded.split()]
        others = tuple(map(name_key, aliases))
        bare = tuple(" ".join(key_words(key)) for key in (folded, *others))
        entry = Entry(PlaceKind.LANDMARK, pk, folded, name, weight, (lon, lat), others + bare)
        yield entry, [folded, *others, *called]
    for zone in Zone.objects.only("pk", "name", "folded", "word", "label_lon", "label_lat"):
        entry = Entry(PlaceKind.ZONE, zone.pk, zone.folded, zone.label, 2, (zone.label_lon, zone.label_lat))
        yield entry, [zone.folded]


_index = Kept(lambda: NameIndex(_entries()), "names", "zones")


def find(name: str, kinds: frozenset[PlaceKind], *, limit: int = 5, is_typing: bool = True) -> list[Match]:
    """Names like this one, best first. `is_typing`: the last word may be only begun.

    The score is from 0 to 1: how much of what was said is in the name, and of the name in what was said.
    """
    index, key = _index.get(), name_key(name)
    words = _asked(key)
    hits = index.hits(words, is_typing=is_typing) if words else {}
    likely = sorted((number for number in hits if index.kind(number) in kinds), key=lambda number: -hits[number])
    scored = []
    for number in likely[:SCORED]:
        entry, held = index.entry(number), hits[number]
        of_name = min(1.0, held / max(1, index.size(number)))
        scored.append(Match(entry, _score(entry, key, held / len(words), of_name)))
    scored.sort(key=lambda match: (-match.score, -match.entry.weight, match.entry.label))
    return scored[:limit]


def _asked(key: str) -> list[str]:
    """The words to look for: those that carry meaning, without «barrio», unless that is all that was said."""
    words = list(dict.fromkeys(key_words(key)))
    telling = [word for word in words if word not in ZONE_WORDS]
    return (telling or words)[:LONGEST_QUERY]


def _score(entry: Entry, key: str, of_said: float, of_name: float) -> float:
    """From the share of what was said that is in the name, and of the name that was said; then whether the kind of
    way is the same one («calle», «avenida»), or another.

    What was said counts more than what was left out: people shorten names. Of several churches, the one best known
    is the one people mean when they only say «la iglesia».
    """
    if key == entry.key or key in entry.others:
        return 1.0
    if entry.kind == PlaceKind.LANDMARK:
        calls_itself_so = 0.06 if set(key.split()) & set(key_words(entry.key)) else 0.0
        return min(0.99, of_said * 0.72 + of_name * 0.1 + min(entry.weight, 10) * 0.011 + calls_itself_so)
    share, kind, said = of_said * 0.75 + of_name * 0.2, entry.key.split(" ", 1)[0], key.split()
    if kind in said:
        share += 0.04
    elif kind in STREET_TYPES and STREET_TYPES.intersection(said[:1]):
        share -= 0.25
    return max(0.0, min(0.99, share))
