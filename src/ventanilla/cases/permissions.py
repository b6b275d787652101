"""Who may see and do what with a case. Each predicate is the twin of a queryset or of an action."""

from __future__ import annotations

from typing import Any

from ventanilla.accounts.enums import Permission
from ventanilla.cases.models import Case, RelatedCase, ReplyTemplate, WorkItem
from ventanilla.organization.permissions import Access, access_of
from ventanilla.people.models import Person


def can_view_case(user: Any, case: Case) -> bool:
    """The twin of `Case.objects.visible_to(user)`."""
    access = access_of(user)
    seen = (
        access.may(Permission.CASE_VIEW_ALL)
        or case.department_id in access.departments(Permission.CASE_VIEW)
        or case.team_id in access.teams_with(Permission.CASE_VIEW)
    )
    return seen and _may_see_reserved(access, case)


def _may_see_reserved(access: Access, case: Case) -> bool:
    return (
        not case.is_reserved
        or access.may(Permission.CASE_VIEW_RESERVED)
        or case.department_id in access.departments(Permission.CASE_VIEW_RESERVED)
    )


def can(user: Any, permission: Permission, case: Case) -> bool:
    """Whether a user may do a thing to a case: they see it, and hold the permission where it stands."""
    held = access_of(user).may(permission, case.department_id, case.team_id)
    return held and can_view_case(user, case)


def can_work(user: Any, item: WorkItem) -> bool:
    """Whether a user may do a work item: it is of a role they have, or they coordinate the case."""
    if not can(user, Permission.CASE_WORK, item.case):
        return False
    return item.role in access_of(user).roles or can(user, Permission.CASE_ASSIGN, item.case)


def can_view_link(user: Any, link: RelatedCase) -> bool:
    """The twin of `RelatedCase.objects.visible_to(user)`: nobody learns by a link of a case they may not see."""
    return can_view_case(user, link.case) and can_view_case(user, link.other)


def can_edit_template(user: Any, template: ReplyTemplate) -> bool:
    """The twin of `ReplyTemplate.objects.editable_by(user)`."""
    access = access_of(user)
    everywhere = access.may(Permission.CASE_TEMPLATE_EDIT)
    return everywhere or template.department_id in access.departments(Permission.CASE_TEMPLATE_EDIT)


def can_view_as_person(person: Person | None, case: Case) -> bool:
    """The twin of `Case.objects.of_person(person)`."""
    if person is None:
        return False
    same = set(person.same_as().values_list("pk", flat=True))
    return case.applicant_id in same or case.affected_id in same


def sees_identity(user: Any, case: Case) -> bool:
    """Whether a member of staff reads who filed: always of an identified person, never of a confidential one
    without the permission to see what is reserved."""
    if case.identity != "confidential":
        return True
    return can(user, Permission.CASE_VIEW_RESERVED, case)
