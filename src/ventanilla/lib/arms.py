"""A municipality's arms as they may stand in every page: a small SVG of which only shapes and colours are left.

What comes in is an SVG file or a picture. Of an SVG everything is dropped that isn't known to be harmless: scripts,
handlers, links to elsewhere, styles (the simple ones become attributes, since pages allow no inline style). A picture
is drawn small and put into an SVG of its own.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from io import BytesIO

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
MAX_BYTES = 1_000_000
MAX_DRAWN = 40_000
"""Characters of the result: it is sent with every page."""
WIDTH, HEIGHT = 138, 168
"""The most pixels of a picture: three times as large as the arms are shown."""
MAX_PIXELS = 30_000_000
_PREFIX = "escudo-"

_SHAPES = """
g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop clipPath use symbol title image
"""
_LOOKS = """
fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
stroke-dasharray stroke-dashoffset opacity stop-color stop-opacity clip-path clip-rule display visibility
"""
_PLACES = """
id d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points transform viewBox preserveAspectRatio offset
gradientUnits gradientTransform spreadMethod clipPathUnits
"""
_ELEMENTS, _PAINT = frozenset(_SHAPES.split()), frozenset(_LOOKS.split())
_ATTRIBUTES = _PAINT | frozenset(_PLACES.split())
_MOST_USES = 8
"""Parts drawn again: parts within parts multiply."""
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
_OWN_LINK = re.compile(r"#([\w.:-]+)")
_OWN_PAINT = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)")
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")


class BadArms(ValueError):
    """The file can't be shown. `problem` is `too_big`, `not_a_picture`, `damaged`, `entities` or `too_detailed`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def clean(content: bytes) -> str:
    """The arms of a file's bytes, as an `<svg>` without anything that acts. Raises BadArms."""
    if len(content) > MAX_BYTES:
        raise BadArms("too_big")
    drawn = _from_svg(content) if b"<svg" in content[:4000] else _from_picture(content)
    if len(drawn) > MAX_DRAWN:
        raise BadArms("too_detailed")
    return drawn


# A picture ------------------------------------------------------------------------------------------------------------


def _from_picture(content: bytes) -> str:
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadArms("too_big")
            small = image.convert("RGBA")
    except BadArms:
        raise
    except Exception as error:  # hostile images make decoders raise nearly anything
        raise BadArms("not_a_picture") from error
    small.thumbnail((WIDTH, HEIGHT))
    out = BytesIO()
    small.quantize(128, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    data = base64.b64encode(out.getvalue()).decode()
    wide, high = small.size
    image_tag = f'<image width="{wide}" height="{high}" href="data:image/png;base64,{data}"/>'
    return f'<svg xmlns="{SVG}" viewBox="0 0 {wide} {high}" aria-hidden="true">{image_tag}</svg>'


# A drawing ------------------------------------------------------------------------------------------------------------


def _from_svg(content: bytes) -> str:
    content = _DOCTYPE.sub(b"", content)
    if re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise BadArms("entities")
    root = _parsed(content)
    classes = dict(_classes(root))
    drawn = etree.Element(f"{{{SVG}}}svg", {"viewBox": _view_box(root)}, nsmap={None: SVG})  # type: ignore[dict-item]
    drawn.set("aria-hidden", "true")
    _paint(drawn, root, classes)
    _copy_children(root, drawn, classes)
    if not len(drawn):
        raise BadArms("damaged")
    if len(list(drawn.iter(f"{{{SVG}}}use"))) > _MOST_USES:
        raise BadArms("too_detailed")
    return str(etree.tostring(drawn, encoding="unicode"))


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadArms("damaged") from error
    if _name(root) != "svg":
        raise BadArms("not_a_picture")
    return root


def _name(element: etree._Element) -> str:
    """The name of an element of SVG; empty for comments and what belongs to editors."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _close, name = tag.rpartition("}")
    return name if space in ("", f"{{{SVG}") else ""


def _view_box(root: etree._Element) -> str:
    said = root.get("viewBox", "")
    if re.fullmatch(r"[-\d.eE,\s]+", said):
        return said.strip()
    sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if not all(sides):
        raise BadArms("damaged")
    return "0 0 " + " ".join(side[1] for side in sides if side)


def _classes(root: etree._Element) -> Iterator[tuple[str, dict[str, str]]]:
    """What the style sheet of the drawing says of single classes."""
    held: dict[str, dict[str, str]] = {}
    for sheet in root.iter(f"{{{SVG}}}style"):
        for selectors, body in _RULE.findall(sheet.text or ""):
            for name in _CLASS.findall(selectors):
                held.setdefault(name, {}).update(_declared(body))
    yield from held.items()


def _declared(body: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs if name.strip() in _PAINT}


def _copy_children(source: etree._Element, target: etree._Element, classes: Mapping[str, dict[str, str]]) -> None:
    for child in source:
        name = _name(child)
        if name not in _ELEMENTS or (name == "image" and not _PICTURE.fullmatch(_href(child))):
            continue
        made = etree.SubElement(target, f"{{{SVG}}}{name}")
        _paint(made, child, classes)
        if name == "title":
            made.text = child.text
        _copy_children(child, made, classes)


def _href(element: etree._Element) -> str:
    return next((element.get(name, "") for name in _HREFS if element.get(name)), "")


def _paint(made: etree._Element, source: etree._Element, classes: Mapping[str, dict[str, str]]) -> None:
    """Copy what may be said of an element: its attributes, then its classes, then its own style, the later winning."""
    said = {str(name): str(value) for name, value in source.attrib.items() if name in _ATTRIBUTES}
    for name in source.get("class", "").split():
        said |= classes.get(name, {})
    said |= _declared(source.get("style", ""))
    if _name(source) == "svg":
        said = {name: value for name, value in said.items() if name in _PAINT}
    for name, value in said.items():
        kept = _safe(name, value)
        if kept is not None:
            made.set(name, kept)
    _link(made, source)


def _safe(name: str, value: str) -> str | None:
    """A value with its links to parts of this drawing renamed; None where it leads elsewhere."""
    if name == "id":
        return f"{_PREFIX}{value}"
    if "url" in value.lower() or "expression" in value.lower():
        own = _OWN_PAINT.fullmatch(value.strip())
        return f"url(#{_PREFIX}{own[1]})" if own else None
    return value


def _link(made: etree._Element, source: etree._Element) -> None:
    """A link to a part of the drawing itself, or the picture that an image carries."""
    href = _href(source)
    own = _OWN_LINK.fullmatch(href)
    if own and _name(source) in {"use", "linearGradient", "radialGradient"}:
        made.set("href", f"#{_PREFIX}{own[1]}")
    elif _name(source) == "image":
        made.set("href", re.sub(r"\s", "", href))
