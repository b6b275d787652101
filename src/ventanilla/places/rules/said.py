"""What people say when they are asked where: the grammar of places in Spanish, from Madrid to Heredia.

Pure grammar: it knows no names. It says what the pieces are; `places.geocode` finds which street or church is meant.
"""

from __future__ import annotations

import re

import msgspec

from ventanilla.places.enums import AssetKind, Direction, PlaceKind, Relation
from ventanilla.places.rules.names import STREET_TYPES, ZONE_WORDS, normalize
from ventanilla.places.rules.quantities import LENGTH, metres, spoken_to_figures

LONGEST = 400
"""Characters that are looked at: a place takes fewer, and what is longer is a story."""


class Step(msgspec.Struct, frozen=True):
    """So many metres that way; without a direction, that far in any."""

    metres: float
    direction: Direction | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The pieces of a place as said. Names are normalised (`rules.names.normalize`); `text` is untouched.

    address: street, number, perhaps cross · street: street · corner: street, cross[0] · between: street, cross[0:2] ·
    kilometre: street (may be empty), kilometre · asset: asset (kind), code · landmark: anchor, relation, steps ·
    text: anchor holds the whole. `zone` is the neighbourhood named beside it and `detail` what is left («casa verde»).
    """

    kind: PlaceKind
    text: str
    street: str = ""
    number: str = ""
    cross: tuple[str, ...] = ()
    kilometre: float | None = None
    asset: AssetKind | None = None
    code: str = ""
    anchor: str = ""
    relation: Relation = Relation.AT
    steps: tuple[Step, ...] = ()
    zone: str = ""
    detail: str = ""


def parse(text: str) -> Said:
    """Understand a place as said. Never fails: what isn't understood is `PlaceKind.TEXT`."""
    said = spoken_to_figures(normalize(text[:LONGEST]))
    for read in (_asset, _kilometre, _by_steps, _by_relation, _between, _corner, _address):
        found = read(said, text)
        if found is not None:
            return found
    return _plain(said, text)


# Pieces ----------------------------------------------------------

_TYPE = rf"(?:{'|'.join(sorted(STREET_TYPES))})"
_TYPED = re.compile(rf"^{_TYPE}\b")
_ARTICLE = re.compile(r"^(?:(?:en|de|del|desde|a|al|por|hacia)\s+)*(?:(?:el|la|los|las)\s+)?")
_ZONE = re.compile(rf"^(?:en )?(?:el |la )?(?:{'|'.join(sorted(ZONE_WORDS))}) (?=\S)")
_INSIDE = re.compile(
    r"^(?:piso|planta|departamento|apartamento|interior|int|local|casa|puerta|escalera|esc|oficina|torre|bloque|"
    r"edificio|portal|lote|manzana|\d+ ?[oa]\b|\d+ ?er\b|sn\b)"
)


def _bare(piece: str) -> str:
    """Without leading prepositions and article: «de la iglesia» → «iglesia»."""
    return _ARTICLE.sub("", piece.strip(" ,"), count=1).strip(" ,")


_TO_WAY = re.compile(rf"^(?:(?:en|por|sobre|de|del)\s+)*(?:(?:la|el)\s+(?={_TYPE}\b))?")


def _way(piece: str) -> str:
    """A street's name as said, without what leads to it: «en la calle 5» → «calle 5»; «los tilos» stays."""
    return _TO_WAY.sub("", piece.strip(" ,"), count=1).strip(" ,")


def _tail(pieces: list[str]) -> tuple[str, str]:
    """The neighbourhood named among the last pieces, and the rest joined."""
    zone = next((piece for piece in pieces if _ZONE.match(piece)), "")
    rest = [piece for piece in pieces if piece and piece != zone]
    return re.sub(r"^en ", "", zone), ", ".join(rest)


def _split(said: str) -> list[str]:
    return [piece for piece in (part.strip() for part in said.split(",")) if piece and piece != "."]


# Numbered things, kilometres ----------------------------------------------------------

