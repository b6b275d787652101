"""Fixed words of processes."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class NodeKind(StrEnum):
    """What a node of a diagram is; the values are the BPMN 2.0 element names we accept."""

    START = "startEvent"
    END = "endEvent"
    USER = "userTask"
    MANUAL = "manualTask"
    SERVICE = "serviceTask"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    INCLUSIVE = "inclusiveGateway"
    TIMER = "boundaryEvent"


TASKS = frozenset({NodeKind.USER, NodeKind.MANUAL})
"""What waits for a person."""
GATEWAYS = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.INCLUSIVE})
CHOICES = frozenset({NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE})
"""Gateways whose outgoing flows carry conditions."""


class TermUnit(models.TextChoices):
    HOURS = "hours", _("horas")
    WORKING_HOURS = "working_hours", _("horas hábiles")
    WORKING_DAYS = "working_days", _("días hábiles")
    CALENDAR_DAYS = "calendar_days", _("días naturales")
    MONTHS = "months", _("meses")


class InstanceStatus(models.TextChoices):
    RUNNING = "running", _("en marcha")
    ENDED = "ended", _("terminado")
    CANCELLED = "cancelled", _("anulado")


class Closing(StrEnum):
    """How a step stopped being open."""

    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
