"""Telling people what happens to a case: written to the outbox in the transaction of what it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.calendars.clocks import describe_due
from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Case, Follower
from ventanilla.cases.rules import spoken
from ventanilla.design.dates import day, official
from ventanilla.design.languages import later, translated
from ventanilla.lib import clock
from ventanilla.lib.links import link
from ventanilla.notifications.actions import Contact, Notice, announce
from ventanilla.people.models import ContactPoint, Person

FOLLOWER_LIMIT = 500


def _when(due_at: datetime | None) -> Any:
    return later(lambda: describe_due(due_at, clock.now()) if due_at else "")


def _day(moment: datetime | None) -> Any:
    return later(lambda: day(moment) if moment else "")


def _facts(case: Case) -> dict[str, Any]:
    return {
        "name": case.applicant.first_name if case.applicant else "",
        "what": later(lambda: translated(case.procedure.name)),
        "reference": case.reference,
        "place": case.place_label,
        "department": later(lambda: translated(case.department.name)),
        "link": link("portal.case", uuid=case.uuid),
    }


def facts_for_reply(case: Case) -> dict[str, str]:
    """What a reply may name of a case, in the words of who reads it."""
    named = case.applicant.first_name if case.applicant and case.identity != Identity.CONFIDENTIAL else ""
    return {
        "name": named,
        "what": case.procedure.name,
        "reference": case.reference,
        "place": case.place_label,
        "department": case.department.name,
        "answer_by": "" if case.answered_at else _when(case.response_due_at),
        "mend_by": _when(case.target_due_at),
    }


def contacts_of(person: Person) -> list[Contact]:
    """How a person can be reached, as the notifications room wants it."""
    rows = ContactPoint.objects.filter(person=person).order_by("-is_preferred", "pk")
    return [
        Contact(kind, value, preferred) for kind, value, preferred in rows.values_list("kind", "value", "is_preferred")
    ]


def contacts_of_many(people: Iterable[int]) -> dict[int, list[Contact]]:
    """How each of these can be reached, by their numbers; those who can't aren't there."""
    reached: dict[int, list[Contact]] = {}
    for point in ContactPoint.objects.filter(person__in=list(people)).order_by("-is_preferred", "pk"):
        reached.setdefault(point.person_id, []).append(Contact(point.kind, point.value, point.is_preferred))
    return reached


def _tell(case: Case, kind: str, *, contacts: list[Contact] | None = None, **context: Any) -> None:
    """Tell who filed it, if they said who they are."""
    if case.applicant is None:
        return
    reached = contacts if contacts is not None else contacts_of(case.applicant)
    if reached:
        announce(_notice(case, case.applicant, kind, reached, context))


def _notice(case: Case, person: Person, kind: str, contacts: list[Contact], context: dict[str, Any]) -> Notice:
    return Notice(
        kind=kind,
        recipient=f"person:{person.uuid}",
        contacts=contacts,
        about=case.chain,
        context={**_facts(case), **context},
        language=person.language or "es",
    )


def _tell_many(cases: Sequence[Case], kind: str, context: Callable[[Case], dict[str, Any]]) -> None:
    """Tell whoever filed each of these: their contacts are read at once and their messages written at once."""
    reached = contacts_of_many(case.applicant_id for case in cases if case.applicant_id)
    notices = [
        _notice(case, case.applicant, kind, reached[case.applicant.pk], context(case))
        for case in cases
        if case.applicant and case.applicant.pk in reached
    ]
    if notices:
        announce(*notices)


def _tell_followers(case: Case, news: object, *, to: str = "") -> None:
    """Tell who follows a public case, with no word of who filed it. `to` leads elsewhere than to the case."""
    _tell_followers_of_many([case], lambda _case: news, to=to)


def _tell_followers_of_many(cases: Sequence[Case], news: Callable[[Case], object], *, to: str = "") -> None:
    followed = {case.pk: case for case in cases if case.follower_count and case.is_public}
    if not followed:
        return
    limit = FOLLOWER_LIMIT * len(followed)
    followers = list(Follower.objects.filter(case__in=followed).select_related("person").order_by("pk")[:limit])
    reached = contacts_of_many(each.person_id for each in followers)
    notices = [
        _follower_notice(followed[each.case_id], each.person, reached[each.person_id], news(followed[each.case_id]), to)
        for each in followers
        if each.person_id in reached
    ]
    if notices:
        announce(*notices)


def _follower_notice(case: Case, person: Person, contacts: list[Contact], news: object, to: str) -> Notice:
    return Notice(
        kind="follower_news",
        recipient=f"person:{person.uuid}",
        contacts=contacts,
        about=case.chain,
        context={**_facts(case), "news": news, "link": to or link("portal.public_case", uuid=case.uuid)},
        language=person.language or "es",
    )


def tell_filed(case: Case, contacts: list[Contact]) -> None:
    """It came in, as a receipt says it: what and when, the clocks, the code to follow it and the one that proves it."""
    proof = link("portal.verify", reference=case.reference, code=case.receipt_code)
    told = {"code": case.follow_code, "filed_at": later(lambda: official(case.filed_at)), "said": case.description}
    told |= {"proof": spoken(case.receipt_code), "proof_link": proof}
    clocks = {"answer_by": _when(case.response_due_at), "mend_by": _when(case.target_due_at)}
    _tell(case, "case_filed", contacts=contacts, **told, **clocks)


def tell_taken(*cases: Case) -> None:
    """Somebody has it."""
    _tell_many(cases, "case_taken", lambda case: {"team": later(lambda: translated(case.department.name))})
    _tell_followers_of_many(cases, _who_has_it)


def _who_has_it(case: Case) -> Any:
    return later(lambda: gettext("Ya lo tiene %(department)s.") % {"department": translated(case.department.name)})


def tell_routed(*cases: Case, reason: str) -> None:
    """It went to another department, and why."""
    _tell_many(cases, "case_routed", lambda _case: {"text": reason})


def tell_reply(*cases: Case, text: str) -> None:
    """The desk wrote."""
    _tell_many(cases, "case_reply", lambda _case: {"text": text})


def tell_extended(case: Case, text: str, *, due_at: datetime) -> None:
    """A term became longer: the person reads the new date and why."""
    _tell(case, "case_extended", text=text, due=_when(due_at))


def tell_to_correct(case: Case, text: str, *, due_at: datetime, law: str) -> None:
    """The person has to correct what they filed, by a day that the law sets."""
    _tell(case, "case_question", text=later(lambda: f"{text}\n\n{_bound(due_at, law)}"), answer_until=_day(due_at))


def _bound(due_at: datetime, law: str) -> str:
    known = {"until": day(due_at), "law": law}
    return (
        gettext("Tiene hasta el %(until)s (%(law)s). Si no lo corrige para entonces, su caso se puede cerrar.") % known
    )


def tell_paused(case: Case, text: str, *, cause: str, until: datetime | None) -> None:
    """The term to answer stands still, why, and until when at the latest."""
    _tell(case, "case_paused", cause=cause, text=text, until=day(until) if until else "")


def tell_resumed(case: Case) -> None:
    """The term to answer runs again."""
    _tell(case, "case_resumed", answer_by=_when(case.response_due_at or case.target_due_at))


def tell_under_way(case: Case) -> None:
    """What was put off is being done."""
    _tell(
        case, "case_under_way", team=later(lambda: translated(case.department.name)), mend_by=_when(case.target_due_at)
    )
    _tell_followers(case, _("Ya está en marcha."))


def tell_duplicate(case: Case, text: str, *, first: Case) -> None:
    """It is the same as another: how to go on by that one."""
    link_to = link("portal.public_case", uuid=first.uuid) if first.is_public else link("portal.case", uuid=first.uuid)
    _tell(case, "case_duplicate", text=text, other=first.reference, link=link_to)
    known = {"reference": first.reference}
    news = later(lambda: gettext("Se atiende junto con el %(reference)s.") % known)
    _tell_followers(case, news, to=link_to)


def tell_asked(case: Case, text: str) -> None:
    """The desk needs something from the person."""
    until = case.paused_until()
    _tell(case, "case_question", text=text, answer_until=_day(until))


def tell_scheduled(case: Case, text: str) -> None:
    """It will be done later."""
    _tell(case, "case_scheduled", text=text, mend_by=_when(case.target_due_at))
    _tell_followers(case, _("Está programado."))


def tell_resolved(case: Case, text: str) -> None:
    """It is done: how it was left, and what do you think."""
    until = clock.now() + timedelta(days=case.procedure.reopen_days)
    survey = link("portal.case", uuid=case.uuid)
    _tell(case, "case_resolved", text=text, survey_link=survey, reopen_until=_day(until))
    _tell_followers(case, _("Quedó arreglado."))


def tell_refused(case: Case, text: str) -> None:
    """It is out of place, and why."""
    _tell(case, "case_refused", text=text)
    _tell_followers(case, _("Se cerró sin arreglo."))


def tell_cancelled(case: Case, text: str) -> None:
    """It was annulled, and why."""
    _tell(case, "case_cancelled", text=text)


def tell_withdrawn(case: Case) -> None:
    """The person withdrew it."""
    _tell(case, "case_withdrawn")


def tell_reopened(case: Case) -> None:
    """It is being attended again."""
    _tell(case, "case_reopened", answer_by=_when(case.response_due_at or case.target_due_at))
    _tell_followers(case, _("Se abrió de nuevo."))


def tell_place_corrected(case: Case) -> None:
    """We corrected where it is."""
    _tell(case, "place_corrected")


def tell_escalated(case: Case, *, overdue: bool, staff: list[Any]) -> None:
    """Tell staff that a term ends soon or has ended."""
    context = {**_facts(case), "due": _day(case.due_at), "link": link("desk.case", uuid=case.uuid)}
    notices = [
        Notice(
            kind="overdue" if overdue else "due_soon",
            recipient=f"user:{user.uuid}",
            contacts=[Contact("email", user.email)],
            about=case.chain,
            context=context,
            language=user.language or "es",
        )
        for user in staff
        if user.email
    ]
    if notices:
        announce(*notices)
