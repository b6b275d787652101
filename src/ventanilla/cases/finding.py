"""Finding cases by words, phone, document or reference, within what a user may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ventanilla.accounts.enums import Permission
from ventanilla.cases.models import Case
from ventanilla.cases.paging import shown
from ventanilla.cases.search import KIND
from ventanilla.lib import references
from ventanilla.organization.permissions import access_of
from ventanilla.search.queries import find as find_documents
from ventanilla.search.rules import Scope

PAGE = 50


@dataclass(frozen=True)
class FoundCases:
    """Cases in order, the words they were found by if others were meant, and where the next page begins."""

    cases: list[Case]
    corrected: str | None
    next_cursor: str | None


def scope_of(user: Any) -> Scope:
    """What of the index a user may search. What is found is filtered again by `visible_to`."""
    access = access_of(user)
    reserved = access.may_somewhere(Permission.CASE_VIEW_RESERVED)
    if access.may(Permission.CASE_VIEW_ALL):
        return Scope(everything=True, reserved=reserved)
    departments = access.departments(Permission.CASE_VIEW)
    teams = access.departments_of_teams(Permission.CASE_VIEW)
    return Scope(departments=departments | teams, reserved=reserved)


def find(user: Any, words: str, *, before: str | None = None) -> FoundCases:
    """A page of what was found, of what this user may see. A whole reference is looked up, not searched."""
    reference = references.parse(words)
    named = list(shown(Case.objects.visible_to(user).filter(reference=reference))) if reference else []
    if named:
        return FoundCases(named, None, None)
    found = find_documents(words, scope=scope_of(user), kinds={KIND}, before=before, limit=PAGE)
    uuids = [hit.uuid for hit in found.hits]
    seen = shown(Case.objects.visible_to(user).filter(uuid__in=uuids))
    by_uuid = {str(case.uuid): case for case in seen}
    return FoundCases([by_uuid[u] for u in uuids if u in by_uuid], found.corrected, found.next_cursor)
