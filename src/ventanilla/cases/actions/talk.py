"""What the desk and the person say to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ventanilla.cases import notifications
from ventanilla.cases.actions import clocks, ending, pauses
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import Refused, finish, locked
from ventanilla.cases.enums import CaseState, EventKind, Visibility
from ventanilla.cases.models import Case, Pause
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor

Files = Sequence[tuple[StoredFile, str]]


@transaction.atomic
def reply(case: Case, *, text: str, by: Actor, answers: bool = False, files: Files = ()) -> Case:
    """Write to the person. `answers` says that this is the answer owed: it meets the term to answer."""
    case = locked(case)
    case.person_replied_at = None
    if answers:
        clocks.meet_response(case)
    record(
        case,
        [Happening(EventKind.REPLIED, Visibility.PERSON, text=text, data={"answers": answers}, files=files)],
        by=by,
    )
    finish(case)
    notifications.tell_reply(case, text=text)
    return case


@transaction.atomic
def note(case: Case, *, text: str, by: Actor, files: Files = ()) -> Case:
    """Write down something for the desk alone."""
    case = locked(case)
    record(case, [Happening(EventKind.NOTED, Visibility.STAFF, text=text, files=files)], by=by)
    return finish(case)


@transaction.atomic
def ask_person(case: Case, *, text: str, by: Actor) -> Case:
    """Ask the person for what is missing. Where the law lets the term wait for them, it waits."""
    case = ending.still_open(case)
    case.state, case.person_replied_at = CaseState.WAITING_PERSON, None
    happenings = [Happening(EventKind.ASKED, Visibility.PERSON, text=text)]
    record(case, [*happenings, *_paused(case, pauses.begin(case, cause=pauses.FOR_PERSON))], by=by)
    finish(case)
    notifications.tell_asked(case, text)
    return case


@transaction.atomic
def request_correction(case: Case, *, text: str, by: Actor) -> Case:
    """Ask the person to correct what they filed, in the term that the law gives them for it (subsanación).

    Raises Refused where the law of this case gives none, or where they have been asked already.
    """
    case = ending.still_open(case)
    granted = pauses.cure(case)
    if granted is None:
        raise Refused(_("La ley de este caso no da un plazo para corregir. Puede pedir un dato."))
    if pauses.open_correction(case):
        raise Refused(_("Ya se le pidió que corrija y su plazo corre todavía."))
    asked = pauses.ask_to_correct(case, granted)
    case.state, case.person_replied_at = CaseState.WAITING_PERSON, None
    data = {"correct_by": asked.due_at.isoformat(), "law": granted.citation}
    happenings = [Happening(EventKind.ASKED, Visibility.PERSON, text=text, data=data)]
    paused = pauses.begin(case, cause=pauses.FOR_PERSON, until=asked.due_at)
    record(case, [*happenings, *_paused(case, paused)], by=by)
    finish(case)
    notifications.tell_to_correct(case, text, due_at=asked.due_at, law=granted.citation)
    return case


def _paused(case: Case, pause: Pause | None) -> list[Happening]:
    """That clocks stopped, and which."""
    if pause is None:
        return []
    data = {"cause": pause.cause, "stops": pause.stops, "until": _iso(pause.expires_at)}
    return [Happening(EventKind.PAUSED, Visibility.PERSON, data=data)]


@transaction.atomic
def person_replies(case: Case, *, text: str, by: Actor, files: Files = ()) -> Case:
    """The person answers or adds something. A term that waited for them runs again."""
    case = locked(case)
    happenings = [Happening(EventKind.PERSON_REPLIED, Visibility.PERSON, text=text, files=files)]
    waited, stopped = case.state == CaseState.WAITING_PERSON, case.paused
    if waited:
        case.state = CaseState.IN_PROGRESS
        pauses.corrected(case)
    if waited and pauses.end(case, cause=pauses.FOR_PERSON):
        happenings.append(pauses.resumed(case, stopped))
    if case.is_open:
        case.person_replied_at = clock.now()
    record(case, happenings, by=by)
    return finish(case)


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


@transaction.atomic
def log_contact(case: Case, *, channel: str, by: Actor, text: str = "") -> Case:
    """Somebody asked how it goes and was told."""
    case = locked(case)
    record(case, [Happening(EventKind.CONTACTED, Visibility.STAFF, text=text, data={"channel": channel})], by=by)
    return finish(case)


@transaction.atomic
def attach(case: Case, *, files: Files, by: Actor, visibility: Visibility, text: str = "") -> Case:
    """Add evidence to a case."""
    case = locked(case)
    record(case, [Happening(EventKind.ATTACHED, visibility, text=text, files=files)], by=by)
    return finish(case)
