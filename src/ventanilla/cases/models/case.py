"""The case and the questions its list answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.calendars.enums import LegalNature
from ventanilla.cases.enums import CLOSED_STATES, CaseState, Channel, Identity, Stopped
from ventanilla.catalog import published
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import Procedure
from ventanilla.lib import clock, ids
from ventanilla.lib.held_key import HeldKey
from ventanilla.organization import units
from ventanilla.organization.models import Department, Team
from ventanilla.organization.permissions import access_of
from ventanilla.people.models import Person
from ventanilla.places.models import Zone
from ventanilla.workflow.models import ProcessInstance

OPEN = Q(closed_at__isnull=True)
_FILTERED = (
    "department",
    "team",
    "assignee",
    "procedure",
    "state",
    "district",
    "neighborhood",
    "channel",
    "due_at",
    "is_reserved",
    "closed_at",
    "filed_at",
    "is_urgent",
    "is_incomplete",
)
"""What lists filter by. All of it stands in their indexes, so that a page of ids never touches the table."""


def _inbox_index(*first: str) -> list[str]:
    """An index in the order of the inbox, perhaps for one value of a column, that holds every filtered column."""
    return [*first, "order_at", "id", *(name for name in _FILTERED if name not in first)]


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        return self.filter(OPEN)

    def closed(self) -> CaseQuerySet:
        return self.filter(~OPEN)

    def overdue(self, now: datetime | None = None) -> CaseQuerySet:
        """Open, and past the date that comes first of those still owed."""
        return self.open().filter(due_at__lt=now or clock.now())

    def untaken(self) -> CaseQuerySet:
        return self.open().filter(assignee__isnull=True)

    def public(self) -> CaseQuerySet:
        """What anyone may see on the map and in the list."""
        return self.filter(is_public=True)

    def visible_to(self, user: Any) -> CaseQuerySet:
        """The twin of `permissions.can_view_case`: what a member of staff finds, everywhere alike."""
        access = access_of(user)
        if access.may(Permission.CASE_VIEW_ALL):
            seen = self
        else:
            seen = self.filter(
                Q(department__in=access.departments(Permission.CASE_VIEW))
                | Q(team__in=access.teams_with(Permission.CASE_VIEW))
            )
        return seen._without_reserved(access)

    def permitted(self, user: Any, permission: Permission) -> CaseQuerySet:
        """The twin of `permissions.can`: of what a user sees, that to which they may do a thing."""
        access, seen = access_of(user), self.visible_to(user)
        if access.may(permission):
            return seen
        return seen.filter(Q(department__in=access.departments(permission)) | Q(team__in=access.teams_with(permission)))

    def _without_reserved(self, access: Any) -> CaseQuerySet:
        if access.may(Permission.CASE_VIEW_RESERVED):
            return self
        allowed = access.departments(Permission.CASE_VIEW_RESERVED)
        if allowed:
            return self.filter(Q(is_reserved=False) | Q(department__in=allowed))
        return self.filter(is_reserved=False)

    def of_person(self, person: Person) -> CaseQuerySet:
        """What a person filed or is affected by, under any of the records joined to theirs."""
        return self.in_any(*theirs(person))

    def in_any(self, *ways: Q) -> CaseQuerySet:
        """Those of which one of these holds, each looked up in its own index.

        Joined by OR, conditions that look into other tables have the whole table of cases read.
        """
        first, *others = (Case.objects.filter(way).order_by().values("pk") for way in ways)
        return self.filter(pk__in=first.union(*others, all=True))


def theirs(person: Person) -> tuple[Q, Q]:
    """The ways in which a case is a person's, for `in_any`: filed by them, or about them."""
    return Q(applicant__in=person.every_record()), Q(affected__in=person.every_record())