_ASSETS = {
    "poste": AssetKind.POLE, "columna": AssetKind.POLE, "luminaria": AssetKind.LUMINAIRE, "farola": AssetKind.LUMINAIRE,
    "lampara": AssetKind.LUMINAIRE, "bombillo": AssetKind.LUMINAIRE, "foco": AssetKind.LUMINAIRE,
    "hidrante": AssetKind.HYDRANT, "semaforo": AssetKind.TRAFFIC_LIGHT, "contenedor": AssetKind.CONTAINER,
    "alcantarilla": AssetKind.MANHOLE, "arqueta": AssetKind.MANHOLE, "arbol": AssetKind.TREE,
    "medidor": AssetKind.METER, "contador": AssetKind.METER,
}  # fmt: skip
_ASSET = re.compile(
    rf"\b({'|'.join(_ASSETS)})(?: de (?:la )?(?:luz|alumbrado|agua|tendido))?(?: publico)?(?: electrico)?"
    r"(?: con)?(?: el)?(?:,? # ?| )([a-z]{0,3}[ -]?\d[\w-]*)\b(?! (?:m|km|cuadra|vara)\b)"
)
_KILOMETRE = re.compile(r"\bkm (\d+(?:[.,]\d+)?)(?: ?\+ ?(\d{1,3}))?\b")


def _asset(said: str, text: str) -> Said | None:
    found = _ASSET.search(said)
    if found is None or _STEP.search(said):
        return None
    detail = ", ".join(_split(f"{said[: found.start()]}, {said[found.end() :]}"))
    code = found.group(2).replace(" ", "").upper()
    return Said(kind=PlaceKind.ASSET, text=text, asset=_ASSETS[found.group(1)], code=code, detail=_bare(detail))


def _kilometre(said: str, text: str) -> Said | None:
    found = _KILOMETRE.search(said)
    if found is None:
        return None
    metres_more = int((found.group(2) or "0").ljust(3, "0")) / 1000
    value = float(found.group(1).replace(",", ".")) + metres_more
    before, after = _split(said[: found.start()]), _split(said[found.end() :])
    pieces = [piece for piece in (_bare(p) for p in (before[-1:] + after + before[:-1])) if piece]
    ways = sorted(pieces, key=lambda piece: not _TYPED.match(piece))
    zone, detail = _tail(ways[1:])
    return Said(
        kind=PlaceKind.KILOMETRE, text=text, street=(ways or [""])[0], kilometre=value, zone=zone, detail=detail
    )


# Señas: landmark, metres, direction ----------------------------------------------------------

_DIRECTIONS = {
    "norte": Direction.NORTH, "sur": Direction.SOUTH, "este": Direction.EAST, "oriente": Direction.EAST,
    "oeste": Direction.WEST, "poniente": Direction.WEST, "noreste": Direction.NORTH_EAST,
    "nordeste": Direction.NORTH_EAST, "noroeste": Direction.NORTH_WEST, "sureste": Direction.SOUTH_EAST,
    "sudeste": Direction.SOUTH_EAST, "suroeste": Direction.SOUTH_WEST, "sudoeste": Direction.SOUTH_WEST,
    "n": Direction.NORTH, "s": Direction.SOUTH, "e": Direction.EAST, "o": Direction.WEST, "w": Direction.WEST,
}  # fmt: skip
_DIRECTION = rf"(?P<direction>{'|'.join(sorted(_DIRECTIONS, key=len, reverse=True))})\b"
_STEP = re.compile(
    rf"(?:\ba )?(?:\bunos |\bcomo |\bunas )?{LENGTH}(?: (?:al |hacia el |rumbo al |para el )?{_DIRECTION})?"
)
_STEP_BARE = re.compile(rf"(?P<amount>\d{{2,4}})(?P<unit>)(?: al| hacia el)? {_DIRECTION}")
_STEP_TURNED = re.compile(rf"(?:\bal |\bhacia el ){_DIRECTION}(?:,)? {LENGTH}")
_JOINING = re.compile(r"^[\s,]*(?:y|luego|despues|mas)?[\s,]*(?:y)?[\s,]*$")
_FROM = re.compile(r"^[\s,]*(?:(?:antes|despues|arriba|abajo) )?(?:de|del|desde|a partir de)\b\s*")


