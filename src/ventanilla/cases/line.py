"""The line of steps: what the process expects and what has come of it, in the person's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from ventanilla.calendars.clocks import describe_due
from ventanilla.cases.enums import CaseState, EventKind
from ventanilla.cases.models import Case, Event
from ventanilla.design.languages import translated
from ventanilla.lib import clock
from ventanilla.workflow.actions import public_line
from ventanilla.workflow.models import ProcessDefinition
from ventanilla.workflow.rules import PublicStep

DONE, NOW, ASK, NEXT, END = "done", "now", "ask", "next", "end"


@dataclass(frozen=True)
class LineStep:
    """`kind`: done, now, ask (it waits for the person), next or end; `at` is when a done step was done."""

    title: str
    text: str
    kind: str
    at: datetime | None = None


def steps(case: Case, events: Sequence[Event]) -> list[LineStep]:
    """From filing to the end: what is done, what is now, what comes next and by when."""
    filed = LineStep(_("Lo recibimos"), "", DONE, case.filed_at)
    if not case.is_open:
        return [filed, *_taken(case, events), _ending(case)]
    done = _done_nodes(events)
    expected = [_drawn(step, done) for step in _expected(case)]
    return [filed, *_taken(case, events), *_with_present(case, [step for step in expected if step is not None])]


def _expected(case: Case) -> list[PublicStep]:
    """The process's own steps after filing and taking; nothing where none was started yet."""
    if case.process is None:
        return []
    return _line_of(case.process.definition)[1:]


_lines: dict[int, list[PublicStep]] = {}


def _line_of(definition: ProcessDefinition) -> list[PublicStep]:
    """A version never changes, so its line is worked out once."""
    if definition.pk not in _lines:
        _lines[definition.pk] = public_line(definition)
    return _lines[definition.pk]


def _done_nodes(events: Iterable[Event]) -> dict[str, datetime]:
    return {e.data["node"]: e.at for e in events if e.kind == EventKind.STEP_DONE and e.data.get("node")}


def _drawn(step: PublicStep, done: dict[str, datetime]) -> LineStep | None:
    """A step of the process; one that is wholly done carries when. Taking the case is told by its own event."""
    if step.key == "taken":
        return None
    moments = [done[node] for node in step.nodes if node in done]
    if len(moments) == len(step.nodes) and not step.is_end:
        return LineStep(translated(step.title), "", DONE, max(moments))
    return LineStep(translated(step.title), translated(step.text), END if step.is_end else NEXT)


def _taken(case: Case, events: Sequence[Event]) -> list[LineStep]:
    taken = [event for event in events if event.kind == EventKind.TAKEN]
    if not taken or case.taken_at is None:
        return []
    title = _("%(department)s lo tomó") % {"department": translated(case.department.name)}
    who = _("Lo lleva %(who)s.") % {"who": taken[-1].by_label} if case.assignee_id or not case.is_open else ""
    return [LineStep(title, who, DONE, taken[-1].at)]


def _with_present(case: Case, line: list[LineStep]) -> list[LineStep]:
    """Mark what is now: the person's turn, the taking, or the first step not done."""
    if case.state == CaseState.WAITING_PERSON:
        return [LineStep(_("Esperamos su respuesta"), "", ASK), *line]
    if case.state == CaseState.SCHEDULED:
        text = _by_when(case) or _("Le avisamos cuando tenga fecha.")
        return [LineStep(_("Está programado"), text, NOW), *[step for step in line if step.kind == END]]
    if case.taken_at is None:
        title = _("%(department)s lo toma") % {"department": translated(case.department.name)}
        return [LineStep(title, _("Le avisamos quién lo lleva."), NOW), *line]
    for index, step in enumerate(line):
        if step.kind in (NEXT, END):
            return [*line[:index], replace(step, kind=NOW, text=_by_when(case) or step.text), *line[index + 1 :]]
    return line


def _by_when(case: Case) -> str:
    moment = case.target_due_at or case.response_due_at
    now = clock.now()
    return describe_due(moment, now).capitalize() if moment and moment > now else ""


def _ending(case: Case) -> LineStep:
    said = {
        CaseState.RESOLVED: _("Quedó arreglado"),
        CaseState.REFUSED: _("Lo cerramos: no procede"),
        CaseState.CANCELLED: _("Se anuló"),
        CaseState.WITHDRAWN: _("Usted lo retiró"),
        CaseState.DUPLICATE: _("Se atiende junto con otro igual"),
    }
    title = _("Le contestamos") if _is_answer(case) else said[CaseState(case.state)]
    return LineStep(title, case.outcome, DONE, case.closed_at)


def _is_answer(case: Case) -> bool:
    return case.state == CaseState.RESOLVED and case.kind != "service_request"
