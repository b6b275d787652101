"""The extension by which two systems tell each other how a case goes (mySociety's `servicerequestupdates`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import ApiKey
from ventanilla.api import keys
from ventanilla.api.open311 import filing, listing, reading, writing
from ventanilla.api.open311.reading import Problem, Problems
from ventanilla.cases import actions
from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT
from ventanilla.cases.enums import EventKind, Visibility
from ventanilla.cases.models import Case, Event
from ventanilla.cases.permissions import can
from ventanilla.files import actions as files
from ventanilla.lib.actors import Actor

LIMIT = 1000


@dataclass(frozen=True)
class News:
    """What an update says of a case; `own` where it is told by the system that brought it."""

    case: Case
    text: str
    by: Actor
    own: bool


@dataclass(frozen=True)
class Does:
    """What a status does to a case, and what a member of staff whose key this is must be permitted for it."""

    act: Callable[[News], Any]
    permission: Permission


def _say(news: News) -> Any:
    """News that change no state: from the system that brought the case they are the person's, else the desk's."""
    say = actions.person_replies if news.own else actions.note
    return say(news.case, text=news.text, by=news.by)


def _reopen(news: News) -> Any:
    return _say(news) if news.case.is_open else actions.reopen_case(news.case, text=news.text, by=news.by)


def _schedule(news: News) -> Any:
    return actions.schedule_case(news.case, text=news.text, by=news.by)


def _resolve(news: News) -> Any:
    return actions.resolve_case(news.case, text=news.text, by=news.by)


def _refuse(news: News) -> Any:
    return actions.refuse_case(news.case, text=news.text, by=news.by)


DOES = {
    "OPEN": Does(_reopen, Permission.CASE_NOTE),
    "IN_PROGRESS": Does(_say, Permission.CASE_NOTE),
    "INVESTIGATING": Does(_say, Permission.CASE_NOTE),
    "INTERNAL_REFERRAL": Does(_say, Permission.CASE_NOTE),
    "ACTION_SCHEDULED": Does(_schedule, Permission.CASE_RESOLVE),
    "CLOSED": Does(_resolve, Permission.CASE_RESOLVE),
    "FIXED": Does(_resolve, Permission.CASE_RESOLVE),
    "DUPLICATE": Does(_refuse, Permission.CASE_REFUSE),
    "NOT_COUNCILS_RESPONSIBILITY": Does(_refuse, Permission.CASE_REFUSE),
    "NO_FURTHER_ACTION": Does(_refuse, Permission.CASE_REFUSE),
    "REOPEN": Does(_reopen, Permission.CASE_REOPEN),
}

# What each step of ours is called there; steps that change nothing for the outside are not told.
STATUSES = {
    EventKind.TAKEN: "IN_PROGRESS",
    EventKind.ROUTED: "INTERNAL_REFERRAL",
    EventKind.ASKED: "INVESTIGATING",
    EventKind.REPLIED: "INVESTIGATING",
    EventKind.SCHEDULED: "ACTION_SCHEDULED",
    EventKind.UNSCHEDULED: "IN_PROGRESS",
    EventKind.RESOLVED: "FIXED",
    EventKind.REFUSED: "NO_FURTHER_ACTION",
    EventKind.CANCELLED: "NO_FURTHER_ACTION",
    EventKind.WITHDRAWN: "CLOSED",
    EventKind.DUPLICATE: "DUPLICATE",
    EventKind.REOPENED: "OPEN",
}
PERSONAL = (EventKind.ASKED, EventKind.REPLIED)
_TOLD = ("uuid", "kind", "visibility", "at", "text", "case__reference", "case__source")


@dataclass(frozen=True)
class Update:
    """What another system says of a case."""

    number: str
    status: str
    text: str
    addresses: list[str]


def take_update(request: HttpRequest, key: ApiKey, *, trial: bool = False) -> dict[str, Any]:
    """Do to the case what the update says, once for each `update_id`. Raises Problem."""
    update = _read(request)
    staged = filing.receive(request)
    with transaction.atomic():
        case = _case(reading.one(request.POST, "service_request_id"), key)
        event = _taken_before(case, update, key) or _take(case, update, staged, key)
        if trial:
            transaction.set_rollback(True)
    return {"update_id": str(event.uuid)}


def _read(request: HttpRequest) -> Update:
    problems = Problems()
    number = problems.of(reading.one, request.POST, "update_id", 100)
    status = problems.of(reading.one, request.POST, "status")
    text = problems.of(reading.one, request.POST, "description", DESCRIPTION_LIMIT)
    moment = problems.of(reading.moment, request.POST, "updated_datetime")
    addresses = problems.of(filing.media_addresses, request)
    problems.say()
    if not number or moment is None:
        raise Problem((400, _("Faltan «update_id» o «updated_datetime».")))
    if (status or "").upper() not in DOES:
        raise Problem((400, _("«status» no es de los del protocolo.")))
    return Update(number, (status or "").upper(), text or "", addresses or [])


def _case(reference: str, key: ApiKey) -> Case:
    """The case, locked: two updates with one number wait for each other."""
    found = Case.objects.visible_to(key.user) if key.user else listing.seen_by(key)
    case = found.select_for_update(of=("self",)).filter(reference=reference).first()
    if case is None:
        raise Problem((404, _("No hay un reporte con ese número.")))
    return case


def _mark(update: Update, key: ApiKey) -> str:
    return f"{key.uuid}:{update.number}"


def _taken_before(case: Case, update: Update, key: ApiKey) -> Event | None:
    return case.events.filter(kind=EventKind.NOTED, data__update=_mark(update, key)).first()


def _take(case: Case, update: Update, staged: list[files.Staged], key: ApiKey) -> Event:
    does, by = DOES[update.status], keys.actor_of(key)
    if not _may(key, does, case):
        raise Problem((403, _("La clave no permite ese cambio.")))
    news = News(case, update.text or _spoken(update.status), by, listing.is_own(case, key))
    try:
        does.act(news)
    except actions.Refused as error:
        raise Problem((400, str(error))) from error
    return _note(case, update, staged, key)


def _may(key: ApiKey, does: Does, case: Case) -> bool:
    """The key of somebody does what they may; the key of nobody goes on with what it brought, and nothing else."""
    return can(key.user, does.permission, case) if key.user else listing.is_own(case, key)


def _spoken(status: str) -> str:
    return status.replace("_", " ").capitalize()


def _note(case: Case, update: Update, staged: list[files.Staged], key: ApiKey) -> Event:
    """Keep the update's number with the case, so that it is taken once; and the media that came with it."""
    by = keys.actor_of(key)
    note = actions.Happening(
        EventKind.NOTED,
        Visibility.STAFF,
        text="\n".join(update.addresses),
        data={"update": _mark(update, key), "status": update.status},
        files=[(files.keep(each, by=by.ref), each.name) for each in staged],
    )
    return actions.record(case, [note], by=by)[0]


