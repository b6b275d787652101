"""Fixed words of the organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormOfAddress(models.TextChoices):
    """How the municipality speaks to people."""

    USTED = "usted", _("usted")
    TU = "tu", _("tú")
    VOS = "vos", _("vos")


class Reach(models.TextChoices):
    """Where a role's permissions hold."""

    TEAM = "team", _("en lo de sus equipos")
    DEPARTMENT = "department", _("en sus áreas")
    EVERYWHERE = "everywhere", _("en todas partes")