def _by_steps(said: str, text: str) -> Said | None:
    chain = _chain(said)
    if not chain:
        return None
    before, after = said[: chain[0].start()], said[chain[-1].end() :]
    steps = tuple(_step(found) for found in chain)
    source = _FROM.match(after)
    if source or not before.strip(" ,"):
        anchor, *rest = _split(after[source.end() :] if source else after) or [""]
        rest += _split(before)
    else:
        anchor, *middle = _split(before)
        rest = middle + _split(after)
    relation, anchor = _relation_of(_bare(anchor))
    zone, detail = _tail(rest)
    if not anchor:
        return None
    return Said(
        kind=PlaceKind.LANDMARK, text=text, anchor=anchor, relation=relation, steps=steps, zone=zone, detail=detail
    )


def _chain(said: str) -> list[re.Match[str]]:
    """The first run of steps joined by «y» or a comma."""
    found = list(_STEP_TURNED.finditer(said)) or list(_STEP.finditer(said)) or list(_STEP_BARE.finditer(said))
    chain = found[:1]
    for step in found[1:]:
        if not _JOINING.match(said[chain[-1].end() : step.start()]):
            break
        chain.append(step)
    return chain


def _step(found: re.Match[str]) -> Step:
    said_direction = found.group("direction")
    return Step(
        metres=round(metres(found.group("amount"), found.group("unit") or "m"), 1),
        direction=_DIRECTIONS[said_direction] if said_direction else None,
    )


_RELATIONS: tuple[tuple[re.Pattern[str], Relation], ...] = tuple(
    (re.compile(rf"(?:^|(?<=[\s,]))(?:{words}) (?:al |a |del |de |con )?(?:la |el |los |las )?(?=\S)"), relation)
    for words, relation in (
        (r"(?:justo )?(?:en ?frente|frente|al frente)", Relation.IN_FRONT),
        (r"(?:en )?diagonal(?= al? )", Relation.DIAGONAL),
        (r"contiguo|contigua|a la par|al lado|junto|pegado|pegada|a un costado|al costado|vecino", Relation.BESIDE),
        (r"detras|atras|a espaldas", Relation.BEHIND),
        (r"cerca|por|a la altura|en las cercanias|alrededor|en los alrededores|a la vuelta", Relation.NEAR),
    )
)
_SIDE = re.compile(
    rf"^(?:(?:al|en el|por el|en la|a la) )?(?:costado|lado|esquina) {_DIRECTION} (?:del? )?(?:la |el )?(?=\S)"
)
_SIDE_M = 40.0


def _relation_of(anchor: str) -> tuple[Relation, str]:
    for shape, relation in _RELATIONS:
        found = shape.match(anchor)
        if found:
            return relation, anchor[found.end() :]
    return Relation.AT, anchor


def _by_relation(said: str, text: str) -> Said | None:
    side = _SIDE.match(said)
    if side:
        anchor, *rest = _split(said[side.end() :])
        step = Step(_SIDE_M, _DIRECTIONS[side.group("direction")])
        zone, detail = _tail(rest)
        return Said(kind=PlaceKind.LANDMARK, text=text, anchor=_bare(anchor), steps=(step,), zone=zone, detail=detail,
                    relation=Relation.BESIDE)  # fmt: skip
    for shape, relation in _RELATIONS:
        found = shape.search(said)
        if found:
            return _related(said, text, found, relation)
    return None


def _related(said: str, text: str, found: re.Match[str], relation: Relation) -> Said | None:
    head, pieces = said[: found.start()].strip(" ,"), _split(said[found.end() :])
    if not pieces:
        return None
    if head:
        address = _between(head, text) or _corner(head, text) or _address(head, text)
        if address is not None and (address.number or address.cross):
            detail = ", ".join(part for part in (address.detail, said[found.start() :]) if part)
            return msgspec.structs.replace(address, detail=detail)
    zone, detail = _tail([*pieces[1:], *_split(head)])
    return Said(
        kind=PlaceKind.LANDMARK, text=text, anchor=_bare(pieces[0]), relation=relation, zone=zone, detail=detail
    )


