"""The background of the interactive map as GeoJSON: no tile server, three files for three scales."""

from __future__ import annotations

import gzip
import hashlib
import math
import os
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ventanilla.places import sheet, zones
from ventanilla.places.enums import ShapeKind, StreetKind
from ventanilla.places.revisions import stamp
from ventanilla.places.rules.geometry import METRES_PER_DEGREE
from ventanilla.places.sheet import Drawn

Bucket = Literal["town", "quarter", "street"]
BUCKETS: tuple[Bucket, ...] = ("town", "quarter", "street")
_TOLERANCE_M: dict[str, float] = {"town": 12.0, "quarter": 3.0, "street": 0.6}
_DIGITS = {"town": 5, "quarter": 5, "street": 6}
_SHAPES: dict[str, set[str]] = {
    "town": {ShapeKind.TOWN, ShapeKind.WATER, ShapeKind.PARK},
    "quarter": {ShapeKind.TOWN, ShapeKind.WATER, ShapeKind.PARK, ShapeKind.BLOCK},
    "street": {ShapeKind.TOWN, ShapeKind.WATER, ShapeKind.PARK, ShapeKind.BLOCK, ShapeKind.BUILDING},
}


def bucket_of(zoom: float) -> Bucket:
    """The scale drawn at a zoom (0-20)."""
    return "town" if zoom < 14 else "quarter" if zoom < 16 else "street"


class Background(NamedTuple):
    """Bytes of GeoJSON compressed by gzip, and a strong ETag (with its quotes). Serve with Content-Encoding: gzip."""

    body: bytes
    etag: str


def background(bucket: Bucket) -> Background:
    """The background for a scale: `town` up to zoom 13, `quarter` up to 15, `street` beyond.

    Features carry `layer` (street, shape, zone, landmark), `kind` and `label`. Made once for each state of the map
    and kept in the data folder's `cache`, which can be deleted at any time.
    """
    state = "".join(part.hex for part in stamp("map", "names", "zones"))
    name = hashlib.blake2s(state.encode(), digest_size=10).hexdigest()
    path = _folder() / f"{bucket}-{name}.geojson.gz"
    if not path.exists():
        _write(path, gzip.compress(_geojson(bucket), 6, mtime=0))
    return Background(path.read_bytes(), f'"{bucket}-{name}"')


def _folder() -> Path:
    return Path(settings.DATA) / "cache" / "basemap"


def _write(path: Path, body: bytes) -> None:
    """Put the file there whole or not at all, and drop those of former states."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.part")
    half.write_bytes(body)
    half.replace(path)
    for old in path.parent.glob(f"{path.name.split('-')[0]}-*.gz"):
        if old != path:
            old.unlink(missing_ok=True)


def _geojson(bucket: Bucket) -> bytes:
    map_now = sheet.current()
    features = [_feature("zone", one, bucket) for one in map_now.zones.things if one.kind != "service_area"]
    features += [_feature("shape", one, bucket) for one in map_now.shapes.things if one.kind in _SHAPES[bucket]]
    is_wide = bucket == "town"
    small = {StreetKind.STREET, StreetKind.PATH}
    streets = [one for one in map_now.streets.things if not is_wide or one.kind not in small]
    features += [_feature("street", one, bucket) for one in streets]
    if bucket == "street":
        features += [_feature("landmark", one, bucket) for one in map_now.landmarks.things]
    whole = {"type": "FeatureCollection", "bbox": zones.bounds(), "features": [one for one in features if one]}
    return msgspec.json.encode(whole)


def _feature(layer: str, thing: Drawn, bucket: Bucket) -> dict[str, Any] | None:
    import shapely

    tolerance = _TOLERANCE_M[bucket] / METRES_PER_DEGREE
    simple = thing.geometry if layer == "landmark" else shapely.simplify(thing.geometry, tolerance)
    if simple.is_empty:
        return None
    properties = {"layer": layer, "kind": thing.kind, "label": thing.label}
    shape = shapely.geometry.mapping(simple)
    geometry = {"type": shape["type"], "coordinates": _rounded(shape["coordinates"], _DIGITS[bucket])}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _rounded(value: Any, digits: int) -> Any:
    """Coordinates with so many decimals: five are about a metre."""
    if isinstance(value, float):
        return round(value, digits) if math.isfinite(value) else 0.0
    return [_rounded(part, digits) for part in value]


def respond(request: HttpRequest) -> HttpResponse:
    """The background for the zoom a map asks for (`?zoom=`), for a face to serve; cached by browsers."""
    zoom = request.GET.get("zoom", "")
    level = int(zoom) if zoom.isascii() and zoom.isdigit() and len(zoom) < 3 else 14
    found = background(bucket_of(level))
    if request.headers.get("If-None-Match") == found.etag:
        return HttpResponse(status=304)
    headers = {"ETag": found.etag, "Content-Encoding": "gzip", "Cache-Control": "public, max-age=600"}
    return HttpResponse(found.body, content_type="application/geo+json", headers=headers)
