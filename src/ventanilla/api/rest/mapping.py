"""Open cases on a map: what is public for everybody, what they see for whoever has a key."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import P, QueryEx

from ventanilla.accounts.enums import Scope
from ventanilla.api.rest import problems, schemas
from ventanilla.api.rest.problems import Problem
from ventanilla.api.rest.server import ANYBODY, answers_as, key_if_any, server
from ventanilla.cases import mapping
from ventanilla.cases.models import Case, CaseQuerySet

_SIDE = r"-?\d{1,3}(\.\d{1,12})?"
_BOX = rf"^{_SIDE},{_SIDE},{_SIDE},{_SIDE}$"


@server.get(
    "map", response=schemas.Features, tags=[gettext_noop("Mapa")],
    summary=gettext_noop("Los casos abiertos en el mapa"),
    description=gettext_noop(
        "GeoJSON: agrupados de lejos, uno por uno desde el acercamiento 16. Sin clave, los reportes públicos; con "
        "una que lee casos, los que ve quien la tiene."
    ),
    operation_id="map", openapi_extra={**ANYBODY, **answers_as("application/geo+json", "Features")},
)  # fmt: skip
def show(
    request: HttpRequest,
    bbox: QueryEx[str, P(pattern=_BOX, examples=["-84.2,9.8,-84.0,10.0"])],
    zoom: QueryEx[int, P(ge=0, le=24)] = 13,
) -> Any:
    west, south, east, north = (float(side) for side in bbox.split(","))
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        said = _("«bbox» es oeste,sur,este,norte, en grados.")
        raise Problem(422, _("Hay datos que corregir."), errors=[{"detail": said, "parameter": "bbox"}])
    window = mapping.Window(west, south, east, north, zoom)
    found = mapping.points(_cases(request).open(), window, lambda uuid: f"{problems.REFERENCE}cases/{uuid}")
    return HttpResponse(msgspec.json.encode(found), content_type="application/geo+json")


def _cases(request: HttpRequest) -> CaseQuerySet:
    key = key_if_any(request)
    if key is None or key.user is None or Scope.CASE_READ not in key.scopes:
        return Case.objects.public()
    return Case.objects.visible_to(key.user)
