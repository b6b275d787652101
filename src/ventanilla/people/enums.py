"""Fixed words about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactKind(models.TextChoices):
    PHONE = "phone", _("teléfono")
    EMAIL = "email", _("correo")


class ErasureReason(models.TextChoices):
    """Why somebody is to be forgotten. Fixed words, because the trail is never erased."""

    REQUESTED = "requested", _("Lo pidió la persona (derecho de supresión)")
    DATA_PROTECTION = "data_protection", _("Lo ordenó la autoridad de protección de datos")
    COURT = "court", _("Lo ordenó un juez")
    UNLAWFUL = "unlawful", _("Se guardaron sin base legal")
    EXPIRED = "expired", _("Venció el plazo para conservarlos")


class CodePurpose(models.TextChoices):
    """What a one-time code proves a contact for."""

    CONTACT = "contact", _("comprobar un contacto")
    SIGN_IN = "sign_in", _("entrar")
