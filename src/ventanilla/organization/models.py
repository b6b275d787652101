"""The municipality, its departments and teams, and who does what in them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ventanilla.design.languages import translated
from ventanilla.lib import ids
from ventanilla.organization.enums import FormOfAddress, Reach


class Municipality(models.Model):
    """The one municipality this installation serves."""

    name = models.CharField(_("nombre"), max_length=120)
    kind = models.CharField(_("clase"), max_length=60, default="Municipalidad")
    country = models.CharField(_("país"), max_length=2)
    time_zone = models.CharField(_("huso horario"), max_length=64)
    jurisdiction = models.CharField(_("jurisdicción de Open311"), max_length=120, blank=True)
    address = models.CharField(_("dirección"), max_length=200, blank=True)
    hours = models.CharField(_("horario"), max_length=200, blank=True)
    phone = models.CharField(_("teléfono"), max_length=30, blank=True)
    email = models.EmailField(_("correo"), blank=True)
    website = models.URLField(_("sitio"), blank=True)
    emergency_phone = models.CharField(_("teléfono de emergencias"), max_length=12, default="911")
    form_of_address = models.CharField(_("trato"), max_length=8, choices=FormOfAddress, default=FormOfAddress.USTED)
    primary_color = models.CharField(_("color"), max_length=7, default="#2F4B9B")
    arms_svg = models.TextField(_("escudo"), blank=True)
    center_lon = models.FloatField(default=0)
    center_lat = models.FloatField(default=0)
    outside_advice = models.TextField(_("a quién acudir fuera del municipio"), blank=True)
    preferences = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("municipio")
        verbose_name_plural = _("municipios")

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The municipality's time zone: days and hours are shown and counted in it."""
        return ZoneInfo(self.time_zone)

    @property
    def languages(self) -> list[str]:
        """The languages offered to people, as codes: all we have, unless the municipality chose."""
        chosen: list[str] = self.preferences.get("languages", [])
        return chosen or [code for code, _name in settings.LANGUAGES]


class Department(models.Model):
    """An area of the municipality; cases belong to one at a time."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    key = models.SlugField(_("clave"), max_length=60, unique=True)
    name = models.CharField(_("nombre"), max_length=120)
    phone = models.CharField(_("teléfono"), max_length=30, blank=True)
    email = models.EmailField(_("correo"), blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("área")
        verbose_name_plural = _("áreas")
        ordering = ["name"]

    def __str__(self) -> str:
        return translated(self.name)


class Team(models.Model):
    """Who works together: an office, a crew, a contractor."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="teams")
    key = models.SlugField(_("clave"), max_length=60, unique=True)
    name = models.CharField(_("nombre"), max_length=120)
    is_contractor = models.BooleanField(_("empresa contratada"), default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("equipo")
        verbose_name_plural = _("equipos")
        ordering = ["name"]

    def __str__(self) -> str:
        return translated(self.name)


class Role(models.Model):
    """A named set of permissions. Its key is the name of a lane in the processes."""

    key = models.SlugField(_("clave"), max_length=60, unique=True)
    name = models.CharField(_("nombre"), max_length=120)
    reach = models.CharField(_("alcance"), max_length=12, choices=Reach, default=Reach.DEPARTMENT)
    permissions = models.JSONField(default=list)

    class Meta:
        verbose_name = _("papel")
        verbose_name_plural = _("papeles")
        ordering = ["name"]

    def __str__(self) -> str:
        return translated(self.name)


class Membership(models.Model):
    """A user's role, in a department, perhaps in one of its teams."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True)

    class Meta:
        verbose_name = _("puesto")
        verbose_name_plural = _("puestos")
        constraints = [
            # No department is one value too, which SQLite can't be told by `nulls_distinct`.
            models.UniqueConstraint(
                "user", "role", Coalesce("department", 0), Coalesce("team", 0), name="membership_once"
            )
        ]

    def __str__(self) -> str:
        where: Any = self.team or self.department
        return f"{self.user}: {self.role}" + (f", {where}" if where else "")
