"""What files there are and what may become of them."""

from enum import Flag, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(Flag):
    """What is accepted: `PHOTO`, `DOCUMENT`, or both as `PHOTO | DOCUMENT`."""

    PHOTO = auto()
    DOCUMENT = auto()


class FileState(models.TextChoices):
    """A file is kept until an order erases it, or until it is dropped before it was part of anything.

    While erasing or dropping, its content may still be on the disk.
    """

    KEPT = "kept", _("guardado")
    DROPPING = "dropping", _("descartándose")
    ERASING = "erasing", _("borrándose")
    ERASED = "erased", _("borrado")
