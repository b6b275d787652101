"""Addresses of GeoReport v2. `url/` + path works too, so a doubled slash is let in.

The test endpoint checks everything as the other does, and keeps nothing.
"""

from typing import Any

from django.urls import URLPattern, re_path

from ventanilla.api.open311 import views

_F = r"\.(?P<form>xml|json)$"
_ADDRESSES: list[tuple[str, Any, str]] = [
    (rf"services{_F}", views.services, "services"),
    (rf"services/(?P<code>[-\w.]+?){_F}", views.service_definition, "definition"),
    (rf"requests{_F}", views.requests, "requests"),
    (rf"requests/(?P<reference>[-\w.]+?){_F}", views.one_request, "request"),
    (rf"tokens/(?P<token>[-\w.]+?){_F}", views.token, "token"),
    (rf"servicerequestupdates{_F}", views.updates, "updates"),
]


def _under(prefix: str, name: str, **more: Any) -> list[URLPattern]:
    return [re_path(rf"^{prefix}//?{path}", view, more, name=f"{name}-{own}") for path, view, own in _ADDRESSES]


urlpatterns = [
    re_path(rf"^discovery{_F}", views.discovery, name="open311-discovery"),
    re_path(r"^v2/openapi\.json$", views.openapi, name="open311-openapi"),
    *_under("v2", "open311"),
    *_under("test/v2", "open311-test", trial=True),
]
