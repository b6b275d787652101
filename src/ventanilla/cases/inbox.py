"""The inbox: its views, its filters, its pages and its counts. Read in few statements whatever is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases.enums import CaseState, Channel
from ventanilla.cases.models import Case, CaseQuerySet
from ventanilla.catalog import published
from ventanilla.lib import clock
from ventanilla.lib.held import Held
from ventanilla.lib.text import printable
from ventanilla.organization import municipality
from ventanilla.organization.permissions import Access, access_of

SOON = timedelta(days=2)
COUNT_LIMIT = 1000
CLOSED = "cerrados"

VIEWS = {
    "equipo": _("De mi equipo"),
    "mio": _("Lo mío"),
    "sin-tomar": _("Sin tomar"),
    "pronto": _("Vence pronto"),
    "vencidos": _("Vencidos"),
    "espera": _("Espera respuesta"),
    CLOSED: _("Cerrados"),
}
URGENT_VIEWS = frozenset({"pronto", "vencidos"})

NAMES = {
    "view": "vista",
    "department": "area",
    "team": "equipo",
    "procedure": "tipo",
    "service": "servicio",
    "state": "estado",
    "channel": "canal",
    "district": "distrito",
    "neighborhood": "barrio",
    "assignee": "quien",
    "filed_from": "entro-desde",
    "filed_to": "entro-hasta",
    "urgent": "urgente",
    "incomplete": "faltan-datos",
    "after": "desde",
    "before": "hasta",
}
"""What each filter is called in the address."""
_PLACES = ("view", "after", "before")
"""What says where in the list one is, and narrows nothing."""


@dataclass(frozen=True)
class Filters:
    """What the address asks for, as it was written there; empty where nothing is asked."""

    view: str = "equipo"
    department: str = ""
    team: str = ""
    procedure: str = ""
    service: str = ""
    state: str = ""
    channel: str = ""
    district: str = ""
    neighborhood: str = ""
    assignee: str = ""
    filed_from: str = ""
    filed_to: str = ""
    urgent: str = ""
    incomplete: str = ""
    after: str = ""
    before: str = ""

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Filters:
        """From an address; what isn't understood, and what no database would take, is left out."""
        names = {name: printable(data.get(spanish, ""))[:80] for name, spanish in NAMES.items()}
        if names["view"] not in VIEWS:
            names["view"] = "equipo"
        for name in ("filed_from", "filed_to"):
            names[name] = names[name] if day_of(names[name]) else ""
        return cls(**names)

    @property
    def is_closed(self) -> bool:
        """Whether closed cases are asked for, which stand in another order."""
        return self.view == CLOSED

    def asked(self) -> dict[str, str]:
        """The filters in force beside the view, by their names in the address."""
        held = {NAMES[name]: getattr(self, name) for name in NAMES if name not in _PLACES}
        return {name: value for name, value in held.items() if value}


def day_of(text: str) -> date | None:
    """The day that an address names, `2026-11-25`; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def seen_by(user: Any, view: str) -> CaseQuerySet:
    """The cases of a view, of those a user may see."""
    return of_view(Case.objects.visible_to(user), user, view)


def of_view(cases: CaseQuerySet, user: Any, view: str) -> CaseQuerySet:
    """Those of some cases that belong to a user's view."""
    return cases.closed() if view == CLOSED else _among_open(cases.open(), user.pk, access_of(user), view, clock.now())


def _among_open(cases: CaseQuerySet, user: int, access: Access, view: str, now: datetime) -> CaseQuerySet:
    match view:
        case "mio":
            return cases.filter(assignee=user)
        case "sin-tomar":
            return cases.filter(assignee=None)
        case "pronto":
            return cases.filter(due_at__gte=now, due_at__lt=now + SOON)
        case "vencidos":
            return cases.filter(due_at__lt=now)
        case "espera":
            return cases.filter(state=CaseState.WAITING_PERSON)
    return _of_team(cases, access)


def _of_team(cases: CaseQuerySet, access: Access) -> CaseQuerySet:
    """What a user's departments have; everything for who has none of their own."""
    own = access.departments(Permission.CASE_VIEW)
    return cases.filter(department__in=own) if own and access.may(Permission.CASE_VIEW_ALL) else cases


def filtered(cases: CaseQuerySet, filters: Filters) -> CaseQuerySet:
    """Narrow a list by what the address asks."""
    for narrow in (_by_type, _by_marks, _by_keys, _by_filing):
        cases = narrow(cases, filters)
    return cases


