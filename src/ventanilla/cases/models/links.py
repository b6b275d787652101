"""Cases that have to do with each other."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.enums import LinkKind
from ventanilla.cases.models.case import Case
from ventanilla.lib import clock, ids


class RelatedCaseQuerySet(models.QuerySet["RelatedCase"]):
    def of(self, case: Case) -> RelatedCaseQuerySet:
        """The links of a case, whichever end it is."""
        return self.filter(Q(case=case) | Q(other=case))

    def visible_to(self, user: Any) -> RelatedCaseQuerySet:
        """The twin of `permissions.can_view_link`: those both of whose cases a member of staff finds."""
        seen = Case.objects.visible_to(user)
        return self.filter(case__in=seen, other__in=seen)


class RelatedCase(models.Model):
    """Two cases with something in common, or one (`case`) that is the same as an earlier one (`other`)."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(_("vínculo"), max_length=10, choices=LinkKind)
    since_at = models.DateTimeField(default=clock.now)

    objects = RelatedCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("caso vinculado")
        verbose_name_plural = _("casos vinculados")
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="related_once"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(kind=LinkKind.DUPLICATE), name="duplicate_of_one"
            ),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="related_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.other}"
