"""The outbox, who doesn't want what, and texts that the municipality changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from ventanilla.lib import clock, ids
from ventanilla.notifications.enums import ARRIVED, LOST, WAITING, State

PUT_OFF = timedelta(minutes=1)
"""What was never tried and waits longer than a channel that rests has its own time."""


class MessageQuerySet(models.QuerySet["Message"]):
    def unfinished(self, states: Sequence[str]) -> MessageQuerySet:
        """In one of these states, none of them final: said twice, so that the index of unfinished messages is used."""
        return self.filter(state__in=states, finished_at=None)

    def due(self, now: datetime) -> MessageQuerySet:
        """To be tried now: waiting and their time has come, or in the hands of somebody whose lease ran out."""
        return self.unfinished((*WAITING, State.SENDING)).filter(next_attempt_at__lte=now).order_by("next_attempt_at")

    def put_off(self, now: datetime) -> MessageQuerySet:
        """Not due yet, for whatever reason."""
        return self.unfinished((*WAITING, State.SENDING)).filter(next_attempt_at__gt=now)

    def waiting(self) -> MessageQuerySet:
        return self.unfinished(WAITING)

    def held(self) -> MessageQuerySet:
        return self.unfinished((State.HELD_FOR_DIGEST,))

    def counted(self) -> dict[str, int]:
        """How many are in each state."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))

    def lost_since(self, moment: datetime) -> MessageQuerySet:
        """Those given up since a moment, the newest first."""
        return self.filter(state__in=LOST, finished_at__gte=moment).order_by("-finished_at")

    def overdue(self, now: datetime, patience: timedelta) -> MessageQuerySet:
        """Those that were to go out longer ago than this and did not, oldest first; not what is put off on purpose."""
        late = self.unfinished((*WAITING, State.SENDING)).filter(created_at__lt=now - patience)
        return late.exclude(attempts=0, next_attempt_at__gt=now + PUT_OFF).order_by("created_at")

    def speaking_of(self, about: str) -> MessageQuerySet:
        """What was told about a thing, oldest first."""
        return self.filter(about=about).order_by("created_at")

    def speaking_of_any(
        self, *, about: str = "", recipients: Collection[str] = (), addresses: Collection[str] = ()
    ) -> MessageQuerySet:
        """About this thing, to one of these people, or to one of these addresses; not yet erased."""
        wanted = Q(recipient__in=recipients) | Q(address__in=addresses)
        return self.filter(wanted | Q(about=about) if about else wanted).exclude(state=State.ERASED)


class Message(models.Model):
    """Something to tell somebody. The one place of this room with personal data, so that it can be erased.

    `recipient` and `about` are references as text: `person:<uuid>`, `case:<uuid>`. `message_id` is fixed when the
    message is made, so that a repetition is recognised as one. While it is being sent, `next_attempt_at` is the
    end of the sender's lease.
    """

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    channel = models.CharField(_("canal"), max_length=30)
    address = models.CharField(_("dirección"), max_length=254, blank=True)
    recipient = models.CharField(max_length=80, blank=True)
    kind = models.CharField(_("clase"), max_length=60)
    family = models.CharField(max_length=30)
    about = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="es")
    subject = models.CharField(_("asunto"), max_length=200, blank=True)
    body = models.TextField(_("texto"), blank=True)
    is_essential = models.BooleanField(default=False)
    must_arrive = models.BooleanField(default=False)
    state = models.CharField(_("estado"), max_length=20, choices=State, default=State.CREATED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, default=clock.now)
    expires_at = models.DateTimeField()
    provider_reference = models.CharField(max_length=120, blank=True)
    said = models.CharField(_("respuesta del servidor"), max_length=120, blank=True)
    digest = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("aviso")
        verbose_name_plural = _("avisos")
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(finished_at=None), name="message_due"),
            models.Index(fields=["address", "created_at"], name="message_address"),
            models.Index(fields=["about"], name="message_about"),
            models.Index(fields=["recipient"], name="message_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def has_arrived(self) -> bool:
        """As far as the dialogue tells."""
        return self.state in ARRIVED


class OptOut(models.Model):
    """Somebody who has this address doesn't want a family of messages, or any (`family` empty).

    The address is kept as a keyed digest, so this outlives an erasure and names nobody.
    """

    address_digest = models.CharField(max_length=64)
    family = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("rechazo de avisos")
        verbose_name_plural = _("rechazos de avisos")
        constraints = [models.UniqueConstraint(fields=["address_digest", "family"], name="opt_out_once")]

    def __str__(self) -> str:
        return self.family or str(_("todos los avisos"))


class TextOverride(models.Model):
    """A text in the municipality's own words, in place of the one that comes along."""

    kind = models.CharField(_("clase"), max_length=60)
    format = models.CharField(_("formato"), max_length=8)
    language = models.CharField(_("idioma"), max_length=5)
    subject = models.CharField(_("asunto"), max_length=200, blank=True)
    body = models.TextField(_("texto"))
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    changed_by = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("texto propio")
        verbose_name_plural = _("textos propios")
        constraints = [models.UniqueConstraint(fields=["kind", "format", "language"], name="text_override_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.format} {self.language}"