# Streets ----------------------------------------------------------

_BETWEEN = re.compile(r"^(?P<head>.+?),? entre (?P<a>[^,]+?) y (?P<b>[^,]+)(?:,(?P<rest>.*))?$")
_BETWEEN_PLURAL = re.compile(
    r"^(?P<head>(?:avenida|calle) [^,]+?),? (?:entre )?(?P<type>calles|avenidas) "
    r"(?P<a>\w+) y (?P<b>\w+)(?:,(?P<rest>.*))?$"
)
_SINGULAR = {"calles": "calle", "avenidas": "avenida", "carreras": "carrera"}
_CORNERS = (
    re.compile(
        r"(?:^|.*, )(?:en )?(?:la |el )?(?:esquina|interseccion|cruce) (?:de |del |con |entre )?"
        r"(?P<a>[^,]+?) (?:y|con|esquina) (?:de |la |el )*(?P<b>[^,]+)(?:,(?P<rest>.*))?$"
    ),
    re.compile(
        r"^(?P<a>[^,]+?),? (?:en |a )?(?:la )?(?:esquina|interseccion|cruce)(?: con| de| a)?(?: la| el)? "
        r"(?P<b>[^,]+)(?:,(?P<rest>.*))?$"
    ),
    re.compile(rf"^(?P<a>{_TYPE} [^,]+?)(?:,? (?:y|con)|,)(?: la| el)? (?P<b>{_TYPE} [^,]+)(?:,(?P<rest>.*))?$"),
    re.compile(r"^(?P<a>(?:avenida|calle|carrera) \d+\w?) (?P<b>(?:avenida|calle|carrera) \d+\w?)(?:,(?P<rest>.*))?$"),
    re.compile(r"^(?P<a>[^,]+?) (?:y|con) (?:la |el )?(?P<b>[^,]+)(?:,(?P<rest>.*))?$"),
)
_NUMBER = re.compile(r"(?:^|(?<=[ ,#]))\d+(?: ?bis\b)?(?: ?[a-z]\b(?! ))?(?:(?: ?- ?)\d+[a-z]?)?(?![\w.])")
_BEFORE_NUMBER = re.compile(r"(?:[\s,#]+(?:al?|altura|a la altura del?)?)+$")
_FIRST_NUMBER = re.compile(rf"^(?:# ?)?(?P<number>\d+ ?[a-z]?),? (?:de )?(?:la |el )?(?P<street>{_TYPE} .+)$")
_PURE_NUMBER = re.compile(r"^(?:# ?)?(\d+(?: ?bis)?(?: ?[a-z])?(?: ?- ?\d+)?)$")


def _between(said: str, text: str) -> Said | None:
    found = _BETWEEN_PLURAL.match(said) or _BETWEEN.match(said)
    if found is None:
        return None
    first, second = _way(found.group("a")), _way(found.group("b"))
    kind = found.groupdict().get("type") or first.split()[0]
    if kind in _SINGULAR:
        first, second = f"{_SINGULAR[kind]} {first.removeprefix(kind).strip()}", f"{_SINGULAR[kind]} {second}"
    head = _address(_way(found.group("head")), text)
    zone, detail = _tail(_split(found.group("rest") or ""))
    if head is None:
        street, *middle = _split(_way(found.group("head"))) or [""]
        more_zone, more = _tail(middle)
        return Said(kind=PlaceKind.BETWEEN, text=text, street=street, cross=(first, second), zone=zone or more_zone,
                    detail=", ".join(part for part in (more, detail) if part))  # fmt: skip
    kind_said = PlaceKind.ADDRESS if head.number else PlaceKind.BETWEEN
    return msgspec.structs.replace(
        head, kind=kind_said, cross=(first, second), zone=zone or head.zone, detail=detail or head.detail
    )


