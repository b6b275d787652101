"""A million cases with valid chains, in bulk: what the running house would have written, a thousand at a time."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from ventanilla.api.open311.writing import attributes, offered
from ventanilla.audit import actions as audit
from ventanilla.audit.rules import digest
from ventanilla.cases.actions import clocks, process
from ventanilla.cases.actions.filing import content
from ventanilla.cases.enums import CaseState, Channel, DeadlineKind, EventKind, Identity, Visibility, WorkKind
from ventanilla.cases.models import Case, CaseCounter, Deadline, Event, WorkItem
from ventanilla.cases.search import document_of, index_owed
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.lib import clock, ids
from ventanilla.lib.references import reference
from ventanilla.operations.bench import material, town
from ventanilla.operations.bench.happenings import happen
from ventanilla.operations.console import Bar, note
from ventanilla.operations.trouble import Trouble
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import ContactPoint, IdentityDocument, Person
from ventanilla.people.rules import folded_name
from ventanilla.places.rules import Place, cells
from ventanilla.places.zones import locate
from ventanilla.search import actions as search
from ventanilla.search import vocabulary
from ventanilla.workflow import actions as workflow

BATCH = 1_000
CASES = 1_000_000
OPEN_SHARE = 0.06
LARGEST_ONE_IN = 4
"""Every fourth case is of the largest department, no other has more: 15,000 of 60,000 open ones at most."""
INCOMPLETE_SHARE = 0.05
"""Of the open cases, those in which a particular is missing."""
YEARS = 5
SEED = 20261121
BY = "bench"
"""Who filed what was filled; nothing else has this name."""


@dataclass(frozen=True)
class Loaded:
    """What is in the database, how long it took (seconds; 0 where it was reused) and its size (bytes)."""

    cases: int
    seconds: float
    size: int
    database: str


def ensure(cases: int | None, *, reuse: bool) -> Loaded:
    """The database with that many cases: filled now or, where it is filled already, reused if that was asked for.

    Raises Trouble where it holds something else than was asked for.
    """
    if Case.objects.exists():
        return _reused(cases, reuse=reuse)
    started, cases = time.monotonic(), cases or CASES
    with ids.seeded(SEED):
        _fill(cases)
    _settle()
    _check_largest()
    return Loaded(cases, time.monotonic() - started, _size(), connection.vendor)


def _reused(cases: int | None, *, reuse: bool) -> Loaded:
    """What an earlier run filled; what it filed while it measured doesn't count."""
    have = Event.objects.filter(kind=EventKind.FILED, by=BY).count()
    other = "Para llenar de nuevo use otra --data (en PostgreSQL, otra base de datos vacía)."
    if not reuse:
        raise Trouble(f"Aquí ya hay {have} expedientes de prueba.", advice=f"Para medir esos use --reuse. {other}")
    if cases not in (None, have):
        advice = f"Para medir esos use --reuse sin --cases. {other}"
        raise Trouble(f"Pidió {cases} expedientes y aquí ya hay {have}.", advice=advice)
    note(f"Se miden los {have} expedientes que ya había.")
    return Loaded(have, 0.0, _size(), connection.vendor)


def _check_largest() -> None:
    """The benchmark's limits hold for so many open cases in one department, no more."""
    counted = Counter(Case.objects.open().order_by().values_list("department", flat=True))
    most, allowed = max(counted.values(), default=0), math.ceil(counted.total() / LARGEST_ONE_IN)
    if most > allowed:
        raise RuntimeError(f"{most} open cases in one department, {allowed} at most")


def _fill(cases: int) -> None:
    town.found()
    maker, bar = _Maker(random.Random(SEED), cases), Bar("expedientes")
    for done in range(0, cases, BATCH):
        maker.write(min(BATCH, cases - done))
        bar.show(min(done + BATCH, cases), cases)


