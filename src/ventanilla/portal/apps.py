from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PortalConfig(AppConfig):
    name = "ventanilla.portal"

    def ready(self) -> None:
        from ventanilla.design import registry
        from ventanilla.design.registry import Entry
        from ventanilla.people.registry import holders
        from ventanilla.portal import links
        from ventanilla.portal.erasing import HeldSessions

        links.register()
        holders.register("portal", HeldSessions)
        self._open_the_doors()
        registry.menu.register("report", Entry(_("Reportar"), "portal.report", order=10))
        registry.menu.register("town", Entry(_("Mapa"), "portal.town", order=30))
        registry.menu.register("find", Entry(_("¿Cómo va lo mío?"), "portal.find", order=40))
        registry.account.register("enter", Entry(_("Entrar"), "portal.sign_in", order=10, shown=_is_stranger))
        registry.account.register("mine", Entry(_("Todo lo mío"), "portal.mine", order=20, shown=_is_known))
        registry.footer_do.register("report", Entry(_("Reportar un problema"), "portal.report", order=10))
        registry.footer_do.register("find", Entry(_("¿Cómo va lo mío?"), "portal.find", order=20))
        registry.footer_do.register("verify", Entry(_("Comprobar una constancia"), "portal.verify_page", order=30))
        registry.footer_know.register("town", Entry(_("Reportes en el mapa"), "portal.town", order=10))
        registry.footer_know.register("numbers", Entry(_("En cuánto respondemos"), "portal.numbers", order=20))
        registry.footer_site.register("accessibility", Entry(_("Accesibilidad"), "portal.accessibility", order=10))
        registry.footer_site.register("privacy", Entry(_("Sus datos personales"), "portal.privacy", order=20))
        # Translators: the other language's name in itself: «English» on Spanish pages, «Español» on English ones.
        other = pgettext_lazy("el otro idioma", "English")
        # Translators: and its code: «en» on Spanish pages, «es» on English ones.
        code = pgettext_lazy("código del otro idioma", "en")
        entry = Entry(other, "portal.language", order=30, spoken=code, shown=_has_choice)
        registry.footer_site.register("language", entry)

    def _open_the_doors(self) -> None:
        from ventanilla.design import registry
        from ventanilla.design.registry import Entry

        registry.doors.register(
            "report",
            Entry(
                _("Reportar un problema"),
                "portal.report",
                "bulb-off",
                10,
                _("Un foco apagado, un bache, basura en la calle."),
            ),
        )
        registry.doors.register(
            "find",
            Entry(_("¿Cómo va lo mío?"), "portal.find", "route", 40, _("Con su contacto o con el número de su caso.")),
        )
        registry.doors.register(
            "town", Entry(_("Ver el mapa"), "portal.town", "map-pin", 30, _("Lo que ya se reportó cerca de usted."))
        )


def _has_choice(_request: HttpRequest) -> bool:
    from ventanilla.design import languages

    return len(languages.offered()) > 1


def _is_known(request: HttpRequest) -> bool:
    from ventanilla.portal import visitor

    return visitor.is_known(request)


def _is_stranger(request: HttpRequest) -> bool:
    return not _is_known(request)
