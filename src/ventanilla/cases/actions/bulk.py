"""Cases that come in bulk from another system, a thousand to a transaction.

Each gets what a filed case gets: a reference, a trail, a line in its timeline, zones and cells, a place in the index.
Nobody is told, no listener is called and no process begins before somebody takes it (`process.ensure`). A row is known
again by its source and key, so an import may be cut anywhere and run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ventanilla.audit import actions as audit
from ventanilla.audit.rules import digest
from ventanilla.cases import rules
from ventanilla.cases.actions import clocks, filing, record
from ventanilla.cases.actions.sourced import CHANGEABLE, CaseRow, Story, absorb, facts, set_state
from ventanilla.cases.enums import EventKind, Identity, Outside, Visibility
from ventanilla.cases.models import Case, CaseCounter, Deadline, Event
from ventanilla.cases.search import document_of
from ventanilla.catalog import published
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import Procedure
from ventanilla.lib import clock, ids
from ventanilla.lib.actors import Actor
from ventanilla.lib.imports import ImportReport
from ventanilla.lib.inserting import insert_all
from ventanilla.lib.references import reference
from ventanilla.organization import municipality
from ventanilla.places.enums import PlaceKind, PlaceSource, ZoneKind
from ventanilla.places.rules import Place, cells, is_position, said_only
from ventanilla.places.zones import Located, locate_many
from ventanilla.search.actions import index_many

BATCH = 1_000
_ATTEMPTS = 3
_SAID_LIMIT = 500

Progress = Callable[[int], None]
"""Called with the rows done since the last call."""


@dataclass(frozen=True)
class _Intake:
    """How rows come in, and what became of them so far."""

    source: str
    by: Actor
    update: bool
    outside: Outside
    with_clocks: bool
    report: ImportReport
    seen: set[str] = field(default_factory=set)

    def reject(self, row: CaseRow, reason: str) -> None:
        self.report.reject(row.number, row.key, reason)


def import_cases(
    rows: Iterable[CaseRow],
    *,
    source: str,
    by: Actor,
    update: bool = False,
    outside: Outside = Outside.KEEP,
    with_clocks: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take in cases of another system. A key that is there already is the same case, however often it comes.

    With `update`, a row that is newer (`CaseRow.seen_at`) changes state, end and what is kept as delivered, through a
    recorded event; what was missing of the latter is filled in. Once somebody here has done anything to a case, its
    source changes it no more. Without `update`, a key that comes twice in `rows` is rejected the second time.

    `with_clocks` starts the terms of open cases, counted from their filing; what is due or overdue already is not
    told to anybody. Rejects rows of types that aren't in the catalogue and, if `outside` says so, points outside the
    municipality. Must not run inside a transaction: each batch is one of its own.
    """
    report = ImportReport()
    intake = _Intake(source, by, update, outside, with_clocks, report)
    for batch in _batches(rows):
        _import_batch(batch, intake)
        if progress is not None:
            progress(len(batch))
    return report


