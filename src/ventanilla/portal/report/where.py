"""The step that asks where: words are looked up, a point of the map or of the phone is told back in words."""

from __future__ import annotations

from typing import Any

from ventanilla.cases import near
from ventanilla.catalog.enums import PlaceNeed
from ventanilla.lib import text
from ventanilla.organization import municipality
from ventanilla.places import geocode
from ventanilla.places.enums import PlaceSource
from ventanilla.places.geocode import SURE, Candidate, pointed
from ventanilla.places.rules import Place, said_only
from ventanilla.places.zones import locate, names
from ventanilla.portal.report.answers import Answer
from ventanilla.portal.report.flow import Flow
from ventanilla.portal.report.forms import WhereForm

POINTED = frozenset({PlaceSource.MAP, PlaceSource.MY_LOCATION})
SCRIPTS = ("design/js/autocomplete.js", "design/js/locate.js", "design/js/map.js", "portal/js/where.js")
FAR_ZOOM, NEAR_ZOOM = 14, 17


def _form(flow: Flow, data: Any = None) -> WhereForm:
    return WhereForm(data, initial=_initial(flow), optional=flow.procedure.place_need == PlaceNeed.OPTIONAL)


def _initial(flow: Flow) -> dict[str, Any]:
    """What was answered; a point only where the person put it, since other words move one that was looked up."""
    place, hint = flow.place, flow.data.get("hint")
    if place is None:
        return {"hint": hint}
    point = {"lon": place.lon, "lat": place.lat, "source": place.source} if place.source in POINTED else {}
    return {"said": place.as_said, "hint": hint, **point}


def show_where(flow: Flow) -> dict[str, Any]:
    place, own = flow.place, municipality.current()
    lon, lat = (place.lon, place.lat) if place and place.has_position else (own.center_lon, own.center_lat)
    return {
        "form": _form(flow),
        "place": place,
        "zone": zone_of(place),
        "center": f"{lon},{lat}",
        "zoom": NEAR_ZOOM if place and place.has_position else FAR_ZOOM,
        "scripts": SCRIPTS,
    }


def zone_of(place: Place | None) -> str:
    """The neighbourhood of a place, to be shown beside it."""
    if place is None or place.lon is None or place.lat is None:
        return ""
    found = names(locate(place.lon, place.lat))
    return found.get("neighborhood") or found.get("district") or ""


def take_where(flow: Flow) -> Answer:
    form = _form(flow, flow.request.POST)
    if not form.is_valid():
        return Answer(False, {"form": form})
    told = form.cleaned_data
    place, candidates = _placed(told, _chosen(flow, told["said"]))
    if candidates:
        return Answer(False, {"form": form, "candidates": candidates, "place": None})
    if place and place.lon is not None and place.lat is not None and not locate(place.lon, place.lat).inside:
        return Answer(False, {"form": form, "outside": True, "place": None})
    near_by = near.open_reports(flow.procedure, place) if place else []
    flow.save(place=place.to_json() if place else None, hint=told["hint"] or None, has_near=bool(near_by) or None)
    return Answer(True)


def _chosen(flow: Flow, said: str) -> str:
    """Which of the places offered was picked; nothing if the words were changed since they were offered."""
    return flow.request.POST.get("chosen", "") if flow.request.POST.get("offered_for") == said else ""


def _placed(told: dict[str, Any], chosen: str) -> tuple[Place | None, list[Candidate]]:
    """The place meant, or the candidates among which the person must choose."""
    said, lon, lat = told["said"], told["lon"], told["lat"]
    if lon is not None and lat is not None:
        return pointed(said, lon, lat, PlaceSource(told["source"] or PlaceSource.MAP)), []
    if not said:
        return None, []
    if chosen == "said":
        return said_only(said), []
    return _looked_up(said, geocode.suggest(said), chosen)


def _looked_up(said: str, candidates: list[Candidate], chosen: str) -> tuple[Place | None, list[Candidate]]:
    candidates = [each for each in candidates if each.inside] or candidates
    if chosen.isdecimal() and int(chosen) < len(candidates):
        return candidates[int(chosen)].to_place(as_said=said), []
    same = [each for each in candidates if text.fold(each.label) == text.fold(said)]
    if same or (len(candidates) == 1 and candidates[0].confidence >= SURE):
        return (same or candidates)[0].to_place(as_said=said), []
    return (None, candidates) if candidates else (said_only(said), [])
