"""The two formats of GeoReport v2. JSON is an array but for a definition; XML has its own roots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from lxml import etree

CONTENT_TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}

# The name of an item inside each list.
_ITEMS = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "notes": "note",
    "media": "url",
    "service_request_updates": "request_update",
}


def respond(root: str, data: Any, form: str, status: int = 200) -> HttpResponse:
    """A response in `xml` or `json`: `data` is a list of objects under `root`, or one object."""
    body = msgspec.json.encode(data) if form == "json" else _xml(root, data)
    return HttpResponse(body, status=status, content_type=CONTENT_TYPES[form])


def _xml(root: str, data: Any) -> bytes:
    element = etree.Element(root)
    _fill(element, root, data)
    return bytes(etree.tostring(element, xml_declaration=True, encoding="utf-8"))


def _fill(element: etree._Element, name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        for key, each in value.items():
            _fill(etree.SubElement(element, key), key, each)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            _fill(etree.SubElement(element, _ITEMS[name]), _ITEMS[name], each)
    elif value is not None:
        element.text = _text(value)


def _text(value: Any) -> str:
    """XML 1.0 has no place for control characters: they are left out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "".join(
        c for c in str(value) if c in "\t\n\r" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff"
    )


def errors(problems: Sequence[tuple[int, str]], form: str) -> HttpResponse:
    """An error in the asked format: always an array. The status is that of the first."""
    listed = [{"code": code, "description": description} for code, description in problems]
    response = respond("errors", listed, form, status=problems[0][0])
    if response.status_code == 503:
        response["Retry-After"] = "60"
    return response


def say_error(request: HttpRequest, status: int, text: str) -> HttpResponse:
    """How errors are said under /open311/: in the format of the address, XML where it names none."""
    return errors([(status, text)], "json" if request.path.endswith(".json") else "xml")
