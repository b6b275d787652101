"""Cases that come by the thousand get what a filed case gets, once, and wake nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from tests.cast import LAT, LON, Cast, actor
from tests.cast import standing as cast
from ventanilla.accounts.models import User
from ventanilla.audit.actions import verify_all
from ventanilla.audit.models import TrailEntry
from ventanilla.cases import actions, registry
from ventanilla.cases.actions import CaseRow, bulk, time
from ventanilla.cases.actions.bulk import import_cases
from ventanilla.cases.enums import CaseState, EventKind, Outside
from ventanilla.cases.models import Case, CaseCounter, Deadline, Event
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.lib.references import reference
from ventanilla.notifications.models import Message
from ventanilla.search.models import SearchDocument

__all__ = ["cast"]

BY = Actor("import:avisos", "Avisos de antes")
FILED = datetime(2023, 5, 4, 15, 30, tzinfo=UTC)


def row(number: int = 1, **changes: Any) -> CaseRow:
    values: dict[str, Any] = {
        "number": number,
        "key": f"k{number}",
        "procedure": "bombillo-quemado",
        "filed_at": FILED,
        "description": f"Poste {number} apagado frente a la pulpería",
        "address": "Calle 3, 25",
        "lon": LON,
        "lat": LAT,
    }
    return CaseRow(**{**values, **changes})


def rows(count: int, **changes: Any) -> Iterator[CaseRow]:
    return (row(number, **changes) for number in range(1, count + 1))


def bring(*given: CaseRow, **how: Any) -> Any:
    return import_cases(given, source="avisos", by=BY, **how)


def test_a_case_gets_what_a_filed_case_gets(cast: Cast) -> None:
    bring(row(external={"media_url": "https://fotos.example/1.jpg", "tags": []}))
    case = Case.objects.get()
    assert (case.reference, case.source, case.source_key) == (reference(2023, 1), "avisos", "k1")
    assert (case.department, case.channel, case.identity) == (cast.lighting, "import", "anonymous")
    assert (case.district.key, case.neighborhood.key) == ("d1", "b1")  # type: ignore[union-attr]
    assert case.cell_11 == cast.file().cell_11
    assert (case.place_label, case.place["as_said"]) == ("Calle 3, 25", "Calle 3, 25")
    assert case.external == {"media_url": "https://fotos.example/1.jpg"}
    assert (case.is_public, case.filed_at, case.state) == (True, FILED, "received")
    event = case.events.get()
    assert (event.kind, event.at, event.by_label) == ("filed", FILED, "Avisos de antes")
    assert SearchDocument.objects.filter(kind="case", uuid=case.uuid).exists()


def test_its_words_stay_out_of_the_trail(cast: Cast) -> None:
    bring(row(description="Me llamo Rosa y vivo aquí"))
    entry = TrailEntry.objects.get(chain=Case.objects.get().chain)
    assert "Rosa" not in str(entry.data)
    assert {name: len(said) for name, said in entry.data["digests"].items()} == {"content": 64, "text": 64}
    assert verify_all().is_clean


def test_nobody_is_told_and_no_process_begins(cast: Cast) -> None:
    heard: list[Any] = []
    registry.events.register("spy", lambda case, event: heard.append(event))
    try:
        bring(*rows(3))
        time.escalate()
    finally:
        registry.events._items.pop("spy")
    assert heard == []
    assert not Message.objects.exists()
    assert not Case.objects.filter(process__isnull=False).exists()
    assert not Deadline.objects.exists()


def test_the_process_begins_when_somebody_takes_the_case(cast: Cast) -> None:
    bring(row())
    taken = actions.take_case(Case.objects.get(), user=cast.olga, by=actor(cast.olga))
    assert taken.process is not None
    assert taken.work_items.filter(kind="process").exists()


def test_what_another_department_imports_is_not_seen(cast: Cast) -> None:
    bring(row(), row(2, procedure="construccion-sin-permiso"))

    def seen(user: User) -> set[str | None]:
        return set(Case.objects.visible_to(user).values_list("source_key", flat=True))

    assert (seen(cast.olga), seen(cast.otilia)) == ({"k1"}, {"k2"})
    breach = Case.objects.get(source_key="k2")
    assert (breach.is_reserved, breach.is_public) == (True, False)


def test_numbers_are_of_the_year_here_and_go_on_where_they_were(cast: Cast) -> None:
    new_year_in_utc = datetime(2024, 1, 1, 3, tzinfo=UTC)
    CaseCounter.take(2023, 41)
    bring(row(1, filed_at=new_year_in_utc), row(2, filed_at=new_year_in_utc + timedelta(hours=4)), row(3))
    given = dict(Case.objects.values_list("source_key", "reference"))
    assert {key: number[:11] for key, number in given.items()} == {
        "k1": "2023-000042", "k2": "2024-000001", "k3": "2023-000043"
    }  # fmt: skip


def test_twice_is_once(cast: Cast) -> None:
    bring(*rows(5))
    before = list(Case.objects.order_by("pk").values())
    again = bring(*rows(5), row(6))
    assert (again.created, again.unchanged, again.rejected) == (1, 5, [])
    assert list(Case.objects.order_by("pk").values())[:5] == before
    assert Event.objects.count() == TrailEntry.objects.filter(chain__startswith="case:").count() == 6


def test_a_key_of_another_source_is_another_case(cast: Cast) -> None:
    bring(row())
    import_cases([row()], source="otra", by=BY)
    assert Case.objects.count() == 2


def test_a_key_that_comes_twice_is_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    report = bring(row(1), row(2), row(3, key="k1", description="otra cosa"))
    assert report.created == 2
    assert [(each.row, each.key) for each in report.rejected] == [(3, "k1")]


def test_an_unknown_type_is_said(cast: Cast) -> None:
    report = bring(row(1, procedure="dragones"), row(2))
    assert (report.created, [each.row for each in report.rejected]) == (1, [1])
    assert "dragones" in report.rejected[0].reason


FAR = {"lon": LON + 9}


@pytest.mark.parametrize(
    ("outside", "kept", "has_point"),
    [(Outside.KEEP, 1, True), (Outside.FORGET_POINT, 1, False), (Outside.REJECT, 0, False)],
)
def test_a_point_outside(cast: Cast, outside: Outside, kept: int, has_point: bool) -> None:
    report = bring(row(**FAR), outside=outside)
    assert (report.created, len(report.rejected)) == (kept, 1 - kept)
    for case in Case.objects.all():
        assert (case.lon is not None, case.cell_7 is not None, case.district) == (has_point, has_point, None)
        assert case.place_label == "Calle 3, 25"


@pytest.mark.parametrize("nowhere", [{"lon": None, "lat": None}, {"lon": 0.0, "lat": 0.0}])
def test_without_a_point_there_is_still_the_address(cast: Cast, nowhere: dict[str, Any]) -> None:
    bring(row(**nowhere), outside=Outside.REJECT)
    case = Case.objects.get()
    assert (case.lon, case.cell_11, case.place["kind"]) == (None, None, "text")


def test_a_closed_case_comes_closed(cast: Cast) -> None:
    ended = FILED + timedelta(days=2)
    bring(
        row(1, state=CaseState.RESOLVED, closed_at=ended),
        row(2, state=CaseState.REFUSED),
        row(3, state=CaseState.RESOLVED, closed_at=FILED - timedelta(days=9)),
        row(4, state=CaseState.IN_PROGRESS, closed_at=ended),
    )
    closed = dict(Case.objects.values_list("source_key", "closed_at"))
    assert closed == {"k1": ended, "k2": FILED, "k3": FILED, "k4": None}


# What changes at the source


def state_at(hours: int, state: CaseState, **changes: Any) -> CaseRow:
    return row(state=state, seen_at=FILED + timedelta(hours=hours), **changes)


TAKEN = state_at(1, CaseState.IN_PROGRESS)
DONE = state_at(5, CaseState.RESOLVED, closed_at=FILED + timedelta(hours=5))


def story() -> list[str]:
    return list(Event.objects.order_by("case", "seq").values_list("kind", flat=True))


def test_a_newer_row_changes_the_state_with_an_event(cast: Cast) -> None:
    bring(TAKEN, update=True)
    report = bring(DONE, update=True)
    case = Case.objects.get()
    assert (report.updated, report.created, report.unchanged) == (1, 0, 0)
    assert (case.state, case.closed_at, case.version) == ("resolved", DONE.closed_at, 2)
    assert story() == ["filed", "resolved"]
    assert case.events.get(kind="resolved").at == DONE.seen_at
    assert verify_all().is_clean
    assert not Message.objects.exists()


def test_changes_inside_one_batch_are_each_told(cast: Cast) -> None:
    report = bring(TAKEN, DONE, state_at(9, CaseState.IN_PROGRESS), update=True)
    assert (report.created, report.updated, report.unchanged) == (1, 2, 0)
    assert story() == ["filed", "resolved", "reopened"]
    assert Case.objects.get().closed_at is None


def test_without_update_it_stays_as_it_came(cast: Cast) -> None:
    bring(TAKEN)
    assert bring(DONE).unchanged == 1
    assert (Case.objects.get().state, story()) == ("in_progress", ["filed"])


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_whatever_the_order_the_newest_wins_and_again_changes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(bulk, "BATCH", size)
    said = [TAKEN, state_at(3, CaseState.SCHEDULED), DONE, state_at(7, CaseState.RESOLVED, closed_at=DONE.closed_at)]
    orders = [[each._replace(key=f"p{n}") for each in order] for n, order in enumerate(permutations(said))]
    for given in orders:
        bring(*given, update=True)
    before = list(Case.objects.order_by("pk").values("state", "closed_at", "version")), story()
    assert {case["state"] for case in before[0]} == {"resolved"}
    for given in orders:
        assert bring(*given, update=True).updated == 0
    assert (list(Case.objects.order_by("pk").values("state", "closed_at", "version")), story()) == before
    assert verify_all().is_clean


def test_what_was_missing_is_filled_in_and_what_was_there_is_not_lost(cast: Cast) -> None:
    bring(TAKEN._replace(external={"service": "Alumbrado"}), update=True)
    photo = {"service": "Otro nombre", "media_url": "https://fotos.example/1.jpg"}
    bring(TAKEN._replace(external=photo), update=True)
    bring(TAKEN._replace(external={}), update=True)
    case = Case.objects.get()
    assert case.external["service"] == "Alumbrado"
    assert case.external["media_url"] == photo["media_url"]
    assert (story(), case.events.get(kind="noted").visibility) == (["filed", "noted"], "staff")
    bring(DONE._replace(external={"service": "Otro nombre"}), update=True)
    case.refresh_from_db()
    assert (case.external["service"], case.external["media_url"]) == ("Otro nombre", photo["media_url"])


def test_once_somebody_here_acts_the_source_changes_it_no_more(cast: Cast) -> None:
    bring(TAKEN, update=True)
    actions.note(Case.objects.get(), text="Fui a ver y ya funciona.", by=actor(cast.olga))
    assert bring(DONE, update=True).unchanged == 1
    assert Case.objects.get().state == "in_progress"


def test_every_state_has_its_event(cast: Cast) -> None:
    begun = [state_at(1, CaseState.RECEIVED, key=state) for state in CaseState]
    bring(*begun, *(state_at(2, state, key=state) for state in CaseState), update=True)
    assert dict(Case.objects.values_list("source_key", "state")) == {str(state): str(state) for state in CaseState}
    assert Event.objects.exclude(kind=EventKind.FILED).count() == len(CaseState) - 1


# Terms


def test_terms_of_open_cases_run_from_their_filing_and_what_is_late_alarms_nobody(
    cast: Cast, still_clock: datetime
) -> None:
    lately = still_clock - timedelta(hours=2)
    report = bring(row(1), row(2, filed_at=lately), row(3, state=CaseState.RESOLVED), with_clocks=True)
    assert report.created == 3
    late, fresh, closed = Case.objects.order_by("source_key")
    assert late.due_at < still_clock < fresh.due_at  # type: ignore[operator]
    assert (closed.due_at, closed.deadlines.count(), late.deadlines.count()) == (None, 0, 1)
    assert (time.escalate(), Message.objects.count()) == (0, 0)
    with clock.at(fresh.due_at + timedelta(minutes=1)):  # type: ignore[operator]
        assert time.escalate() == 1


def test_a_term_is_met_when_the_source_closes_the_case(cast: Cast) -> None:
    bring(TAKEN, update=True, with_clocks=True)
    bring(DONE, update=True, with_clocks=True)
    assert Deadline.objects.get().met_at == DONE.closed_at
    assert Case.objects.get().due_at is None


# Cut anywhere


class Cut(Exception):
    """The power goes."""


def test_a_batch_enters_whole_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 4)
    index_many, calls = bulk.index_many, iter([1, 2])

    def cut(documents: Any) -> int:
        done = index_many(documents)
        if next(calls) == 2:
            raise Cut
        return done

    with monkeypatch.context() as patch:
        patch.setattr(bulk, "index_many", cut)
        with pytest.raises(Cut):
            bring(*rows(10))
    counts = Case.objects.count(), Event.objects.count(), SearchDocument.objects.filter(kind="case").count()
    assert counts == (4, 4, 4)
    assert CaseCounter.objects.get(year=2023).last == 4
    assert bring(*rows(10)).created == 6
    assert sorted(Case.objects.values_list("reference", flat=True))[-1].startswith("2023-000010")
    assert verify_all().is_clean


def test_two_imports_at_once_make_each_case_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one commits after this one looked and before it writes."""
    looked, first = bulk._known, iter([True])

    def looks_too_early(*given: Any) -> set[str]:
        known = looked(*given)
        if next(first, False):
            monkeypatch.setattr(bulk, "_known", looked)
            bring(*rows(2))
        return known

    monkeypatch.setattr(bulk, "_known", looks_too_early)
    report = bring(*rows(3))
    assert (report.created, report.unchanged, Case.objects.count()) == (1, 2, 3)
    assert verify_all().is_clean


def test_a_thousand_known_rows_cost_a_handful_of_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    bring(*rows(50), update=True)
    with django_assert_max_num_queries(12):
        bring(*rows(50), update=True)
