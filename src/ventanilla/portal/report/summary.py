"""Check your answers: what was said, who will see it, and by when it is answered."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ventanilla.calendars import clocks
from ventanilla.cases.enums import Identity
from ventanilla.catalog.enums import Kind
from ventanilla.design.components import Answer as Line
from ventanilla.design.components import Photo
from ventanilla.design.languages import translated
from ventanilla.forms.reading import pairs
from ventanilla.people.rules import masked
from ventanilla.portal import visitor
from ventanilla.portal.report.flow import Flow
from ventanilla.portal.report.where import zone_of

SEND = {
    Kind.SERVICE_REQUEST: gettext_lazy("Enviar el reporte"),
    Kind.COMPLAINT: gettext_lazy("Enviar la queja"),
    Kind.REPORT_OF_BREACH: gettext_lazy("Enviar la denuncia"),
    Kind.APPLICATION: gettext_lazy("Enviar la solicitud"),
    Kind.INQUIRY: gettext_lazy("Enviar la consulta"),
    Kind.SUGGESTION: gettext_lazy("Enviar la sugerencia"),
    Kind.COMPLIMENT: gettext_lazy("Enviar la felicitación"),
}


def lines(flow: Flow) -> list[Line]:
    """The answers, each with its way back."""
    procedure, details = flow.procedure, flow.data.get("details", {})
    found = [
        Line(
            _("Qué pasa"),
            translated(procedure.name),
            translated(procedure.service.name),
            reverse("portal:report"),
            _("qué pasa"),
        )
    ]
    found += _where(flow)
    if procedure.form:
        answered = pairs(procedure.form, details.get("answers", {}))
        found += [Line(question, words, "", flow.path("detalles")) for question, words in answered]
    said = details.get("description") or _("Nada más")
    found.append(Line(_("Lo que nos cuenta"), said, "", flow.path("detalles"), _("lo que nos cuenta")))
    return [*found, _photos(flow), _who(flow)]


def _where(flow: Flow) -> list[Line]:
    place, path = flow.place, flow.path("donde")
    if place is None:
        asked = "donde" in flow.steps
        return [Line(_("Dónde"), _("No dijo un lugar"), "", path, _("dónde"))] if asked else []
    unplaced = "" if place.has_position else _("No lo ubicamos en el mapa: lo buscará quien lo atienda.")
    more = [part for part in (zone_of(place), unplaced, flow.data.get("hint", "")) if part and part not in place.label]
    return [Line(_("Dónde está"), translated(place.label), ". ".join(more), path, _("dónde está"))]


def _photos(flow: Flow) -> Line:
    photos = [each for each in flow.photos if each.is_photo]
    shown = [
        Photo(reverse("portal:thumbnail", args=[each.uuid]), _("Foto %(n)d") % {"n": number})
        for number, each in enumerate(photos, start=1)
    ]
    counted = ngettext(
        "%(n)d foto, sin los datos del teléfono.", "%(n)d fotos, sin los datos del teléfono.", len(shown)
    )
    said = counted % {"n": len(shown)} if shown else _("Ninguna")
    if not flow.takes_papers:
        return Line(_("Fotos"), said, "", flow.path("fotos"), _("las fotos"), shown)
    papers = [each.name for each in flow.photos if not each.is_photo]
    said = "\n".join([*([said] if shown else []), *papers]) or _("Ninguno")
    return Line(_("Fotos y documentos"), said, "", flow.path("fotos"), _("las fotos y los documentos"), shown)


def _who(flow: Flow) -> Line:
    person, contact = visitor.person_of(flow.request), flow.data.get("contact")
    path, about = flow.path("quien"), _("quién lo presenta")
    if flow.data["identity"] == Identity.ANONYMOUS:
        return Line(_("Quién lo presenta"), _("Sin decir quién es"), _("Lo sigue con un código."), path, about)
    name = person.name if person else flow.data.get("name", "")
    more = [_contact(flow, contact)] if contact and not person else []
    if flow.data["identity"] == Identity.CONFIDENTIAL:
        more.append(_("Con identidad reservada."))
    return Line(_("Quién lo presenta"), name, " ".join(more), path, about)


def _contact(flow: Flow, contact: list[str]) -> str:
    said = masked(contact[0], contact[1])
    return _("%(contact)s, comprobado.") % {"contact": said} if flow.is_proven else f"{said}."


def promises(flow: Flow) -> list[str]:
    """By when it is answered and mended, and by what law, counted from the moment it is sent."""
    procedure, is_named = flow.procedure, flow.data.get("identity") != Identity.ANONYMOUS
    legal = clocks.response_term(procedure.nature, identified=is_named)
    found = []
    if legal:
        told = {"term": clocks.describe_term(legal.term), "law": legal.citation}
        found.append(_("Le contestamos en %(term)s a más tardar (%(law)s).") % told)
    if procedure.target:
        term = clocks.describe_term(procedure.target)
        found.append(_("Según nuestra carta de servicios, lo arreglamos en %(term)s.") % {"term": term})
    return found


def audience(flow: Flow) -> str:
    """Who sees what."""
    if not flow.procedure.may_be_public:
        return _("Esto no sale en el mapa público. Lo ve solo quien lo atiende.")
    if flow.photos:
        return _(
            "En el mapa público saldrán el problema, el lugar y las fotos. Quién es usted y lo que nos cuenta, no."
        )
    return _("En el mapa público saldrán el problema y el lugar. Quién es usted y lo que nos cuenta, no.")
