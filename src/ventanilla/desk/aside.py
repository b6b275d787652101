"""The facts beside the story of a case: person, place, particulars, work, terms, files, links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ventanilla.calendars.enums import Silence
from ventanilla.cases import drawn, near, paging, rules
from ventanilla.cases.actions import pauses
from ventanilla.cases.enums import CaseState, Identity, LinkKind, WorkState
from ventanilla.cases.models import Attachment, Case, CorrectionRequest, Deadline, Pause, RelatedCase, WorkItem
from ventanilla.cases.permissions import can_work
from ventanilla.design.components import Fact, Term
from ventanilla.design.languages import translated
from ventanilla.desk import rows
from ventanilla.desk.acting import Reached
from ventanilla.desk.rows import WHY
from ventanilla.forms.models import as_answered
from ventanilla.forms.reading import pairs
from ventanilla.lib import clock
from ventanilla.notifications import channels
from ventanilla.notifications.rules.choosing import Contact, choose
from ventanilla.people.models import ContactPoint
from ventanilla.places import minimap, zones
from ventanilla.places.minimap import Pin


def why(case: Case) -> list[tuple[str, int]]:
    """Why it stands where it stands: reasons and their hours."""
    return [(str(WHY[name]), hours) for name, hours in case.urgency if name in WHY]


def contacts(case: Case) -> list[ContactPoint]:
    """How whoever filed it can be reached."""
    return list(case.applicant.contacts.all()) if case.applicant else []


def person(case: Case, known: Sequence[ContactPoint], user: Any) -> dict[str, Any] | None:
    """Who filed it, their contacts and how much else they have with us that the user may see.

    What they filed in confidence isn't counted for anybody: their name would give it away, or it their name.
    """
    if case.applicant is None:
        return None
    theirs = Case.objects.visible_to(user).of_person(case.applicant).exclude(identity=Identity.CONFIDENTIAL)
    others = theirs.exclude(pk=case.pk).count()
    return {"person": case.applicant, "contacts": known, "others": others, "mood": case.mood}


def reached(case: Case, known: Sequence[ContactPoint], *, named: bool) -> Reached:
    """Whom an action would tell, and how. Without their name for who may not know it."""
    if case.applicant is None:
        return Reached(followers=case.follower_count)
    ways = [Contact(each.kind, each.value, each.is_preferred) for each in known]
    way = choose(ways, channels.reaches(), is_essential=True)
    return Reached(case.applicant.first_name if named else "", way, True, case.follower_count)


def place(case: Case) -> list[Fact]:
    """Where, corrected and as said."""
    if not case.place and not case.corrected_place:
        return []
    barrio = zones.name_of(case.neighborhood_id)
    facts = [Fact(_("Lugar"), case.place_label or _("Sin dirección"), barrio.name if barrio else "")]
    said = (case.place or {}).get("as_said", "")
    if said and said != case.place_label:
        facts.append(Fact(_("Como lo dijo"), said))
    return facts


def work(case: Case) -> list[WorkItem]:
    """The work owed and done, in the order it came up."""
    items = list(case.work_items.exclude(state=WorkState.CANCELLED).select_related("assignee").order_by("pk"))
    for item in items:
        item.case = case
    return items


def doable(items: Sequence[WorkItem], user: Any) -> list[tuple[WorkItem, bool]]:
    """With each piece of work, whether this user may do it now."""
    return [(item, item.state == WorkState.OPEN and can_work(user, item)) for item in items]


def answers(case: Case) -> list[Fact]:
    """The particulars, in words, by the version of the form they were filed under."""
    form = case.procedure.form
    if form is None or not case.answers or case.form_version is None:
        return []
    return [Fact(question, said) for question, said in pairs(as_answered(form, case.form_version), case.answers)]


def attachments(case: Case) -> list[Attachment]:
    """The files of a case."""
    return list(case.attachments.select_related("file").order_by("pk"))


def look(case: Case) -> str:
    """The key of the case's state as it is drawn."""
    return rows.look(case, clock.now())


def terms(case: Case) -> list[Term]:
    """Both clocks, the law's with what follows if it runs out unanswered."""
    held = sorted(case.deadlines.all(), key=lambda each: each.kind)
    return [replace(drawn.term(each, case), note=_silence(each)) for each in held]


def _silence(deadline: Deadline) -> str:
    """What the law makes of silence, said to who has to answer; nothing once it is answered."""
    said: dict[str, str] = {
        Silence.NEGATIVE: _("Si no se contesta en ese plazo, la ley lo da por negado y la persona puede reclamar."),
        Silence.POSITIVE: _("Si no se contesta en ese plazo, la ley lo da por concedido."),
        Silence.POSITIVE_AFTER_CLAIM: _("Si no se contesta, la persona puede reclamarlo y la ley lo da por concedido."),
    }
    return "" if deadline.met_at else said.get(deadline.silence, "")


def map_of(case: Case, metres: float = 300, *, ratio: float = 0.75) -> SafeString | str:
    """The town around the case, so many metres of it."""
    if case.lon is None or case.lat is None:
        return ""
    mark = rules.mark(rules.look(case.state, case.due_at, clock.now()))
    pins = [Pin(case.lon, case.lat, mark, title=str(case.procedure))]
    return minimap.svg(case.lon, case.lat, metres, pins=pins, ratio=ratio)


def near_by(case: Case, user: Any) -> list[near.Beside]:
    """What else is open close by, of what the user may see: perhaps the same thing."""
    return near.around(Case.objects.visible_to(user), case) if case.is_open else []


@dataclass(frozen=True)
class Linked:
    """Another case and what this one has to do with it."""

    link: RelatedCase
    other: Case
    word: str
    look: str
    can_part: bool


def links(case: Case, user: Any) -> list[Linked]:
    """The cases linked with this one that the user may see. Most have none, and then there is no more to ask."""
    held = list(RelatedCase.objects.of(case).order_by("pk"))
    ends = [link.other_id if link.case_id == case.pk else link.case_id for link in held]
    seen = paging.shown(Case.objects.visible_to(user)).in_bulk(ends) if ends else {}
    return [_linked(case, link, seen[end]) for link, end in zip(held, ends, strict=True) if end in seen]


def _linked(case: Case, link: RelatedCase, other: Case) -> Linked:
    if link.kind == LinkKind.RELATED:
        return Linked(link, other, _("vinculado"), look(other), True)
    word = _("es el mismo que") if link.case_id == case.pk else _("repetido de este")
    return Linked(link, other, word, look(other), False)


@dataclass(frozen=True)
class Waiting:
    """What the clocks or the person are waited for: the pause in force and what is to be corrected."""

    pause: Pause | None = None
    cause: str = ""
    correction: CorrectionRequest | None = None


def waiting(case: Case) -> Waiting:
    """Asked of the database only where something waits."""
    pause = pauses.open_pause(case)
    # Only what has a term to be answered in law has one to be corrected.
    asks = case.state == CaseState.WAITING_PERSON and case.response_due_at is not None
    named = next((translated(each.name) for each in pauses.causes(case) if pause and each.key == pause.cause), "")
    if pause and pause.cause == pauses.FOR_PERSON:
        named = _("Se espera la respuesta de la persona")
    return Waiting(pause, named, pauses.open_correction(case) if asks else None)
