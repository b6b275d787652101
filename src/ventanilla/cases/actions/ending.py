"""How a case ends, and how it begins again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ventanilla.cases import notifications, rules
from ventanilla.cases.actions import clocks, following, pauses, process
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import Refused, finish, locked
from ventanilla.cases.enums import MISTAKEN_STATES, CaseState, EventKind, Visibility
from ventanilla.cases.models import Case, Survey
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor

BAD_MARK = 2
Files = Sequence[tuple[StoredFile, str]]


@transaction.atomic
def schedule_case(case: Case, *, text: str, by: Actor, without_budget: bool = False) -> Case:
    """Answer that it will be done later: meets the term to answer and leaves the case open until it is mended."""
    case = still_open(case)
    case.state = CaseState.SCHEDULED
    pauses.end(case)
    clocks.meet_response(case)
    data = {"without_budget": without_budget}
    record(case, [Happening(EventKind.SCHEDULED, Visibility.PUBLIC, text=text, data=data)], by=by)
    finish(case)
    notifications.tell_scheduled(case, text)
    return case


@transaction.atomic
def unschedule_case(case: Case, *, by: Actor) -> Case:
    """What was put off is under way again. The person was answered and stays answered; the charter's date runs on."""
    case = still_open(case)
    if case.state != CaseState.SCHEDULED:
        raise Refused(_("El expediente no está programado."))
    case.state = CaseState.IN_PROGRESS
    process.stop_waiting(case)
    record(case, [Happening(EventKind.UNSCHEDULED, Visibility.PUBLIC)], by=by)
    finish(case)
    notifications.tell_under_way(case)
    return case


@transaction.atomic
def resolve_case(case: Case, *, text: str, by: Actor, files: Files = (), tell: bool = True) -> Case:
    """Declare it resolved, with how it was left. `tell` false: the person is hearing it at this moment."""
    case = close(case, CaseState.RESOLVED, text=text, by=by, files=files)
    if tell:
        notifications.tell_resolved(case, text)
    return case


@transaction.atomic
def refuse_case(case: Case, *, text: str, by: Actor) -> Case:
    """End it as out of place, saying why and who to turn to (the coordinator's decision, G4)."""
    case = close(case, CaseState.REFUSED, text=text, by=by)
    notifications.tell_refused(case, text)
    return case


@transaction.atomic
def cancel_case(case: Case, *, text: str, by: Actor) -> Case:
    """Annul a case that should not exist: filed by mistake, a test, the same one twice."""
    case = close(case, CaseState.CANCELLED, text=text, by=by)
    notifications.tell_cancelled(case, text)
    return case


@transaction.atomic
def withdraw_case(case: Case, *, text: str, by: Actor) -> Case:
    """The person says it is no longer needed."""
    case = close(case, CaseState.WITHDRAWN, text=text, by=by)
    notifications.tell_withdrawn(case)
    return case


def still_open(case: Case) -> Case:
    """The case, locked. Raises Refused where it has ended."""
    case = locked(case)
    if not case.is_open:
        raise Refused(_("El expediente ya está cerrado."))
    return case


def close(
    case: Case,
    state: CaseState,
    *,
    text: str,
    by: Actor,
    files: Files = (),
    data: dict[str, Any] | None = None,
) -> Case:
    """End a case in a state, inside the caller's transaction: its clocks are met and no more work is owed."""
    case = still_open(case)
    pauses.end(case)
    pauses.corrected(case)
    case.state, case.closed_at = state, clock.now()
    case.outcome, case.person_replied_at = text, None
    clocks.meet_all(case)
    process.stop(case)
    visibility = Visibility.PUBLIC if state == CaseState.RESOLVED else Visibility.PERSON
    said = Happening(EventKind(state), visibility, text=text, files=files, data=data or {})
    record(case, [said], by=by)
    return finish(case)


@transaction.atomic
def reopen_case(case: Case, *, text: str, by: Actor) -> Case:
    """Open it again. A person may do it within the type's days.

    What had been mended or refused begins anew, clocks and all. What was annulled or taken for a repeated one by
    mistake goes on: its clocks never stopped, and what it had joined is separate again.
    """
    case = locked(case)
    if case.is_open:
        raise Refused(_("El expediente ya está abierto."))
    days = case.procedure.reopen_days
    if not by.is_staff and not rules.may_reopen(case.state, case.closed_at, days, clock.now()):
        raise Refused(_("Ya pasó el tiempo para abrirlo de nuevo. Puede presentar uno nuevo."))
    mistaken = case.state in MISTAKEN_STATES
    if mistaken:
        following.separate(case, by=by)
        clocks.go_on(case)
    else:
        case.reopenings += 1
        clocks.begin_anew(case)
    case.state = CaseState.IN_PROGRESS if case.assignee_id or not mistaken else CaseState.RECEIVED
    case.outcome = ""
    process.again(case)
    record(case, [Happening(EventKind.REOPENED, Visibility.PERSON, text=text, data={"mistaken": mistaken})], by=by)
    finish(case)
    notifications.tell_reopened(case)
    return case


@transaction.atomic
def answer_survey(case: Case, *, mark: int, comment: str, by: Actor) -> Survey:
    """Keep what the person thought of how it was left, once for each closing. Raises Refused."""
    case = locked(case)
    if case.is_open:
        raise Refused(_("Todavía no hemos terminado: la pregunta llega cuando cerremos el caso."))
    try:
        with transaction.atomic():
            survey = Survey.objects.create(case=case, round=case.reopenings, mark=mark, comment=comment)
    except IntegrityError as error:
        raise Refused(_("Ya nos dio su opinión. Gracias.")) from error
    record(case, [Happening(EventKind.SURVEYED, Visibility.STAFF, text=comment, data={"mark": mark})], by=by)
    finish(case)
    return survey
