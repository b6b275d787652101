"""Who follows a case, what they thought of it, and reports half done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.models.case import Case
from ventanilla.cases.models.links import RelatedCase
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock, ids
from ventanilla.people.models import Person


class Follower(models.Model):
    """«A mí también»: a person who has the same trouble and wants to know."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follows")
    since_at = models.DateTimeField(default=clock.now)
    via = models.ForeignKey(RelatedCase, null=True, on_delete=models.SET_NULL, related_name="carried")
    """The link by which they came along, of a case that was the same as this one."""

    class Meta:
        verbose_name = _("seguidor")
        verbose_name_plural = _("seguidores")
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="follower_once")]

    def __str__(self) -> str:
        return str(self.case)


class Survey(models.Model):
    """Two questions after closing: how it was left, and anything to say."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="surveys")
    round = models.PositiveSmallIntegerField(default=0)
    mark = models.PositiveSmallIntegerField(_("nota"))
    comment = models.TextField(_("comentario"), blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("opinión")
        verbose_name_plural = _("opiniones")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="survey_once"),
            models.CheckConstraint(condition=models.Q(mark__range=(1, 5)), name="survey_mark"),
        ]

    def __str__(self) -> str:
        return str(self.case)


class Draft(models.Model):
    """A report half done. It lives as long as its cookie, and is forgotten when filed or old."""

    uuid = models.UUIDField(primary_key=True, default=ids.uuid, editable=False)
    secret = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("borrador")
        verbose_name_plural = _("borradores")
        indexes = [models.Index(fields=["updated_at"], name="draft_age")]

    def __str__(self) -> str:
        return str(self.uuid)


class DraftFile(models.Model):
    """A photo of a report half done."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("foto de borrador")

    def __str__(self) -> str:
        return str(self.draft_id)


class Receipt(models.Model):
    """The receipt of a filing as a document, made in a job when first asked for."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="receipt")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("constancia")
        verbose_name_plural = _("constancias")

    def __str__(self) -> str:
        return str(self.case)
