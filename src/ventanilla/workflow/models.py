"""Processes as loaded, and their running instances. Nothing here knows what an instance is about."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ventanilla.lib import clock, ids
from ventanilla.workflow.enums import InstanceStatus


class ImmutableDefinition(ValueError):
    """A version of a process never changes once it is loaded: load another."""


class ProcessDefinition(models.Model):
    """One version of a process, byte for byte as it was drawn. Instances that run keep theirs."""

    key = models.SlugField(_("clave"), max_length=60)
    version = models.PositiveIntegerField(_("versión"))
    name = models.CharField(_("nombre"), max_length=200)
    xml = models.BinaryField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("cargado"), default=clock.now, editable=False)
    loaded_by = models.CharField(_("cargado por"), max_length=80)
    is_current = models.BooleanField(_("vigente"), default=True)

    class Meta:
        verbose_name = _("proceso")
        verbose_name_plural = _("procesos")
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="process_version_once"),
            models.UniqueConstraint(fields=["key"], condition=models.Q(is_current=True), name="process_current_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and set(kwargs.get("update_fields") or ["all"]) != {"is_current"}:
            raise ImmutableDefinition(str(self))
        super().save(*args, **kwargs)


class ProcessInstance(models.Model):
    """A process under way for a subject, which upper rooms name (`case:<uuid>`).

    `state` is the engine's, some hundred bytes, and is dropped at the end; `turn` counts the moves, so that two can
    never be made from the same state.
    """

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    definition = models.ForeignKey(ProcessDefinition, on_delete=models.PROTECT, related_name="instances")
    subject = models.CharField(max_length=80, db_index=True)
    status = models.CharField(max_length=9, choices=InstanceStatus, default=InstanceStatus.RUNNING)
    state = models.BinaryField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    turn = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proceso en marcha")
        verbose_name_plural = _("procesos en marcha")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=InstanceStatus.RUNNING, state__isnull=False, ended_at__isnull=True)
                | (~models.Q(status=InstanceStatus.RUNNING) & models.Q(state__isnull=True, ended_at__isnull=False)),
                name="process_state_while_running",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.status}"

    @property
    def is_running(self) -> bool:
        return self.status == InstanceStatus.RUNNING
