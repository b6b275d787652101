"""Fixed words of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a dealing is. Argentina's three classes group them (requirement A7)."""

    SERVICE_REQUEST = "service_request", _("reporte")
    COMPLAINT = "complaint", _("queja")
    REPORT_OF_BREACH = "report_of_breach", _("denuncia")
    APPLICATION = "application", _("solicitud")
    INQUIRY = "inquiry", _("consulta")
    SUGGESTION = "suggestion", _("sugerencia")
    COMPLIMENT = "compliment", _("felicitación")

    @property
    def argentine_class(self) -> str:
        """Solicitud, reclamo or consulta."""
        claims = {Kind.SERVICE_REQUEST, Kind.COMPLAINT, Kind.REPORT_OF_BREACH}
        return "solicitud" if self == Kind.APPLICATION else "reclamo" if self in claims else "consulta"


class PlaceNeed(models.TextChoices):
    """Whether a type asks where."""

    REQUIRED = "required", _("hace falta")
    OPTIONAL = "optional", _("si viene al caso")
    NONE = "none", _("no se pide")