def _settle() -> None:
    """What a running house has: an index that owes nothing, counted words and the planner's statistics."""
    index_owed()
    vocabulary.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _size() -> int:
    if connection.vendor == "sqlite":
        return sum(each.stat().st_size for each in Path(settings.DATA).glob("ventanilla.sqlite3*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class _Known:
    """Somebody, and the numbers they are found by."""

    person: Person
    phone: str
    document: str

    @property
    def contact(self) -> ContactPoint:
        return ContactPoint(person=self.person, kind=ContactKind.PHONE, value=self.phone, is_preferred=True)

    @property
    def held(self) -> IdentityDocument:
        return IdentityDocument(person=self.person, kind="cedula", number=self.document)


def _by_department() -> list[list[Procedure]]:
    """The procedures that are drawn, by department, the one with most of them first."""
    usable = [each for each in published.current().by_key.values() if not each.is_emergency and each.may_be_public]
    groups: dict[int, list[Procedure]] = {}
    for each in usable:
        groups.setdefault(each.department_id, []).append(each)
    return sorted(groups.values(), key=len, reverse=True)


class _Maker:
    """Makes cases in the order they were filed, the last ones open."""

    def __init__(self, source: random.Random, total: int) -> None:
        self.source, self.total, self.made = source, total, 0
        self.words, self.weights = material.vocabulary(source)
        self.largest, *self.others = _by_department()
        self.missing = {each.pk: [one["code"] for one in attributes(each)][:1] for each in offered()}
        self.begins = clock.now() - timedelta(days=365 * YEARS)
        self.step = timedelta(days=365 * YEARS) / total
        self.users = town.staff()

    def write(self, count: int) -> None:
        """One batch in one transaction."""
        moment = self.begins + self.step * self.made
        with clock.at(moment), transaction.atomic():
            persons = self._persons(count)
            cases = [self._case(index, persons) for index in range(count)]
            self._number(cases)
            items = self._work(cases)
            Case.objects.bulk_create(cases)
            self._surroundings(cases, items)
            search.index_many(document_of(case, *case.bench_known) for case in cases)  # type: ignore[attr-defined]
        self.made += count
        with clock.at(self.begins + self.step * self.made), transaction.atomic():
            happen([case for case in cases if case.is_open])

    def _persons(self, count: int) -> list[_Known]:
        """As many persons as a third of the cases, each with a telephone and a document."""
        made = []
        for index in range(count // 3 + 1):
            given, first, second = material.name(self.source)
            person = Person(given_names=given, first_surname=first, second_surname=second)
            person.folded = folded_name(given, first, second)
            number = self.made + index
            made.append(_Known(person, f"+5068{number:07d}", f"{1 + number % 7}{number:08d}"))
        Person.objects.bulk_create([each.person for each in made])
        ContactPoint.objects.bulk_create(each.contact for each in made)
        IdentityDocument.objects.bulk_create(each.held for each in made)
        return made

    def _case(self, index: int, persons: list[_Known]) -> Case:
        number = self.made + index
        procedure = self._procedure(number)
        filed_at = self.begins + self.step * number
        is_open = number >= self.total * (1 - OPEN_SHARE)
        who = self.source.choice(persons)
        known = self.source.random() < 0.7
        lon, lat = town.point(self.source)
        label = f"Calle {self.source.randint(1, 60)}, {self.source.randint(1, 400)}"
        case = Case(
            procedure=procedure, kind=procedure.kind, nature=procedure.nature,
            channel=self.source.choice(Channel.values),
            identity=Identity.IDENTIFIED if known else Identity.ANONYMOUS, applicant=who.person if known else None,
            department_id=procedure.department_id, team_id=procedure.team_id,
            description=self._words(), answers={},
            place=Place(kind="point", source="map", as_said=label, label=label, lon=lon, lat=lat).to_json(),  # type: ignore[arg-type]
            place_label=label, lon=lon, lat=lat, filed_at=filed_at, updated_at=filed_at, is_public=True,
            follow_code=ids.code(8), salt=ids.secret(8), follower_count=self.source.choice((0, 0, 0, 1, 3)),
        )  # fmt: skip
        case.cell_7, case.cell_9, case.cell_11 = cells(lon, lat)
        located = locate(lon, lat)
        case.district_id, case.neighborhood_id = located.zones.get("district"), located.zones.get("neighborhood")
        case.bench_known = ([("phone", who.phone)], [who.document]) if known else ()  # type: ignore[attr-defined]
        self._state(case, is_open)
        return case

    def _words(self) -> str:
        return material.text(self.source, self.words, self.weights)

    def _procedure(self, number: int) -> Procedure:
        group = self.source.choice(self.others) if number % LARGEST_ONE_IN else self.largest
        return self.source.choice(group)

    def _state(self, case: Case, is_open: bool) -> None:
        if is_open:
            missing = self.missing.get(case.procedure_id)
            case.is_incomplete = bool(missing) and self.source.random() < INCOMPLETE_SHARE
            taken = self.source.random() < 0.6
            case.state = CaseState.IN_PROGRESS if taken else CaseState.RECEIVED
            case.assignee_id = self.source.choice(self.users) if taken else None
            case.taken_at = case.filed_at if taken else None
            case.target_due_at = case.filed_at + timedelta(days=self.source.randint(3, 120))
        else:
            case.state, case.closed_at = CaseState.RESOLVED, case.filed_at + timedelta(days=self.source.randint(1, 40))
            case.answered_at, case.outcome = case.closed_at, self._words()
            case.target_due_at = case.filed_at + timedelta(days=20)
        clocks.settle(case)

    def _number(self, cases: list[Case]) -> None:
        by_year: dict[int, list[Case]] = {}
        for case in cases:
            by_year.setdefault(case.filed_at.year, []).append(case)
        for year, some in by_year.items():
            first = CaseCounter.take(year, len(some))
            for offset, case in enumerate(some):
                case.reference = reference(year, first + offset)

    def _work(self, cases: list[Case]) -> list[WorkItem]:
        """The processes of the open ones, begun alike."""
        items: list[WorkItem] = []
        for key in {case.procedure.process_key for case in cases}:
            some = [case for case in cases if case.is_open and case.procedure.process_key == key]
            begun = workflow.begin_many(process.definitions.get(key), [case.chain for case in some])
            for case, advance in zip(some, begun, strict=True):
                items += process.opened_by(case, advance)
        return items + [self._to_complete(case) for case in cases if case.is_incomplete]

    def _to_complete(self, case: Case) -> WorkItem:
        answers = {"missing": self.missing[case.procedure_id]}
        return process.extra_work(case, kind=WorkKind.COMPLETE, answers=answers)

    def _surroundings(self, cases: list[Case], items: list[WorkItem]) -> None:
        WorkItem.objects.bulk_create(items)
        Deadline.objects.bulk_create(
            Deadline(case=case, kind=DeadlineKind.TARGET, quantity=20, unit="working_day", law="Carta de servicios",
                     starts_at=case.filed_at, due_at=case.target_due_at, met_at=case.closed_at)
            for case in cases
            if case.target_due_at
        )  # fmt: skip
        events = [event for case in cases for event in _events(case)]
        Event.objects.bulk_create(events)
        chains: dict[str, list[audit.Entry]] = {}
        for event in events:
            chains.setdefault(event.case.chain, []).append(_entry(event))
        audit.append_many(chains, by=BY, new=True)


def _events(case: Case) -> Iterator[Event]:
    filed = _event(case, EventKind.FILED, case.filed_at, case.description, 1)
    filed.data = {"reference": case.reference, "type": case.procedure.key}
    yield filed
    if case.closed_at:
        yield _event(case, EventKind.RESOLVED, case.closed_at, case.outcome, 2)
    elif case.taken_at:
        yield _event(case, EventKind.TAKEN, case.taken_at, "", 2)


def _event(case: Case, kind: EventKind, at: datetime, text: str, seq: int) -> Event:
    salt = ids.secret(8) if text else ""
    return Event(case=case, at=at, kind=kind, visibility=Visibility.PERSON, by=BY, text=text, salt=salt, seq=seq)


def _entry(event: Event) -> audit.Entry:
    case, data = event.case, {"event": str(event.uuid), **event.data}
    said: dict[str, Any] = {"text": digest(event.text, event.salt)} if event.text else {}
    if event.kind == EventKind.FILED:
        said["content"] = digest(content(case), case.salt)
    return audit.Entry(f"case.{event.kind}", {**data, "digests": said})
