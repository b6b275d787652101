"""What the inbox can be filtered by, held in memory for a few seconds; each is offered what is theirs to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases.enums import CLOSED_STATES, OPEN_STATES, CaseState, Channel
from ventanilla.catalog import published
from ventanilla.design.languages import translated
from ventanilla.lib.held import Held
from ventanilla.organization.models import Department, Membership, Team
from ventanilla.organization.permissions import access_of
from ventanilla.places.models import Zone

Options = list[tuple[str, str]]


@dataclass
class _Offered:
    """All there is: zones by kind; departments, teams and people with the departments they are of."""

    zones: dict[str, Options] = field(default_factory=lambda: {"district": [], "neighborhood": []})
    departments: list[tuple[str, str, int]] = field(default_factory=list)
    teams: list[tuple[str, str, int]] = field(default_factory=list)
    people: list[tuple[str, str, int | None]] = field(default_factory=list)


def _read(_key: None) -> _Offered:
    offered = _Offered()
    zones = Zone.objects.filter(kind__in=["district", "neighborhood"]).order_by("name")
    for kind, key, name in zones.values_list("kind", "key", "name"):
        offered.zones[kind].append((key, name))
    active = {"is_active": True}
    offered.departments = list(Department.objects.filter(**active).values_list("key", "name", "pk"))
    offered.teams = list(Team.objects.filter(**active).values_list("key", "name", "department"))
    staff = Membership.objects.filter(user__is_active=True).order_by("user__name", "pk")
    offered.people = list(staff.values_list("user__username", "user__name", "department"))
    return offered


held: Held[None, _Offered] = Held(_read)


@dataclass(frozen=True)
class Choice:
    """A filter that is a choice: its name in the address, its label, its options in words and as they are drawn."""

    name: str
    label: str
    options: Options
    drawn: SafeString

    def with_chosen(self, value: str) -> SafeString:
        """The options with this one chosen."""
        found = format_html('value="{}"', value)
        return mark_safe(self.drawn.replace(found, f"{found} selected", 1)) if value else self.drawn  # noqa: S308


def choices(user: Any, *, closed: bool = False) -> list[Choice]:
    """What this user's lists can be filtered by."""
    access = access_of(user)
    own = access.departments(Permission.CASE_VIEW) | access.departments_of_teams(Permission.CASE_VIEW)
    return drawn.get((get_language() or "", None if access.may(Permission.CASE_VIEW_ALL) else own, closed))


_Key = tuple[str, frozenset[int] | None, bool]
"""The language, the departments that are seen (None for all), whether closed cases are looked at."""


def _draw(key: _Key) -> list[Choice]:
    _language, departments, closed = key
    catalogue, offered = published.current(), held.get(None)

    def sees(department: int | None) -> bool:
        return departments is None or department in departments

    asked: list[tuple[str, str, Any]] = [
        ("servicio", _("Servicio"), [(each.key, translated(each.name)) for each in catalogue.services]),
        ("tipo", _("Tipo"), [(each.key, translated(each.name)) for each in catalogue.by_key.values()]),
        ("estado", _("Estado"), [(each.value, each.label) for each in (CLOSED_STATES if closed else OPEN_STATES)]),
        ("canal", _("Por dónde entró"), Channel.choices),
        ("area", _("Área"), _theirs(offered.departments, sees)),
        ("equipo", _("Equipo"), _theirs(offered.teams, sees)),
        ("quien", _("Quién lo lleva"), _theirs(offered.people, sees)),
        ("distrito", _("Distrito"), offered.zones["district"]),
        ("barrio", _("Barrio"), offered.zones["neighborhood"]),
    ]
    return [Choice(name, label, _said(options), _drawn(options)) for name, label, options in asked]


def _said(options: Any) -> Options:
    return [(str(key), str(label)) for key, label in options]


def _drawn(options: Any) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', options)


drawn: Held[_Key, list[Choice]] = Held(_draw)


def _theirs(offered: Any, sees: Callable[[int | None], bool]) -> Options:
    """Once each: somebody may be of several departments."""
    return list({key: (key, translated(name)) for key, name, department in offered if sees(department)}.values())


def label_of(name: str, value: str, offered: list[Choice]) -> str:
    """The words of a value that the address names; the value itself where it is none of those offered."""
    found = (label for each in offered if each.name == name for key, label in each.options if key == value)
    return next(found, str(dict(CaseState.choices).get(value, value)) if name == "estado" else value)
