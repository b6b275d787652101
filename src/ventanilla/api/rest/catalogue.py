"""What the municipality attends: read by anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Path

from ventanilla.api.rest import problems, schemas, writing
from ventanilla.api.rest.server import ANYBODY, key_if_any, server
from ventanilla.catalog import published

_TAGS = [_("Catálogo")]
_SCHEMA = "https://json-schema.org/draft/2020-12/schema"


@server.get(
    "services", response=list[schemas.ServiceOut], tags=_TAGS, summary=_("Los servicios"), operation_id="services",
    description=_("Cada uno con sus tipos de trámite, en el orden del catálogo."), openapi_extra=ANYBODY,
)  # fmt: skip
def services(request: HttpRequest) -> Any:
    key_if_any(request)
    catalogue = published.current()
    return [
        {**writing.named(each), "description": each.description, "procedures": _named(catalogue.of_service(each))}  # type: ignore[dict-item]
        for each in catalogue.services
    ]


def _named(procedures: Any) -> list[Any]:
    return [writing.named(each) for each in procedures]


@server.get(
    "procedures", response=list[schemas.ProcedureOut], tags=_TAGS, summary=_("Los tipos de trámite"),
    description=_("Todos los que están activos."), operation_id="procedures", openapi_extra=ANYBODY,
)  # fmt: skip
def procedures(request: HttpRequest) -> Any:
    key_if_any(request)
    return [writing.procedure(each) for each in published.current().by_key.values()]


@server.get(
    "procedures/{key}", response=schemas.ProcedureDetail, tags=_TAGS, summary=_("Un tipo de trámite"),
    description=_("Con lo que pregunta y el esquema de las respuestas."), operation_id="procedure",
    openapi_extra=ANYBODY,
)  # fmt: skip
def procedure(request: HttpRequest, key: Path[schemas.Key]) -> Any:
    key_if_any(request)
    found = published.current().by_key.get(key)
    if found is None:
        raise problems.not_found()
    schema = found.form.schema if found.form else {"type": "object", "properties": {}}
    return {
        **writing.procedure(found),
        "questions": writing.questions(found.form),
        "answers_schema": {"$schema": _SCHEMA, **schema},
    }
