"""Names of streets and places in the one form in which they are compared: folded, abbreviations written out."""

from __future__ import annotations

import re

from ventanilla.lib.text import fold

# Written out wherever they stand as a word, with or without a full stop.
_WRITTEN_OUT = {
    "av": "avenida",
    "avda": "avenida",
    "avd": "avenida",
    "ave": "avenida",
    "cll": "calle",
    "cra": "carrera",
    "kra": "carrera",
    "krr": "carrera",
    "ctra": "carretera",
    "carr": "carretera",
    "blvd": "bulevar",
    "blv": "bulevar",
    "bvar": "bulevar",
    "bv": "bulevar",
    "boulevard": "bulevar",
    "pza": "plaza",
    "plza": "plaza",
    "pzla": "plazuela",
    "pso": "paseo",
    "pje": "pasaje",
    "psje": "pasaje",
    "psj": "pasaje",
    "diag": "diagonal",
    "transv": "transversal",
    "cjon": "callejon",
    "calz": "calzada",
    "cda": "cerrada",
    "gta": "glorieta",
    "trva": "travesia",
    "bo": "barrio",
    "bº": "barrio",
    "urb": "urbanizacion",
    "urban": "urbanizacion",
    "resid": "residencial",
    "col": "colonia",
    "fracc": "fraccionamiento",
    "frac": "fraccionamiento",
    "dist": "distrito",
    "esq": "esquina",
    "intersec": "interseccion",
    "sta": "santa",
    "sto": "santo",
    "gral": "general",
    "gnral": "general",
    "gob": "gobernador",
    "dr": "doctor",
    "dra": "doctora",
    "ing": "ingeniero",
    "lic": "licenciado",
    "prof": "profesor",
    "mons": "monsenor",
    "hnos": "hermanos",
    "nro": "#",
    "num": "#",
    "numero": "#",
    "kms": "km",
    "kilometro": "km",
    "kilometros": "km",
    "dpto": "departamento",
    "depto": "departamento",
    "dto": "departamento",
    "apto": "apartamento",
    "apt": "apartamento",
    "ofic": "oficina",
    "super": "supermercado",
    "mza": "manzana",
}
_WORD = re.compile(r"(?<![\w/])(" + "|".join(sorted(map(re.escape, _WRITTEN_OUT), key=len, reverse=True)) + r")\b\.?")
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[«»“”\"'`´’¿?¡!*]"), " "),
    (re.compile(r"[()\[\]{};:|\n\t]"), ", "),
    (re.compile(r"\bs/n\b|\bs\.n\.|\bsin numero\b"), " sn "),
    (re.compile(r"\bc/(?=[^/])|\bc\.(?= ?[a-zñ]{2})"), " calle "),
    (re.compile(r"\be/(?=[^/])"), " entre "),
    (re.compile(r"\besq/"), " esquina "),
    (re.compile(r"\bn\.?[o°]\.? ?(?=\d)|\bn\. ?(?=\d)|n°"), " # "),
    (re.compile(r"\bb°|\bbo\."), " barrio "),
    (re.compile(r"\bpo\.? (?=[a-zñ])"), " paseo "),
    (re.compile(r"\b(km\.?|kilometro) ?(\d+),(\d+)"), r"\1 \2.\3"),
    (re.compile(r"\b(\d+),(\d+)(?= ?(?:km|m|mts|metros|kilometros)\b)"), r"\1.\2"),
)
_AFTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\d)(km|mts|mtrs|mt|metros|varas|cuadras|m)\b"), r"\1 \2"),
    (re.compile(r"\b(km) ?\.? ?(?=\d)"), r"\1 "),
    (re.compile(r"(?<!\d)\.|\.(?!\d)"), " "),
    (re.compile(r"#"), " # "),
    (re.compile(r"\s*,[\s,]*"), ", "),
    (re.compile(r"\s+"), " "),
)
_KEY_WORD = re.compile(r"[a-z0-9ñ]+")

STREET_TYPES = frozenset({
    "calle", "avenida", "carrera", "carretera", "bulevar", "plaza", "plazuela", "paseo", "pasaje", "transversal",
    "callejon", "calzada", "cerrada", "ronda", "glorieta", "travesia", "camino", "ruta", "alameda", "autopista",
    "circunvalacion", "privada", "prolongacion", "rotonda", "sendero", "via", "vereda", "costanera", "jiron",
    "peatonal", "retorno", "autovia", "cuesta", "diagonal",
})  # fmt: skip
ZONE_WORDS = frozenset({
    "barrio", "colonia", "urbanizacion", "residencial", "distrito", "caserio", "reparto", "fraccionamiento",
    "alcaldia", "delegacion", "comuna", "barriada", "poblacion", "canton", "ciudadela", "condominio",
    "corregimiento", "unidad", "villa",
})  # fmt: skip
SMALL_WORDS = frozenset(["de", "del", "la", "las", "el", "los", "y", "a", "al", "en", "con"])


def normalize(text: str) -> str:
    """Folded text with abbreviations written out and one comma between its pieces: «C/ Mayor, 5» → «calle mayor, 5»."""
    said = fold(text)
    for shape, instead in _SHAPES:
        said = shape.sub(instead, said)
    said = _WORD.sub(lambda found: _WRITTEN_OUT[found.group(1)], said)
    for shape, instead in _AFTER:
        said = shape.sub(instead, said)
    return said.strip(" ,.-/")


def name_key(name: str) -> str:
    """The form in which a name is stored for comparing: its folded words, abbreviations written out."""
    return " ".join(_KEY_WORD.findall(normalize(name)))


def key_words(key: str) -> list[str]:
    """The words of a key that carry meaning. All of them where nothing else is left («Avenida Central», «La Y»)."""
    every = key.split()
    return [word for word in every if word not in SMALL_WORDS and word not in STREET_TYPES] or every