def given_updates(request: HttpRequest, key: ApiKey | None) -> list[dict[str, Any]]:
    """What happened to the cases a client may see between two moments, oldest first; not what it told us itself.

    What was written to the person goes only to the key that brought the case.
    """
    start, end = listing.span(reading.moment(request.GET, "start_date"), reading.moment(request.GET, "end_date"))
    events = Event.objects.filter(kind__in=STATUSES, at__gte=start, at__lte=end)
    # Every step changes its case, so the index of changed cases leads to the steps.
    events = events.filter(case__in=listing.seen_by(key).filter(updated_at__gte=start))
    if key is not None:
        events = events.exclude(by=keys.actor_of(key).ref)
    told = events.select_related("case").only(*_TOLD).order_by("at", "id")[:LIMIT]
    return [_written(each, own=listing.is_own(each.case, key)) for each in told if _is_told(each, key)]


def _is_told(event: Event, key: ApiKey | None) -> bool:
    return event.kind not in PERSONAL or listing.is_own(event.case, key)


def _written(event: Event, *, own: bool) -> dict[str, Any]:
    open_to_read = own or event.visibility == Visibility.PUBLIC
    return {
        "update_id": str(event.uuid),
        "service_request_id": event.case.reference,
        "status": STATUSES[EventKind(event.kind)],
        "description": writing.described(event) if open_to_read else str(EventKind(event.kind).label),
        "updated_datetime": writing.iso(event.at),
        "media_url": None,
    }