def _batches(rows: Iterable[CaseRow]) -> Iterator[list[CaseRow]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _import_batch(batch: Sequence[CaseRow], intake: _Intake) -> None:
    placed = _placed(_once(batch, intake), intake)
    for attempt in range(1, _ATTEMPTS + 1):
        known = _known(intake, placed)
        stories = _begun(placed, known, intake)
        later = _later(placed, known, intake)
        try:
            with transaction.atomic():
                updated = _update(later, intake)
                _insert(stories, intake)
        except IntegrityError:
            # Another import of the same source came first: what it brought is known now.
            if attempt == _ATTEMPTS:
                raise
        else:
            _count(placed, stories, updated, intake.report)
            return


def _count(placed: Sequence[_Placed], stories: Sequence[Story], updated: int, report: ImportReport) -> None:
    """In rows: a new case that a later row of its batch changes is one new and one changed."""
    later = sum(len(story.happenings) - 1 for story in stories)
    report.created += len(stories)
    report.updated += updated + later
    report.unchanged += len(placed) - len(stories) - updated - later


def _once(batch: Sequence[CaseRow], intake: _Intake) -> Iterator[CaseRow]:
    """Where rows don't tell what is newer, the first of a key is kept and the others are said."""
    for row in batch:
        if not intake.update and row.key in intake.seen:
            intake.reject(row, _("La clave está repetida en el archivo."))
            continue
        if not intake.update:
            intake.seen.add(row.key)
        yield row


class _Placed(NamedTuple):
    """A row with its type and the zones of its point; `row.lon` is None where it has none to keep."""

    row: CaseRow
    procedure: Procedure
    located: Located | None


def _placed(rows: Iterable[CaseRow], intake: _Intake) -> list[_Placed]:
    """Rows that may come in. Types no longer active count: cases of theirs were filed while they were."""
    listed = list(rows)
    types = {each.key: each for each in published.current().procedures.values()}
    nowhere = float("nan")
    lons = [nowhere if row.lon is None else row.lon for row in listed]
    lats = [nowhere if row.lat is None else row.lat for row in listed]
    placed = []
    for row, located in zip(listed, locate_many(lons, lats), strict=True):
        procedure = types.get(row.procedure)
        if procedure is None:
            intake.reject(row, _("El tipo «%(key)s» no está en el catálogo.") % {"key": row.procedure})
        elif not _has_point(row):
            placed.append(_Placed(row._replace(lon=None, lat=None), procedure, None))
        elif located.inside or intake.outside == Outside.KEEP:
            placed.append(_Placed(row, procedure, located))
        elif intake.outside == Outside.FORGET_POINT:
            placed.append(_Placed(row._replace(lon=None, lat=None), procedure, None))
        else:
            intake.reject(row, _("El punto está fuera del municipio."))
    return placed


def _has_point(row: CaseRow) -> bool:
    return row.lon is not None and row.lat is not None and is_position(row.lon, row.lat)


def _known(intake: _Intake, placed: Sequence[_Placed]) -> set[str]:
    """Which of the keys are there already."""
    keys = {each.row.key for each in placed}
    there = Case.objects.filter(source=intake.source, source_key__in=keys)
    return {key for key in there.values_list("source_key", flat=True) if key is not None}


# New cases


def _begun(placed: Sequence[_Placed], known: set[str], intake: _Intake) -> list[Story]:
    """The stories of keys that are new: filed by their first row, changed by those that follow it."""
    stories: dict[str, Story] = {}
    for each in placed:
        if each.row.key in known:
            continue
        begun = stories.get(each.row.key)
        if begun is None:
            stories[each.row.key] = _filed(each, intake)
        else:
            absorb(begun, each.row)
    return list(stories.values())


def _filed(each: _Placed, intake: _Intake) -> Story:
    row = each.row
    case = _new_case(each, intake)
    filing.route_new(case)
    deadlines = clocks.start(case) if intake.with_clocks and case.is_open else []
    # As far as it would have been raised by now, so that old terms raise nobody.
    case.escalation = rules.escalation(case.due_at, clock.now())
    clocks.settle(case)
    return Story(case, [(_arrival(case, row), row.filed_at)], deadlines)


def _new_case(each: _Placed, intake: _Intake) -> Case:
    row, procedure = each.row, each.procedure
    case = Case(
        procedure=procedure,
        kind=procedure.kind,
        nature=procedure.nature,
        channel=row.channel,
        identity=Identity.ANONYMOUS,
        description=row.description,
        is_reserved=procedure.kind == Kind.REPORT_OF_BREACH,
        is_public=procedure.may_be_public,
        filed_at=row.filed_at,
        updated_at=clock.now(),
        follow_code=ids.code(8),
        salt=ids.secret(record.SALT_BYTES),
        source=intake.source,
        source_key=row.key,
        external=facts(row),
    )
    _stand(case, each)
    set_state(case, row)
    return case


def _stand(case: Case, each: _Placed) -> None:
    """Put the case where its source says; zones were found for the whole batch."""
    row, located = each.row, each.located
    if located is None or row.lon is None or row.lat is None:
        case.place = said_only(row.address).to_json() if row.address else None
        case.place_label = row.address[:200]
        return
    place = Place(
        kind=PlaceKind.POINT,
        source=PlaceSource.MAP,
        as_said=row.address[:_SAID_LIMIT],
        label=row.address[:200],
        lon=row.lon,
        lat=row.lat,
    )
    case.place, case.place_label = place.to_json(), place.label
    case.lon, case.lat = row.lon, row.lat
    case.cell_7, case.cell_9, case.cell_11 = cells(row.lon, row.lat)
    case.district_id = located.get(ZoneKind.DISTRICT)
    case.neighborhood_id = located.get(ZoneKind.NEIGHBORHOOD)


def _arrival(case: Case, row: CaseRow) -> record.Happening:
    """The filing as the trail keeps it, but for the reference, which is given last."""
    return record.Happening(
        EventKind.FILED,
        Visibility.PERSON,
        text=case.description,
        data={
            "type": case.procedure.key,
            "nature": case.nature,
            "channel": case.channel,
            "identity": case.identity,
            "routing": case.routing,
            "source": case.source,
            "source_key": row.key,
            "state": case.state,
            "filed_at": row.filed_at.isoformat(),
        },
        digests={"content": digest(filing.content(case), case.salt)},
    )


# Changes of the source


def _later(placed: Sequence[_Placed], known: set[str], intake: _Intake) -> list[CaseRow]:
    """The rows of cases that their source would change, found without locking those it wouldn't."""
    rows = [each.row for each in placed if each.row.key in known]
    if not intake.update or not rows:
        return []
    cases = Case.objects.filter(source=intake.source, source_key__in=known).only(*CHANGEABLE, "source", "source_key")
    moved = {story.case.source_key for story in _moved([Story(case, []) for case in cases], rows)[0]}
    return [row for row in rows if row.key in moved]


def _moved(stories: Sequence[Story], rows: Sequence[CaseRow]) -> tuple[list[Story], int]:
    """The stories that rows change, if only in what is kept of them, and how many rows did so with an event."""
    by_key = {story.case.source_key: story for story in stories}
    before = {key: story.case.external for key, story in by_key.items()}
    told = sum([row.key in by_key and absorb(by_key[row.key], row) for row in rows])
    return [story for key, story in by_key.items() if story.case.external != before[key] or story.happenings], told


def _update(rows: Sequence[CaseRow], intake: _Intake) -> int:
    """Change the cases whose source says something newer. Returns how many rows changed one."""
    if not rows:
        return 0
    moved, told = _moved(_held(intake, {row.key for row in rows}), rows)
    for story in moved:
        _save(story.case, told=bool(story.happenings))
    _tell([story for story in moved if story.happenings], intake)
    return told


def _held(intake: _Intake, keys: set[str]) -> list[Story]:
    """Cases that only their source has touched so far, locked."""
    cases = Case.objects.select_for_update().order_by("pk")
    found = list(cases.filter(source=intake.source, source_key__in=keys))
    ours = Event.objects.filter(case__in=found).exclude(by=intake.by.ref).values_list("case_id", flat=True)
    taken = set(ours)
    return [Story(case, []) for case in found if case.pk not in taken]


def _save(case: Case, *, told: bool) -> None:
    """That something newer was read is kept too, but it is no change of the case."""
    if not told:
        case.save(update_fields=["external"])
        return
    if case.closed_at is not None:
        Deadline.objects.filter(case=case, met_at=None).update(met_at=case.closed_at)
    clocks.settle(case)
    case.updated_at = clock.now()
    case.version += 1
    case.save(update_fields=[*CHANGEABLE, "due_at", "order_at", "urgency", "updated_at", "version"])


# Writing


def _insert(stories: Sequence[Story], intake: _Intake) -> None:
    if not stories:
        return
    cases = [story.case for story in stories]
    _give_references(cases)
    for story in stories:
        story.happenings[0][0].data["reference"] = story.case.reference
    insert_all(cases)
    clocks.save([deadline for story in stories for deadline in story.deadlines])
    _tell(stories, intake, new=True)
    index_many(document_of(case) for case in cases)


def _give_references(cases: Sequence[Case]) -> None:
    """Numbers of the years in which they were filed, as the municipality's calendar has them."""
    zone = municipality.current().zone
    years = [case.filed_at.astimezone(zone).year for case in cases]
    following = {year: CaseCounter.take(year, count) for year, count in sorted(Counter(years).items())}
    for case, year in zip(cases, years, strict=True):
        case.reference = reference(year, following[year])
        following[year] += 1


def _tell(stories: Sequence[Story], intake: _Intake, *, new: bool = False) -> None:
    """Write what happened in both books."""
    if not stories:
        return
    events: list[Event] = []
    chains: dict[str, list[audit.Entry]] = {}
    for story in stories:
        own = [(record.event_of(story.case, what, by=intake.by, at=at), what) for what, at in story.happenings]
        events += [event for event, _what in own]
        chains[story.case.chain] = [record.entry_of(event, what) for event, what in own]
    for event, entry in zip(events, audit.append_many(chains, by=intake.by.ref, new=new), strict=True):
        event.seq = entry.seq
    insert_all(events)
