"""What happened to a case, the work it owes and the files in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.enums import EventKind, Visibility, WorkKind, WorkState
from ventanilla.cases.models.case import Case
from ventanilla.files.models import StoredFile
from ventanilla.lib import ids
from ventanilla.lib.held_key import HeldKey
from ventanilla.organization import units
from ventanilla.organization.models import Team


class Event(models.Model):
    """One line of the timeline. Its text may be personal, so the trail keeps only the text's salted digest."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=EventKind)
    visibility = models.CharField(max_length=6, choices=Visibility)
    by = models.CharField(max_length=80)
    by_label = models.CharField(max_length=150, blank=True)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    seq = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("hecho")
        verbose_name_plural = _("hechos")
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_once")]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(visibility=Visibility.PUBLIC), name="event_public"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"


class WorkItem(models.Model):
    """A piece of work owed by a role: a step of the process, a call to make, data to complete."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="work_items")
    kind = models.CharField(max_length=8, choices=WorkKind, default=WorkKind.PROCESS)
    state = models.CharField(max_length=9, choices=WorkState, default=WorkState.OPEN)
    name = models.CharField(_("qué"), max_length=160)
    node = models.CharField(max_length=80, blank=True)
    task_id = models.CharField(max_length=64, blank=True)
    role = models.CharField(_("papel"), max_length=60, blank=True)
    form_key = models.CharField(max_length=60, blank=True)
    form_version = models.PositiveIntegerField(null=True)
    """Of the form, as it was when the step was done: its answers are read by it."""
    script = models.TextField(_("qué decir"), blank=True)
    team = HeldKey(Team, held=units.team, null=True, on_delete=models.PROTECT, related_name="work_items")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="work_items"
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(_("vence"), null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    timer_id = models.CharField(max_length=64, blank=True)
    timer_due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tarea")
        verbose_name_plural = _("tareas")
        indexes = [
            models.Index(
                fields=["timer_due_at"],
                condition=models.Q(state=WorkState.OPEN, timer_due_at__isnull=False),
                name="work_timer",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file in a case, and who may see it."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attachments")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(_("nombre"), max_length=150)
    visibility = models.CharField(max_length=6, choices=Visibility)

    class Meta:
        verbose_name = _("adjunto")
        verbose_name_plural = _("adjuntos")

    def __str__(self) -> str:
        return self.name
