"""What cases do when other rooms have news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from ventanilla.cases.actions import drafts, process, unfollow
from ventanilla.cases.actions.erasing import erase_case
from ventanilla.cases.enums import WorkKind
from ventanilla.cases.models import Attachment, Case, Draft, Event, Follower
from ventanilla.lib.actors import Actor
from ventanilla.notifications.registry import Unreached
from ventanilla.organization.models import Department, Team
from ventanilla.people.models import Person
from ventanilla.people.registry import Count, Order, Subject
from ventanilla.people.rules import normal_document

PAGE = 500

MANY = 1_000
"""Where counting stops."""


def call_to_tell(unreached: Unreached) -> None:
    """Who no channel reaches is called, or written to by hand: the case gets the work, with what to say."""
    if not unreached.about.startswith("case:"):
        return
    case = Case.objects.filter(uuid=UUID(unreached.about.removeprefix("case:"))).first()
    if case is not None:
        answers = {"address": unreached.address, "message": str(unreached.message)}
        item = process.extra_work(case, kind=WorkKind.CALL, script=unreached.script, answers=answers)
        if "@" in unreached.address:
            item.name = gettext_noop("Avisar a mano: no dejó teléfono")
        process.save([item])


class HeldCases:
    """The cases of a person, the reports they follow or said something in, and what they never sent."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._own = Q(applicant__in=subject.pks) | Q(affected__in=subject.pks)
        # Both read whole tables, which is why they are read before the transaction.
        self._said_elsewhere = list(Event.objects.filter(by__in=subject.refs).values_list("pk", flat=True))
        self._drafts = [draft for draft in _all_drafts() if _is_of(draft, subject)]

    def counts(self) -> Sequence[Count]:
        cases = Case.objects.filter(self._own)
        return [
            (_("Expedientes, con todo lo que dicen"), cases.count()),
            (_("Fotos y documentos"), Attachment.objects.filter(case__in=cases).count()),
            (_("Reportes de otras personas que sigue"), self._followed().count()),
            (_("Reportes a medio hacer"), len(self._drafts)),
        ]

    def erase(self, order: Order, *, by: Actor) -> None:
        for case in Case.objects.filter(self._own).order_by("pk"):
            erase_case(case, order=order, by=by)
        for follower in self._followed().select_related("case"):
            unfollow(follower.case, person=Person.objects.get(pk=follower.person_id), by=by)
        Event.objects.filter(pk__in=self._said_elsewhere).update(by_label="")
        for draft in self._drafts:
            drafts.forget_draft(draft)

    def _followed(self) -> QuerySet[Follower]:
        return Follower.objects.filter(person__in=self._subject.pks)


def _all_drafts() -> Iterator[Draft]:
    last, page = None, Draft.objects.order_by("pk")
    while found := list((page.filter(pk__gt=last) if last else page)[:PAGE]):
        yield from found
        last = found[-1].pk


def _is_of(draft: Draft, subject: Subject) -> bool:
    """Whether a report half done says that it is this person's."""
    contact, document = draft.data.get("contact") or ["", ""], normal_document(draft.data.get("document") or "")
    return contact[1] in subject.addresses or (bool(document) and document in subject.documents)


def open_cases_of(unit: Department | Team) -> list[str]:
    """In words, the open cases that an area or a team still has; a thousand are many."""
    field = "department" if isinstance(unit, Department) else "team"
    found = Case.objects.open().filter(**{field: unit}).order_by()[:MANY].count()
    if not found:
        return []
    if found == MANY:
        return [_("más de %(n)d expedientes abiertos") % {"n": MANY - 1}]
    return [ngettext("%(n)d expediente abierto", "%(n)d expedientes abiertos", found) % {"n": found}]
