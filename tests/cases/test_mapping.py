"""The town map: everything counted from afar, one by one from near or where there are few."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import LAT, LON, Cast, actor, place
from ventanilla.cases import actions, mapping
from ventanilla.cases.mapping import Window
from ventanilla.cases.models import Case
from ventanilla.lib import clock

SPOTS = [(LON, LAT)] * 3 + [(LON + 0.03, LAT + 0.03)] * 2 + [(LON - 0.03, LAT)]
TOWN = Window(LON - 0.1, LAT - 0.1, LON + 0.1, LAT + 0.1, 12)


@pytest.fixture
def town(cast: Cast) -> Cast:
    for lon, lat in SPOTS:
        cast.file(place=place(lon, lat))
    cast.file(procedure=cast.complaint, answers={}, place=None)
    return cast


def features(window: Window, cases: Any = None) -> list[dict[str, Any]]:
    seen = Case.objects.open() if cases is None else cases
    found: list[dict[str, Any]] = mapping.points(seen, window, lambda uuid: f"/{uuid}/")["features"]
    return found


def counts(found: list[dict[str, Any]]) -> list[int]:
    return sorted(each["properties"].get("count", 0) for each in found)


def test_many_are_grouped_and_every_one_is_counted(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "FEW", 3)
    found = features(TOWN)
    assert sum(counts(found)) == len(SPOTS)
    assert 0 not in counts(found)


def test_few_are_shown_one_by_one_with_their_mark_and_their_page(town: Cast) -> None:
    case = Case.objects.filter(lon=LON - 0.03).get()
    actions.take_case(case, user=town.olga, by=actor(town.olga))
    Case.objects.filter(lon=LON + 0.03).update(due_at=clock.now())
    found = features(TOWN)
    assert len(found) == len(SPOTS)
    assert sorted(each["properties"]["shape"] for each in found) == ["diamond", *["ring"] * 3, *["triangle"] * 2]
    shown = next(each for each in found if each["properties"]["shape"] == "diamond")
    assert shown["properties"] == {"shape": "diamond", "title": "Bombillo quemado", "path": f"/{case.uuid}/"}
    assert shown["geometry"]["coordinates"] == [LON - 0.03, LAT]


def test_exactly_as_many_as_are_few_are_few(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "FEW", len(SPOTS))
    assert counts(features(TOWN)) == [0] * len(SPOTS)
    monkeypatch.setattr(mapping, "FEW", len(SPOTS) - 1)
    assert sum(counts(features(TOWN))) == len(SPOTS)


def test_from_nearer_only_what_is_in_sight_counts(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    near = Window(LON - 0.005, LAT - 0.005, LON + 0.005, LAT + 0.005, 15)
    assert len(features(near)) == 3
    monkeypatch.setattr(mapping, "FEW", 1)
    assert sum(counts(features(near))) == 3


def test_from_near_all_are_pins_however_many(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "FEW", 1)
    near = Window(LON - 0.005, LAT - 0.005, LON + 0.005, LAT + 0.005, 17)
    assert counts(features(near)) == [0, 0, 0]


def test_what_is_filtered_away_is_not_counted(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "FEW", 1)
    some = Case.objects.filter(lon=LON)
    assert sum(counts(features(TOWN, some))) == 3
    assert features(TOWN, Case.objects.none()) == []
