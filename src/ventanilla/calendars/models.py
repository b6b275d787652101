"""The municipality's own days and hours, the legal terms in force, and published outages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ventanilla.calendars.enums import Act, DayKind, Silence, Source, StartEvent
from ventanilla.lib.workingtime import Term, Unit

UNITS = [
    (Unit.WORKING_DAY.value, _("días hábiles")),
    (Unit.CALENDAR_DAY.value, _("días naturales")),
    (Unit.MONTH.value, _("meses")),
    (Unit.WORKING_HOUR.value, _("horas hábiles")),
    (Unit.OFFICE_HOUR.value, _("horas de oficina")),
    (Unit.CLOCK_HOUR.value, _("horas")),
]


class NonWorkingDay(models.Model):
    """A day that is not as the national calendar says: closed, or working after all (`is_working`)."""

    date = models.DateField(_("día"), unique=True)
    name = models.CharField(_("nombre"), max_length=120)
    kind = models.CharField(_("clase"), max_length=20, choices=DayKind, default=DayKind.LOCAL)
    is_working = models.BooleanField(_("es hábil"), default=False)

    class Meta:
        verbose_name = _("día inhábil")
        verbose_name_plural = _("días inhábiles")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date}: {self.name}"


class OfficeHours(models.Model):
    """A stretch in which the offices are open, one weekday (Monday is 0)."""

    weekday = models.PositiveSmallIntegerField(_("día de la semana"))
    opens = models.TimeField(_("abre"))
    closes = models.TimeField(_("cierra"))

    class Meta:
        verbose_name = _("horario de oficina")
        verbose_name_plural = _("horario de oficina")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["weekday", "opens"], name="office_hours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="office_hours_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="office_hours_forwards"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


class TermRuleQuerySet(models.QuerySet["TermRule"]):
    def in_force(self, country: str) -> TermRuleQuerySet:
        """The enabled rules of a country, the more particular law first."""
        return self.filter(country=country, enabled=True).order_by("rank")

    def awaiting_confirmation(self) -> TermRuleQuerySet:
        """Rules that an administrator has to read, fill in or confirm."""
        return self.filter(enabled=False, source__in=[Source.SECONDARY, Source.MISSING], confirmed_at=None)


class TermRule(models.Model):
    """A legal term, copied from the country's preset and then the municipality's to confirm and correct."""

    key = models.SlugField(_("clave"), max_length=80, unique=True)
    country = models.CharField(_("país"), max_length=2)
    rank = models.PositiveSmallIntegerField(_("orden"))
    act = models.CharField(_("acto"), max_length=20, choices=Act)
    natures = models.JSONField(_("naturalezas jurídicas"), default=list)
    scope = models.SlugField(_("materia"), max_length=60, default="general")
    needs_identified = models.BooleanField(_("exige que la persona se identifique"), default=False)
    quantity = models.PositiveSmallIntegerField(_("cantidad"), null=True, blank=True)
    unit = models.CharField(_("unidad"), max_length=20, choices=UNITS, blank=True)
    extension_quantity = models.PositiveSmallIntegerField(_("ampliación"), null=True, blank=True)
    extension_unit = models.CharField(_("unidad de la ampliación"), max_length=20, choices=UNITS, blank=True)
    cure_quantity = models.PositiveSmallIntegerField(_("subsanación"), null=True, blank=True)
    cure_unit = models.CharField(_("unidad de la subsanación"), max_length=20, choices=UNITS, blank=True)
    start_event = models.CharField(_("comienza con"), max_length=20, choices=StartEvent)
    suspensions = models.JSONField(_("causas de suspensión"), default=list)
    silence = models.CharField(_("silencio"), max_length=20, choices=Silence, default=Silence.NONE)
    silence_exceptions = models.JSONField(_("excepciones al silencio"), default=list)
    urgency_article = models.CharField(_("artículo de la urgencia"), max_length=40, blank=True)
    law = models.CharField(_("norma"), max_length=120)
    article = models.CharField(_("artículo"), max_length=40, blank=True)
    url = models.URLField(_("enlace"), blank=True)
    says = models.CharField(_("qué dice"), max_length=250)
    caveat = models.CharField(_("advertencia"), max_length=250, blank=True)
    source = models.CharField(_("fuente"), max_length=10, choices=Source)
    verified_on = models.DateField(_("comprobado el"), null=True, blank=True)
    enabled = models.BooleanField(_("activa"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmado el"), null=True, blank=True)

    objects = TermRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("plazo legal")
        verbose_name_plural = _("plazos legales")
        ordering = ["country", "rank"]
        constraints = [
            models.CheckConstraint(
                condition=Q(enabled=False) | (Q(quantity__gt=0) & ~Q(unit="")), name="term_in_force_has_length"
            ),
            models.CheckConstraint(
                condition=Q(enabled=False) | Q(source=Source.PRIMARY) | Q(confirmed_at__isnull=False),
                name="term_in_force_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def term(self) -> Term | None:
        return term_of(self.quantity, self.unit)

    @property
    def extension(self) -> Term | None:
        return term_of(self.extension_quantity, self.extension_unit)

    @property
    def cure(self) -> Term | None:
        return term_of(self.cure_quantity, self.cure_unit)

    @property
    def is_awaiting(self) -> bool:
        """Whether an administrator has to read, fill in or confirm it: the twin of `awaiting_confirmation`."""
        return not self.enabled and self.source in (Source.SECONDARY, Source.MISSING) and self.confirmed_at is None

    @property
    def facts(self) -> dict[str, Any]:
        """What an administrator may change, as it stands, for the trail."""
        said = ("quantity", "unit", "law", "article", "silence", "source", "enabled")
        return {name: getattr(self, name) for name in said}


def term_of(quantity: int | None, unit: str) -> Term | None:
    """A term of two columns; None where they are empty."""
    return Term(quantity, Unit(unit)) if quantity else None


class Outage(models.Model):
    """A breakdown of the system, published with the extension it gives to the terms that were alive."""

    starts_at = models.DateTimeField(_("desde"))
    ends_at = models.DateTimeField(_("hasta"))
    extends_until = models.DateField(_("los plazos se amplían hasta"))
    reason = models.CharField(_("incidencia"), max_length=250)
    published_at = models.DateTimeField(_("publicado el"))
    covers_municipality = models.BooleanField(_("amplía también los plazos del municipio"), default=False)

    class Meta:
        verbose_name = _("incidencia técnica")
        verbose_name_plural = _("incidencias técnicas")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="outage_forwards"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
