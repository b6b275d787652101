"""Which cases a client asks for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Prefetch, Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ventanilla.accounts.models import ApiKey
from ventanilla.api import keys
from ventanilla.api.open311 import reading
from ventanilla.api.open311.reading import Problem
from ventanilla.cases.enums import Visibility
from ventanilla.cases.models import Case, CaseQuerySet, Event
from ventanilla.catalog import published
from ventanilla.lib import clock

SPAN = timedelta(days=90)
LIMIT = 1000
PAGES = 1000

# All that is told of a case; the rest of the row is not read.
_TOLD = (
    "reference", "state", "kind", "description", "outcome", "place_label", "lon", "lat", "filed_at", "updated_at",
    "closed_at", "target_due_at", "due_at", "external", "source", "is_public", "procedure", "department",
)  # fmt: skip


def is_own(case: Case, key: ApiKey | None) -> bool:
    """Whether this key brought the case."""
    return key is not None and case.source == keys.source_of(key)


def seen_by(key: ApiKey | None) -> CaseQuerySet:
    """What is public, and what this key brought."""
    if key is None:
        return Case.objects.public()
    return Case.objects.filter(Q(is_public=True) | Q(source=keys.source_of(key)))


def told(cases: CaseQuerySet, *, extended: bool) -> CaseQuerySet:
    """Cases with what is told of them, their public timeline too if `extended`."""
    cases = cases.only(*_TOLD)
    if not extended:
        return cases
    public = Event.objects.filter(visibility=Visibility.PUBLIC).order_by("seq")
    return cases.prefetch_related(Prefetch("events", queryset=public, to_attr="public_events"))


def asked(request: HttpRequest, key: ApiKey | None) -> CaseQuerySet:
    """The cases that the parameters ask for; numbers override every other filter. Raises Problem."""
    wanted = reading.values(request.GET, "service_request_id")
    if wanted:
        return seen_by(key).filter(reference__in=wanted[:LIMIT]).order_by("-filed_at", "-id")
    cases = _in_order(request.GET, Case.objects.public())
    codes = reading.values(request.GET, "service_code")
    if codes:
        cases = cases.filter(procedure__in=_types(codes))
    return _page(request.GET, _with_status(request.GET, cases))


def _types(codes: list[str]) -> list[int]:
    by_key = {each.key: pk for pk, each in published.current().procedures.items()}
    return [by_key[code] for code in codes if code in by_key]


def _with_status(data: QueryDict, cases: CaseQuerySet) -> CaseQuerySet:
    asked = set(reading.values(data, "status"))
    if asked - {"open", "closed"}:
        raise Problem((400, _("«status» es open, closed o ambos.")))
    if len(asked) != 1:
        return cases
    return cases.open() if asked == {"open"} else cases.closed()


def _in_order(data: QueryDict, cases: CaseQuerySet) -> CaseQuerySet:
    """By filing date in a span of at most 90 days, newest first; by the last change where that is asked alone."""
    start, end = reading.moment(data, "start_date"), reading.moment(data, "end_date")
    after, before = reading.moment(data, "updated_after"), reading.moment(data, "updated_before")
    if after:
        cases = cases.filter(updated_at__gte=after)
    if before:
        cases = cases.filter(updated_at__lte=before)
    if (after or before) and not start and not end:
        return cases.order_by("-updated_at", "-id")
    start, end = span(start, end)
    return cases.filter(filed_at__gte=start, filed_at__lte=end).order_by("-filed_at", "-id")


def span(start: datetime | None, end: datetime | None) -> tuple[datetime, datetime]:
    """The stretch that is asked for: the last 90 days, or 90 days from or until a moment. Raises Problem."""
    if end is None:
        end = clock.now() if start is None else min(start + SPAN, max(clock.now(), start))
    start = start or end - SPAN
    if start > end:
        raise Problem((400, _("«start_date» va antes que «end_date».")))
    if end - start > SPAN:
        raise Problem((400, _("Entre «start_date» y «end_date» caben 90 días.")))
    return start, end


def _page(data: QueryDict, cases: CaseQuerySet) -> CaseQuerySet:
    size = reading.whole(data, "page_size", 1, LIMIT) or LIMIT
    first = ((reading.whole(data, "page", 1, PAGES) or 1) - 1) * size
    return cases[first : first + size]
