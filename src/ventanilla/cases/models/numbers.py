"""Counts kept so that pages need not count."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ventanilla.catalog.models import Service


class MonthlyCount(models.Model):
    """Of the terms of a service that ended in a month: how many, and how many were met in time."""

    month = models.DateField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    owed = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("cuenta del mes")
        verbose_name_plural = _("cuentas del mes")
        constraints = [models.UniqueConstraint(fields=["month", "service"], name="month_once")]

    def __str__(self) -> str:
        return f"{self.month} {self.service}"
