"""Many rows at once are stored as Django would store each."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import models, transaction

from tests.cast import Cast
from ventanilla.cases.enums import CaseState
from ventanilla.cases.models import Case, Event
from ventanilla.lib import ids, inserting

ODD: dict[str, Any] = {
    "description": "Ñandú 😀\n«dos»",
    "external": {"a": [1, None, "x"], "b": {}},
    "answers": {},
    "state": CaseState.RESOLVED,
    "closed_at": datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=UTC),
    "lon": Decimal("-84.25"),  # not what the field holds, but what it takes
    "lat": 10,
}


def copies(case: Case, count: int, **changed: Any) -> list[Case]:
    made = [copy.deepcopy(case) for _time in range(count)]
    for number, each in enumerate(made):
        each.pk, each.uuid, each.reference, each.process_id = None, ids.uuid(), f"X-{number}", None
        for name, value in changed.items():
            setattr(each, name, value)
    return made


def stored(rows: list[Any]) -> list[dict[str, Any]]:
    """What the database holds of them, but for their numbers."""
    found = type(rows[0]).objects.in_bulk([row.pk for row in rows])
    names = [field.attname for field in type(rows[0])._meta.concrete_fields if not field.primary_key]
    return [{name: getattr(found[row.pk], name) for name in names} for row in rows]


class _Undone(Exception):
    """Takes back what a block wrote."""


def by_django(rows: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    try:
        with transaction.atomic():
            found = stored(type(rows[0]).objects.bulk_create(copy.deepcopy(rows)))
            raise _Undone
    except _Undone:
        return found


def test_rows_come_out_as_django_would_have_stored_them(cast: Cast) -> None:
    case = cast.file(description="Apagado")
    for rows in (copies(case, 2) + copies(case, 1, **ODD, reference="Y"), [copy_of(case.events.get())]):
        expected = by_django(rows)
        inserting.insert_all(rows)
        assert stored(rows) == expected
        assert not any(row._state.adding for row in rows)


def copy_of(event: Event) -> Event:
    made = copy.deepcopy(event)
    made.pk, made.uuid, made.seq = None, ids.uuid(), 99
    return made


def test_each_row_has_its_own_number_over_several_statements(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inserting, "_PARAMETERS", 2 * len(Case._meta.concrete_fields))
    rows = copies(cast.file(), 7)
    inserting.insert_all(rows)
    assert [Case.objects.get(pk=row.pk).reference for row in rows] == [f"X-{number}" for number in range(7)]


def test_none_are_none(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        inserting.insert_all([])


def test_what_is_inserted_so_computes_nothing_when_saved() -> None:
    fields: list[models.Field[Any, Any]] = [*Case._meta.concrete_fields, *Event._meta.concrete_fields]
    own = [field for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)]
    assert not own
    assert not [field for field in fields if isinstance(field, models.FileField)]
