"""How a case goes, in a few sentences to be read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ventanilla.calendars.clocks import describe_due
from ventanilla.cases import drawn
from ventanilla.cases.enums import CaseState, DeadlineKind, EventKind
from ventanilla.cases.models import Case, Deadline
from ventanilla.catalog.enums import Kind
from ventanilla.design import languages
from ventanilla.design.dates import day
from ventanilla.design.languages import translated
from ventanilla.lib import clock
from ventanilla.lib.workingtime import Unit


def sentences(case: Case) -> list[str]:
    """Which case, in what state and with whom, by when and by what law, and what is asked of the person.

    In the language of the person who will hear it: `language_of`.
    """
    with languages.speaking(language_of(case)):
        return _sentences(case, clock.now())


def language_of(case: Case) -> str:
    """The language to tell it in: Spanish unless the person said another."""
    return languages.known(case.applicant.language if case.applicant else "")


def _sentences(case: Case, now: datetime) -> list[str]:
    said = [_which(case), _state(case)]
    if case.is_open:
        said += [_clock(each, case, now) for each in case.deadlines.filter(met_at=None).order_by("kind")]
    return [each for each in [*said, *_asked(case)] if each]


def _which(case: Case) -> str:
    facts = {"kind": Kind(case.kind).label, "what": translated(case.procedure.name), "reference": case.reference}
    if case.place_label:
        return _("Su %(kind)s «%(what)s», en «%(place)s», es el número %(reference)s.") % {
            **facts,
            "place": case.place_label,
        }
    return _("Su %(kind)s «%(what)s» es el número %(reference)s.") % facts


def _state(case: Case) -> str:
    facts = {"department": translated(case.department.name), "who": case.assignee.name if case.assignee else ""}
    if not case.is_open:
        return _ending(case)
    if case.state == CaseState.SCHEDULED:
        return _("Está programado por %(department)s. %(told)s") % {
            **facts,
            "told": _last_told(case, EventKind.SCHEDULED),
        }
    if case.assignee:
        return _("Lo atiende %(department)s; lo lleva %(who)s.") % facts
    filed = day(case.filed_at)
    return _("Entró el %(day)s y está en %(department)s; todavía no lo ha tomado nadie.") % {**facts, "day": filed}


def _last_told(case: Case, kind: EventKind) -> str:
    texts = case.events.filter(kind=kind).order_by("-seq").values_list("text", flat=True)
    return texts.first() or ""


def _ending(case: Case) -> str:
    facts = {"day": day(case.closed_at) if case.closed_at else "", "outcome": case.outcome}
    said = {
        CaseState.RESOLVED: _("Le contestamos el %(day)s: %(outcome)s"),
        CaseState.REFUSED: _("Lo cerramos el %(day)s porque no procede: %(outcome)s"),
        CaseState.CANCELLED: _("Se anuló el %(day)s: %(outcome)s"),
        CaseState.WITHDRAWN: _("Usted lo retiró el %(day)s."),
        CaseState.DUPLICATE: _("Lo cerramos el %(day)s porque ya estaba reportado: %(outcome)s"),
    }
    if case.state == CaseState.RESOLVED and case.kind == Kind.SERVICE_REQUEST:
        return _("Quedó arreglado el %(day)s: %(outcome)s") % facts
    return said[CaseState(case.state)] % facts


def _clock(deadline: Deadline, case: Case, now: datetime) -> str:
    """By when we owe it and who says so. What is late is said to be late."""
    facts = {"when": describe_due(deadline.due_at, now, unit=_unit(deadline)), "law": drawn.law(deadline)}
    is_answer = deadline.kind == DeadlineKind.RESPONSE
    if is_answer and case.response_waits:
        waits_for_person = case.state == CaseState.WAITING_PERSON
        waiting = _("El plazo para contestarle está en pausa mientras esperamos su respuesta.")
        return waiting if waits_for_person else _("El plazo para contestarle está en pausa, como permite la ley.")
    if not is_answer and case.target_waits:
        return _("La fecha prevista para arreglarlo espera su respuesta.")
    if deadline.due_at < now:
        late = _("El plazo para contestarle %(when)s; le pedimos disculpas. Lo pone %(law)s.")
        return (late if is_answer else _("La fecha prevista para arreglarlo %(when)s; le pedimos disculpas.")) % facts
    if is_answer:
        return _("Tenemos que contestarle %(when)s. Lo pone %(law)s.") % facts
    return _("Está previsto arreglarlo %(when)s, según nuestra carta de servicios.") % facts


def _unit(deadline: Deadline) -> Unit:
    """Months are counted down in days."""
    unit = Unit(deadline.unit)
    return Unit.CALENDAR_DAY if unit == Unit.MONTH else unit


def _asked(case: Case) -> Iterator[str]:
    if case.state == CaseState.WAITING_PERSON:
        yield _("Necesitamos que nos diga: «%(question)s»") % {"question": _last_told(case, EventKind.ASKED)}
