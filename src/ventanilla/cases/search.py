"""What of a case can be found, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from ventanilla.cases.enums import EventKind, Identity
from ventanilla.cases.models import Case, CaseQuerySet, Event
from ventanilla.forms.reading import pairs
from ventanilla.lib import clock
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person
from ventanilla.search import actions as search
from ventanilla.search.rules import Document

KIND = "case"
SNIPPET = 160
PAGE = 500
AT_ONCE = 50
"""Cases put in the index anew in one transaction: writers wait some tens of milliseconds for it."""
_WHO = ("applicant", "affected")
_SAID = Prefetch(
    "events", Event.objects.exclude(text="").exclude(kind=EventKind.FILED).order_by("-seq"), to_attr="said"
)


def index_case(case: Case, *, contacts: Sequence[tuple[str, str]] = (), erasing: bool = False) -> None:
    """Put a case that is just filed, or was emptied, in the index, inside the transaction that did it.

    `erasing` says that what was there before must leave no trace.
    """
    search.index(document_of(case, contacts, _numbers(case.applicant)), erasing=erasing)


def owe(case: Case) -> None:
    """Say, before the case is saved, that the index hasn't what was just said or changed.

    A job puts it there within half a minute: reading a whole case again costs more than most of what is done to one.
    """
    case.search_due_at = clock.now()


def owe_all(cases: CaseQuerySet) -> None:
    """Say it of many, in one statement."""
    cases.update(search_due_at=clock.now())


def index_owed() -> None:
    """Put in the index, as they are now, the cases that were changed."""
    while _index_some():
        pass


@transaction.atomic
def _index_some() -> bool:
    """The next few; whether there may be more. Held meanwhile, so that what changes them again owes them again."""
    owed = Case.objects.filter(search_due_at__isnull=False).order_by("search_due_at")
    cases = list(owed.select_related(*_WHO).select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    search.index_many(_as_they_are(cases))
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(search_due_at=None)
    return len(cases) == AT_ONCE


def document_of(
    case: Case, contacts: Sequence[tuple[str, str]] = (), numbers: Sequence[str] = (), said: Sequence[str] = ()
) -> Document:
    """A case as the index has it; `said` since it was filed: notes, replies, reasons.

    Who filed under a reserved identity is not found by name, contact or document.
    """
    shown = case.identity == Identity.IDENTIFIED and case.applicant is not None
    return Document(
        kind=KIND,
        uuid=str(case.uuid),
        title=f"{case.procedure.name} {case.place_label}".strip(),
        at=case.filed_at,
        text=" ".join([*_texts(case, shown=shown), *said]),
        snippet=case.description[:SNIPPET],
        phones=[value for kind, value in contacts if shown and kind == ContactKind.PHONE],
        numbers=[case.reference, *(numbers if shown else [])],
        department_id=case.department_id,
        is_public=False,
        is_reserved=case.is_reserved,
    )


def _texts(case: Case, *, shown: bool) -> Iterator[str]:
    yield case.procedure.service.name
    yield case.description
    if shown and case.applicant is not None:
        yield case.applicant.name
        yield case.affected.name if case.affected else ""
    if case.place:
        yield str(case.place.get("as_said", ""))
    if case.procedure.form and case.answers:
        yield from (answer for _question, answer in pairs(case.procedure.form, case.answers))
    yield case.outcome


def _numbers(person: Person | None) -> list[str]:
    return [] if person is None else list(person.documents.values_list("number", flat=True))


def forget_case(case: Case) -> None:
    """Take a case out of the index, words and all."""
    search.remove(KIND, str(case.uuid))


def documents() -> Iterator[Document]:
    """Every case as the index has it, for building it anew."""
    cases = Case.objects.select_related(*_WHO).order_by("pk")
    last = 0
    while page := list(cases.filter(pk__gt=last)[:PAGE]):
        yield from _as_they_are(page)
        last = page[-1].pk


def _as_they_are(cases: Sequence[Case]) -> Iterator[Document]:
    prefetch_related_objects(cases, "applicant__contacts", "applicant__documents", _SAID)
    for case in cases:
        who = case.applicant
        contacts = [(each.kind, each.value) for each in who.contacts.all()] if who else []
        numbers = [each.number for each in who.documents.all()] if who else []
        yield document_of(case, contacts, numbers, _said_since(case))


def _said_since(case: Case) -> list[str]:
    """What the timeline says that the case doesn't, the last first: of a very long case the beginning is left out."""
    known = {case.description, case.outcome}
    return [text for text in dict.fromkeys(event.text for event in case.said) if text not in known]  # type: ignore[attr-defined]
