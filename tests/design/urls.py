"""The design room's addresses alone, pages that use its pieces, and pages that go wrong on purpose."""

from pathlib import Path

from django import forms
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_POST

from ventanilla.design import guide, views
from ventanilla.design.components import Option

PAGES = Path(__file__).parent / "pages"
handler400 = "ventanilla.design.views.bad_request"


class Photos(forms.ClearableFileInput):
    allow_multiple_selected = True


class WhereForm(forms.Form):
    """A step of a flow with every script at work."""

    place = forms.CharField(
        label="Lugar", widget=forms.TextInput(attrs={"data-autocomplete": "/places/", "data-fills": "chosen"})
    )
    note = forms.CharField(label="Seña", required=False)
    kind = forms.ChoiceField(label="Clase", choices=[("a", "Una"), ("b", "Otra")], widget=forms.RadioSelect)
    photos = forms.FileField(
        label="Fotos", required=False, widget=Photos(attrs={"data-photos": True, "data-most": "2", "accept": "image/*"})
    )


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    template = engines["django"].from_string((PAGES / name).read_text())
    return HttpResponse(template.render(context, request))


def desk(request: HttpRequest) -> HttpResponse:
    return _page(request, "desk.html", guide.context(request))


def form(request: HttpRequest) -> HttpResponse:
    sent = request.method == "POST"
    filled = WhereForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and filled.is_valid():
        sizes = [file.size for file in request.FILES.getlist("photos")]
        return JsonResponse({"sizes": sizes, "chosen": request.POST["chosen"]})
    scripts = ["autocomplete", "draft", "photos", "locate"]
    return _page(request, "form.html", {"form": filled, "scripts": scripts})


def places(request: HttpRequest) -> HttpResponse:
    known = [Option("Calle Las Acacias 340", "San Isidro", value="p1"), Option("Pasaje Las Acacias", value="p2")]
    asked = request.GET["q"].lower()
    return render(request, "design/_options.html", {"options": [one for one in known if asked in one.text.lower()]})


def base(request: HttpRequest) -> HttpResponse:
    def shape(kind: str, west: float, south: float, size: float) -> dict[str, object]:
        e, n = west + size, south + size
        ring = [[west, south], [e, south], [e, n], [west, n], [west, south]]
        about = {"layer": "shape", "kind": kind, "label": ""}
        return {"type": "Feature", "properties": about, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    street = {"type": "LineString", "coordinates": [[-84.1, 9.9305], [-84.08, 9.9325]]}
    town = [shape("town", -84.2, 9.8, 0.2), shape("park", -84.0915, 9.9315, 0.0008)]
    blocks = [shape("block", -84.094 + x * 0.0012, 9.927 + y * 0.0012, 0.001) for x in range(7) for y in range(5)]
    named = {
        "type": "Feature",
        "properties": {"layer": "street", "kind": "street", "label": "Calle Sucre"},
        "geometry": street,
    }
    return JsonResponse({"type": "FeatureCollection", "features": [*town, *blocks, named]})


def pins(request: HttpRequest) -> HttpResponse:
    def point(lon: float, lat: float, **about: object) -> dict[str, object]:
        return {"type": "Feature", "properties": about, "geometry": {"type": "Point", "coordinates": [lon, lat]}}

    shapes = ("ring", "diamond", "triangle", "square")
    found = [point(-84.0925 + index * 0.0015, 9.9291, shape=shape, title=shape) for index, shape in enumerate(shapes)]
    return JsonResponse({"features": [*found, point(-84.088, 9.932, count=58)]})


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def bad(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def large(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("", include("ventanilla.design.urls")),
    path("mesa/", desk),
    path("form/", form),
    path("sent/", require_POST(form)),
    path("places/", places),
    path("base.geojson", base),
    path("pins.geojson", pins),
    path("denied/", denied),
    path("bad/", bad),
    path("large/", large),
    path("broken/", broken),
    path("busy/", views.too_many),
    path("mending/", views.unavailable),
    # The faces whose pages stand in the menus.
    path("mesa/", include("ventanilla.desk.urls")),
    path("", include("ventanilla.portal.urls")),
]
