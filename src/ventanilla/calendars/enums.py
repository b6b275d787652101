"""Fixed words of the legal clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalNature(models.TextChoices):
    """What a dealing is in law, and so whether its author is owed an answer by a date."""

    SERVICE_NOTICE = "service_notice", _("aviso de servicio")
    PETITION = "petition", _("petición")
    COMPLAINT = "complaint", _("queja")
    REPORT_OF_BREACH = "report_of_breach", _("denuncia")
    APPLICATION = "application", _("solicitud")


class Act(models.TextChoices):
    """What a term is for."""

    ANSWER = "answer", _("contestar o resolver")
    LONGEST = "longest", _("plazo máximo que una norma puede fijar")
    ACKNOWLEDGE = "acknowledge", _("acusar recibo")
    INFORM = "inform", _("informar del plazo y del silencio")
    INADMISSIBILITY = "inadmissibility", _("declarar la inadmisión")
    CURE = "cure", _("subsanar")
    PARTIAL_ANSWER = "partial_answer", _("completar una respuesta parcial")
    OPINION = "opinion", _("emitir un informe")
    HEARING = "hearing", _("trámite de audiencia")
    TRANSFER = "transfer", _("trasladar a quien es competente")
    ROUTING = "routing", _("hacer llegar al área que corresponde")
    SIMPLE_ACT = "simple_act", _("providencias de mero trámite")
    FINAL_DECISION = "final_decision", _("decidir cuando ya consta todo")
    CLAIM = "claim", _("decidir tras reclamar por el retraso")
    NOTICE_REJECTED = "notice_rejected", _("dar por rechazada una notificación electrónica")


class Silence(models.TextChoices):
    """What follows when the term ends without an answer."""

    NONE = "none", _("sin efecto previsto")
    POSITIVE = "positive", _("se entiende concedido")
    NEGATIVE = "negative", _("se entiende denegado")
    POSITIVE_AFTER_CLAIM = "positive_after_claim", _("se entiende concedido si reclama y siguen sin contestar")


class Source(models.TextChoices):
    """How well a rule is known."""

    PRIMARY = "primary", _("leído en la norma")
    SECONDARY = "secondary", _("fuente secundaria")
    MISSING = "missing", _("falta el dato")
    OWN = "own", _("fijado por el municipio")


class StartEvent(models.TextChoices):
    """What sets a term running."""

    ENTRY_IN_REGISTER = "entry_in_register", _("la entrada en el registro competente")
    FILING = "filing", _("la presentación")
    NOTIFICATION = "notification", _("la notificación")
    AVAILABLE = "available", _("la puesta a disposición")
    REQUEST = "request", _("la petición del informe")
    CASE_COMPLETE = "case_complete", _("la certificación de que el asunto está listo para decidir")
    PARTIAL_ANSWER = "partial_answer", _("la respuesta parcial")
    CLAIM = "claim", _("el reclamo por el retraso")


class DayKind(models.TextChoices):
    """Why a day of the municipality's own calendar differs."""

    NATIONAL = "national", _("feriado nacional")
    LOCAL = "local", _("feriado local")
    OFFICIAL_CLOSURE = "official_closure", _("cierre oficial")
