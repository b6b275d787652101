"""Opening a case: the one door by which every channel files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from ventanilla.audit.rules import digest
from ventanilla.calendars import clocks as calendar
from ventanilla.cases import notifications
from ventanilla.cases.actions import clocks, process, record
from ventanilla.cases.enums import CaseState, Channel, EventKind, Identity, Visibility, WorkKind
from ventanilla.cases.models import Case, CaseCounter, WorkItem
from ventanilla.cases.search import index_case
from ventanilla.catalog import published
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import Procedure
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock, ids
from ventanilla.lib.actors import Actor
from ventanilla.lib.references import reference
from ventanilla.notifications.actions import Contact
from ventanilla.organization import municipality
from ventanilla.people.models import Person
from ventanilla.places.enums import ZoneKind
from ventanilla.places.rules import Place, cells
from ventanilla.places.zones import locate, name_of

DESCRIPTION_LIMIT = 4000


class OutsideMunicipality(ValueError):
    """The place lies outside the municipality: the person is told who to turn to."""


@dataclass(frozen=True)
class Filing:
    """What is filed, already checked: the answers fit the type's form, the files are kept."""

    procedure: Procedure
    channel: Channel
    description: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    missing: Sequence[str] = ()
    place: Place | None = None
    identity: Identity = Identity.ANONYMOUS
    applicant: Person | None = None
    affected: Person | None = None
    contacts: Sequence[Contact] | None = None
    """Those of the applicant, from whoever has just written them; read from the database otherwise."""
    files: Sequence[tuple[StoredFile, str]] = ()
    mood: str = ""
    is_urgent: bool = False
    idempotency_key: str | None = None
    source: str = ""
    external: Mapping[str, Any] = field(default_factory=dict)


def open_case(filing: Filing, *, by: Actor, filed_by: Any = None, tell: bool = True) -> Case:
    """File a case. Filed twice under one idempotency key, it is one case and the same is returned.

    `tell` false: the person is hearing it at this moment, and gets no message. Raises OutsideMunicipality.
    """
    known = _already_filed(filing)
    if known:
        return known
    try:
        with transaction.atomic():
            return _open(filing, by=by, filed_by=filed_by, tell=tell)
    except IntegrityError:
        known = _already_filed(filing)
        if known is None:
            raise
        return known


def _already_filed(filing: Filing) -> Case | None:
    if not filing.idempotency_key:
        return None
    return Case.objects.filter(idempotency_key=filing.idempotency_key).first()


def foresee(filing: Filing) -> Case:
    """The case as it would be if it were filed now, with its clocks and who would get it. Nothing is written.

    Raises OutsideMunicipality.
    """
    case = _new_case(filing, None)
    clocks.start(case)
    return case


def _open(filing: Filing, *, by: Actor, filed_by: Any, tell: bool) -> Case:
    case = _new_case(filing, filed_by)
    case.reference = _next_reference(case)
    started = clocks.start(case)
    work = process.begin(case)
    case.save(force_insert=True)
    clocks.save(started)
    process.save(work + _data_to_complete(case, filing))
    events = record.record(case, [_filed(case, filing)], by=by, new=True)
    contacts = _contacts(filing)
    index_case(case, contacts=[(contact.kind, contact.value) for contact in contacts])
    case.started_clocks = started
    case.receipt_code = code_of_hash(events[0].hash)  # type: ignore[attr-defined]
    if tell:
        notifications.tell_filed(case, contacts)
    return case


def _contacts(filing: Filing) -> list[Contact]:
    if filing.applicant is None:
        return []
    return notifications.contacts_of(filing.applicant) if filing.contacts is None else list(filing.contacts)