class Case(models.Model):
    """One dealing between a person and the municipality, from filing to its end."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    reference = models.CharField(_("expediente"), max_length=20, unique=True)
    procedure = HeldKey(
        Procedure, held=published.procedure, on_delete=models.PROTECT, related_name="cases", verbose_name=_("tipo")
    )
    kind = models.CharField(_("clase"), max_length=20, choices=Kind)
    nature = models.CharField(_("naturaleza jurídica"), max_length=20, choices=LegalNature)
    state = models.CharField(_("estado"), max_length=16, choices=CaseState, default=CaseState.RECEIVED)
    channel = models.CharField(_("canal"), max_length=10, choices=Channel)
    identity = models.CharField(_("identidad"), max_length=12, choices=Identity)
    process = models.OneToOneField(ProcessInstance, null=True, on_delete=models.PROTECT, related_name="case")

    applicant = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="cases")
    affected = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="cases_about")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    department = HeldKey(
        Department, held=units.department, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    team = HeldKey(Team, held=units.team, null=True, on_delete=models.PROTECT, related_name="cases")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases")
    routing = models.CharField(_("por qué llegó aquí"), max_length=200, blank=True)

    description = models.TextField(_("lo que dijo"), blank=True)
    answers = models.JSONField(_("particulares"), default=dict)
    form_version = models.PositiveIntegerField(null=True)
    mood = models.CharField(_("cómo está la persona"), max_length=300, blank=True)
    is_incomplete = models.BooleanField(_("faltan datos"), default=False)

    place = models.JSONField(_("lugar, como se dijo"), null=True)
    corrected_place = models.JSONField(_("lugar corregido"), null=True)
    place_label = models.CharField(_("dónde"), max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    cell_7 = models.BigIntegerField(null=True)
    cell_9 = models.BigIntegerField(null=True)
    cell_11 = models.BigIntegerField(null=True)
    district = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    neighborhood = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")

    filed_at = models.DateTimeField(_("entró"))
    taken_at = models.DateTimeField(_("tomado"), null=True)
    answered_at = models.DateTimeField(_("contestado"), null=True)
    closed_at = models.DateTimeField(_("cerrado"), null=True)
    updated_at = models.DateTimeField(_("último cambio"))
    person_replied_at = models.DateTimeField(null=True)
    response_due_at = models.DateTimeField(_("plazo para contestarle"), null=True)
    target_due_at = models.DateTimeField(_("fecha prevista de arreglo"), null=True)
    due_at = models.DateTimeField(_("lo que vence antes"), null=True)
    paused_at = models.DateTimeField(_("en pausa desde"), null=True)
    paused = models.CharField(_("qué está en pausa"), max_length=8, choices=Stopped, blank=True, default="")
    escalation = models.PositiveSmallIntegerField(default=0)
    is_urgent = models.BooleanField(_("urgente"), default=False)

    order_at = models.DateTimeField()
    urgency = models.JSONField(default=list)

    is_public = models.BooleanField(default=False)
    is_reserved = models.BooleanField(default=False)
    follower_count = models.PositiveIntegerField(default=0)
    reopenings = models.PositiveSmallIntegerField(default=0)
    outcome = models.TextField(_("cómo quedó"), blank=True)
    follow_code = models.CharField(max_length=12)
    salt = models.CharField(max_length=32, blank=True)
    idempotency_key = models.CharField(max_length=100, null=True, unique=True)
    external = models.JSONField(default=dict)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=100, null=True)
    version = models.PositiveIntegerField(default=1)
    search_due_at = models.DateTimeField(null=True)
    """Since when the search index owes what changed in it; empty where it has it all."""

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("expediente")
        verbose_name_plural = _("expedientes")
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], name="case_source_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) ^ Q(state__in=CLOSED_STATES), name="case_closed_has_moment"
            ),
        ]
        indexes = [
            # The inbox: in order, filtered inside the index alone. Open cases only, so all stay small.
            models.Index(fields=_inbox_index(), condition=OPEN, name="case_inbox"),
            models.Index(fields=_inbox_index("department"), condition=OPEN, name="case_inbox_department"),
            models.Index(fields=_inbox_index("assignee"), condition=OPEN, name="case_inbox_assignee"),
            models.Index(fields=_inbox_index("state"), condition=OPEN, name="case_inbox_state"),
            # What waits for the person in one department, counted apart from all that does not.
            models.Index(
                fields=["department", "state", "is_reserved", "team", "closed_at"], condition=OPEN, name="case_waiting"
            ),
            # What falls due, counted without a look at the table.
            models.Index(
                fields=["due_at", "id", "department", "team", "assignee", "is_reserved", "closed_at"],
                condition=OPEN & Q(due_at__isnull=False),
                name="case_due",
            ),
            # Closed cases by filing date, and everything by filing date, at any depth.
            models.Index(fields=["filed_at", "id"], condition=~OPEN, name="case_closed"),
            models.Index(fields=["department", "filed_at", "id"], condition=~OPEN, name="case_closed_department"),
            models.Index(fields=["filed_at", "id"], name="case_filed"),
            models.Index(fields=["updated_at", "id"], name="case_updated"),
            models.Index(fields=["procedure", "cell_9"], condition=OPEN & Q(is_public=True), name="case_near"),
            models.Index(fields=["cell_11"], condition=OPEN & Q(cell_11__isnull=False), name="case_around"),
            models.Index(fields=["search_due_at"], condition=Q(search_due_at__isnull=False), name="case_search_due"),
            # The map, counted by cell; with the filters of the inbox, all inside the index too.
            models.Index(
                fields=["cell_7", "is_public", *_FILTERED],
                condition=OPEN & Q(cell_7__isnull=False),
                name="case_map",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    receipt_code = ""
    """Set by the action that files it; read again from the trail afterwards."""
    started_clocks: Sequence[Any] | None = None
    """The deadlines that the action that files it has just saved; None in a case read from the database."""

    def paused_until(self) -> datetime | None:
        """Until when its clocks wait at the latest, where they do."""
        if self.paused_at is None:
            return None
        return self.pauses.filter(ends_at=None).values_list("expires_at", flat=True).first()

    @property
    def response_waits(self) -> bool:
        """Whether the law's clock stands still."""
        return self.paused in (Stopped.RESPONSE, Stopped.BOTH)

    @property
    def target_waits(self) -> bool:
        """Whether the charter's clock stands still."""
        return self.paused in (Stopped.TARGET, Stopped.BOTH)

    def waits_until(self) -> datetime | None:
        """By when the person should have answered, where something is asked of them by a day."""
        asked = self.corrections.filter(answered_at=None, lapsed_at=None).values_list("due_at", flat=True).first()
        return asked or self.paused_until()

    @property
    def chain(self) -> str:
        """The name of the case's trail."""
        return f"case:{self.uuid}"


class CaseCounter(models.Model):
    """The last number given to a case of a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("contador de expedientes")

    def __str__(self) -> str:
        return str(self.year)

    @classmethod
    def take(cls, year: int, count: int = 1) -> int:
        """Take `count` numbers in a row and return the first. Waits for whoever is filing at this moment."""
        table = connection.ops.quote_name(cls._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (year, last) VALUES (%s, %s) "  # noqa: S608
                f"ON CONFLICT (year) DO UPDATE SET last = {table}.last + %s RETURNING last",
                [year, count, count],
            )
            return int(cursor.fetchone()[0]) - count + 1
