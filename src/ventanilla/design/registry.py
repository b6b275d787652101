"""What the frames show, registered by the rooms that exist: nothing is shown that isn't built.

A room fills these in `AppConfig.ready()`:

    menu.register("report", Entry(_("Reportar"), "report.start", order=10))
    states.register("inspected", State(_("Inspeccionado"), "eye", Tone.ACTION, Shape.DIAMOND))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ventanilla.design.enums import Shape, Tone
from ventanilla.lib.links import link
from ventanilla.lib.plugins import Registry

Words = str | Promise


def always(request: HttpRequest) -> bool:
    """Everyone sees it."""
    return True


@dataclass(frozen=True)
class Entry:
    """A way to a page: `to` is the name of a page (`lib.links`) or a function of the request that gives its path.

    It is left out where `shown` says no, and where nobody draws the page (the path is empty).
    """

    label: Words
    to: str | Callable[[HttpRequest], str]
    icon: str = ""
    order: int = 50
    hint: Words = ""
    shown: Callable[[HttpRequest], bool] = always
    exact: bool = False
    """Current only on its own path, not below it."""
    group: Words = ""
    """The heading it stands under, on a page that has several."""
    spoken: Words = ""
    """The language of its label, where it isn't the page's."""

    def path(self, request: HttpRequest) -> str:
        """Where it leads; the empty string where it isn't shown."""
        if not self.shown(request):
            return ""
        return link(self.to) if isinstance(self.to, str) else self.to(request)


@dataclass(frozen=True)
class Way:
    """An entry as one request sees it."""

    label: Words
    path: str
    icon: str
    hint: Words
    is_current: bool
    group: Words = ""
    spoken: Words = ""


@dataclass(frozen=True)
class NeedsMe:
    """What waits for the person at the desk: how many, and the page that lists them."""

    count: Callable[[HttpRequest], int]
    to: str


@dataclass(frozen=True)
class State:
    """How a state looks everywhere: word, icon and tone; on maps also a shape."""

    word: Words
    icon: str
    tone: Tone
    shape: Shape = Shape.DIAMOND


menu: Registry[Entry] = Registry("portal menu entry")
"""The portal's header."""
doors: Registry[Entry] = Registry("door")
"""The big arched doors of the portal's home, with a hint under each."""
account: Registry[Entry] = Registry("portal account entry")
"""The framed button at the end of the portal's header: sign in, or my own space."""
footer_do: Registry[Entry] = Registry("footer entry, do here")
footer_know: Registry[Entry] = Registry("footer entry, know more")
footer_site: Registry[Entry] = Registry("footer entry, this site")
rail: Registry[Entry] = Registry("desk rail entry")
"""The desk's left rail; every entry has an icon."""
desk_home: Registry[Entry] = Registry("desk home")
"""Where the desk's brand leads; the first shown counts."""
desk_menu: Registry[Entry] = Registry("desk user menu entry")
"""The menu under the user's name; signing out is always its last."""
desk_search: Registry[Entry] = Registry("desk search")
"""The page that answers the search at the top (`?q=`); its hint is the placeholder. The first shown counts."""
desk_settings: Registry[Entry] = Registry("desk settings entry")
"""The pages of Ajustes, each with an icon and a hint of what is set there, under the headings of their groups."""
needs_me: Registry[NeedsMe] = Registry("what needs me")
states: Registry[State] = Registry("state")

SIGN_OUT = "accounts.sign_out"
"""The name (`lib.links`) of the page that signs out, by POST."""
HOME = "portal.home"
"""The name of the portal's home."""


def ways(entries: Registry[Entry], request: HttpRequest) -> list[Way]:
    """What a request is shown of a registry, in order."""
    ordered = sorted(entries.values(), key=lambda entry: entry.order)
    return [
        Way(
            entry.label,
            path,
            entry.icon,
            entry.hint,
            _is_current(entry, path, request.path),
            entry.group,
            entry.spoken,
        )
        for entry in ordered
        if (path := entry.path(request))
    ]


def _is_current(entry: Entry, path: str, here: str) -> bool:
    return here == path or (not entry.exact and path != "/" and here.startswith(path.rstrip("/") + "/"))


for _key, _state in {
    "received": State(_("Recibido"), "inbox", Tone.NEUTRAL, Shape.RING),
    "in_progress": State(_("En curso"), "circle-dashed", Tone.ACTION),
    "scheduled": State(_("Visita fijada"), "calendar-event", Tone.ACTION),
    "waiting": State(_("Espera su respuesta"), "message-2-question", Tone.OWED),
    "awaiting": State(_("Espera respuesta"), "message-2-question", Tone.OWED),
    "answered": State(_("Respondió"), "message-2-check", Tone.ACTION),
    "opinion": State(_("Espera informe"), "hourglass", Tone.NEUTRAL),
    "programmed": State(_("Programado"), "calendar-clock", Tone.NEUTRAL),
    "paused": State(_("En pausa"), "player-pause", Tone.OWED),
    "overdue": State(_("Vencido"), "alert-triangle", Tone.LATE, Shape.TRIANGLE),
    "resolved": State(_("Resuelto"), "check", Tone.DONE, Shape.SQUARE),
    "fixed": State(_("Arreglado"), "check", Tone.DONE, Shape.SQUARE),
    "closed": State(_("Cerrado"), "lock", Tone.NEUTRAL, Shape.SQUARE),
    "refused": State(_("No corresponde"), "x", Tone.NEUTRAL, Shape.SQUARE),
    "withdrawn": State(_("Retirado"), "arrow-back-up", Tone.NEUTRAL, Shape.SQUARE),
    "duplicate": State(_("Repetido"), "files", Tone.NEUTRAL, Shape.SQUARE),
}.items():
    states.register(_key, _state)
