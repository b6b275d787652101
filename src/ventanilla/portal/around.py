"""Public reports as lists and pins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ventanilla.cases import rules
from ventanilla.cases.enums import Visibility
from ventanilla.cases.models import Case
from ventanilla.design.components import Photo
from ventanilla.design.dates import day, when
from ventanilla.design.languages import translated
from ventanilla.design.registry import states
from ventanilla.lib import clock
from ventanilla.organization import municipality
from ventanilla.places import minimap as drawing
from ventanilla.places.minimap import Pin
from ventanilla.places.rules import distance_m


@dataclass(frozen=True)
class Report:
    """A public report: no words of the person, only what, where and how it goes."""

    case: Case
    look: str
    shape: str
    said: str

    @property
    def title(self) -> str:
        return translated(self.case.procedure.name)


PUBLIC_LOOKS = {"waiting": "in_progress", "answered": "in_progress", "refused": "closed", "withdrawn": "closed"}
"""What only concerns who filed is not said to others."""


def look_of(case: Case) -> str:
    """The key of the case's state as everybody sees it."""
    look = rules.look(case.state, case.due_at, clock.now())
    return PUBLIC_LOOKS.get(look, look)


def report_of(case: Case) -> Report:
    """A report as the lists show it."""
    look = look_of(case)
    return Report(case, look, str(states[look].shape), said(case))


def listed(cases: Iterable[Case]) -> list[Report]:
    """Reports as the lists show them."""
    return [report_of(case) for case in cases]


def photos_of(case: Case) -> list[Photo]:
    """The photos of a case that anybody may see. Reads `attachments`, to be prefetched with their files."""
    words = _("Foto de %(what)s, %(where)s") % {"what": translated(case.procedure.name), "where": case.place_label}
    shown = [
        each.file for each in case.attachments.all() if each.visibility == Visibility.PUBLIC and each.file.is_photo
    ]
    paths = [
        (reverse("portal:thumbnail", args=[each.uuid]), reverse("portal:file", args=[each.uuid])) for each in shown
    ]
    return [Photo(small, words, whole) for small, whole in paths]


def said(case: Case) -> str:
    """How it goes, in one sentence, and how many follow."""
    parts = [_state_sentence(case)]
    if case.follower_count:
        counted = ngettext("La sigue %(n)d persona.", "La siguen %(n)d personas.", case.follower_count)
        parts.append(counted % {"n": case.follower_count})
    return " ".join(parts)


def _state_sentence(case: Case) -> str:
    look = look_of(case)
    if look == "overdue" and case.due_at:
        return _("Vencido desde el %(day)s. Pedimos disculpas.") % {"day": day(case.due_at)}
    if case.closed_at:
        return _("%(state)s el %(day)s.") % {"state": states[look].word, "day": day(case.closed_at)}
    if look == "received":
        return _("Recibido %(when)s.") % {"when": when(case.filed_at)}
    return _("%(state)s en %(who)s.") % {"state": states[look].word, "who": translated(case.department.name)}


NEAREST_M, MARGIN = 500, 1.7
"""The margin is wide: a phone shows the middle of the drawing, larger."""


def minimap(cases: Iterable[Case], *, label: str, metres: float | None = None) -> SafeString:
    """A drawing of the town that holds these reports; its centre where there are none. `label`: what it shows."""
    placed = [case for case in cases if case.lon is not None and case.lat is not None]
    pins = [pin_of(case) for case in placed]
    lon, lat, wide = _frame(pins)
    return drawing.svg(lon, lat, metres or wide, pins=pins, label=label)


def _frame(pins: list[Pin]) -> tuple[float, float, float]:
    """The middle of some pins, and how many metres across a picture must be to hold them all."""
    own = municipality.current()
    if not pins:
        return own.center_lon, own.center_lat, 1500
    west, east = min(pin.lon for pin in pins), max(pin.lon for pin in pins)
    south, north = min(pin.lat for pin in pins), max(pin.lat for pin in pins)
    across = distance_m(west, south, east, south), distance_m(west, south, west, north) / 0.75
    return (west + east) / 2, (south + north) / 2, max(NEAREST_M, MARGIN * max(across))


def pin_of(case: Case) -> Pin:
    """A case as a mark on the drawing of the town."""
    return Pin(case.lon or 0, case.lat or 0, rules.mark(look_of(case)), title=translated(case.procedure.name))
