"""The states of background work."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    WAITING = "waiting", _("en espera")
    RUNNING = "running", _("en marcha")
    DONE = "done", _("hecho")
    DEAD = "dead", _("abandonado")
