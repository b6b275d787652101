"""Stopping the messages to a contact: by the link that a message carries, or from «Todo lo mío»."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ventanilla.notifications import actions, opting
from ventanilla.organization.guards import public

_FAMILIES: dict[str, Promise] = {
    "": _("los avisos de lo suyo y de lo que sigue"),
    "case": _("los avisos de cómo va lo que presentó"),
    "followed": _("los avisos de los reportes que sigue"),
    "digest": _("los resúmenes de avisos"),
    "staff": _("los avisos de trabajo"),
}


# The link is the proof: it was signed here and sent to that address alone. Mail programs post to it without a page of
# ours (RFC 8058), and so without its token.
@csrf_exempt
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a family of messages to an address, or have them again. Opening the page changes nothing."""
    try:
        _digest, family = opting.read(token)
    except opting.BadToken as error:
        raise Http404 from error
    if request.method == "POST":
        change = actions.opt_in if "again" in request.POST else actions.opt_out
        change(token=token)
        return redirect("portal:notices", token=token)
    said = {"token": token, "family": _FAMILIES.get(family, _FAMILIES[""]), "stopped": actions.is_stopped(token=token)}
    return render(request, "portal/notices.html", said)