def _corner(said: str, text: str) -> Said | None:
    for shape in _CORNERS:
        found = shape.match(said)
        if found is None:
            continue
        first, second = _way(found.group("a")), _way(found.group("b"))
        if shape is _CORNERS[-1] and not _may_be_corner(first, second):
            return None
        if first.split()[0] in _SINGULAR:
            kind = first.split()[0]
            first, second = f"{_SINGULAR[kind]} {first.removeprefix(kind).strip()}", f"{_SINGULAR[kind]} {second}"
        zone, detail = _tail(_split(found.group("rest") or ""))
        return Said(kind=PlaceKind.CORNER, text=text, street=first, cross=(second,), zone=zone, detail=detail)
    return None


def _may_be_corner(first: str, second: str) -> bool:
    """Two short names; a number at the end tells an address («Ortega y Gasset 23») unless it is a street's name."""
    if not first or not second or len(first.split()) > 5 or len(second.split()) > 5:
        return False
    return bool(_TYPED.match(second)) or not re.search(r"\d\w?$", second)


def _address(said: str, text: str) -> Said | None:
    pieces = sorted(_split(said), key=lambda piece: bool(_ZONE.match(piece)))
    if not pieces:
        return None
    street, number, rest = _street_and_number(pieces)
    zone, detail = _tail(rest)
    if number:
        return Said(kind=PlaceKind.ADDRESS, text=text, street=street, number=number, zone=zone, detail=detail)
    if _TYPED.match(street) and len(street.split()) > 1:
        return Said(kind=PlaceKind.STREET, text=text, street=street, zone=zone, detail=detail)
    return None


def _street_and_number(pieces: list[str]) -> tuple[str, str, list[str]]:
    """Street, number ("" where none is said) and the pieces left over."""
    head, rest = _way(pieces[0]), pieces[1:]
    turned = _FIRST_NUMBER.match(head)
    if turned:
        return turned.group("street"), _tidy(turned.group("number")), rest
    if rest and (_TYPED.match(head) or not re.search(r"\d$", head)):
        pure = _PURE_NUMBER.match(rest[0])
        if pure and not _INSIDE.match(head):
            return head, _tidy(pure.group(1)), rest[1:]
    for found in _NUMBER.finditer(head):
        street, left = _BEFORE_NUMBER.sub("", head[: found.start()]), head[found.end() :].strip()
        if _is_numbered(street, left):
            return street, _tidy(found.group()), ([left] if left else []) + rest
    return re.sub(r" sn\b", "", head), "", rest


def _is_numbered(street: str, left: str) -> bool:
    """Whether a name with a number after it, and then this, reads as street and number."""
    words = street.split()
    if not words or words[-1] in STREET_TYPES or words[-1] in ZONE_WORDS or _INSIDE.match(words[-1]):
        return False
    if street.isdigit() or _INSIDE.match(street) or (len(words) > 5 and not _TYPED.match(street)):
        return False
    if _ZONE.match(street) and not _TYPED.match(street):
        return False
    return not left or bool(_INSIDE.match(left) or _ZONE.match(left))


def _tidy(number: str) -> str:
    """«34 - 56» → «34-56», «22bis» → «22 BIS», «5 b» → «5B»."""
    compact = re.sub(r"\s+", "", number).upper()
    return compact.replace("BIS", " BIS")


def _plain(said: str, text: str) -> Said:
    pieces = _split(said)
    zone = next((piece for piece in pieces if _ZONE.match(piece)), "")
    others = [piece for piece in pieces if piece != zone]
    if zone and all(_INSIDE.match(piece) for piece in others):
        return Said(kind=PlaceKind.ZONE, text=text, anchor=zone, zone=zone, detail=", ".join(others))
    if not others:
        return Said(kind=PlaceKind.TEXT, text=text)
    return Said(kind=PlaceKind.TEXT, text=text, anchor=_bare(others[0]), zone=zone, detail=", ".join(others[1:]))
