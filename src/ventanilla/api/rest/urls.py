"""Addresses of the REST API."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from ventanilla.api.rest import acts, attachments, cases, catalogue, filing, following, mapping, reference
from ventanilla.api.rest.server import server, surround

__all__ = ["acts", "attachments", "cases", "catalogue", "filing", "following", "mapping"]


def _served() -> list[URLPattern]:
    """What the modules above have registered, each surrounded."""
    patterns = [each for each in server.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
    return [URLPattern(each.pattern, surround(each.callback), each.default_args, each.name) for each in patterns]


urlpatterns = [
    path("", reference.show, name="api-reference"),
    path("openapi.json", reference.openapi, name="api-openapi"),
    path("", include((_served(), "api"))),
]
