"""Background work waiting, leased, done or dead; periodic ticks; and the heartbeat of whoever does it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from ventanilla.jobs.enums import JobState
from ventanilla.lib import clock, ids

ALIVE_SECONDS = 60


class JobQuerySet(models.QuerySet["Job"]):
    def waiting(self) -> JobQuerySet:
        return self.filter(state=JobState.WAITING)

    def running(self) -> JobQuerySet:
        return self.filter(state=JobState.RUNNING)

    def dead(self) -> JobQuerySet:
        """What was given up and waits for somebody to look, the latest first."""
        return self.filter(state=JobState.DEAD).order_by("-finished_at")

    def pending(self) -> JobQuerySet:
        return self.filter(state__in=[JobState.WAITING, JobState.RUNNING])

    def abandoned(self, now: datetime, lease: timedelta) -> JobQuerySet:
        """Running under a lease that ran out, or one so long that the clock was set back after it was given."""
        out = models.Q(leased_until__lt=now) | models.Q(leased_until__gt=now + 2 * lease)
        return self.running().filter(out)

    def put_off_too_long(self, until: datetime) -> JobQuerySet:
        """Tried before, and to be tried again only after this moment."""
        return self.waiting().filter(attempts__gt=0, run_after__gt=until)


class Job(models.Model):
    """One call of a background function. Each must bear being run twice.

    `run_after` is empty for work to be done at once, so that a clock set back can't hold it up. Arguments are ids,
    never personal data: a job outlives what it is about.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid, editable=False)
    task = models.CharField(max_length=200)
    kwargs = models.JSONField(default=dict)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    run_after = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_by = models.CharField(max_length=80, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    enqueued_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("trabajo")
        verbose_name_plural = _("trabajos")
        constraints = [models.CheckConstraint(condition=models.Q(priority__in=[-1, 0, 1]), name="job_three_levels")]
        indexes = [
            models.Index(
                fields=["priority", "run_after", "id"],
                condition=models.Q(state=JobState.WAITING),
                name="job_waiting",
            ),
            models.Index(fields=["leased_until"], condition=models.Q(state=JobState.RUNNING), name="job_running"),
            models.Index(fields=["finished_at"], condition=models.Q(state=JobState.DONE), name="job_done"),
            models.Index(fields=["finished_at"], condition=models.Q(state=JobState.DEAD), name="job_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"


class Tick(models.Model):
    """The last time a periodic piece of work was enqueued, and as which job."""

    name = models.CharField(max_length=200, primary_key=True)
    last_at = models.DateTimeField()
    job = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("latido periódico")

    def __str__(self) -> str:
        return self.name


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self) -> WorkerQuerySet:
        """Those who gave a sign in the last minute; what `/healthz` asks."""
        return self.filter(beat_at__gte=clock.now() - timedelta(seconds=ALIVE_SECONDS))


class Worker(models.Model):
    """A process that does the jobs, and when it last said so."""

    name = models.CharField(max_length=80, primary_key=True)
    beat_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("proceso de trabajos")

    def __str__(self) -> str:
        return self.name
