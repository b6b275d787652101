from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "ventanilla.desk"

    def ready(self) -> None:
        from ventanilla.accounts.enums import Permission
        from ventanilla.design import registry
        from ventanilla.design.registry import Entry, NeedsMe
        from ventanilla.desk import links, urls_staff
        from ventanilla.desk.configuring import entries
        from ventanilla.desk.configuring.entries import holding
        from ventanilla.desk.replies import urls as replies

        links.register()
        urls_staff.register_links()
        entries.register()
        replies.register_links()
        sees = holding(Permission.CASE_VIEW, Permission.CASE_VIEW_ALL)
        registry.rail.register("inbox", Entry(_("Bandeja"), "desk.inbox", "inbox", 10, shown=sees, exact=True))
        files = holding(Permission.CASE_FILE)
        registry.rail.register("attend", Entry(_("Atender"), "desk.attend", "headset", 20, shown=files))
        registry.rail.register("how", Entry(_("¿Cómo va?"), "desk.how", "phone", 25, shown=files))
        registry.rail.register("map", Entry(_("Mapa"), "desk.map", "map-2", 30, shown=sees))
        erases = holding(Permission.PERSON_ERASE)
        registry.rail.register("erase", Entry(_("Borrado"), "desk.erase", "trash", 85, shown=erases))
        registry.rail.register("settings", Entry(_("Ajustes"), "desk.settings", "settings", 90))
        registry.desk_home.register("inbox", Entry(_("Bandeja"), "desk.inbox", shown=sees))
        registry.desk_home.register("settings", Entry(_("Ajustes"), "desk.settings", order=90))
        registry.desk_search.register(
            "search",
            Entry(_("Buscar"), "desk.search", hint=_("Expediente, persona, dirección, teléfono"), shown=sees),
        )
        registry.needs_me.register("inbox", NeedsMe(_waiting, "desk.inbox"))


def _waiting(request: HttpRequest) -> int:
    """What is the user's own and due within two days or late."""
    from ventanilla.cases.inbox import waiting

    return waiting.get(request.user.pk or 0)
