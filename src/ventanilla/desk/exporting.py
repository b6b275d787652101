"""A list of cases as comma-separated values (RFC 4180), line by line. Nobody's name, contact or words are in it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.models import Case
from ventanilla.design import dates
from ventanilla.places import zones

BYTE_ORDER_MARK = "\ufeff"
"""By it spreadsheets know that the text is UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _moment(value: datetime | None) -> str:
    """`2026-11-25 10:24` in the municipality's zone."""
    return f"{dates.local(value):%Y-%m-%d %H:%M}" if value else ""


def _yes(value: bool) -> str:
    return str(_("sí")) if value else ""


def _zone(pk: int | None) -> str:
    zone = zones.name_of(pk)
    return zone.name if zone else ""


COLUMNS: list[tuple[Any, Callable[[Case], Any]]] = [
    (_("expediente"), lambda case: case.reference),
    (_("tipo"), lambda case: str(case.procedure)),
    (_("servicio"), lambda case: str(case.procedure.service)),
    (_("estado"), lambda case: case.get_state_display()),
    (_("por dónde entró"), lambda case: capfirst(case.get_channel_display())),
    (_("área"), lambda case: str(case.department)),
    (_("equipo"), lambda case: str(case.team or "")),
    (_("quién lo lleva"), lambda case: case.assignee.name if case.assignee else ""),
    (_("lugar"), lambda case: case.place_label),
    (_("distrito"), lambda case: _zone(case.district_id)),
    (_("barrio"), lambda case: _zone(case.neighborhood_id)),
    (_("longitud"), lambda case: case.lon),
    (_("latitud"), lambda case: case.lat),
    (_("entró"), lambda case: _moment(case.filed_at)),
    (_("plazo para contestar"), lambda case: _moment(case.response_due_at)),
    (_("contestado"), lambda case: _moment(case.answered_at)),
    (_("fecha prevista de arreglo"), lambda case: _moment(case.target_due_at)),
    (_("cerrado"), lambda case: _moment(case.closed_at)),
    (_("urgente"), lambda case: _yes(case.is_urgent)),
    (_("faltan datos"), lambda case: _yes(case.is_incomplete)),
    (_("vecinos que lo siguen"), lambda case: case.follower_count),
    (_("reaperturas"), lambda case: case.reopenings),
]


def lines(cases: Iterable[Case]) -> Iterator[str]:
    """The file, a line at a time: the names of its columns first."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([capfirst(str(name)) for name, _value in COLUMNS])
    for case in cases:
        yield writer.writerow([harmless(value(case)) for _name, value in COLUMNS])


def harmless(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: text that begins like one is marked as text.

    Source: OWASP, "CSV Injection".
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
