"""A case as the person reads it: its state in plain words, the line of steps, the clocks, the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ventanilla.cases import drawn, line
from ventanilla.cases.enums import CaseState, DeadlineKind, EventKind, LinkKind, Visibility
from ventanilla.cases.models import Attachment, Case, Deadline, Event
from ventanilla.design.components import Fact, Message, Photo, Step, Term
from ventanilla.design.dates import day, moment
from ventanilla.design.enums import StepKind
from ventanilla.design.languages import translated

SPOKEN = {EventKind.FILED, EventKind.ASKED, EventKind.PERSON_REPLIED, EventKind.REPLIED}
ENDINGS = {
    EventKind.RESOLVED,
    EventKind.REFUSED,
    EventKind.CANCELLED,
    EventKind.DUPLICATE,
    EventKind.SCHEDULED,
    EventKind.REOPENED,
}


def events_for_person(case: Case) -> list[Event]:
    """What the person may read, oldest first, with its files."""
    told = case.events.filter(visibility__in=[Visibility.PUBLIC, Visibility.PERSON])
    with_files = Prefetch("attachments", Attachment.objects.select_related("file").order_by("pk"))
    return list(told.order_by("seq").prefetch_related(with_files))


def steps(case: Case, events: Sequence[Event]) -> list[Step]:
    """Done, now, next and end, in the words of the process."""
    return [Step(each.title, _when(each), StepKind(each.kind)) for each in line.steps(case, events)]


def public_steps(case: Case, events: Sequence[Event]) -> list[Step]:
    """The same for everybody: without the names of those who work on it, and without what only who filed may read."""
    return [_public(case, each) for each in line.steps(case, events)]


def _public(case: Case, step: line.LineStep) -> Step:
    if step.kind == line.ASK:
        return Step(_("Falta un dato de quien avisó"), kind=StepKind.NOW)
    if step.kind == line.DONE:
        is_end = step.at is not None and step.at == case.closed_at
        said = step.text if is_end and case.state == CaseState.RESOLVED else ""
        title = _("Quien avisó lo retiró") if is_end and case.state == CaseState.WITHDRAWN else step.title
        return Step(title, _when(replace(step, text=said)), StepKind.DONE)
    return Step(step.title, step.text, StepKind(step.kind))


def _when(step: line.LineStep) -> str:
    if step.at is None:
        return step.text
    return f"{capfirst(moment(step.at))}. {step.text}" if step.text else capfirst(moment(step.at))


def terms(deadlines: Sequence[Deadline], case: Case) -> list[Term]:
    """The two clocks as the design room draws them. What was never mended is not said to have been."""
    ended_otherwise = not case.is_open and case.state != CaseState.RESOLVED
    kept = [each for each in deadlines if not (ended_otherwise and each.kind == DeadlineKind.TARGET)]
    return [_term(each, case) for each in sorted(kept, key=lambda each: each.kind)]


def _term(deadline: Deadline, case: Case) -> Term:
    return replace(drawn.term(deadline, case), note=drawn.silence(deadline))


def conversation(case: Case, events: Sequence[Event]) -> list[Message]:
    """What the desk and the person have said to each other, with the photos and documents sent."""
    spoken = [each for each in events if EventKind(each.kind) in SPOKEN | ENDINGS]
    return [_message(case, each) for each in spoken if each.text or each.attachments.all()]


def _message(case: Case, event: Event) -> Message:
    is_ours = event.by.startswith(("user:", "system"))
    mine = not is_ours or event.kind == EventKind.FILED
    return Message(
        who=_speaker(case, event, is_ours),
        at=event.at,
        text=event.text,
        mine=mine,
        role="" if mine else translated(case.department.name),
        photos=_sent(event),
    )


def _sent(event: Event) -> list[Photo]:
    """What came with it: photos by their number, documents by their name."""
    files = [each for each in event.attachments.all() if each.file.is_present]
    photos = [each for each in files if each.file.is_photo]
    shown = [
        Photo(
            reverse("portal:thumbnail", args=[each.file.uuid]),
            _("Foto %(n)d") % {"n": number},
            reverse("portal:file", args=[each.file.uuid]),
        )
        for number, each in enumerate(photos, start=1)
    ]
    papers = [each for each in files if not each.file.is_photo]
    return [*shown, *(Photo("", each.name, reverse("portal:file", args=[each.file.uuid])) for each in papers)]


def _speaker(case: Case, event: Event, is_ours: bool) -> str:
    """Who said it. What a person told at the counter or by telephone was written down by somebody of ours."""
    if not is_ours:
        return _("Usted")
    if event.kind == EventKind.FILED:
        return _("Usted, según lo anotó %(who)s") % {"who": event.by_label}
    return event.by_label or translated(case.department.name)


def asked(case: Case, events: Sequence[Event]) -> Event | None:
    """What is asked of the person and not yet answered."""
    if case.state != CaseState.WAITING_PERSON:
        return None
    return next((each for each in reversed(events) if each.kind == EventKind.ASKED), None)


def waits_until(case: Case) -> str:
    """Until what day the person is waited for, where there is such a day."""
    until = case.waits_until()
    return day(until) if until else ""


def told(case: Case, events: Sequence[Event]) -> list[Fact]:
    """Everything that happened, one line each, oldest first."""
    return [Fact(capfirst(moment(each.at)), _happened(case, each)) for each in events]


def _happened(case: Case, event: Event) -> str:
    said = {
        EventKind.FILED: _("Lo presentó usted."),
        EventKind.TAKEN: _("%(who)s lo tomó."),
        EventKind.ROUTED: _("Pasó de %(from)s a %(to)s: %(text)s"),
        EventKind.ASKED: _("%(who)s le pidió un dato."),
        EventKind.PERSON_REPLIED: _("Usted escribió."),
        EventKind.REPLIED: _("%(who)s le escribió."),
        EventKind.PLACE_CORRECTED: _("Corregimos el lugar: %(text)s."),
        EventKind.ATTACHED: _("%(who)s agregó un archivo."),
        EventKind.SCHEDULED: _("Quedó programado."),
        EventKind.UNSCHEDULED: _("Volvió a estar en marcha."),
        EventKind.PAUSED: _paused(event),
        EventKind.RESUMED: _("El plazo volvió a correr."),
        EventKind.EXTENDED: _("Se amplió el plazo: %(text)s"),
        EventKind.LAPSED: _("Pasó el plazo para corregirlo sin que nos respondiera."),
        EventKind.RESOLVED: _("%(who)s lo dio por resuelto."),
        EventKind.REFUSED: _("%(who)s lo cerró: no procede."),
        EventKind.CANCELLED: _("%(who)s lo anuló."),
        EventKind.WITHDRAWN: _("Usted lo retiró."),
        EventKind.DUPLICATE: _("Se atiende junto con otro igual."),
        EventKind.REOPENED: _("Se abrió de nuevo."),
    }
    known = {"who": translated(event.by_label or case.department.name), "text": event.text, "from": "", "to": ""}
    words = said.get(EventKind(event.kind), EventKind(event.kind).label)
    return str(words) % {**known, **{name: translated(value) for name, value in event.data.items()}}


def _paused(event: Event) -> str:
    if event.data.get("name"):
        return _("El plazo quedó en pausa: %(name)s.")
    return _("El plazo quedó en pausa mientras esperamos su respuesta.")


def facts(case: Case) -> list[Fact]:
    """Who has it, since when, who else follows."""
    nobody = _("Todavía nadie") if case.is_open else _("Nadie llegó a tomarlo")
    who = case.assignee.name if case.assignee else nobody
    found = [
        Fact(_("Quién lo lleva"), who, translated(case.department.name)),
        Fact(_("Entró"), capfirst(moment(case.filed_at))),
    ]
    if case.place_label:
        found.append(Fact(_("Dónde"), case.place_label))
    if case.state == CaseState.DUPLICATE:
        found += _first(case)
    if case.follower_count:
        counted = ngettext("%(n)d persona más", "%(n)d personas más", case.follower_count)
        found.append(Fact(_("También lo sigue"), counted % {"n": case.follower_count}))
    return found


def _first(case: Case) -> list[Fact]:
    """The case this one is the same as, where anyone may read it."""
    first = Case.objects.public().filter(linked_from__case=case, linked_from__kind=LinkKind.DUPLICATE).first()
    return (
        [Fact(_("Se atiende con"), first.reference, path=reverse("portal:public_case", args=[first.uuid]))]
        if first
        else []
    )


def public_facts(case: Case) -> list[Fact]:
    """What anyone may read of a public case."""
    return [
        Fact(_("Área"), translated(case.department.name)),
        Fact(_("Entró"), capfirst(moment(case.filed_at))),
        *([Fact(_("Dónde"), case.place_label)] if case.place_label else []),
    ]
