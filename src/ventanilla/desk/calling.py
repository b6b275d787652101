"""Finding the case somebody asks about: by telephone, name, reference or place."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from ventanilla.accounts.enums import Permission
from ventanilla.cases import finding
from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Case, Follower
from ventanilla.lib import references
from ventanilla.organization.permissions import access_of
from ventanilla.people import finding as people
from ventanilla.people.models import Person

LIMIT = 9
"""As many as there are figures to choose them by."""
RELATED = ("assignee", "applicant")


def cases_for(user: Any, typed: str) -> list[Case]:
    """What may be meant, of what the user may see: open before closed, newest first, at most nine."""
    reference = references.parse(typed)
    if reference:
        return list(_seen(user).filter(reference=reference))
    found = {case.pk: case for case in finding.find(user, typed).cases[: LIMIT * 2]}
    if access_of(user).may_somewhere(Permission.PERSON_VIEW):
        found |= {case.pk: case for case in of_people(user, people.find(typed), LIMIT)}
    return sorted(found.values(), key=_soonest)[:LIMIT]


def _soonest(case: Case) -> tuple[bool, float]:
    return (not case.is_open, -case.filed_at.timestamp())


def of_people(user: Any, persons: list[Person], limit: int) -> list[Case]:
    """The last cases of some people, filed by them, about them or followed by them. What they filed under a reserved
    identity is not theirs for whoever looks from the outside."""
    if not persons:
        return []
    # Who came along with a case filed under a reserved identity is not found by it either.
    follows = Follower.objects.filter(person__in=persons).exclude(via__case__identity=Identity.CONFIDENTIAL)
    ways = Q(applicant__in=persons), Q(affected__in=persons), Q(followers__in=follows)
    own = _seen(user).in_any(*ways).exclude(identity=Identity.CONFIDENTIAL)
    return sorted(own.order_by("-filed_at")[: limit * 2], key=_soonest)[:limit]


def _seen(user: Any) -> Any:
    return Case.objects.visible_to(user).select_related(*RELATED)
