"""What the GeoReport v2 server understands, as OpenAPI 3.1: for tools that read it, and for our own tests."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT

Said = dict[str, Any]


def _text(**more: Any) -> Said:
    return {"type": "string", **more}


def _maybe(**more: Any) -> Said:
    return {"type": ["string", "null"], **more}


_MOMENT = _text(format="date-time")
_MAYBE_MOMENT = _maybe(format="date-time")


def _object(required: str, /, **properties: Said) -> Said:
    return {"type": "object", "required": required.split(), "properties": properties}


def _list(item: str) -> Said:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{item}"}}


_SCHEMAS: Said = {
    "Error": _object("code description", code={"type": "integer"}, description=_text()),
    "Errors": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Error"}},
    "Service": _object(
        "service_code service_name metadata type",
        service_code=_text(),
        service_name=_text(),
        description=_maybe(),
        metadata={"type": "boolean"},
        type={"enum": ["realtime", "batch", "blackbox"]},
        keywords=_maybe(),
        group=_maybe(),
    ),
    "Value": _object("key name", key=_text(), name=_text()),
    "Attribute": _object(
        "variable code datatype required order description",
        variable={"type": "boolean"},
        code=_text(),
        datatype={"enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]},
        required={"type": "boolean"},
        datatype_description=_maybe(),
        order={"type": "integer", "minimum": 1},
        description=_text(),
        values={**_list("Value"), "minItems": 1},
    ),
    "Definition": _object("service_code attributes", service_code=_text(), attributes=_list("Attribute")),
    "Note": _object("datetime description type", datetime=_MOMENT, description=_text(), type=_text()),
    "Request": _object(
        "service_request_id status service_code requested_datetime updated_datetime",
        service_request_id=_text(),
        status={"enum": ["open", "closed"]},
        status_notes=_maybe(),
        service_name=_maybe(),
        service_code=_text(),
        description=_maybe(maxLength=DESCRIPTION_LIMIT),
        agency_responsible=_maybe(),
        service_notice=_maybe(),
        requested_datetime=_MOMENT,
        updated_datetime=_MOMENT,
        expected_datetime=_MAYBE_MOMENT,
        address=_maybe(),
        address_id=_maybe(),
        zipcode=_maybe(),
        lat={"type": ["number", "null"]},
        long={"type": ["number", "null"]},
        media_url=_maybe(),
        notes=_list("Note"),
    ),
    "Filed": _object("service_request_id", service_request_id=_text(), service_notice=_maybe(), account_id=_maybe()),
    "Token": _object("service_request_id token", service_request_id=_text(), token=_text()),
    "Taken": _object("update_id", update_id=_text()),
    "Update": _object(
        "update_id service_request_id status description updated_datetime",
        update_id=_text(),
        service_request_id=_text(),
        status=_text(),
        description=_text(),
        updated_datetime=_MOMENT,
        media_url=_maybe(),
    ),
    "Endpoint": _object(
        "specification url changeset type formats",
        specification=_text(),
        url=_text(format="uri"),
        changeset=_MOMENT,
        type={"enum": ["production", "test"]},
        formats={"type": "array", "items": _text()},
    ),
    "Discovery": _object(
        "changeset contact key_service endpoints",
        changeset=_MOMENT,
        contact=_text(),
        key_service=_text(),
        endpoints=_list("Endpoint"),
    ),
}


def _answer(schema: Said) -> Said:
    content = {"application/json": {"schema": schema}, "text/xml": {"schema": {}}}
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Errors"}}, "text/xml": {"schema": {}}}
    return {
        "200": {"description": _("Lo pedido"), "content": content},
        "4XX": {"description": _("Lo que hay que corregir"), "content": problem},
    }


_FORM = {"name": "form", "in": "path", "required": True, "schema": {"enum": ["json", "xml"]}}


def _in_path(name: str) -> Said:
    return {"name": name, "in": "path", "required": True, "schema": _text(pattern=r"^[-A-Za-z0-9_]{1,60}$")}


def _asked(name: str, said: str, **schema: Any) -> Said:
    return {"name": name, "in": "query", "description": said, "schema": {"type": "string", **schema}}


_KEY = _asked("api_key", _("La clave del programa"))
_JURISDICTION = _asked("jurisdiction_id", _("La jurisdicción; puede omitirse"))
_EXTENSIONS = _asked("extensions", _("Con «true», la historia pública en `notes`"))
_SPAN = [
    _asked("start_date", _("Desde este momento (ISO 8601)")),
    _asked("end_date", _("Hasta este momento; a lo sumo 90 días después")),
]
_LISTED = [
    _asked("service_request_id", _("Números separados por comas: mandan sobre los demás filtros")),
    _asked("service_code", _("Tipos separados por comas")),
    _asked("status", "open, closed o ambos"),
    *_SPAN,
    _asked("updated_after", _("Cambiados desde este momento")),
    _asked("updated_before", _("Cambiados hasta este momento")),
    _asked("page", _("Página, desde 1")),
    _asked("page_size", _("Cuántos por página, hasta 1000")),
    _EXTENSIONS,
]


def _get(summary: str, schema: Said, *parameters: Said) -> Said:
    given = [_FORM, *parameters, _JURISDICTION]
    return {"summary": summary, "operationId": _slug(summary), "parameters": given, "responses": _answer(schema)}


def _post(summary: str, schema: Said, body: Said) -> Said:
    files = {"media": {"type": "string", "format": "binary"}}
    content = {
        "application/x-www-form-urlencoded": {"schema": body},
        "multipart/form-data": {"schema": {**body, "properties": {**body["properties"], **files}}},
    }
    return {
        "summary": summary,
        "operationId": _slug(summary),
        "parameters": [_FORM],
        "requestBody": {"required": True, "content": content},
        "responses": _answer(schema),
    }


def _slug(summary: str) -> str:
    return summary.lower().replace(" ", "-")


_FILING = _object(
    "api_key service_code",
    api_key=_text(),
    service_code=_text(),
    lat=_text(description=_("Con long; o address_string, o address_id")),
    long=_text(),
    address_string=_text(),
    address_id=_text(),
    description=_text(),
    email=_text(),
    phone=_text(),
    first_name=_text(),
    last_name=_text(),
    device_id=_text(),
    account_id=_text(),
    media_url=_text(),
)
_UPDATE = _object(
    "api_key service_request_id update_id updated_datetime status",
    api_key=_text(),
    service_request_id=_text(),
    update_id=_text(),
    updated_datetime=_text(),
    status=_text(),
    description=_text(),
    media_url=_text(),
)


def _ref(name: str) -> Said:
    return {"$ref": f"#/components/schemas/{name}"}


def description() -> Said:
    """The description, whole, in the language in force."""
    return _in(get_language())


@cache
def _in(_language: str | None) -> Said:
    said: Said = _translated(_whole())
    return said


def _translated(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _translated(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_translated(each) for each in value]
    return gettext(value) if name == "description" and isinstance(value, str) else value


def _whole() -> Said:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Open311 GeoReport v2", "version": "2", "description": _("Reportes por Open311.")},
        "servers": [{"url": "/open311"}],
        "paths": {
            "/discovery.{form}": {"get": _get("Discovery", _ref("Discovery"))},
            "/v2/services.{form}": {"get": _get("Service list", _list("Service"))},
            "/v2/services/{code}.{form}": {"get": _get("Service definition", _ref("Definition"), _in_path("code"))},
            "/v2/requests.{form}": {
                "get": _get("Service requests", _list("Request"), *_LISTED, _KEY),
                "post": _post("File a request", _list("Filed"), _FILING),
            },
            "/v2/requests/{number}.{form}": {
                "get": _get("Service request", _list("Request"), _in_path("number"), _EXTENSIONS, _KEY)
            },
            "/v2/tokens/{token}.{form}": {"get": _get("Token", _list("Token"), _in_path("token"), _KEY)},
            "/v2/servicerequestupdates.{form}": {
                "get": _get("Updates", _list("Update"), *_SPAN, _KEY),
                "post": _post("Tell an update", _list("Taken"), _UPDATE),
            },
        },
        "components": {"schemas": _SCHEMAS},
    }
