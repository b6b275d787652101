"""The addresses of the house, with a desk of one page that says no more than that one is in."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from ventanilla.config import urls
from ventanilla.config.urls import handler403, handler404, handler429
from ventanilla.organization.guards import needs

__all__ = ["handler403", "handler404", "handler429"]


@needs()
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("la mesa")


urlpatterns = [path("mesa/", desk), path("mesa/caso/", desk), *urls.urlpatterns]
