"""Pages of the design room itself: the style guide, the municipality's colours, the installable app, errors."""

import hashlib
from textwrap import shorten

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from ventanilla.design import guide as samples
from ventanilla.design import municipality, registry, rules
from ventanilla.design.registry import ways

_YEAR = 31_536_000
_HOUR = 3600
_SHORT = 12
"""As many letters as a phone shows under an icon."""
SHELL = (
    "design/vendor/kit.css",
    "design/ventanilla.css",
    "design/vendor/atkinson-400.woff2",
    "design/vendor/atkinson-700.woff2",
    "design/icons.svg",
    "design/app/icon.svg",
)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The style guide: every component with its states and its rule of use. Public."""
    return render(request, "design/guide.html", samples.context(request))


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the municipality's own colour as a style sheet. The colour is in the address, so it is kept."""
    asked = f"#{request.GET.get('c', '')}"
    color = asked if rules.is_color(asked) else municipality.current().primary_color
    response = HttpResponse(_sheet(color), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={_YEAR if color == asked else _HOUR}, immutable"
    return response


def _sheet(color: str) -> str:
    day, night = rules.scale(color if rules.is_color(color) else rules.DEFAULT_COLOR)
    lines = ["".join(f"--v-{name}:{value};" for name, value in tokens.items()) for tokens in (day, night)]
    return f":root{{{lines[0]}}}@media (prefers-color-scheme:dark){{html.desk{{{lines[1]}}}}}\n"


@require_safe
@cache_control(public=True, max_age=_HOUR)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to install the portal."""
    town = municipality.current()
    sizes = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"))
    icons = [
        {"src": static(f"design/app/{name}"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in (*sizes, ("icon-maskable-512.png", "512x512", "maskable"))
    ]
    about = {
        "name": f"{town.kind} {pgettext('municipalidad de', 'de')} {town.name}" if town.kind else town.name,
        "short_name": shorten(town.name, _SHORT, placeholder="") or town.name[:_SHORT],
        "description": _("Reportar un problema y ver cómo va."),
        "lang": "es",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#FBF9F5",
        "theme_color": town.primary_color,
        "icons": icons,
        "shortcuts": [{"name": str(way.label), "url": way.path} for way in ways(registry.menu, request)],
    }
    return JsonResponse(about, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its cache is named after what it keeps, so a new version replaces the old one whole."""
    shell = [static(name) for name in SHELL]
    version = "shell-" + hashlib.sha256("".join(shell).encode()).hexdigest()[:12]
    context = {"shell": shell, "version": version, "offline": reverse("design:offline")}
    return render(request, "design/sw.js", context, content_type="text/javascript")


@require_safe
@cache_control(public=True, max_age=_HOUR)
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows without connection."""
    return render(request, "design/offline.html")


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`: what is too large gets its own page and status."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def too_many(request: HttpRequest) -> HttpResponse:
    """The page for who tried too often."""
    return render(request, "429.html", status=429)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page while the system is being mended; reads no database."""
    response = render(None, "503.html", status=503)
    response["Retry-After"] = "120"
    return response
