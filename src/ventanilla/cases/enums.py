"""Fixed words of case work."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class CaseState(models.TextChoices):
    RECEIVED = "received", _("Recibido")
    IN_PROGRESS = "in_progress", _("En curso")
    WAITING_PERSON = "waiting_person", _("Espera respuesta")
    SCHEDULED = "scheduled", _("Programado")
    RESOLVED = "resolved", _("Resuelto")
    REFUSED = "refused", _("No procede")
    CANCELLED = "cancelled", _("Anulado")
    WITHDRAWN = "withdrawn", _("Retirado")
    DUPLICATE = "duplicate", _("Repetido")


HIDDEN_NAME = gettext_noop("Identidad reservada")
"""Who did a thing in a case of a confidential person: stored as it is here, translated where it is shown."""

OPEN_STATES = (CaseState.RECEIVED, CaseState.IN_PROGRESS, CaseState.WAITING_PERSON, CaseState.SCHEDULED)
CLOSED_STATES = (
    CaseState.RESOLVED,
    CaseState.REFUSED,
    CaseState.CANCELLED,
    CaseState.WITHDRAWN,
    CaseState.DUPLICATE,
)
MISTAKEN_STATES = (CaseState.CANCELLED, CaseState.DUPLICATE)
"""Ends that the desk may have declared by mistake: undone, the clocks go on as if nothing had been said."""


class Channel(models.TextChoices):
    WEB = "web", _("portal")
    PHONE = "phone", _("teléfono")
    COUNTER = "counter", _("mostrador")
    OPEN311 = "open311", _("Open311")
    API = "api", _("sistema externo")
    IMPORT = "import", _("importación")


class Outside(StrEnum):
    """What an import does with a point outside the municipality: another system took it in all the same."""

    KEEP = "keep"
    FORGET_POINT = "forget_point"
    REJECT = "reject"


class Identity(models.TextChoices):
    IDENTIFIED = "identified", _("identificada")
    CONFIDENTIAL = "confidential", _("identidad reservada")
    ANONYMOUS = "anonymous", _("anónima")


class Visibility(models.TextChoices):
    """Who reads an event of the timeline."""

    PUBLIC = "public", _("todos")
    PERSON = "person", _("la persona y la mesa")
    STAFF = "staff", _("solo la mesa")


class DeadlineKind(models.TextChoices):
    """The two clocks (glossary): answered is not mended."""

    RESPONSE = "response", _("plazo para contestarle")
    TARGET = "target", _("fecha prevista de arreglo")


class Stopped(models.TextChoices):
    """Which clocks a pause stops: law and charter don't wait for the same causes."""

    NONE = "", _("ninguno")
    RESPONSE = "response", _("el plazo para contestarle")
    TARGET = "target", _("la fecha prevista de arreglo")
    BOTH = "both", _("los dos")


class LinkKind(models.TextChoices):
    """What two cases have to do with each other."""

    RELATED = "related", _("vinculado")
    DUPLICATE = "duplicate", _("duplicado de")


class TemplateUse(models.TextChoices):
    """What a reply template is a draft of."""

    REPLY = "reply", _("Responder")
    ASK = "ask", _("Pedir un dato")
    SCHEDULE = "schedule", _("Programar")
    RESOLVE = "resolve", _("Resolver")
    REFUSE = "refuse", _("No procede")


class WorkState(models.TextChoices):
    OPEN = "open", _("pendiente")
    DONE = "done", _("hecha")
    CANCELLED = "cancelled", _("anulada")


class WorkKind(models.TextChoices):
    """Where a work item comes from."""

    PROCESS = "process", _("paso del proceso")
    CALL = "call", _("llamar para avisar")
    COMPLETE = "complete", _("completar datos")
    DECIDE = "decide", _("decidir qué sigue")


class EventKind(models.TextChoices):
    """What can happen to a case: the audit verb is `case.` and this."""

    FILED = "filed", _("Recibimos su reporte")
    TAKEN = "taken", _("Lo tomó")
    RELEASED = "released", _("Lo soltó")
    ASSIGNED = "assigned", _("Asignado")
    ROUTED = "routed", _("Derivado")
    ASKED = "asked", _("Pedimos un dato")
    PERSON_REPLIED = "person_replied", _("La persona respondió")
    REPLIED = "replied", _("Respuesta")
    NOTED = "noted", _("Nota interna")
    PLACE_CORRECTED = "place_corrected", _("Lugar corregido")
    ATTACHED = "attached", _("Prueba agregada")
    STEP_DONE = "step_done", _("Paso hecho")
    SCHEDULED = "scheduled", _("Programado")
    UNSCHEDULED = "unscheduled", _("Volvió a estar en marcha")
    PAUSED = "paused", _("Plazo en pausa")
    RESUMED = "resumed", _("El plazo volvió a correr")
    EXTENDED = "extended", _("Plazo ampliado")
    LAPSED = "lapsed", _("Venció el plazo para corregir")
    URGENT = "urgent", _("Cambió la urgencia")
    RESOLVED = "resolved", _("Resuelto")
    REFUSED = "refused", _("No procede")
    CANCELLED = "cancelled", _("Anulado")
    WITHDRAWN = "withdrawn", _("Retirado")
    DUPLICATE = "duplicate", _("Repetido")
    REOPENED = "reopened", _("Reabierto")
    LINKED = "linked", _("Vinculado")
    UNLINKED = "unlinked", _("Desvinculado")
    FOLLOWED = "followed", _("Alguien más lo sigue")
    CONTACTED = "contacted", _("Consulta atendida")
    ESCALATED = "escalated", _("Escalado")
    SURVEYED = "surveyed", _("Opinión de la persona")
    COMPLETED = "completed", _("Datos completados")
    ERASED = "erased", _("Datos personales borrados")
