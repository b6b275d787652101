"""Pages of the inbox, forward and back at any depth: each begins at a place in an index, never after so many rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ventanilla.accounts.enums import Permission
from ventanilla.cases import inbox
from ventanilla.cases.inbox import Filters
from ventanilla.cases.models import Case, CaseQuerySet

PAGE = 50
EXPORTED_AT_ONCE = 500
SHOWN = (
    *("uuid", "reference", "state", "place_label", "filed_at", "due_at", "closed_at", "paused_at", "paused"),
    *("person_replied_at", "urgency", "description", "procedure", "department", "team", "assignee__name"),
)
"""What a list shows of a case: the rest, its answers and places, isn't even read."""
Place = tuple[datetime, int]
"""Where a case stands in its order: the moment it is ordered by, and its number."""


@dataclass(frozen=True)
class Page:
    """Fifty cases in order, where the next page begins and where the one before ends; empty where there is none."""

    cases: list[Case]
    next_after: str = ""
    previous_before: str = ""


@dataclass(frozen=True)
class Order:
    """An order of cases, by a moment and then by number."""

    column: str
    newest_first: bool = False

    def ordered(self, cases: CaseQuerySet, *, backwards: bool = False) -> CaseQuerySet:
        sign = "-" if self.newest_first != backwards else ""
        return cases.order_by(f"{sign}{self.column}", f"{sign}id")

    def beyond(self, cases: CaseQuerySet, place: Place, *, backwards: bool = False) -> CaseQuerySet:
        """What comes after a place, or before it, by one comparison that enters the index at that very place."""
        moment, pk = place
        side, same = ("lte", "gte") if self.newest_first != backwards else ("gte", "lte")
        return cases.filter(**{f"{self.column}__{side}": moment}).exclude(**{self.column: moment, f"pk__{same}": pk})

    def places(self, cases: CaseQuerySet, limit: int) -> list[Place]:
        """The first places of a list, out of the index alone."""
        return list(cases.values_list(self.column, "pk")[:limit])


BY_URGENCY, BY_FILING = Order("order_at"), Order("filed_at", newest_first=True)


def order_of(filters: Filters) -> Order:
    """Open cases by urgency; closed ones by their filing, the newest first."""
    return BY_FILING if filters.is_closed else BY_URGENCY


def page(user: Any, filters: Filters) -> Page:
    """One page of a list: first its places out of the index alone, then those fifty cases whole.

    A place from which nothing follows any more leads to the beginning.
    """
    cases, order = inbox.filtered(inbox.seen_by(user, filters.view), filters), order_of(filters)
    before, after = place_of(filters.before), place_of(filters.after)
    if before:
        places = order.places(order.beyond(order.ordered(cases, backwards=True), before, backwards=True), PAGE + 1)
        if len(places) > PAGE:
            return _page(places[:PAGE][::-1], is_first=False, is_last=False)
    elif after:
        places = order.places(order.beyond(order.ordered(cases), after), PAGE + 1)
        if places:
            return _page(places[:PAGE], is_first=False, is_last=len(places) <= PAGE)
    places = order.places(order.ordered(cases), PAGE + 1)
    return _page(places[:PAGE], is_first=True, is_last=len(places) <= PAGE)


def _page(places: list[Place], *, is_first: bool, is_last: bool) -> Page:
    return Page(
        whole([pk for _moment, pk in places]),
        next_after="" if is_last else cursor(*places[-1]),
        previous_before="" if is_first else cursor(*places[0]),
    )


def whole(ids: list[int]) -> list[Case]:
    """Cases with all that a list shows of them, in the order given."""
    found = shown(Case.objects.all()).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def shown(cases: CaseQuerySet) -> CaseQuerySet:
    """Cases as a list shows them."""
    return cases.select_related("assignee").only(*SHOWN)


def cursor(moment: datetime, pk: int) -> str:
    """A place as an address holds it."""
    return f"{moment.timestamp():.6f}~{pk}"


def place_of(text: str) -> Place | None:
    """The place that an address names; None for what is none."""
    moment, _tilde, pk = text.partition("~")
    try:
        return datetime.fromtimestamp(float(moment), tz=UTC), int(pk)
    except (ValueError, OverflowError, OSError):
        return None


def exported(user: Any, filters: Filters) -> Iterator[Case]:
    """Every case of a list that a user may take out of here, read some hundreds at a time."""
    seen = inbox.of_view(Case.objects.permitted(user, Permission.CASE_EXPORT), user, filters.view)
    cases, order = inbox.filtered(seen, filters), order_of(filters)
    rest = order.ordered(cases)
    while places := order.places(rest, EXPORTED_AT_ONCE):
        yield from _whole_for_export([pk for _moment, pk in places])
        rest = order.beyond(order.ordered(cases), places[-1])


def _whole_for_export(ids: list[int]) -> list[Case]:
    found = Case.objects.select_related("assignee").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