def _new_case(filing: Filing, filed_by: Any) -> Case:
    now, procedure = clock.now(), filing.procedure
    case = Case(
        procedure=procedure,
        kind=procedure.kind,
        nature=procedure.nature,
        channel=filing.channel,
        identity=filing.identity,
        applicant=filing.applicant,
        affected=filing.affected,
        filed_by=filed_by,
        description=filing.description,
        answers=dict(filing.answers),
        form_version=procedure.form.version if procedure.form else None,
        mood=filing.mood,
        is_incomplete=bool(filing.missing),
        is_urgent=filing.is_urgent,
        is_reserved=procedure.kind == Kind.REPORT_OF_BREACH,
        is_public=procedure.may_be_public,
        filed_at=now,
        updated_at=now,
        state=CaseState.RECEIVED,
        follow_code=ids.code(8),
        salt=ids.secret(record.SALT_BYTES),
        idempotency_key=filing.idempotency_key,
        source=filing.source,
        external=dict(filing.external),
    )
    _stand(case, filing.place)
    route_new(case)
    return case


def _next_reference(case: Case) -> str:
    year = case.filed_at.astimezone(municipality.current().zone).year
    return reference(year, CaseCounter.take(year))


def _stand(case: Case, place: Place | None) -> None:
    """Put the case where it was said to be. A place without a point is kept as said."""
    if place is None:
        return
    case.place = place.to_json()
    case.place_label = place.label[:200]
    if place.lon is not None and place.lat is not None:
        settle_point(case, place.lon, place.lat)


def settle_point(case: Case, lon: float, lat: float) -> None:
    """Set the point and what follows from it: cells and zones. Raises OutsideMunicipality."""
    located = locate(lon, lat)
    if not located.inside:
        raise OutsideMunicipality
    case.lon, case.lat = lon, lat
    case.cell_7, case.cell_9, case.cell_11 = cells(lon, lat)
    case.district_id = located.get(ZoneKind.DISTRICT)
    case.neighborhood_id = located.get(ZoneKind.NEIGHBORHOOD)


def routing_values(case: Case) -> dict[str, Any]:
    """What routing rules may ask about a case: the names of `catalog.rules.conditions.NAMES`."""
    local = case.filed_at.astimezone(municipality.current().zone)
    district, neighborhood = name_of(case.district_id), name_of(case.neighborhood_id)
    return {
        "type": case.procedure.key,
        "service": case.procedure.service.key,
        "kind": case.kind,
        "district": district.key if district else "",
        "neighborhood": neighborhood.key if neighborhood else "",
        "answers": case.answers,
        "hour": local.hour,
        "weekday": local.isoweekday(),
        "office_open": calendar.is_open(case.filed_at),
        "channel": case.channel,
        "identity": case.identity,
        "urgent": case.is_urgent,
    }


def route_new(case: Case) -> None:
    """Give a case that begins to whom the routing rules say, and note which rule it was."""
    route = published.current().route(case.procedure, routing_values(case))
    case.department, case.team_id, case.assignee_id = route.department, route.team_id, route.assignee_id
    case.routing = route.rule


def _data_to_complete(case: Case, filing: Filing) -> list[WorkItem]:
    """Missing particulars never block a filing: they become work."""
    if not filing.missing:
        return []
    return [process.extra_work(case, kind=WorkKind.COMPLETE, answers={"missing": list(filing.missing)})]


def _filed(case: Case, filing: Filing) -> record.Happening:
    return record.Happening(
        EventKind.FILED,
        Visibility.PERSON,
        text=case.description,
        data={
            "reference": case.reference,
            "type": case.procedure.key,
            "nature": case.nature,
            "channel": case.channel,
            "identity": case.identity,
            "routing": case.routing,
            "response_due_at": _moment(case.response_due_at),
            "target_due_at": _moment(case.target_due_at),
        },
        digests={"content": digest(content(case), case.salt)},
        files=filing.files,
        files_visibility=Visibility.PUBLIC if case.is_public else None,
    )


def content(case: Case) -> list[Any]:
    """What the receipt proves was filed: description, answers and place as said."""
    return [case.description, case.answers, case.place]


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def code_of_hash(hexadecimal: str) -> str:
    """The receipt's code: eight letters people can read aloud, of the first 48 bits of the filing entry's hash.

    Whoever has it can check a receipt, no more.
    """
    number, letters = int(hexadecimal[:12], 16), []
    for _position in range(8):
        number, digit = divmod(number, len(ids.CODE_ALPHABET))
        letters.append(ids.CODE_ALPHABET[digit])
    return "".join(letters)