def _by_type(cases: CaseQuerySet, filters: Filters) -> CaseQuerySet:
    catalogue = published.current()
    if filters.service:
        keys = [p.pk for p in catalogue.procedures.values() if p.service.key == filters.service]
        cases = cases.filter(procedure__in=keys)
    if filters.procedure:
        chosen = catalogue.by_key.get(filters.procedure)
        cases = cases.filter(procedure=chosen.pk if chosen else 0)
    return cases


def _by_marks(cases: CaseQuerySet, filters: Filters) -> CaseQuerySet:
    if filters.state in CaseState.values:
        cases = cases.filter(state=filters.state)
    if filters.channel in Channel.values:
        cases = cases.filter(channel=filters.channel)
    if filters.urgent:
        cases = cases.filter(is_urgent=True)
    if filters.incomplete:
        cases = cases.filter(is_incomplete=True)
    return cases


def _by_keys(cases: CaseQuerySet, filters: Filters) -> CaseQuerySet:
    if filters.department:
        cases = cases.filter(department__key=filters.department)
    if filters.team:
        cases = cases.filter(team__key=filters.team)
    if filters.district:
        cases = cases.filter(district__key=filters.district)
    if filters.neighborhood:
        cases = cases.filter(neighborhood__key=filters.neighborhood)
    if filters.assignee:
        cases = cases.filter(assignee__username=filters.assignee)
    return cases


def _by_filing(cases: CaseQuerySet, filters: Filters) -> CaseQuerySet:
    """By the days on which they came in, both included, as the municipality's clock has them."""
    first, last = day_of(filters.filed_from), day_of(filters.filed_to)
    if first:
        cases = cases.filter(filed_at__gte=_midnight(first))
    if last:
        cases = cases.filter(filed_at__lt=_midnight(last + timedelta(days=1)) if last < date.max else clock.now())
    return cases


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=municipality.current().zone)


@dataclass(frozen=True)
class Counts:
    """How many each view holds, none told beyond 999."""

    by_view: dict[str, int] = field(default_factory=dict)

    def said(self, view: str) -> str:
        count = self.by_view.get(view)
        return "" if count is None else "999+" if count >= COUNT_LIMIT else str(count)


def counts(user: Any) -> Counts:
    """All the views' counts in one statement, none counting further than it shows; and what waits for the user."""
    now, access = clock.now(), access_of(user)
    sql, given = _statement(access.everywhere, _items(access.by_department), _items(access.by_team))
    said = dict(zip(_stand_ins(), (user.pk, _adapted(now), _adapted(now + SOON)), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [said.get(value, value) for value in given])
        *by_view, own = cursor.fetchone()
    waiting.put(user.pk, own)
    return Counts(dict(zip(_COUNTED, by_view, strict=True)))


_COUNTED = [name for name in VIEWS if name != CLOSED]
_SOMEBODY, _THEN = -1, datetime(1900, 1, 1, tzinfo=UTC)
"""In the statement that is kept, for who counts and when."""


def _items(held: dict[int, frozenset[str]]) -> frozenset[tuple[int, frozenset[str]]]:
    return frozenset(held.items())


def _stand_ins() -> tuple[Any, Any, Any]:
    return _SOMEBODY, _adapted(_THEN), _adapted(_THEN + SOON)


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


@lru_cache(maxsize=256)
def _statement(everywhere: frozenset[str], departments: Any, teams: Any) -> tuple[str, list[Any]]:
    """The counts' statement for whoever has this access: to write it costs as much as to read a page of cases."""
    access = Access(everywhere, dict(departments), dict(teams))
    visible = Case.objects.visible_to(_Reader(access)).open()
    lists = [_among_open(visible, _SOMEBODY, access, name, _THEN) for name in _COUNTED]
    parts = [_part(cases) for cases in [*lists, _waiting(_SOMEBODY, _THEN)]]
    return f"SELECT {', '.join(sql for sql, _given in parts)}", [value for _sql, given in parts for value in given]


@dataclass(frozen=True)
class _Reader:
    """Anybody who has an access."""

    _access: Access
    is_authenticated = is_active = True


def _part(cases: CaseQuerySet) -> tuple[str, Sequence[Any]]:
    try:
        sql, given = cases.order_by().values("pk")[:COUNT_LIMIT].query.sql_with_params()
    except EmptyResultSet:  # who sees nothing is shown zeros
        sql, given = "SELECT 1 WHERE 1 = 0", ()
    return f"(SELECT COUNT(*) FROM ({sql}) AS part)", given  # noqa: S608 made by the ORM


def _waiting(user: int, now: datetime) -> CaseQuerySet:
    """What is a user's own and due within two days or late."""
    return Case.objects.open().filter(assignee=user, due_at__lt=now + SOON)


waiting: Held[int, int] = Held(lambda user: _waiting(user, clock.now()).count(), seconds=60, shared=False)
"""How many wait for a user; counted anew with every full page of the inbox."""
