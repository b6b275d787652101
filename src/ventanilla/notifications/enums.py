"""Fixed words of messages."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a message got, as far as the dialogue with its carrier tells. Modelled on GOV.UK Notify."""

    CREATED = "created", _("por enviar")
    SENDING = "sending", _("enviándose")
    ACCEPTED = "accepted", _("aceptado por el servidor")
    DELIVERED = "delivered", _("entregado")
    READ = "read", _("leído")
    TEMPORARY_FAILURE = "temporary_failure", _("no salió, se reintenta")
    TECHNICAL_FAILURE = "technical_failure", _("fallo nuestro, se reintenta")
    PERMANENT_FAILURE = "permanent_failure", _("no se puede entregar")
    EXPIRED = "expired", _("se hizo tarde para enviarlo")
    HELD_FOR_DIGEST = "held_for_digest", _("espera un resumen")
    DIGESTED = "digested", _("fue en un resumen")
    OPTED_OUT = "opted_out", _("la persona no quiere estos avisos")
    ERASED = "erased", _("borrado")


WAITING = (State.CREATED, State.TEMPORARY_FAILURE, State.TECHNICAL_FAILURE)
"""To be sent when their time comes."""

ARRIVED = (State.ACCEPTED, State.DELIVERED, State.READ)

LOST = (State.PERMANENT_FAILURE, State.EXPIRED)
"""Nobody got it by this way, and it is not tried again."""


class Format(StrEnum):
    """How long a text may be and who reads it: the person in a mail, on a small screen, or staff on the phone."""

    EMAIL = "email"
    SMS = "sms"
    CALL = "call"


class ContactKind(StrEnum):
    """What an address is. The same words as the people room's."""

    EMAIL = "email"
    PHONE = "phone"
