"""What the municipality attends: services, the types of dealing in each, and the rules that route them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ventanilla.calendars.enums import LegalNature
from ventanilla.catalog.enums import Kind, PlaceNeed
from ventanilla.design.languages import translated
from ventanilla.forms.models import FormVersion
from ventanilla.lib import ids
from ventanilla.lib.workingtime import Term, Unit
from ventanilla.organization.models import Department, Team


class Service(models.Model):
    """A service of the municipality, as people group them: street lighting, parks."""

    key = models.SlugField(_("clave"), max_length=60, unique=True)
    name = models.CharField(_("nombre"), max_length=120)
    description = models.CharField(_("descripción"), max_length=300, blank=True)
    icon = models.CharField(_("icono"), max_length=40, default="tool")
    order = models.PositiveSmallIntegerField(_("orden"), default=0)
    is_active = models.BooleanField(_("activo"), default=True)

    class Meta:
        verbose_name = _("servicio")
        verbose_name_plural = _("servicios")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return translated(self.name)


class Procedure(models.Model):
    """A type of dealing: what it asks, what it is before the law, what is promised, who does it."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    key = models.SlugField(_("clave"), max_length=80, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="procedures")
    name = models.CharField(_("nombre"), max_length=160)
    description = models.CharField(_("descripción"), max_length=500, blank=True)
    words = models.JSONField(_("palabras de la gente"), default=list, blank=True)
    kind = models.CharField(_("clase"), max_length=20, choices=Kind)
    nature = models.CharField(_("naturaleza jurídica"), max_length=20, choices=LegalNature)
    place_need = models.CharField(_("lugar"), max_length=10, choices=PlaceNeed, default=PlaceNeed.REQUIRED)
    form = models.ForeignKey(FormVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    process_key = models.CharField(_("proceso"), max_length=60, default="report")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="procedures")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="procedures")
    target_quantity = models.PositiveSmallIntegerField(_("fecha prevista: cantidad"), null=True, blank=True)
    target_unit = models.CharField(_("fecha prevista: unidad"), max_length=16, blank=True)
    weight = models.PositiveSmallIntegerField(_("peso"), default=0)
    is_emergency = models.BooleanField(_("emergencia"), default=False)
    emergency_phone = models.CharField(_("teléfono de emergencia"), max_length=20, blank=True)
    emergency_advice = models.CharField(_("qué hacer mientras"), max_length=300, blank=True)
    is_public = models.BooleanField(_("sale en el mapa público"), default=True)
    at_dwelling = models.BooleanField(_("en una vivienda"), default=False)
    technical_only = models.BooleanField(_("solo la toma el área técnica"), default=False)
    needs_document = models.BooleanField(_("pide documento de identidad"), default=False)
    reopen_days = models.PositiveSmallIntegerField(_("días para reabrir"), default=30)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)
    is_active = models.BooleanField(_("activo"), default=True)

    class Meta:
        verbose_name = _("tipo de trámite")
        verbose_name_plural = _("tipos de trámite")
        ordering = ["service__order", "order", "name"]

    def __str__(self) -> str:
        return translated(self.name)

    @property
    def target(self) -> Term | None:
        """The service charter's promise, if there is one."""
        return Term(self.target_quantity, Unit(self.target_unit)) if self.target_quantity else None

    @property
    def may_be_public(self) -> bool:
        """Denuncias, complaints and anything at a dwelling are never offered to others nor shown."""
        return self.is_public and self.kind == Kind.SERVICE_REQUEST and not self.at_dwelling


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def kept(self) -> RoutingRuleQuerySet:
        """Those of the list, asked or switched off."""
        return self.filter(removed_at=None)

    def asked(self) -> RoutingRuleQuerySet:
        """Those that a new case is held against, with whom they send it to."""
        return self.kept().filter(is_active=True).select_related("department", "team", "assignee").order_by("order")

    def removed(self) -> RoutingRuleQuerySet:
        """Those that can be put back, the last one first."""
        return self.exclude(removed_at=None).order_by("-removed_at")


class RoutingRule(models.Model):
    """An ordered rule: the first whose condition holds decides who gets a new case."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(_("orden"))
    name = models.CharField(_("nombre"), max_length=160)
    condition = models.TextField(_("condición"), help_text=_("Expresión CEL sobre el expediente."))
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField(_("activa"), default=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("regla de reparto")
        verbose_name_plural = _("reglas de reparto")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(removed_at=None), name="routing_rule_order_once")
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.name}"
