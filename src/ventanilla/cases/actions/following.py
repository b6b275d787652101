"""«A mí también»: people who have the same trouble, and those who come along with a case that is the same."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.writing import Refused, finish, locked
from ventanilla.cases.enums import EventKind, LinkKind, Visibility
from ventanilla.cases.models import Case, Follower, RelatedCase
from ventanilla.lib.actors import Actor
from ventanilla.people.models import Person


@transaction.atomic
def follow(case: Case, *, person: Person, by: Actor) -> Case:
    """Add a person to those who follow a public case: they are told of each step and weigh in its urgency.

    Doing it twice changes nothing. Raises Refused for a case that isn't public or has ended.
    """
    case = locked(case)
    if not case.is_public or not case.is_open:
        raise Refused(_("Este caso no se puede seguir."))
    _follower, made = Follower.objects.get_or_create(case=case, person=person)
    if not made:
        return case
    case.follower_count += 1
    record(case, [Happening(EventKind.FOLLOWED, Visibility.STAFF, data={"followers": case.follower_count})], by=by)
    return finish(case)


@transaction.atomic
def unfollow(case: Case, *, person: Person, by: Actor) -> Case:
    """Stop following. Without effect on who didn't."""
    case = locked(case)
    gone, _details = Follower.objects.filter(case=case, person__in=person.same_as()).delete()
    if gone:
        case.follower_count = max(0, case.follower_count - gone)
        data = {"followers": case.follower_count, "left": True}
        record(case, [Happening(EventKind.FOLLOWED, Visibility.STAFF, data=data)], by=by)
        finish(case)
    return case


def carry(link: RelatedCase) -> int:
    """Make followers of the first case out of who filed and who followed the one that repeats it. Returns how many."""
    first, repeated = link.other, link.case
    known = set(Follower.objects.filter(case=first).values_list("person", flat=True))
    if first.applicant:
        known |= set(first.applicant.same_as().values_list("pk", flat=True))
    theirs = Follower.objects.filter(case=repeated).values_list("person", flat=True)
    wanted = dict.fromkeys([*([repeated.applicant_id] if repeated.applicant_id else []), *theirs])
    new = [Follower(case=first, person_id=person, via=link) for person in wanted if person not in known]
    Follower.objects.bulk_create(new)
    first.follower_count += len(new)
    return len(new)


def separate(case: Case, *, by: Actor) -> None:
    """It isn't the same as another after all: the link goes, and so do the followers who came along by it."""
    link = RelatedCase.objects.filter(case=case, kind=LinkKind.DUPLICATE).first()
    if link is None:
        return
    first = locked(link.other)
    gone, _details = Follower.objects.filter(via=link).delete()
    first.follower_count = max(0, first.follower_count - gone)
    link.delete()
    data = {"other": str(case.uuid), "kind": LinkKind.DUPLICATE, "followers": first.follower_count}
    record(first, [Happening(EventKind.UNLINKED, Visibility.STAFF, data=data)], by=by)
    finish(first)
