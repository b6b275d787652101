"""Erasing what a case says of anybody, under an order that is recorded: facts stay, words and files go."""

from __future__ import annotations

from django.db import transaction

from ventanilla.audit import actions as audit
from ventanilla.cases.actions import drafts
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import finish, locked
from ventanilla.cases.enums import EventKind, Visibility, WorkKind, WorkState
from ventanilla.cases.models import Attachment, Case, Draft, Event, Receipt, Survey, WorkItem
from ventanilla.cases.search import index_case
from ventanilla.files import actions as files
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.notifications import actions as notifications
from ventanilla.people.registry import Order
from ventanilla.places import geocode
from ventanilla.places.enums import PlaceKind, PlaceSource
from ventanilla.places.rules import Place
from ventanilla.search import actions as search
from ventanilla.workflow import actions as workflow

FIELDS = ("content", "files", "receipt", "text")


@transaction.atomic
def erase_case(case: Case, *, order: Order, by: Actor) -> Case:
    """Erase who filed a case, every word in it and every file.

    Type, moments, states, terms, departments and, of a report that is public, its point on the map stay: the case
    goes on, if it was open. Done again it erases what came since.
    """
    case = locked(case)
    _erase_files(case, order, by)
    _erase_around(case)
    _empty(case)
    record(case, [Happening(EventKind.ERASED, Visibility.PERSON, data={"order": order.number})], by=by)
    audit.record_erasure(case.chain, order=order.number, fields=FIELDS, by=by.ref, **order.told)
    finish(case)
    index_case(case, erasing=True)
    notifications.erase(about=case.chain)
    search.forget()
    return case


def _erase_files(case: Case, order: Order, by: Actor) -> None:
    receipt = Receipt.objects.select_related("file").filter(case=case).first()
    held = [each.file for each in Attachment.objects.select_related("file").filter(case=case)]
    if receipt is not None:
        receipt.delete()
        held += [receipt.file] if receipt.file else []
    for stored in held:
        _erase_file(stored, order, by)
    Attachment.objects.filter(case=case).update(name="")


def _erase_file(stored: StoredFile, order: Order, by: Actor) -> None:
    if stored.is_present:
        files.erase(stored, order=order.number, by=by.ref)


def _erase_around(case: Case) -> None:
    """The words that stand beside the case: its timeline, its work, its process, what people thought of it."""
    Event.objects.filter(case=case).update(text="", salt="")
    Event.objects.filter(case=case, by__startswith="person:").update(by_label="")
    Survey.objects.filter(case=case).update(comment="")
    said = WorkItem.objects.filter(case=case, kind__in=[WorkKind.CALL, WorkKind.COMPLETE], state=WorkState.OPEN)
    said.update(state=WorkState.CANCELLED, done_at=clock.now())
    WorkItem.objects.filter(case=case).update(script="", answers={})
    if case.process is not None:
        workflow.erase_words(case.process)
    for draft in Draft.objects.filter(data__filed=str(case.uuid)):
        drafts.forget_draft(draft)


def _empty(case: Case) -> None:
    case.applicant = case.affected = None
    case.description = case.mood = case.outcome = case.salt = ""
    case.answers, case.external = {}, {}
    case.idempotency_key = None
    case.is_incomplete = False
    case.corrected_place = None
    _bare_place(case)


def _bare_place(case: Case) -> None:
    """A public spot stays on the map, called as our map calls it; a place that is nobody's business goes."""
    if case.is_public and case.lon is not None and case.lat is not None:
        label = geocode.reverse(case.lon, case.lat).label
        spot = Place(kind=PlaceKind.POINT, source=PlaceSource.MAP, label=label, lon=case.lon, lat=case.lat)
        case.place, case.place_label = spot.to_json(), label[:200]
        return
    case.place, case.place_label = None, ""
    case.lon = case.lat = case.cell_7 = case.cell_9 = case.cell_11 = None
