"""Files people sent and papers we made: what they are called and what content they have."""

from __future__ import annotations

from typing import BinaryIO

from django.db import models
from django.utils.translation import gettext_lazy as _

from ventanilla.files.enums import FileState
from ventanilla.files.rules import MissingContent
from ventanilla.files.storage import ORIGINAL, THUMBNAIL, store
from ventanilla.lib import clock, ids


class StoredFile(models.Model):
    """A file under its name. Several may have the same content, which lies in the store once."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("tamaño"))
    media_type = models.CharField(max_length=100)
    name = models.CharField(_("nombre"), max_length=120)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=FileState, default=FileState.KEPT)
    kept_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("archivo")
        verbose_name_plural = _("archivos")
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(state__in=[FileState.ERASING, FileState.DROPPING]), name="file_going"
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_present(self) -> bool:
        """Whether it can be opened: not erased."""
        return self.state == FileState.KEPT

    @property
    def is_photo(self) -> bool:
        return self.width is not None

    def open(self, *, thumbnail: bool = False) -> BinaryIO:
        """The content, or a photo's thumbnail, for reading in binary. Raises rules.MissingContent, also once erased."""
        if not self.is_present:
            raise MissingContent(self.sha256)
        return store().open(self.sha256, THUMBNAIL if thumbnail and self.is_photo else ORIGINAL)
