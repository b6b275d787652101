"""What is remembered of columns writes the same SQL as Django's own compiler, and reads the same values."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection, models
from django.db.models import Count, F, QuerySet

from tests.cast import Cast
from ventanilla.cases.models import Case, Event, WorkItem
from ventanilla.config.compiler import columns
from ventanilla.people.models import Person

STOCK = {"sqlite": "django.db.models.sql.compiler", "postgresql": "django.db.backends.postgresql.compiler"}
QUERIES: dict[str, Callable[[], QuerySet[models.Model]]] = {
    "everything": Case.objects.all,
    "some columns": lambda: Case.objects.only("uuid", "place", "filed_at"),
    "all but some": lambda: Case.objects.defer("description"),
    "joined": lambda: Case.objects.select_related("applicant", "assignee"),
    "joined, some columns": lambda: WorkItem.objects.select_related("case").only("name", "case__reference"),
    "joined twice to one table": lambda: Case.objects.select_related("applicant", "affected"),
    "with a count": lambda: Person.objects.annotate(count=Count("cases")),
    "with a value of another": lambda: Event.objects.annotate(reference=F("case__reference")),
    "inside another": lambda: Person.objects.filter(pk__in=Case.objects.filter(is_public=True).values("applicant")),
    "one after another": lambda: Case.objects.order_by().union(Case.objects.order_by()),
}


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_the_same_is_written_and_read(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    cast.file(affected=cast.rosa)

    def asked() -> tuple[str, list[dict[str, object]]]:
        found = QUERIES[name]()
        return str(found.query), [{k: v for k, v in vars(row).items() if k[0] != "_"} for row in found]

    ours = asked()
    monkeypatch.setattr(connection.ops, "_cache", import_module(STOCK[connection.vendor]))
    assert asked() == ours
    assert ours[1], "and there is something to read"


def test_ours_is_the_one_in_use_and_remembers(cast: Cast) -> None:
    list(Case.objects.all())
    before = columns.cache_info()
    list(Case.objects.all())
    after = columns.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 1)
