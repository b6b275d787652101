"""What of a case can be found, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import prefetch_related_objects

from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Case
from ventanilla.forms.reading import pairs
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person
from ventanilla.search import actions as search
from ventanilla.search.rules import Document

KIND = "case"
SNIPPET = 160
PAGE = 500


def index_case(case: Case, *, contacts: list[tuple[str, str]] | None = None, erasing: bool = False) -> None:
    """Put a case in the index, inside the transaction that changed it.

    `erasing` says that what was there before must leave no trace.
    """
    known = contacts if contacts is not None else _contacts(case.applicant)
    search.index(document_of(case, known, _numbers(case.applicant)), erasing=erasing)


def index_cases(cases: Sequence[Case]) -> None:
    """Put many in the index, as they are now."""
    search.index_many(_as_they_are(cases))


def document_of(case: Case, contacts: Sequence[tuple[str, str]] = (), numbers: Sequence[str] = ()) -> Document:
    """A case as the index has it. Who filed under a reserved identity is not found by name, contact or document."""
    shown = case.identity == Identity.IDENTIFIED and case.applicant is not None
    return Document(
        kind=KIND,
        uuid=str(case.uuid),
        title=f"{case.procedure.name} {case.place_label}".strip(),
        at=case.filed_at,
        text=" ".join(_texts(case, shown=shown)),
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
    if case.place:
        yield str(case.place.get("as_said", ""))
    if case.procedure.form and case.answers:
        yield from (answer for _question, answer in pairs(case.procedure.form, case.answers))


def _contacts(person: Person | None) -> list[tuple[str, str]]:
    if person is None:
        return []
    return list(person.contacts.values_list("kind", "value"))


def _numbers(person: Person | None) -> list[str]:
    return [] if person is None else list(person.documents.values_list("number", flat=True))


def forget_case(case: Case) -> None:
    """Take a case out of the index, words and all."""
    search.remove(KIND, str(case.uuid))


def documents() -> Iterator[Document]:
    """Every case as the index has it, for building it anew."""
    cases = Case.objects.select_related("applicant").order_by("pk")
    last = 0
    while page := list(cases.filter(pk__gt=last)[:PAGE]):
        yield from _as_they_are(page)
        last = page[-1].pk


def _as_they_are(cases: Sequence[Case]) -> Iterator[Document]:
    prefetch_related_objects(cases, "applicant__contacts", "applicant__documents")
    for case in cases:
        who = case.applicant
        contacts = [(each.kind, each.value) for each in who.contacts.all()] if who else []
        yield document_of(case, contacts, [each.number for each in who.documents.all()] if who else [])
