"""Joining cases that have to do with each other, and those that are the same (RelatedCase in the glossary).

The trail and the timeline name the other case by its uuid alone: who may not see it learns nothing of it there.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases import notifications
from ventanilla.cases.actions import ending, following
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import Refused, finish, locked
from ventanilla.cases.enums import CaseState, EventKind, LinkKind, Visibility, WorkState
from ventanilla.cases.models import Case, RelatedCase, WorkItem
from ventanilla.cases.models.links import RelatedCaseQuerySet
from ventanilla.cases.permissions import can
from ventanilla.lib import references
from ventanilla.lib.actors import Actor


@transaction.atomic
def link_cases(case: Case, *, to: Case, by: Actor) -> RelatedCase:
    """Say that two cases have to do with each other. Raises Refused for a case and itself, or linked already."""
    case, other = _pair(case, to)
    if _between(case, other).exists():
        raise Refused(_("Ya están vinculados."))
    link = RelatedCase.objects.create(case=case, other=other, kind=LinkKind.RELATED)
    _tell_both(EventKind.LINKED, link, case, other, by)
    return link


@transaction.atomic
def unlink_cases(link: RelatedCase, *, by: Actor) -> None:
    """They have nothing to do with each other after all. One that was closed as the same is reopened instead."""
    case, other = _both(link.case, link.other)
    if link.kind == LinkKind.DUPLICATE:
        raise Refused(_("Se cerró por repetido: ábralo de nuevo y quedarán separados."))
    if not RelatedCase.objects.filter(pk=link.pk).delete()[0]:
        raise Refused(_("Ya no estaban vinculados."))
    _tell_both(EventKind.UNLINKED, link, case, other, by)


def _tell_both(kind: EventKind, link: RelatedCase, case: Case, other: Case, by: Actor) -> None:
    for one, another in ((case, other), (other, case)):
        data = {"other": str(another.uuid), "kind": link.kind}
        record(one, [Happening(kind, Visibility.STAFF, data=data)], by=by)
        finish(one)


@transaction.atomic
def mark_duplicate(case: Case, *, of: Case, by: Actor, text: str = "") -> Case:
    """Close a case that is the same as an earlier one. Who filed and who followed it follow the first, and are told.

    Raises Refused where the first has ended, or where they couldn't follow it: somebody else's, and not public.
    """
    case, first = _pair(case, of)
    if not case.is_open:
        raise Refused(_("El expediente ya está cerrado."))
    if not first.is_open:
        raise Refused(_("Ese otro ya está cerrado: ábralo de nuevo, o cierre este por su cuenta."))
    if not first.is_public and not _same_people(case, first):
        raise Refused(_("Ese otro no es público: la persona no podría seguirlo. Vincúlelos sin cerrar este."))
    _between(case, first).delete()
    link = RelatedCase.objects.create(case=case, other=first, kind=LinkKind.DUPLICATE)
    carried = following.carry(link) if first.is_public else 0
    said = text or default_text(first)
    data = {"other": str(first.uuid), "kind": LinkKind.DUPLICATE}
    closed = ending.close(case, CaseState.DUPLICATE, text=said, by=by, data=data)
    joined = {"other": str(case.uuid), "kind": LinkKind.DUPLICATE, "carried": carried}
    record(first, [Happening(EventKind.LINKED, Visibility.STAFF, data=joined)], by=by)
    finish(first)
    notifications.tell_duplicate(closed, said, first=first)
    return closed


def default_text(first: Case) -> str:
    """What the person reads where nothing else is said."""
    known = {"reference": first.reference}
    return (
        _("Es el mismo problema que el %(reference)s, que ya estamos atendiendo. Siga su caso por ese número.") % known
    )


def _same_people(case: Case, first: Case) -> bool:
    """Whether nobody would be sent to a case of somebody else's."""
    if case.follower_count:
        return False
    if case.applicant is None:
        return True
    return first.applicant is not None and case.applicant.same_as().filter(pk=first.applicant.pk).exists()


def _both(case: Case, other: Case) -> tuple[Case, Case]:
    """Two cases, locked in an order of their own, so that two who join them don't wait for each other for ever."""
    held = {pk: locked(Case(pk=pk)) for pk in sorted({case.pk, other.pk})}
    return held[case.pk], held[other.pk]


def _pair(case: Case, other: Case) -> tuple[Case, Case]:
    if case.pk == other.pk:
        raise Refused(_("Es este mismo expediente: elija otro."))
    case, other = _both(case, other)
    if _between(case, other).filter(kind=LinkKind.DUPLICATE).exists():
        raise Refused(_("Ya están unidos: uno se cerró por ser el mismo que el otro."))
    return case, other


def _between(case: Case, other: Case) -> RelatedCaseQuerySet:
    ends = (case.pk, other.pk)
    return RelatedCase.objects.filter(case__in=ends, other__in=ends)


def said_to_repeat(case: Case, user: Any) -> Case | None:
    """The case that who checked the facts said this one repeats, if whoever ends it may join them."""
    checks = WorkItem.objects.filter(case=case, state=WorkState.DONE, answers__facts="duplicate").order_by("-done_at")
    checked = checks.first()
    reference = references.parse(str(checked.answers.get("duplicate_of", ""))) if checked else None
    first = Case.objects.filter(reference=reference).exclude(pk=case.pk).first() if reference else None
    return first if first is not None and can(user, Permission.CASE_LINK, first) else None
