"""What the desk keeps: saved views, the weights of urgency and the drafts of what it writes again and again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases.enums import TemplateUse
from ventanilla.catalog.enums import Kind
from ventanilla.lib import ids
from ventanilla.organization.models import Department
from ventanilla.organization.permissions import access_of


class SavedView(models.Model):
    """A name for a set of inbox filters."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("nombre"), max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("vista guardada")
        verbose_name_plural = _("vistas guardadas")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class UrgencyWeights(models.Model):
    """How many hours each reason moves a case forward in the inbox. One row; the coordinator sets it."""

    per_weight = models.PositiveSmallIntegerField(_("por punto de peso del tipo"), default=8)
    per_follower = models.PositiveSmallIntegerField(_("por vecino que lo sigue"), default=4)
    follower_limit = models.PositiveSmallIntegerField(_("vecinos que cuentan, a lo sumo"), default=20)
    urgent = models.PositiveSmallIntegerField(_("marcado urgente"), default=120)
    reopened = models.PositiveSmallIntegerField(_("por cada reapertura"), default=24)
    person_replied = models.PositiveSmallIntegerField(_("la persona respondió"), default=12)
    escalated = models.PositiveSmallIntegerField(_("por nivel de escalamiento"), default=24)

    class Meta:
        verbose_name = _("pesos de la urgencia")
        verbose_name_plural = _("pesos de la urgencia")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def for_case(self, department: int, kind: str) -> ReplyTemplateQuerySet:
        """Those in use for a department's cases of a kind, and those for all."""
        in_use = self.filter(is_active=True)
        return in_use.filter(Q(department=department) | Q(department=None), Q(kind=kind) | Q(kind=""))

    def editable_by(self, user: Any) -> ReplyTemplateQuerySet:
        """The twin of `permissions.can_edit_template`: one's departments' own; all for who may edit everywhere."""
        access = access_of(user)
        if access.may(Permission.CASE_TEMPLATE_EDIT):
            return self
        return self.filter(department__in=access.departments(Permission.CASE_TEMPLATE_EDIT))


class ReplyTemplate(models.Model):
    """A text to begin a reply from, for a department and a kind of dealing or for all.

    One that comes along has a `key` and, until somebody writes their own words, an empty `text`: what it says is then
    in a file, in the municipality's form of address.
    """

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    key = models.SlugField(max_length=60, blank=True)
    name = models.CharField(_("nombre"), max_length=80)
    use = models.CharField(_("para qué"), max_length=8, choices=TemplateUse, default=TemplateUse.REPLY)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("área")
    )
    kind = models.CharField(_("clase de asunto"), max_length=20, choices=Kind, blank=True)
    text = models.TextField(_("texto"), blank=True)
    is_active = models.BooleanField(_("en uso"), default=True)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("plantilla de respuesta")
        verbose_name_plural = _("plantillas de respuesta")
        ordering = ["use", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="reply_template_once"),
            models.CheckConstraint(condition=~Q(key="") | ~Q(text=""), name="reply_template_says"),
        ]

    def __str__(self) -> str:
        return self.name
