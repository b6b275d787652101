"""The clocks of a case and what stopped them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.enums import DeadlineKind, Stopped
from ventanilla.cases.models.case import Case


class Deadline(models.Model):
    """A term that runs: by law (response) or by the service charter (target)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(_("clase"), max_length=8, choices=DeadlineKind)
    quantity = models.PositiveSmallIntegerField(_("cantidad"))
    unit = models.CharField(_("unidad"), max_length=16)
    law = models.CharField(_("norma"), max_length=200, blank=True)
    article = models.CharField(_("artículo"), max_length=60, blank=True)
    silence = models.CharField(_("efecto del silencio"), max_length=24, blank=True)
    starts_at = models.DateTimeField(_("corre desde"))
    due_at = models.DateTimeField(_("vence"))
    extended_by = models.PositiveSmallIntegerField(_("ampliado en"), default=0)
    met_at = models.DateTimeField(_("cumplido"), null=True)

    class Meta:
        verbose_name = _("plazo")
        verbose_name_plural = _("plazos")
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="deadline_once")]
        indexes = [models.Index(fields=["due_at"], name="deadline_due")]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"


class Pause(models.Model):
    """A stretch in which a clock doesn't run: the law's for a cause the law lists, the charter's for the person."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    cause = models.CharField(_("causa"), max_length=60)
    stops = models.CharField(_("qué para"), max_length=8, choices=Stopped)
    starts_at = models.DateTimeField(_("desde"))
    ends_at = models.DateTimeField(_("hasta"), null=True)
    expires_at = models.DateTimeField(_("a más tardar hasta"), null=True)

    class Meta:
        verbose_name = _("suspensión")
        verbose_name_plural = _("suspensiones")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ends_at__isnull=True), name="pause_open_once")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.cause}"


class CorrectionRequest(models.Model):
    """The person was asked to correct what they filed within the term their law gives them for it (subsanación)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    asked_at = models.DateTimeField(_("pedida"))
    due_at = models.DateTimeField(_("vence"))
    quantity = models.PositiveSmallIntegerField(_("cantidad"))
    unit = models.CharField(_("unidad"), max_length=16)
    law = models.CharField(_("norma"), max_length=200)
    article = models.CharField(_("artículo"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("corregida"), null=True)
    lapsed_at = models.DateTimeField(_("vencida sin respuesta"), null=True)

    class Meta:
        verbose_name = _("petición de subsanación")
        verbose_name_plural = _("peticiones de subsanación")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(answered_at__isnull=True, lapsed_at__isnull=True),
                name="correction_open_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(answered_at__isnull=True, lapsed_at__isnull=True),
                name="correction_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.due_at:%Y-%m-%d}"
