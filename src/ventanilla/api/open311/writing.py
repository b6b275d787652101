"""Cases and types in the words of GeoReport v2."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ventanilla.calendars.clocks import describe_due
from ventanilla.cases.enums import CaseState, EventKind
from ventanilla.cases.models import Case, Event
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.forms import open311 as flat
from ventanilla.lib import clock
from ventanilla.organization import municipality


def offered() -> list[Procedure]:
    """The types a client can file, in the catalogue's order."""
    return [each for each in published.current().by_key.values() if is_offered(each)]


def is_offered(procedure: Procedure) -> bool:
    """Neither emergencies nor what needs more than flat fields: an inspection, a document of identity."""
    if procedure.is_emergency or procedure.technical_only or procedure.needs_document:
        return False
    return procedure.form is None or flat.expressible(procedure.form)


def service(procedure: Procedure) -> dict[str, Any]:
    """A type as an item of the service list."""
    return {
        "service_code": procedure.key,
        "service_name": procedure.name,
        "description": procedure.description,
        "metadata": bool(attributes(procedure)),
        "type": "realtime",
        "keywords": ",".join(word.replace(",", " ") for word in procedure.words),
        "group": procedure.service.name,
    }


def attributes(procedure: Procedure) -> list[dict[str, Any]]:
    """What a type asks, as the protocol's attributes."""
    return flat.attributes(procedure.form) if procedure.form else []


def definition(procedure: Procedure) -> dict[str, Any]:
    """A type as a service definition."""
    return {"service_code": procedure.key, "attributes": attributes(procedure)}


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 with the municipality's offset, to the second."""
    if moment is None:
        return None
    return moment.astimezone(municipality.current().zone).isoformat(timespec="seconds")


def request(case: Case, *, own: bool, extended: bool = False) -> dict[str, Any]:
    """A case as a service request. What the person wrote and was told goes only to the key that brought it (`own`)."""
    addresses = case.external.get("media_url") if own else None
    written = {
        "service_request_id": case.reference,
        "status": "open" if case.is_open else "closed",
        "status_notes": (own and case.outcome) or str(CaseState(case.state).label),
        "service_name": case.procedure.name,
        "service_code": case.procedure.key,
        "description": case.description if own else None,
        "agency_responsible": case.department.name,
        "service_notice": notice(case) if case.is_open else None,
        "requested_datetime": iso(case.filed_at),
        "updated_datetime": iso(case.closed_at or case.updated_at),
        "expected_datetime": iso(case.target_due_at),
        "address": case.place_label or None,
        "address_id": case.external.get("address_id"),
        "zipcode": None,
        "lat": case.lat,
        "long": case.lon,
        # As the client gave it with the case: repeated to that client, never fetched by us.
        "media_url": addresses[0] if addresses else None,
    }
    return {**written, "notes": notes(case)} if extended else written


def notice(case: Case) -> str | None:
    """What the client may tell its user: by when it is answered or mended."""
    return describe_due(case.due_at, clock.now()) if case.due_at else None


def notes(case: Case) -> list[dict[str, Any]]:
    """The public timeline of a case whose events were prefetched as `public_events`."""
    events: list[Event] = getattr(case, "public_events", [])
    return [{"datetime": iso(each.at), "description": described(each), "type": each.kind} for each in events]


def described(event: Event) -> str:
    """What happened in words: those that were written to everybody, or what it was."""
    return event.text or str(EventKind(event.kind).label)
