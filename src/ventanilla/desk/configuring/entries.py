"""The pages of Ajustes: their names, what is set there and who finds them.

Another page registers itself beside these, in `DeskConfig.ready()`:

    desk_settings.register("replies", Entry(_("Respuestas"), "desk.replies", "message", 220, hint, shown, group=WORK))
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.design.registry import Entry, desk_settings
from ventanilla.desk.configuring.access import may_set
from ventanilla.organization.permissions import access_of

TOWN, WORK, STAFF, SYSTEMS = _("El municipio"), _("El trabajo"), _("Las personas"), _("Sistemas")
"""The headings, in the order of their pages: from 100, 200, 300 and 400."""


def holding(*permissions: Permission) -> Callable[[HttpRequest], bool]:
    """Shown to whoever holds one of these somewhere."""

    def shown(request: HttpRequest) -> bool:
        access = access_of(request.user)
        return any(access.may_somewhere(permission) for permission in permissions)

    return shown


ENTRIES = {
    "town": Entry(
        _("Datos del municipio"),
        "desk.town",
        "building-community",
        110,
        _("Nombre, escudo, color, cómo habla y cómo se le encuentra."),
        may_set(Permission.MUNICIPALITY_EDIT),
        group=TOWN,
    ),
    "areas": Entry(
        _("Áreas y equipos"),
        "desk.areas",
        "sitemap",
        320,
        _("De quién es cada expediente."),
        may_set(Permission.MUNICIPALITY_EDIT),
        group=STAFF,
    ),
    "calendar": Entry(
        _("Calendario oficial"),
        "desk.calendar",
        "calendar",
        120,
        _("Feriados, cierres y horario de oficina."),
        may_set(Permission.CATALOG_EDIT),
        group=TOWN,
    ),
    "terms": Entry(
        _("Plazos de ley"),
        "desk.terms",
        "gavel",
        130,
        _("Cuánto hay para contestar, según qué norma; y los que falta confirmar."),
        may_set(Permission.CATALOG_EDIT),
        group=TOWN,
    ),
    "catalogue": Entry(
        _("Servicios y trámites"),
        "desk.catalogue",
        "books",
        205,
        _("Qué se puede presentar, con qué palabras, a quién va, en cuánto y qué se pregunta."),
        may_set(Permission.CATALOG_EDIT),
        group=WORK,
    ),
    "routing": Entry(
        _("Reparto"),
        "desk.routing",
        "route",
        210,
        _("A qué área, equipo o persona le llega cada cosa."),
        may_set(Permission.CATALOG_EDIT),
        group=WORK,
    ),
    "replies": Entry(
        _("Plantillas de respuesta"),
        "desk.replies",
        "message",
        220,
        _("Lo que se contesta a menudo, escrito una vez."),
        holding(Permission.CASE_TEMPLATE_EDIT),
        group=WORK,
    ),
    "urgency": Entry(
        _("Cómo se ordena la bandeja"),
        "desk.urgency",
        "arrows-split-2",
        240,
        _("Qué hace que un expediente vaya antes que otro."),
        group=WORK,
    ),
    "staff": Entry(
        _("Personal"),
        "desk.staff",
        "users",
        310,
        _("Quién entra, qué hace y dónde."),
        holding(Permission.STAFF_MANAGE),
        group=STAFF,
    ),
    "roles": Entry(
        _("Papeles"),
        "desk.roles",
        "user-check",
        330,
        _("Qué puede hacer cada quien."),
        may_set(Permission.STAFF_MANAGE),
        group=STAFF,
    ),
    "keys": Entry(
        _("Claves de programa"),
        "desk.keys",
        "key",
        410,
        _("Lo que deja entrar a otros programas."),
        holding(Permission.KEY_MANAGE),
        group=SYSTEMS,
    ),
}


def register() -> None:
    """Say them once, when the room is ready."""
    for name, entry in ENTRIES.items():
        desk_settings.register(name, entry)
